/** The title of the chosen event, at its place on the map. */

/** @import * as Payload from "./payload" */
import { element } from "./dom.js";

export class Flag {
  #map;
  #title = element("span", { class: "dateline-flag-title", dir: "auto" });
  // Not a tooltip: Leaflet measures those, which has the whole page laid out at every step.
  #marker = L.marker([0, 0], {
    icon: L.divIcon({
      className: "",
      html: element("span", { class: "dateline-flag" }, this.#title),
      iconSize: undefined,
    }),
    pane: "tooltipPane",
    interactive: false,
    keyboard: false,
  });

  /** @param {L.Map} map */
  constructor(map) {
    this.#map = map;
  }

  /** @param {Payload.Event | null} event */
  show(event) {
    if (!event || event.lat === null || event.lon === null) {
      this.#marker.remove();
      return;
    }
    this.#marker.setLatLng([event.lat, event.lon]);
    this.#title.textContent = event.title;
    if (!this.#map.hasLayer(this.#marker)) this.#marker.addTo(this.#map);
  }
}
