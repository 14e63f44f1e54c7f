/** The chosen event at its place on the map: the place's name, and what happened there. */

/** @import * as Payload from "./payload" */
/** @import { Box, Obstacle, Point } from "./boxes.js" */
/** @import { MarkLayer } from "./mark_layer.js" */
/** @import { Overlays } from "./overlays.js" */
/** @import { Route } from "./route.js" */
import { leastHiding, placesBy, square } from "./boxes.js";
import { element } from "./dom.js";
import { reachOf } from "./mark_layer.js";
import { SANS, widthOf, wrapped } from "./text.js";

const PLACE_FONT = `700 13px ${SANS}`;
const TITLE_FONT = `13px ${SANS}`;
const LINE_PX = 17;
const PADDING = { x: 9, y: 5 };
const WIDEST_PX = 220;
const MOST_LINES = 4;
const GAP_PX = 4;
const TRAIN_PX = 50;

export class Flag {
  #map;
  #marks;
  #overlays;
  #route;
  /** @type {Payload.Event | null} */
  #event = null;
  /** The lines of place and title, and their extent. @type {ReturnType<typeof laidOut> | null} */
  #text = null;
  #place = element("strong", { class: "dateline-flag-place", dir: "auto" });
  #title = element("span", { class: "dateline-flag-title", dir: "auto" });
  #flag = element("span", { class: "dateline-flag" }, this.#place, this.#title);
  #marker = L.marker([0, 0], {
    icon: L.divIcon({ className: "", html: this.#flag, iconSize: undefined }),
    pane: "tooltipPane",
    interactive: false,
    keyboard: false,
  });
  /** Where it stands; null while nothing is flagged. @type {Box | null} */
  box = null;
  /** Told whenever it stands somewhere else. */
  placed = () => {};

  /**
   * @param {L.Map} map
   * @param {MarkLayer} marks
   * @param {Overlays} overlays
   * @param {Route} route
   */
  constructor(map, marks, overlays, route) {
    this.#map = map;
    this.#marks = marks;
    this.#overlays = overlays;
    this.#route = route;
    map.on("moveend resize", () => this.#stand());
    overlays.on("change", () => this.#stand());
  }

  /**
   * The spot whose name it tells.
   * @returns {{lat: number, lon: number} | null}
   */
  get spot() {
    return this.box && /** @type {{lat: number, lon: number}} */ (this.#event);
  }

  /** @param {Payload.Event | null} event what only stands for a region or a country has no place to be flagged */
  show(event) {
    this.#event = event && event.lat !== null && event.lon !== null && !event.is_area ? event : null;
    if (this.#event) this.#write(this.#event);
    this.#stand();
  }

  /** @param {Payload.Event} event */
  #write({ label, title, place_name: place }) {
    const widest = Math.min(WIDEST_PX, this.#map.getSize().x * 0.48);
    this.#text = laidOut(place ?? "", label || title, widest);
    this.#place.replaceChildren(...this.#text.place.map((line) => element("span", {}, line)));
    this.#title.replaceChildren(...this.#text.title.map((line) => element("span", {}, line)));
  }

  /** Stand beside the mark, where least is hidden. */
  #stand() {
    const event = this.#event;
    const size = this.#map.getSize();
    const point = event && this.#map.latLngToContainerPoint([Number(event.lat), Number(event.lon)]);
    const isSeen = point && point.x > 0 && point.y > 0 && point.x < size.x && point.y < size.y;
    const text = this.#text;
    if (!event || !isSeen || !text) {
      this.#marker.remove();
      this.box = null;
      return this.placed();
    }
    const clearance = this.#clearance(point);
    // Where the mark is hemmed in, beyond the train that may stand on it.
    const places = [clearance, clearance + TRAIN_PX].flatMap((away) => placesBy(point, text, away));
    const box = (this.box = leastHiding(places, this.#obstacles(size), size));
    this.#marker.setLatLng([Number(event.lat), Number(event.lon)]);
    if (!this.#map.hasLayer(this.#marker)) this.#marker.addTo(this.#map);
    this.#flag.style.width = `${box.width}px`;
    this.#flag.style.left = `${box.left - point.x}px`;
    this.#flag.style.top = `${box.top - point.y}px`;
    this.placed();
  }

  /** @param {Point} point */
  #clearance(point) {
    const own = this.#marks.drawn.filter(({ spot }) => {
      const { x, y } = this.#marks.pixelsOf(spot);
      return Math.hypot(x - point.x, y - point.y) < 2;
    });
    return Math.max(6, ...own.map(reachOf)) + GAP_PX;
  }

  /** @returns {Obstacle[]} the train on its pin */
  #train() {
    const { trainAt } = this.#route;
    if (!trainAt) return [];
    const { x, y } = this.#map.latLngToContainerPoint(trainAt);
    return [{ box: { left: x - 15, top: y - 55, width: 30, height: 55 }, weight: 60 }];
  }

  /**
   * @param {Point} size of the map
   * @returns {Obstacle[]}
   */
  #obstacles(size) {
    const seen = this.#route
      .points()
      .map((point) => this.#map.latLngToContainerPoint(/** @type {L.LatLngTuple} */ (point)))
      .filter(({ x, y }) => x > 0 && y > 0 && x < size.x && y < size.y);
    const way = seen.map((point) => ({ box: square(point, 4), weight: 1 }));
    return [...this.#overlays.obstacles, ...this.#marks.obstacles(), ...way, ...this.#train()];
  }
}

/**
 * A place's name over a title, in lines, with the extent of both in pixels.
 * @param {string} place
 * @param {string} title
 * @param {number} widest
 */
function laidOut(place, title, widest) {
  const inner = widest - 2 * PADDING.x;
  /** @param {string} text */
  const bold = (text) => widthOf(text, PLACE_FONT);
  /** @param {string} text */
  const plain = (text) => widthOf(text, TITLE_FONT);
  const lines = { place: place ? wrapped(place, inner, 2, bold) : [], title: wrapped(title, inner, MOST_LINES, plain) };
  const longest = Math.max(
    ...lines.place.map((line) => bold(line.trimEnd())),
    ...lines.title.map((line) => plain(line.trimEnd())),
  );
  const height = (lines.place.length + lines.title.length) * LINE_PX + 2 * PADDING.y;
  return { ...lines, width: Math.ceil(longest) + 2 * PADDING.x + 2, height };
}
