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
const NUMBER_FONT = '700 12px system-ui, "Segoe UI", roboto, "Noto Sans", "DejaVu Sans", sans-serif';
/** Height of the train on its pin, in its sides. */
export const PIN = 1.6;
const SVG = "http://www.w3.org/2000/svg";

/**
 * @typedef {object} Look
 * @property {number} [radius] pixels
 * @property {string} [colour]
 * @property {boolean} [summit] ringed
 * @property {boolean} [earlier] with a small ring: they met here before
 * @property {boolean} [pending] with a dashed ring: more is planned
 * @property {boolean} [ahead] still to come: as an outline
 * @property {string} [number] of the key moments here
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
    if (status === "superseded") drawCross(context, radius * 0.7);
    else this.#drawDisc(context, status, radius, look);
    if (look.number) this.#drawNumber(context, look.number, look.ahead || isHollow(status));
    const outer = radius + longerBy(look.number ?? "");
    if (look.summit) drawRing(context, outer + 4, []);
    if (look.earlier) drawRing(context, outer + 3, [], 1.5);
    if (look.pending) drawRing(context, outer + (look.summit ? 8 : 4), [3, 3]);
    context.restore();
  }

  /**
   * @param {CanvasRenderingContext2D} context
   * @param {Payload.Status} status
   * @param {number} radius
   * @param {Look} look
   */
  #drawDisc(context, status, radius, { ahead = false, number = "" }) {
    context.save();
    if (ahead || isHollow(status)) context.fillStyle = this.#colours.white;
    else context.strokeStyle = this.#colours.white;
    // Two numbers and more need a longer mark.
    const half = radius + longerBy(number);
    context.beginPath();
    context.roundRect(-half, -radius, 2 * half, 2 * radius, radius);
    context.fill();
    context.setLineDash(isHollow(status) ? [radius * 0.6, radius * 0.45] : []);
    context.stroke();
    context.setLineDash([]);
    if (status === "claimed") drawBar(context, radius * 0.75, 0);
    if (status === "denied") drawBar(context, radius * 0.8, 1);
    context.restore();
    if (status !== "predicted" || number || ahead) return;
    circle(context, radius / 3.5);
    context.fill();
  }

  /**
   * @param {CanvasRenderingContext2D} context
   * @param {string} number
   * @param {boolean} onPaper whether the mark is an outline
   */
  #drawNumber(context, number, onPaper) {
    context.save();
    if (!onPaper) context.fillStyle = this.#colours.white;
    context.font = NUMBER_FONT;
    context.textAlign = "center";
    context.textBaseline = "middle";
    context.fillText(number, 0, 0.5);
    context.restore();
  }

  /**
   * A canvas with the sign of a status in its middle, hidden from screen readers.
   * @param {Payload.Status} status
   * @param {Look} look
   * @param {number} side pixels
   */
  symbol(status, look = {}, side = look.summit || look.pending || look.earlier ? WIDE_SIDE_PX : SIDE_PX) {
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
 * Whether what has a status is only expected.
 * @param {Payload.Status} status
 */
function isHollow(status) {
  return status === "planned" || status === "predicted";
}

/**
 * How much longer than high a mark with these numbers is at each end, pixels.
 * @param {string} number
 */
export function longerBy(number) {
  return Math.max(0, number.length - 1) * 2.5;
}

/**
 * The train, from the front: its colours are the style's.
 * @param {number} side pixels
 * @param {boolean} isPin whether it stands on a point, above the mark that may be there: it is then `PIN` times as high
 */
export function trainSign(side, isPin = false) {
  const sign = document.createElementNS(SVG, "svg");
  const high = isPin ? PIN : 1;
  const size = { viewBox: `0 0 28 ${28 * high}`, width: side, height: side * high, "aria-hidden": true };
  for (const [name, value] of Object.entries(size)) {
    sign.setAttribute(name, String(value));
  }
  sign.classList.add("dateline-train-sign");
  /** @type {[string, string][]} */
  const parts = [
    ...(isPin ? [/** @type {[string, string]} */ (["case", "M10.5 27h7L14 44.5z"])] : []),
    ["case", "M8 0.5h12a7.5 7.5 0 0 1 7.5 7.5v12a7.5 7.5 0 0 1-7.5 7.5H8A7.5 7.5 0 0 1 0.5 20V8A7.5 7.5 0 0 1 8 0.5z"],
    ["rails", "M10.5 20.5 8 25M17.5 20.5 20 25M9.2 23h9.6"],
    ["body", "M10.5 3.5h7a4 4 0 0 1 4 4v10a3.5 3.5 0 0 1-3.5 3.5h-8a3.5 3.5 0 0 1-3.5-3.5v-10a4 4 0 0 1 4-4z"],
    [
      "glass",
      "M9.5 7.5h9v5h-9zM9.3 17a1.3 1.3 0 1 0 2.6 0a1.3 1.3 0 1 0-2.6 0M16.1 17a1.3 1.3 0 1 0 2.6 0a1.3 1.3 0 1 0-2.6 0",
    ],
  ];
  for (const [name, outline] of parts) {
    const part = document.createElementNS(SVG, "path");
    part.setAttribute("class", `dateline-train-${name}`);
    part.setAttribute("d", outline);
    sign.append(part);
  }
  return sign;
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
 * @param {number} width pixels
 */
function drawRing(context, radius, dash, width = 2) {
  context.lineWidth = width;
  context.setLineDash(dash);
  circle(context, radius);
  context.stroke();
}
