/** The canvas that the marks and the labels are drawn on. */
(() => {
  "use strict";
  const Dateline = (window.Dateline = window.Dateline || {});

  /**
   * A Leaflet layer that covers the map's view with one canvas and calls `draw(context, view)` to fill it.
   * `view.point(located)` gives the container pixels of anything with `lat` and `lon`, kept while the view stays.
   */
  Dateline.CanvasLayer = L.Layer.extend({
    options: { pane: "overlayPane", className: "" },

    initialize(draw, options) {
      this._draw = draw;
      L.setOptions(this, options);
    },

    onAdd(map) {
      this._canvas = L.DomUtil.create("canvas", `dateline-canvas ${this.options.className}`, this.getPane());
      this._canvas.setAttribute("aria-hidden", "true");
      map.on("moveend zoomend resize viewreset", this._look, this);
      map.on("zoomstart", this._hide, this);
      this._look();
    },

    onRemove(map) {
      map.off("moveend zoomend resize viewreset", this._look, this);
      map.off("zoomstart", this._hide, this);
      this._canvas.remove();
    },

    _hide() {
      this._canvas.style.visibility = "hidden";
    },

    /** The map shows another part of the world: fit the canvas to it and draw anew. */
    _look() {
      const map = this._map;
      const size = map.getSize();
      const points = new Map();
      const point = (located) => {
        let found = points.get(located);
        if (!found) points.set(located, (found = map.latLngToContainerPoint([located.lat, located.lon])));
        return found;
      };
      this.view = { size, zoom: map.getZoom(), point };
      const ratio = window.devicePixelRatio || 1;
      this._canvas.width = size.x * ratio;
      this._canvas.height = size.y * ratio;
      this._canvas.style.width = `${size.x}px`;
      this._canvas.style.height = `${size.y}px`;
      L.DomUtil.setPosition(this._canvas, map.containerPointToLayerPoint([0, 0]));
      this.redraw();
    },

    redraw() {
      if (!this._map) return;
      const ratio = window.devicePixelRatio || 1;
      const context = this._canvas.getContext("2d");
      context.setTransform(ratio, 0, 0, ratio, 0, 0);
      context.clearRect(0, 0, this.view.size.x, this.view.size.y);
      this._canvas.style.visibility = "";
      this._draw(context, this.view);
    },
  });
})();
