/**
 * The visual grammar of evidence, and the layer of event marks that is drawn with it.
 *
 * One definition, used for the map, the legend and the card. Status is told by shape, never by colour alone.
 */
(() => {
  "use strict";
  const Dateline = (window.Dateline = window.Dateline || {});

  const INK = "#1f2933";
  const ACCENT = "#b3261e";
  const PAPER = "#ffffff";
  const RADIUS = 6;
  const SUMMIT_RADIUS = 10;
  const HIT_PX = 18;
  const SPRITE_PX = 48;
  const OUTSIDE_PX = 40;

  /**
   * Draw the sign of a status at x, y.
   * `look`: {radius, colour, summit: ringed, pending: dashed ring (more is planned), vague: a soft ground}.
   */
  function drawMark(context, status, x, y, look = {}) {
    const radius = look.radius || RADIUS;
    const colour = look.colour || INK;
    context.save();
    if (look.vague) drawGround(context, x, y, radius + 7, colour);
    context.lineWidth = Math.max(1.5, radius / 4);
    context.strokeStyle = colour;
    if (status === "superseded") drawCross(context, x, y, radius * 0.7);
    else drawDisc(context, status, x, y, radius, colour);
    if (look.summit) drawRing(context, x, y, radius + 4, colour, []);
    if (look.pending) drawRing(context, x, y, radius + (look.summit ? 8 : 4), colour, [3, 3]);
    context.restore();
  }

  /** The soft ground of a mark that stands for an area, not for a point. */
  function drawGround(context, x, y, radius, colour) {
    context.beginPath();
    context.arc(x, y, radius, 0, 2 * Math.PI);
    context.fillStyle = `${colour}2e`;
    context.fill();
  }

  function drawCross(context, x, y, reach) {
    context.beginPath();
    context.moveTo(x - reach, y - reach);
    context.lineTo(x + reach, y + reach);
    context.moveTo(x + reach, y - reach);
    context.lineTo(x - reach, y + reach);
    context.stroke();
  }

  function drawDisc(context, status, x, y, radius, colour) {
    const hollow = status === "planned" || status === "predicted";
    context.beginPath();
    context.arc(x, y, radius, 0, 2 * Math.PI);
    context.fillStyle = hollow ? PAPER : colour;
    context.fill();
    context.setLineDash(hollow ? [radius * 0.6, radius * 0.45] : []);
    context.strokeStyle = hollow ? colour : PAPER;
    context.stroke();
    context.setLineDash([]);
    if (status === "predicted") drawDot(context, x, y, radius / 3.5, colour);
    if (status === "claimed") drawBar(context, x, y, radius * 0.75, 0);
    if (status === "denied") drawBar(context, x, y, radius * 0.8, 1);
  }

  function drawDot(context, x, y, radius, colour) {
    context.beginPath();
    context.arc(x, y, radius, 0, 2 * Math.PI);
    context.fillStyle = colour;
    context.fill();
  }

  /** A white bar across a filled mark: level for a claim, slanted for a denial. */
  function drawBar(context, x, y, reach, slant) {
    context.strokeStyle = PAPER;
    context.beginPath();
    context.moveTo(x - reach, y + reach * slant);
    context.lineTo(x + reach, y - reach * slant);
    context.stroke();
  }

  function drawRing(context, x, y, radius, colour, dash) {
    context.strokeStyle = colour;
    context.lineWidth = 2;
    context.setLineDash(dash);
    context.beginPath();
    context.arc(x, y, radius, 0, 2 * Math.PI);
    context.stroke();
  }

  /** A canvas of `side` pixels with the sign of a status in its middle, hidden from screen readers. */
  function canvasOf(status, look, side) {
    const canvas = document.createElement("canvas");
    const ratio = window.devicePixelRatio || 1;
    canvas.width = canvas.height = side * ratio;
    canvas.style.width = canvas.style.height = `${side}px`;
    canvas.className = "dateline-symbol";
    canvas.setAttribute("aria-hidden", "true");
    const context = canvas.getContext("2d");
    context.scale(ratio, ratio);
    drawMark(context, status, side / 2, side / 2, look);
    return canvas;
  }

  Dateline.drawMark = drawMark;
  Dateline.symbol = (status, look = {}) => canvasOf(status, look, look.summit || look.pending || look.vague ? 32 : 20);
  Dateline.COLOURS = { ink: INK, accent: ACCENT, paper: PAPER };

  /** The events' marks, one a place; larger where the leaders met. Each sign is drawn once and then stamped. */
  Dateline.MarkLayer = Dateline.CanvasLayer.extend({
    options: { pane: "markerPane", className: "dateline-marks" },

    initialize(options) {
      this._marks = [];
      this._sprites = new Map();
      Dateline.CanvasLayer.prototype.initialize.call(this, this._drawMarks.bind(this), options);
    },

    /** @param {{lat, lon, status, summit, pending, chosen, faint, radiusKm, id}[]} marks later ones lie on top */
    show(marks) {
      this._marks = marks;
      this.redraw();
    },

    _drawMarks(context, view) {
      if (this._ratio !== window.devicePixelRatio) this._sprites.clear();
      this._ratio = window.devicePixelRatio;
      for (const mark of this._marks) {
        const { x, y } = view.point(mark);
        mark.isOut = x < -OUTSIDE_PX || y < -OUTSIDE_PX || x > view.size.x + OUTSIDE_PX || y > view.size.y + OUTSIDE_PX;
        if (mark.isOut) continue;
        if (mark.chosen && mark.radiusKm) this._drawArea(context, mark, x, y);
        context.globalAlpha = mark.faint ? 0.4 : 1;
        context.drawImage(this._sprite(mark), x - SPRITE_PX / 2, y - SPRITE_PX / 2, SPRITE_PX, SPRITE_PX);
      }
      context.globalAlpha = 1;
    },

    _sprite({ status, summit, pending, chosen, radiusKm }) {
      const key = status + (summit | (pending << 1) | (chosen << 2) | ((radiusKm > 0) << 3));
      if (!this._sprites.has(key)) {
        this._sprites.set(key, canvasOf(status, {
          radius: summit ? SUMMIT_RADIUS : RADIUS,
          colour: chosen ? ACCENT : INK,
          vague: radiusKm > 0,
          summit,
          pending,
        }, SPRITE_PX));
      }
      return this._sprites.get(key);
    },

    /** A region or a country is not a point: a wide ground without an edge says how wide the place is. */
    _drawArea(context, mark, x, y) {
      const north = this._map.latLngToContainerPoint([mark.lat + mark.radiusKm / 111.2, mark.lon]);
      context.save();
      context.beginPath();
      context.arc(x, y, Math.abs(y - north.y), 0, 2 * Math.PI);
      context.fillStyle = `${ACCENT}1f`;
      context.fill();
      context.restore();
    },

    /** The mark nearest to a container point, within a finger's width; null if there is none. */
    hit(point) {
      let nearest = null;
      let distance = HIT_PX;
      for (const mark of this._marks) {
        if (mark.isOut) continue;
        const { x, y } = this.view.point(mark);
        const away = Math.hypot(x - point.x, y - point.y);
        if (away <= distance) [nearest, distance] = [mark, away];
      }
      return nearest;
    },
  });
})();
