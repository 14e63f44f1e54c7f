/** The marks for who does not see or point at them: their names under the pointer, and a list that the keyboard walks. */

/** @import * as Payload from "./payload" */
/** @import { Mark } from "./marks.js" */
/** @import { MarkLayer } from "./mark_layer.js" */
import { placesBy, leastHiding } from "./boxes.js";
import { element, fill } from "./dom.js";
import { reachOf } from "./mark_layer.js";
import { numbersText } from "./marks.js";
import { SANS, widthOf, wrapped } from "./text.js";

// Playing, the list need not follow; it is there when the reader comes.
const REST_MS = 200;
const NAME_FONT = `13px ${SANS}`;
const WIDEST_PX = 230;
const LINE_PX = 17;
const STEPS = new Map([
  ["ArrowRight", 1],
  ["ArrowDown", 1],
  ["ArrowLeft", -1],
  ["ArrowUp", -1],
]);

export class MarkList {
  #map;
  #layer;
  #words;
  #choose;
  #waiting = 0;
  /** The mark of each button, from west to east. @type {{key: string, mark: Mark, button: HTMLButtonElement}[]} */
  #rows = [];
  #tip = element("div", { class: "dateline-mark-name", "aria-hidden": "true", hidden: true });

  /**
   * @param {L.Map} map
   * @param {MarkLayer} layer
   * @param {Payload.Words} words
   * @param {(mark: Mark) => void} choose
   */
  constructor(map, layer, words, choose) {
    this.#map = map;
    this.#layer = layer;
    this.#words = words;
    this.#choose = choose;
    this.root = element("div", { class: "dateline-mark-list", role: "toolbar", "aria-label": words.marks });
    map.getContainer().append(this.#tip);
    map.on("mousemove", ({ containerPoint }) => this.#name(layer.hit(containerPoint)));
    map.on("mouseout movestart zoomstart", () => this.#name(null));
    this.root.addEventListener("keydown", (event) => this.#walk(event));
    this.root.addEventListener("focusout", () => this.#point(null));
  }

  /** The marks may be others now. */
  show() {
    clearTimeout(this.#waiting);
    this.#waiting = window.setTimeout(() => this.#list(), REST_MS);
  }

  #list() {
    const marks = [...this.#layer.drawn].sort((one, other) => one.spot.lon - other.spot.lon);
    const known = new Map(this.#rows.map((row) => [row.key, row]));
    const active = this.#rows.find(({ button }) => button.tabIndex === 0)?.key;
    this.#rows = marks.map((mark) => {
      const key = `${mark.spot.lat},${mark.spot.lon}`;
      const button = known.get(key)?.button ?? this.#button(key);
      const text = this.#textOf(mark);
      if (button.textContent !== text) button.textContent = text;
      button.tabIndex = -1;
      return { key, mark, button };
    });
    const first = this.#rows.find(({ key }) => key === active) ?? this.#rows[0];
    if (first) first.button.tabIndex = 0;
    const buttons = this.#rows.map(({ button }) => button);
    const shown = [...this.root.children];
    // A button that is moved loses the focus.
    if (shown.length !== buttons.length || shown.some((button, index) => button !== buttons[index])) {
      const focused = buttons.find((button) => button === document.activeElement);
      this.root.replaceChildren(...buttons);
      focused?.focus({ preventScroll: true });
    }
  }

  /** @param {string} key */
  #button(key) {
    const button = element("button", { type: "button" });
    const row = () => this.#rows.find((candidate) => candidate.key === key);
    button.addEventListener("focus", () => {
      const found = row();
      for (const other of this.#rows) other.button.tabIndex = other === found ? 0 : -1;
      if (found) this.#point(found.mark);
    });
    button.addEventListener("click", () => {
      const found = row();
      if (found) this.#choose(found.mark);
    });
    return button;
  }

  /** @param {KeyboardEvent} event */
  #walk(event) {
    const last = this.#rows.length - 1;
    const at = this.#rows.findIndex(({ button }) => button === document.activeElement);
    const step = STEPS.get(event.key);
    const to = event.key === "Home" ? 0 : event.key === "End" ? last : step === undefined ? null : at + step;
    if (to === null || at < 0) return;
    event.preventDefault();
    this.#rows[Math.min(Math.max(to, 0), last)].button.focus({ preventScroll: true });
  }

  /**
   * Ring and name a mark, within the view.
   * @param {Mark | null} mark
   */
  #point(mark) {
    if (mark) this.#map.panInside([mark.spot.lat, mark.spot.lon], { padding: [40, 40], animate: false });
    this.#layer.point(mark && mark.id);
    this.#name(mark);
  }

  /**
   * Write a mark's name beside it, where it hides nothing of it.
   * @param {Mark | null} mark
   */
  #name(mark) {
    this.#tip.hidden = !mark;
    if (!mark) return;
    const size = this.#map.getSize();
    const lines = wrapped(this.#textOf(mark), Math.min(WIDEST_PX, size.x / 2), 5, (text) => widthOf(text, NAME_FONT));
    const width = Math.max(...lines.map((line) => widthOf(line.trimEnd(), NAME_FONT))) + 18;
    const places = placesBy(
      this.#layer.pixelsOf(mark.spot),
      { width, height: lines.length * LINE_PX + 10 },
      reachOf(mark) + 5,
    );
    const own = this.#layer.obstacles().filter((obstacle) => obstacle.mark === mark);
    const { left, top } = leastHiding([places[2], places[3], ...places], own, size);
    this.#tip.replaceChildren(...lines.map((line) => element("span", { text: line })));
    this.#tip.style.left = `${left}px`;
    this.#tip.style.top = `${top}px`;
  }

  /** @param {Mark} mark */
  #textOf({ event, keys, ahead }) {
    const { title, short_when: when, place_name: place } = event;
    const told = fill(this.#words.mark, { title, when });
    const named = [place, told].filter(Boolean).join(": ");
    const numbered = keys.length ? `${numbersText(keys)}. ${named}` : named;
    return ahead ? `${numbered} · ${this.#words.ahead}` : numbered;
  }
}
