/** What lies over the map: where names find no place, and how much of each side it takes from the view. */

/** @import { Box, Insets, Obstacle } from "./boxes.js" */
import { insetsOf, shared } from "./boxes.js";

const OVER = ".dateline-over, .dateline-moment";
const ALL = `${OVER}, .leaflet-bar, .dateline-legend, .dateline-far, .dateline-no-point`;
const SMALL_PRINT = ".leaflet-control-attribution, .dateline-scale";

/** Fires `change` when something over the map has another size. */
export class Overlays extends L.Evented {
  #map;
  /** @type {{boxes: Box[], obstacles: Obstacle[], insets: Insets} | null} */
  #found = null;
  /** @type {Set<Element>} */
  #watched = new Set();
  #watch = new ResizeObserver(() => {
    this.#found = null;
    this.fire("change");
  });

  /** @param {L.Map} map */
  constructor(map) {
    super();
    this.#map = map;
    map.on("resize moveend", () => (this.#found = null));
  }

  /** @returns {Box[]} all that hides a part of the map */
  get boxes() {
    return this.#look().boxes;
  }

  /** What else on the map keeps clear of, more of the buttons and panels than of the small print. */
  get obstacles() {
    return this.#look().obstacles;
  }

  /** What the panels over the map's edges take; buttons and legend take nothing. */
  get insets() {
    return this.#look().insets;
  }

  #look() {
    if (this.#found) return this.#found;
    const [boxes, print] = [this.#boxesOf(ALL), this.#boxesOf(SMALL_PRINT)];
    const obstacles = [...boxes.map((box) => ({ box, weight: 100 })), ...print.map((box) => ({ box, weight: 3 }))];
    const insets = insetsOf(this.#boxesOf(OVER), this.#map.getSize());
    return (this.#found = { boxes: [...boxes, ...print], obstacles, insets });
  }

  /**
   * The parts of the map that these elements hide.
   * @param {string} names a selector
   */
  #boxesOf(names) {
    const container = this.#map.getContainer();
    const origin = container.getBoundingClientRect();
    const whole = { left: 0, top: 0, width: origin.width, height: origin.height };
    return [...(container.closest(".dateline") || container).querySelectorAll(names)].flatMap((over) => {
      if (!this.#watched.has(over)) this.#watch.observe(over);
      this.#watched.add(over);
      const { left, top, width, height } = over.getBoundingClientRect();
      const box = { left: left - origin.left, top: top - origin.top, width, height };
      return shared(box, whole) ? [box] : [];
    });
  }
}
