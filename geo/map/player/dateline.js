/** The player's one global, `Dateline`: what the page starts it with, and what others may ask of it. */

/** @import * as Payload from "./payload" */
import { colours } from "./colours.js";
import { Player } from "./player.js";

/** @type {Player | null} */
let player = null;
/** A command that came before the player could obey. @type {Payload.Command | null} */
let waiting = null;

/**
 * Fetch what is given as an address, or take it as it is (as in a single HTML file).
 * @template Told
 * @param {string | Told} given
 * @returns {Promise<Told>}
 */
async function resolve(given) {
  if (typeof given !== "string") return given;
  const answer = await fetch(given);
  if (!answer.ok) throw new Error(`${given}: ${answer.status}`);
  return answer.json();
}

/** Wait for style sheets that are on their way: the map is drawn in their colours, and laid out by them. */
async function styled() {
  const sheets = [...document.querySelectorAll("link")].filter(({ rel, sheet }) => rel === "stylesheet" && !sheet);
  await Promise.all(
    sheets.map((link) => new Promise((done) => ["load", "error"].forEach((name) => link.addEventListener(name, done)))),
  );
}

window.Dateline = {
  /** Start the player on a Leaflet map. */
  async start(map, { story, basemap }) {
    const [scene, layers] = await Promise.all([resolve(story), resolve(basemap), styled()]);
    player = new Player(map, scene, colours());
    player.obey(waiting || { number: 0, seek: true });
    // Now that the map shows what it is to show: what lies on it already is projected anew with every move.
    player.drawBasemap(layers);
    document.documentElement.dataset.dateline = "ready";
    document.querySelector(".dateline-failure")?.remove();
  },

  command(command) {
    if (player) player.obey(command);
    else waiting = command;
  },

  seek: (moment) => player?.seek(moment),
  play: () => player?.play(),
  pause: () => player?.pause(),
  choose: (id) => player?.choose(id),
  state: () => player?.state() ?? null,
};
