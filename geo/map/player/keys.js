/** The keys: space plays, arrows, Home and End move time, Page Up and Page Down go from moment to moment, 0 fits the map. */

/** @typedef {"previous" | "next" | "toggle" | "back" | "forward" | "start" | "end" | "home"} Action */

/** @type {Record<string, Action>} */
const ANYWHERE = { PageUp: "previous", PageDown: "next" };
/** @type {Record<string, Action>} */
const OUTSIDE_CONTROLS = { " ": "toggle", 0: "home" };
/** @type {Record<string, Action>} */
const ON_SLIDER = {
  ArrowLeft: "back",
  ArrowDown: "back",
  ArrowRight: "forward",
  ArrowUp: "forward",
  Home: "start",
  End: "end",
};
const CONTROLS = ["BUTTON", "SELECT", "SUMMARY", "A"];

/**
 * What a key does, or null; a control keeps the keys that it has a use for.
 * @param {string} key
 * @param {"slider" | "control" | "page"} focus what has the focus
 */
export function actionOf(key, focus) {
  if (ANYWHERE[key]) return ANYWHERE[key];
  if (focus !== "control" && OUTSIDE_CONTROLS[key]) return OUTSIDE_CONTROLS[key];
  return (focus === "slider" && ON_SLIDER[key]) || null;
}

export class Keys {
  #slider;
  #card;
  #actions;

  /**
   * @param {HTMLInputElement} slider
   * @param {HTMLElement} card scrolls by keys of its own
   * @param {Record<Action, () => void>} actions
   */
  constructor(slider, card, actions) {
    this.#slider = slider;
    this.#card = card;
    this.#actions = actions;
  }

  /**
   * Whether the focus is in the card, beyond its headline, where the reader was led.
   * @param {HTMLElement} target
   */
  #isReading(target) {
    return this.#card.contains(target) && target.tagName !== "H2";
  }

  /** @param {KeyboardEvent} event */
  handle(event) {
    const target = /** @type {HTMLElement} */ (event.target);
    if (event.altKey || event.ctrlKey || event.metaKey || this.#isReading(target)) return;
    if (target.matches?.("[type=radio]")) return;
    const inControl = CONTROLS.includes(target.tagName);
    const action = actionOf(event.key, target === this.#slider ? "slider" : inControl ? "control" : "page");
    if (!action) return;
    event.preventDefault();
    this.#actions[action]();
  }
}
