/** The country of the chosen event, where that has no point of its own: tinted as a whole. */

/** @import * as Payload from "./payload" */
/** @import { Colours } from "./colours.js" */
import { unpacked } from "./basemap.js";

// Over the basemap, under the routes.
const PANE = "dateline-areas";

export class Areas {
  #map;
  #colours;
  /** @type {Map<string, Payload.Area>} */
  #areas;
  /** Each is made when it is first shown. @type {Map<string, L.GeoJSON>} */
  #layers = new Map();
  /** @type {L.GeoJSON | null} */
  #shown = null;

  /**
   * @param {L.Map} map
   * @param {Payload.Area[]} areas
   * @param {Colours} colours
   */
  constructor(map, areas, colours) {
    this.#map = map;
    this.#colours = colours;
    this.#areas = byPlace(areas);
    const pane = map.createPane(PANE);
    pane.style.zIndex = "300";
    pane.style.pointerEvents = "none";
  }

  /** @param {Payload.Area[]} areas */
  inform(areas) {
    this.#areas = byPlace(areas);
  }

  /** @param {Payload.Event | null} event */
  show(event) {
    const layer = event?.is_area ? this.#layer(keyOf(event)) : null;
    if (layer === this.#shown) return;
    this.#shown?.remove();
    this.#shown = layer;
    layer?.addTo(this.#map);
  }

  /** @param {string} key */
  #layer(key) {
    const area = this.#areas.get(key);
    let layer = this.#layers.get(key);
    if (!area || layer) return layer ?? null;
    const { accent } = this.#colours;
    /** @type {L.GeoJSONOptions} */
    const options = {
      interactive: false,
      pane: PANE,
      style: { color: accent, weight: 1, opacity: 0.35, fillColor: accent, fillOpacity: 0.13 },
    };
    const shape = /** @type {GeoJSON.MultiPolygon} */ ({
      type: "MultiPolygon",
      coordinates: unpacked(area.polygons, area.steps),
    });
    layer = L.geoJSON(shape, options);
    this.#layers.set(key, layer);
    return layer;
  }
}

/** @param {Payload.Area[]} areas */
function byPlace(areas) {
  return new Map(areas.map((area) => [keyOf(area), area]));
}

/** @param {{lat: number | null, lon: number | null}} located */
function keyOf({ lat, lon }) {
  return `${lat},${lon}`;
}
