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
      context.globalAlpha = mark.faint ? 0.4 : 1;
      context.drawImage(this.#sprite(mark), x - SPRITE_PX / 2, y - SPRITE_PX / 2, SPRITE_PX, SPRITE_PX);
    }
    context.globalAlpha = 1;
  }

  /** @param {Mark} mark */
  #sprite({ status, summit, pending, chosen, isArea }) {
    const look = {
      radius: summit ? SUMMIT_RADIUS : RADIUS,
      colour: chosen ? this.#colours.accent : this.#colours.ink,
      vague: isArea,
      summit,
      pending,
    };
    const key = `${status} ${chosen} ${look.vague} ${summit} ${pending} ${window.devicePixelRatio}`;
    let sprite = this.#sprites.get(key);
    if (!sprite) this.#sprites.set(key, (sprite = this.#signs.symbol(status, look, SPRITE_PX)));
    return sprite;
  }

  /**
   * The mark nearest to a container point, within a finger's width; null if there is none.
   * @param {L.Point} point
   */
  hit(point) {
    return nearest(this.marks, point, (spot) => this.pixelsOf(spot));
  }
}
