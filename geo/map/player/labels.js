/** Names on the map: quiet for the land, firm for the places of the story. */
(() => {
  "use strict";
  const Dateline = (window.Dateline = window.Dateline || {});
  const INK = Dateline.COLOURS.ink;

  const SERIF = 'georgia, "Noto Serif", "DejaVu Serif", serif';
  const SANS = 'system-ui, "Segoe UI", roboto, "Noto Sans", "DejaVu Sans", sans-serif';
  const HALO = "rgba(247, 245, 240, 0.9)";
  const LOOKS = {
    story: { font: `600 13px ${SANS}`, size: 13, colour: INK, spacing: "0px", halo: HALO, dot: true },
    city: { font: `12px ${SANS}`, size: 12, colour: "#5b6470", spacing: "0px", halo: HALO, dot: true },
    country: { font: `14px ${SERIF}`, size: 14, colour: "#77705f", spacing: "2px", halo: HALO, centred: true },
    region: { font: `italic 12px ${SERIF}`, size: 12, colour: "#857d6b", spacing: "1px", halo: HALO, centred: true },
    sea: { font: `italic 13px ${SERIF}`, size: 13, colour: "#5f7f90", spacing: "1px", halo: "rgba(221, 231, 236, 0.8)", centred: true },
  };
  const GAP_PX = 3;
  // What lies over the map's edges.
  const CONTROLS = ".leaflet-control, .dateline-moment, .dateline-legend";

  /** Names of places and countries, clear of the controls; where two would overlap the more important one stays. */
  Dateline.LabelLayer = Dateline.CanvasLayer.extend({
    options: { pane: "shadowPane", className: "dateline-labels" },

    /** @param {{name, lat, lon, kind, min_zoom, clearance}[]} labels most important first */
    initialize(labels, options) {
      this._labels = labels;
      this.placed = [];
      Dateline.CanvasLayer.prototype.initialize.call(this, this._drawLabels.bind(this), options);
    },

    _drawLabels(context, view) {
      const shown = this._labels.filter((label) => view.zoom >= label.min_zoom)
        .map((label) => ({ ...label, ...view.point(label), look: LOOKS[label.kind] || LOOKS.city }));
      const taken = [...covered(this._map), ...shown.filter((label) => label.kind === "story").map(markBox)];
      this.placed = [];
      for (const label of shown) {
        // A country may be named at one of several spots; the first that is free will do.
        if (this.placed.includes(label.name)) continue;
        const own = label.kind === "story" ? markBox(label) : null;
        const box = boxes(context, label).find((candidate) => isFree(candidate, taken, own, view.size));
        if (!box) continue;
        taken.push(box);
        this.placed.push(label.name);
        write(context, label, box);
      }
    },
  });

  /** Where controls hide the map. */
  function covered(map) {
    const origin = map.getContainer().getBoundingClientRect();
    return [...map.getContainer().parentElement.querySelectorAll(CONTROLS)].map((control) => {
      const { left, top, width, height } = control.getBoundingClientRect();
      return { left: left - origin.left, top: top - origin.top, width, height };
    });
  }

  /** The square that a place's mark may fill. */
  function markBox({ x, y, clearance }) {
    const reach = clearance - 2;
    return { left: x - reach, top: y - reach, width: 2 * reach, height: 2 * reach };
  }

  /** Where a name may stand: on its point if it names an area, else right of it, left, above, below. */
  function boxes(context, { name, x, y, look, clearance }) {
    context.font = look.font;
    context.letterSpacing = look.spacing;
    const lines = name.split("\n");
    const width = Math.max(...lines.map((line) => context.measureText(line).width));
    const height = look.size * 1.25 * lines.length;
    const at = (left, top) => ({ left, top, width, height, lines });
    if (look.centred) return [at(x - width / 2, y - height / 2)];
    return [
      at(x + clearance, y - height / 2),
      at(x - clearance - width, y - height / 2),
      at(x - width / 2, y - clearance - height),
      at(x - width / 2, y + clearance),
    ];
  }

  function isFree(box, taken, own, size) {
    const inside = box.left > 2 && box.top > 2 && box.left + box.width < size.x - 2 && box.top + box.height < size.y - 2;
    return inside && !taken.some((other) => !isSame(other, own) && overlap(box, other));
  }

  function isSame(box, own) {
    return own !== null && box.left === own.left && box.top === own.top && box.width === own.width;
  }

  function overlap(a, b) {
    return a.left < b.left + b.width + GAP_PX && b.left < a.left + a.width + GAP_PX
      && a.top < b.top + b.height && b.top < a.top + a.height;
  }

  function write(context, { x, y, look }, box) {
    context.font = look.font;
    context.letterSpacing = look.spacing;
    context.textBaseline = "middle";
    context.textAlign = "left";
    context.lineJoin = "round";
    context.lineWidth = 3.5;
    context.strokeStyle = look.halo;
    context.fillStyle = look.colour;
    box.lines.forEach((line, index) => {
      const middle = box.top + look.size * 1.25 * (index + 0.5);
      context.strokeText(line, box.left, middle);
      context.fillText(line, box.left, middle);
    });
    if (!look.dot) return;
    context.beginPath();
    context.arc(x, y, 2, 0, 2 * Math.PI);
    context.fill();
  }
})();
