/** The player's one global, `Dateline`: what the page starts it with, and what others may ask of it. */

/** @import * as Payload from "./payload" */
import { colours } from "./colours.js";
import { Player } from "./player.js";

const AGAIN_MS = 5000;

/** @type {Player | null} */
let player = null;
/** A command that came before the player could obey. @type {Payload.Command | null} */
let waiting = null;

/** @param {string} address of a JSON file */
async function fetched(address) {
  const answer = await fetch(address);
  if (!answer.ok) throw new Error(`${address}: ${answer.status}`);
  return answer.json();
}

/**
 * Fetch what is given as an address, or take it as it is (as in a single HTML file).
 * @template Told
 * @param {string | Told} given
 * @returns {Promise<Told>}
 */
async function resolve(given) {
  return typeof given === "string" ? fetched(given) : given;
}

/** Let the browser do what waits for it: to start in one go would hold a slow one up for a moment that is felt. */
async function breath() {
  await new Promise((done) => setTimeout(done));
}

/** Wait for style sheets that are on their way: the map is drawn in their colours, and laid out by them. */
async function styled() {
  const sheets = [...document.querySelectorAll("link")].filter(({ rel, sheet }) => rel === "stylesheet" && !sheet);
  await Promise.all(
    sheets.map((link) => new Promise((done) => ["load", "error"].forEach((name) => link.addEventListener(name, done)))),
  );
}

/**
 * What came after the map; asked for again until it is there, for what is on the map rests on it.
 * @param {Player} told
 * @param {string} address
 */
async function inform(told, address) {
  for (;;) {
    try {
      told.inform(await fetched(address));
      return;
    } catch (error) {
      console.warn(`Dateline: ${error}`);
      await new Promise((again) => setTimeout(again, AGAIN_MS));
    }
  }
}

/** The order of the page around the player: a map of another language begins where the last one was. */
function ordered() {
  return window.frameElement?.ownerDocument.defaultView?.DatelinePage?.order ?? null;
}

/** The page of the app around a frame that Streamlit made; its map is in a frame of its own, which stays. */
function pageAround() {
  const slot = /** @type {HTMLElement | null} */ (window.frameElement);
  const page = slot?.ownerDocument.defaultView?.DatelinePage;
  return slot && page && window.Streamlit ? { slot, page, streamlit: window.Streamlit } : null;
}

window.Dateline = {
  /** Start the player on a Leaflet map; or in a frame of Streamlit's, have the page put its map there. */
  async start(map, { story, basemap, details, order }) {
    const around = pageAround();
    if (around) {
      window.Dateline.command = (command) => around.page.command(command);
      around.page.join(around.slot, String(story), around.streamlit);
      if (waiting) around.page.command(waiting);
      return;
    }
    const [scene, layers] = await Promise.all([resolve(story), resolve(basemap), styled()]);
    const made = new Player(map, scene, colours());
    await breath();
    made.obey(waiting || ordered() || order || { number: 0, seek: true });
    player = made;
    await breath();
    // Now that the map shows what it is to show: what lies on it already is projected anew with every move.
    player.drawBasemap(layers);
    document.documentElement.dataset.dateline = "ready";
    document.querySelector(".dateline-failure")?.remove();
    if (details) void inform(player, details);
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
