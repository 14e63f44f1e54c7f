/** What the map has beside its zoom: the way back to the whole journey, and its scale. */

import { element } from "./dom.js";

const SCALE_PX = 110;

/** A button that shows the whole journey. */
export class HomeControl extends L.Control {
  #label;
  #go;

  /**
   * @param {string} label
   * @param {() => void} go
   */
  constructor(label, go) {
    super({ position: "topleft" });
    this.#label = label;
    this.#go = go;
  }

  /** @override */
  onAdd() {
    const home = element(
      "button",
      { type: "button", class: "dateline-home", "data-testid": "home", "aria-label": this.#label, title: this.#label },
      element("span", { class: "dateline-home-sign", "aria-hidden": "true" }),
    );
    home.addEventListener("click", () => this.#go());
    const bar = element("div", { class: "leaflet-bar" }, home);
    L.DomEvent.disableClickPropagation(bar);
    return bar;
  }
}

/** How long some round number of kilometres is on the map. */
export class ScaleControl extends L.Control {
  #language;
  #scale = element("span", { class: "dateline-scale", dir: "auto" });

  /** @param {string} language */
  constructor(language) {
    super({ position: "bottomright" });
    this.#language = language;
  }

  /**
   * @override
   * @param {L.Map} map
   */
  onAdd(map) {
    map.on("moveend resize", this.#tell, this);
    map.whenReady(this.#tell, this);
    this.#measure(map);
    return element("div", {}, this.#scale);
  }

  /**
   * @override
   * @param {L.Map} map
   */
  onRemove(map) {
    map.off("moveend resize", this.#tell, this);
  }

  #tell() {
    this.#measure(/** @type {any} */ (this)._map);
  }

  /** @param {L.Map | null} map */
  #measure(map) {
    if (!map) return;
    const { x, y } = map.getSize().divideBy(2);
    const metres = map.containerPointToLatLng([x, y]).distanceTo(map.containerPointToLatLng([x + SCALE_PX, y]));
    const length = roundLength(metres);
    const isKm = length >= 1000;
    const unit = isKm ? "kilometer" : "meter";
    const format = new Intl.NumberFormat(this.#language, { style: "unit", unit });
    this.#scale.textContent = format.format(isKm ? length / 1000 : length);
    this.#scale.style.width = `${(SCALE_PX * length) / metres}px`;
  }
}

/**
 * The greatest of 1, 2, 3, 5, 10, 20, 30 … up to a length.
 * @param {number} metres
 */
export function roundLength(metres) {
  const power = 10 ** Math.floor(Math.log10(metres));
  return power * ([5, 3, 2].find((digit) => digit * power <= metres) ?? 1);
}
