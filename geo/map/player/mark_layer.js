/** The layer of the events' marks. Each sign is drawn once and then stamped. */

/** @import { Seen } from "./canvas.js" */
/** @import { Colours } from "./colours.js" */
/** @import { Mark } from "./marks.js" */
/** @import { Signs } from "./signs.js" */
import { CanvasLayer } from "./canvas.js";
import { nearest } from "./marks.js";

const RADIUS = 6;
const SUMMIT_RADIUS = 10;
const SPRITE_PX = 48;
const OUTSIDE_PX = 40;
const KM_A_DEGREE = 111.2;

export class MarkLayer extends CanvasLayer {
  #signs;
  #colours;
  /** @type {Map<string, HTMLCanvasElement>} */
  #sprites = new Map();
  /** @type {Mark[]} */
  marks = [];

  /**
   * @param {Signs} signs
   * @param {Colours} colours
   */
  constructor(signs, colours) {
    super({ pane: "markerPane", className: "dateline-marks" });
    this.#signs = signs;
    this.#colours = colours;
  }

  /** @param {Mark[]} marks later ones lie on top */
  show(marks) {
    this.marks = marks;
    this.redraw();
  }

  /**
   * @override
   * @param {CanvasRenderingContext2D} context
   * @param {Seen} seen
   */
  draw(context, { size, point }) {
    for (const mark of this.marks) {
      const { x, y } = point(mark.spot);
      if (x < -OUTSIDE_PX || y < -OUTSIDE_PX || x > size.x + OUTSIDE_PX || y > size.y + OUTSIDE_PX) continue;
      if (mark.chosen && mark.radiusKm) this.#drawArea(context, mark, x, y);
      context.globalAlpha = mark.faint ? 0.4 : 1;
      context.drawImage(this.#sprite(mark), x - SPRITE_PX / 2, y - SPRITE_PX / 2, SPRITE_PX, SPRITE_PX);
    }
    context.globalAlpha = 1;
  }

  /** @param {Mark} mark */
  #sprite({ status, summit, pending, chosen, radiusKm }) {
    const look = {
      radius: summit ? SUMMIT_RADIUS : RADIUS,
      colour: chosen ? this.#colours.accent : this.#colours.ink,
      vague: radiusKm > 0,
      summit,
      pending,
    };
    const key = `${status} ${chosen} ${look.vague} ${summit} ${pending} ${window.devicePixelRatio}`;
    let sprite = this.#sprites.get(key);
    if (!sprite) this.#sprites.set(key, (sprite = this.#signs.symbol(status, look, SPRITE_PX)));
    return sprite;
  }

  /**
   * A region or a country is not a point: a wide ground without an edge says how wide the place is.
   * @param {CanvasRenderingContext2D} context
   * @param {Mark} mark
   * @param {number} x
   * @param {number} y
   */
  #drawArea(context, { spot, radiusKm }, x, y) {
    const north = this._map.latLngToContainerPoint([spot.lat + radiusKm / KM_A_DEGREE, spot.lon]);
    context.globalAlpha = 0.122;
    context.fillStyle = this.#colours.accent;
    context.beginPath();
    context.arc(x, y, Math.abs(y - north.y), 0, 2 * Math.PI);
    context.fill();
  }

  /**
   * The mark nearest to a container point, within a finger's width; null if there is none.
   * @param {L.Point} point
   */
  hit(point) {
    return nearest(this.marks, point, (spot) => this.pixelsOf(spot));
  }
}
