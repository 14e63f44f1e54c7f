/** The layer of the events' marks. Each sign is drawn once and then stamped. */

/** @import { Obstacle, Point } from "./boxes.js" */
/** @import { Seen } from "./canvas.js" */
/** @import { Colours } from "./colours.js" */
/** @import { Mark } from "./marks.js" */
/** @import { Signs } from "./signs.js" */
import { square } from "./boxes.js";
import { CanvasLayer } from "./canvas.js";
import { gathered, nearest, numbersText } from "./marks.js";
import { longerBy } from "./signs.js";

const RADIUS = 6;
const NUMBERED_RADIUS = 9;
const SUMMIT_RADIUS = 10;
const SPRITE_PX = 56;
const OUTSIDE_PX = 40;
const FOCUS_RADIUS = 17;

export class MarkLayer extends CanvasLayer {
  #signs;
  #colours;
  /** @type {Map<string, HTMLCanvasElement>} */
  #sprites = new Map();
  /** Id of the event whose mark is pointed at or has the focus. @type {string | null} */
  #pointed = null;
  /** @type {Mark[]} */
  marks = [];
  /** The marks as they are drawn: of those close together one bears the numbers of all. @type {Mark[]} */
  drawn = [];

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
   * Ring the mark of an event; null rings none.
   * @param {string | null} id
   */
  point(id) {
    if (id === this.#pointed) return;
    this.#pointed = id;
    this.redraw();
  }

  /**
   * @override
   * @param {CanvasRenderingContext2D} context
   * @param {Seen} seen
   */
  draw(context, { size, point }) {
    this.drawn = gathered(this.marks, point);
    for (const mark of this.drawn) {
      const { x, y } = point(mark.spot);
      if (x < -OUTSIDE_PX || y < -OUTSIDE_PX || x > size.x + OUTSIDE_PX || y > size.y + OUTSIDE_PX) continue;
      context.globalAlpha = mark.faint && !mark.keys.length && !mark.summit ? 0.4 : 1;
      context.drawImage(this.#sprite(mark), x - SPRITE_PX / 2, y - SPRITE_PX / 2, SPRITE_PX, SPRITE_PX);
      context.globalAlpha = 1;
      if (mark.id === this.#pointed) drawFocus(context, x, y, this.#colours.focus);
    }
  }

  /** @param {Mark} mark */
  #sprite({ status, summit, earlier, pending, chosen, ahead, keys }) {
    const { accent, ink, quiet } = this.#colours;
    const number = status === "claimed" || status === "denied" ? "" : numbersText(keys);
    const look = {
      radius: summit ? SUMMIT_RADIUS : number ? NUMBERED_RADIUS : RADIUS,
      colour: chosen ? accent : ahead ? quiet : ink,
      summit,
      earlier: earlier && !summit,
      pending,
      ahead,
      number,
    };
    const key = `${status} ${JSON.stringify(look)} ${window.devicePixelRatio}`;
    let sprite = this.#sprites.get(key);
    if (!sprite) this.#sprites.set(key, (sprite = this.#signs.symbol(status, look, SPRITE_PX)));
    return sprite;
  }

  /**
   * What the marks take of the map; a chosen one and numbered ones must be seen.
   * @returns {(Obstacle & {mark: Mark})[]}
   */
  obstacles() {
    return this.drawn.map((mark) => {
      const box = square(this.pixelsOf(mark.spot), reachOf(mark));
      return { mark, box, weight: mark.chosen ? 50 : mark.keys.length || mark.summit ? 8 : 2 };
    });
  }

  /**
   * The mark nearest to a container point, within a finger's width; null if there is none.
   * @param {Point} point
   */
  hit(point) {
    return nearest(this.drawn, point, (spot) => this.pixelsOf(spot));
  }
}

/**
 * How far a mark reaches from its middle, pixels.
 * @param {Mark} mark
 */
export function reachOf({ summit, earlier, pending, keys }) {
  const longer = longerBy(numbersText(keys));
  if (summit) return SUMMIT_RADIUS + longer + (pending ? 9 : 5);
  return (keys.length ? NUMBERED_RADIUS : RADIUS) + longer + (earlier || pending ? 5 : 1);
}

/**
 * @param {CanvasRenderingContext2D} context
 * @param {number} x
 * @param {number} y
 * @param {string} colour
 */
function drawFocus(context, x, y, colour) {
  context.lineWidth = 3;
  context.strokeStyle = colour;
  context.beginPath();
  context.arc(x, y, FOCUS_RADIUS, 0, 2 * Math.PI);
  context.stroke();
}
