/** A player in somebody's article: the article scrolls, the map waits for a key or a second finger. */

/** @import * as Payload from "./payload" */
import { element, fill } from "./dom.js";

const HINT_MS = 1500;

/** @typedef {Pick<Payload.Report, "event" | "time" | "clock" | "every">} Held what an address holds of the playhead */

/**
 * The key that is held to zoom, as it is called on a platform.
 * @param {string} platform as in `navigator.platform`
 */
export function keyOf(platform) {
  return /mac|iphone|ipad/iu.test(platform) ? "⌘" : "Ctrl";
}

/**
 * Whether a turn of the wheel or a touch is the article's; on a full screen there is no article.
 * @param {{ctrlKey: boolean, metaKey: boolean, touches?: {length: number}}} gesture
 * @param {boolean} isFullscreen
 */
export function isForArticle({ ctrlKey, metaKey, touches }, isFullscreen) {
  if (isFullscreen) return false;
  return touches ? touches.length === 1 : !ctrlKey && !metaKey;
}

/**
 * The address of the whole app at a moment, from that of the player alone; filters stay.
 * @param {string} search of the player's address
 * @param {string} language
 * @param {Held} held
 */
export function wholeAddress(search, language, { event, time, clock, every }) {
  const query = new URLSearchParams(search);
  const said = { lang: language, event: time ? null : event, time, clock, every: every ? "1" : null };
  for (const [name, value] of Object.entries(said)) {
    query.delete(name);
    if (value) query.set(name, value);
  }
  return `./?${query}`;
}

/**
 * Leave to the article what scrolls it, and say over the map what moves the map.
 *
 * Leaflet and whoever else listens on the map never see what is the article's; nothing is prevented, so the browser
 * scrolls. One finger scrolls by the style's `touch-action`.
 * @param {HTMLElement} container the map's, in its stage
 * @param {Payload.Words} words
 */
export function giveWay(container, words) {
  const stage = /** @type {HTMLElement} */ (container.parentElement);
  const say = hintOver(stage);
  const keys = fill(words.zoom_hint, { key: keyOf(navigator.platform) });
  let fingers = 0;
  const isFullscreen = () => document.fullscreenElement !== null;
  /**
   * @template {"wheel" | "touchstart" | "touchmove" | "pointerdown"} Name
   * @param {Name} name
   * @param {(event: HTMLElementEventMap[Name], target: Element) => void} handle
   */
  const listen = (name, handle) =>
    stage.addEventListener(
      name,
      (event) => {
        if (event.target instanceof Element && container.contains(event.target)) handle(event, event.target);
      },
      { capture: true, passive: true },
    );

  listen("wheel", (event) => {
    if (!isForArticle(event, isFullscreen())) return;
    event.stopPropagation();
    say(keys);
  });
  listen("touchstart", (event) => {
    fingers = event.touches.length;
    if (isForArticle(event, isFullscreen())) event.stopPropagation();
  });
  // A tap chooses a mark and asks for no hint; nor does the finger that is lifted last.
  listen("touchmove", () => {
    if (fingers === 1 && !isFullscreen()) say(words.touch_hint);
  });
  // Who scrolls past the map has not moved it.
  listen("pointerdown", (event, target) => {
    const isFirstFinger = event.pointerType !== "mouse" && event.isPrimary;
    if (isFirstFinger && !isFullscreen() && !target.closest(".leaflet-control")) event.stopPropagation();
  });
}

/**
 * What is said over the map for a moment. Who hears the page has no need of it: the map's buttons have names.
 * @param {HTMLElement} stage
 */
function hintOver(stage) {
  const said = element("span", { text: "" });
  const box = element("div", { class: "dateline-hint", "aria-hidden": "true", "data-testid": "hint" }, said);
  stage.append(box);
  let going = 0;
  /** @param {string} text */
  return (text) => {
    said.textContent = text;
    box.classList.add("is-shown");
    clearTimeout(going);
    going = window.setTimeout(() => box.classList.remove("is-shown"), HINT_MS);
  };
}

/**
 * A link to the whole app. It leads to the moment at which it is used.
 * @param {string} text
 * @param {() => string} address
 */
export function wholeLink(text, address) {
  const link = element("a", { class: "dateline-whole", target: "_blank", rel: "noopener", href: address(), text });
  // Before it is clicked, dragged or copied; a screen reader only clicks.
  for (const name of ["pointerenter", "pointerdown", "focus", "click"]) {
    link.addEventListener(name, () => link.setAttribute("href", address()));
  }
  return link;
}
