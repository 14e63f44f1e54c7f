/** The canvas that the marks and the labels are drawn on. */

/**
 * @typedef {{lat: number, lon: number}} Located
 * @typedef {object} Seen the part of the world that the map shows
 * @property {L.Point} size of the map, pixels
 * @property {number} zoom
 * @property {(located: Located) => L.Point} point the container pixels of anything, kept while the part stays
 */

/** A Leaflet layer that covers the map's view with one canvas, which `draw(context, seen)` fills. */
export class CanvasLayer extends L.Layer {
  /** @type {HTMLCanvasElement} */
  #canvas;
  /** @type {Seen | null} */
  #seen = null;

  /** @param {{pane: string, className: string}} options */
  constructor(options) {
    super(options);
    L.setOptions(this, options);
    this.#canvas = L.DomUtil.create("canvas", `dateline-canvas ${options.className}`);
    this.#canvas.setAttribute("aria-hidden", "true");
  }

  /**
   * @param {CanvasRenderingContext2D} _context
   * @param {Seen} _seen
   */
  draw(_context, _seen) {
    throw new Error("a layer says what it draws");
  }

  /** @param {L.Map} map */
  onAdd(map) {
    this.getPane()?.append(this.#canvas);
    map.on("moveend zoomend resize viewreset", this.#look, this);
    map.on("zoomstart", this.#hide, this);
    this.#look();
    return this;
  }

  /** @param {L.Map} map */
  onRemove(map) {
    map.off("moveend zoomend resize viewreset", this.#look, this);
    map.off("zoomstart", this.#hide, this);
    this.#canvas.remove();
    return this;
  }

  #hide() {
    this.#canvas.style.visibility = "hidden";
  }

  /** The map shows another part of the world: fit the canvas to it and draw anew. */
  #look() {
    const map = this._map;
    const size = map.getSize();
    /** @type {Map<Located, L.Point>} */
    const points = new Map();
    /** @param {Located} located */
    const point = (located) => {
      let found = points.get(located);
      if (!found) points.set(located, (found = map.latLngToContainerPoint([located.lat, located.lon])));
      return found;
    };
    this.#seen = { size, zoom: map.getZoom(), point };
    const ratio = window.devicePixelRatio || 1;
    this.#canvas.width = size.x * ratio;
    this.#canvas.height = size.y * ratio;
    this.#canvas.style.width = `${size.x}px`;
    this.#canvas.style.height = `${size.y}px`;
    L.DomUtil.setPosition(this.#canvas, map.containerPointToLayerPoint([0, 0]));
    this.redraw();
  }

  redraw() {
    const context = this.#canvas.getContext("2d");
    if (!this.#seen || !context) return;
    const ratio = window.devicePixelRatio || 1;
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    context.clearRect(0, 0, this.#seen.size.x, this.#seen.size.y);
    this.#canvas.style.visibility = "";
    this.draw(context, this.#seen);
  }

  /**
   * The container pixels of something, as it was last drawn.
   * @param {Located} located
   */
  pixelsOf(located) {
    return this.#seen ? this.#seen.point(located) : L.point(NaN, NaN);
  }
}
