/**
 * The visual grammar of evidence: the sign of a status.
 *
 * One definition, used for the map, the legend and the card. Status is told by shape, never by colour alone.
 */

/** @import * as Payload from "./payload" */
/** @import { Colours } from "./colours.js" */

const RADIUS = 6;
const SIDE_PX = 20;
const WIDE_SIDE_PX = 32;

/**
 * @typedef {object} Look
 * @property {number} [radius] pixels
 * @property {string} [colour]
 * @property {boolean} [summit] ringed
 * @property {boolean} [pending] with a dashed ring: more is planned
 * @property {boolean} [vague] on a soft ground: an area, not a point
 */

export class Signs {
  #colours;

  /** @param {Colours} colours */
  constructor(colours) {
    this.#colours = colours;
  }

  /**
   * Draw the sign of a status at x, y; the canvas's settings stay as they were.
   * @param {CanvasRenderingContext2D} context
   * @param {Payload.Status} status
   * @param {number} x
   * @param {number} y
   * @param {Look} look
   */
  draw(context, status, x, y, look = {}) {
    const radius = look.radius || RADIUS;
    context.save();
    context.translate(x, y);
    context.strokeStyle = context.fillStyle = look.colour || this.#colours.ink;
    context.lineWidth = Math.max(1.5, radius / 4);
    if (look.vague) drawGround(context, radius + 7);
    if (status === "superseded") drawCross(context, radius * 0.7);
    else this.#drawDisc(context, status, radius);
    if (look.summit) drawRing(context, radius + 4, []);
    if (look.pending) drawRing(context, radius + (look.summit ? 8 : 4), [3, 3]);
    context.restore();
  }

  /**
   * @param {CanvasRenderingContext2D} context
   * @param {Payload.Status} status
   * @param {number} radius
   */
  #drawDisc(context, status, radius) {
    const isHollow = status === "planned" || status === "predicted";
    context.save();
    if (isHollow) context.fillStyle = this.#colours.white;
    else context.strokeStyle = this.#colours.white;
    circle(context, radius);
    context.fill();
    context.setLineDash(isHollow ? [radius * 0.6, radius * 0.45] : []);
    context.stroke();
    context.setLineDash([]);
    if (status === "claimed") drawBar(context, radius * 0.75, 0);
    if (status === "denied") drawBar(context, radius * 0.8, 1);
    context.restore();
    if (status !== "predicted") return;
    circle(context, radius / 3.5);
    context.fill();
  }

  /**
   * A canvas with the sign of a status in its middle, hidden from screen readers.
   * @param {Payload.Status} status
   * @param {Look} look
   * @param {number} side pixels
   */
  symbol(status, look = {}, side = look.summit || look.pending || look.vague ? WIDE_SIDE_PX : SIDE_PX) {
    const canvas = document.createElement("canvas");
    const ratio = window.devicePixelRatio || 1;
    canvas.width = canvas.height = side * ratio;
    canvas.style.width = canvas.style.height = `${side}px`;
    canvas.className = "dateline-symbol";
    canvas.setAttribute("aria-hidden", "true");
    const context = canvas.getContext("2d");
    context?.scale(ratio, ratio);
    if (context) this.draw(context, status, side / 2, side / 2, look);
    return canvas;
  }
}

/**
 * @param {CanvasRenderingContext2D} context
 * @param {number} radius
 */
function circle(context, radius) {
  context.beginPath();
  context.arc(0, 0, radius, 0, 2 * Math.PI);
}

/**
 * @param {CanvasRenderingContext2D} context
 * @param {number} radius
 */
function drawGround(context, radius) {
  context.globalAlpha = 0.18;
  circle(context, radius);
  context.fill();
  context.globalAlpha = 1;
}

/**
 * @param {CanvasRenderingContext2D} context
 * @param {number} reach
 */
function drawCross(context, reach) {
  context.beginPath();
  context.moveTo(-reach, -reach);
  context.lineTo(reach, reach);
  context.moveTo(reach, -reach);
  context.lineTo(-reach, reach);
  context.stroke();
}

/**
 * A bar across a filled mark: level for a claim, slanted for a denial.
 * @param {CanvasRenderingContext2D} context
 * @param {number} reach
 * @param {number} slant
 */
function drawBar(context, reach, slant) {
  context.beginPath();
  context.moveTo(-reach, reach * slant);
  context.lineTo(reach, -reach * slant);
  context.stroke();
}

/**
 * @param {CanvasRenderingContext2D} context
 * @param {number} radius
 * @param {number[]} dash
 */
function drawRing(context, radius, dash) {
  context.lineWidth = 2;
  context.setLineDash(dash);
  circle(context, radius);
  context.stroke();
}
