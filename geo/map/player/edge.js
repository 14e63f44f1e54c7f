/** What the map's edge says of a chosen event that has no point on the map, or one far outside of it. */

/** @import * as Payload from "./payload" */
/** @import { Overlays } from "./overlays.js" */
import { edgePoint, moved } from "./boxes.js";
import { element, fill } from "./dom.js";
import { SANS, widthOf } from "./text.js";

const FONT = `600 13px ${SANS}`;
const HEIGHT_PX = 32;
// Beside the text: the arrow, and the room around both.
const ARROW_PX = 46;
const MARGIN_PX = 6;

export class Edge {
  #map;
  #overlays;
  #words;
  #number;
  #arrow = element("span", { class: "dateline-far-arrow", "aria-hidden": "true" });
  #name = element("span", { dir: "auto" });
  #far = element(
    "button",
    { type: "button", class: "dateline-far", "data-testid": "far", hidden: true },
    this.#name,
    this.#arrow,
  );
  #note = element("p", { class: "dateline-no-point", "data-testid": "no-point", dir: "auto", hidden: true });
  /** @type {Payload.Event | null} */
  #event = null;

  /**
   * @param {L.Map} map
   * @param {Overlays} overlays
   * @param {Payload.Scene} scene
   * @param {(lat: number, lon: number) => void} visit
   */
  constructor(map, overlays, { words, language }, visit) {
    this.#map = map;
    this.#overlays = overlays;
    this.#words = words;
    this.#number = new Intl.NumberFormat(language, { maximumSignificantDigits: 2 });
    this.root = map.getContainer().appendChild(element("div", { class: "dateline-edge" }, this.#far, this.#note));
    L.DomEvent.disableClickPropagation(this.root);
    this.#far.addEventListener("click", () => {
      if (this.#event) visit(Number(this.#event.lat), Number(this.#event.lon));
    });
    map.on("moveend resize", () => this.#stand());
    overlays.on("change", () => this.#stand());
  }

  /** @param {Payload.Event | null} event */
  show(event) {
    this.#event = event;
    this.#stand();
  }

  #stand() {
    const event = this.#event;
    const hasPlace = event !== null && event.lat !== null && event.lon !== null;
    this.#note.hidden = !hasPlace || !event.is_area;
    if (!this.#note.hidden) this.#tellArea(event?.place_name ?? "");
    const isFar = hasPlace && !event.is_area && !this.#isSeen(event);
    const hadFocus = document.activeElement === this.#far;
    this.#far.hidden = !isFar;
    if (isFar) this.#pointTo(event);
    // Whoever went there by the keyboard goes on from the map.
    else if (hadFocus) this.#map.getContainer().focus({ preventScroll: true });
  }

  /** @param {string} place */
  #tellArea(place) {
    const { bottom, left } = this.#overlays.insets;
    this.#note.textContent = fill(this.#words.no_point, { place });
    this.#note.style.left = `${left + 10}px`;
    this.#note.style.bottom = `${bottom + 40}px`;
  }

  /** @param {Payload.Event} event */
  #isSeen({ lat, lon }) {
    const { x, y } = this.#map.latLngToContainerPoint([Number(lat), Number(lon)]);
    const size = this.#map.getSize();
    return x >= 0 && y >= 0 && x <= size.x && y <= size.y;
  }

  /** @param {Payload.Event} event */
  #pointTo({ lat, lon, place_name: name }) {
    const there = L.latLng(Number(lat), Number(lon));
    const here = this.#map.getCenter();
    const bearing = bearingTo(here, there);
    const told = { place: name ?? "", km: this.#number.format(here.distanceTo(there) / 1000) };
    const text = fill(this.#words.far, told);
    this.#name.textContent = text;
    const label = fill(this.#words.show_far, told);
    this.#far.setAttribute("aria-label", label);
    this.#far.title = label;
    this.#arrow.style.transform = `rotate(${bearing - 90}deg)`;
    const size = this.#map.getSize();
    const { insets } = this.#overlays;
    const { x, y } = edgePoint(bearing, insets, size);
    const width = widthOf(text, FONT) + ARROW_PX;
    const free = { ...insets, top: insets.top + MARGIN_PX, bottom: insets.bottom + MARGIN_PX };
    const { left, top } = moved({ left: x - width / 2, top: y - HEIGHT_PX / 2, width, height: HEIGHT_PX }, free, size);
    this.#far.style.left = `${left}px`;
    this.#far.style.top = `${top}px`;
  }
}

/**
 * The direction in which the shortest way to a place sets out, degrees clockwise from north.
 * @param {{lat: number, lng: number}} here
 * @param {{lat: number, lng: number}} there
 */
export function bearingTo(here, there) {
  const turn = Math.PI / 180;
  const [from, to, apart] = [here.lat * turn, there.lat * turn, (there.lng - here.lng) * turn];
  const east = Math.sin(apart) * Math.cos(to);
  const north = Math.cos(from) * Math.sin(to) - Math.sin(from) * Math.cos(to) * Math.cos(apart);
  return (Math.atan2(east, north) / turn + 360) % 360;
}
