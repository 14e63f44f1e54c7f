/** The bars above the slider: for each slice of time one, as high as it has events; hollow where none happened. */

/** @import { TimeAxis } from "./axis.js" */
/** @import { Colours } from "./colours.js" */
/** @import { Entry } from "./record.js" */

const SLICE_PX = 4;
const BAR_PX = 3;
const LEAST_HEIGHT = 6;

/**
 * The bars of a strip, in pixels.
 * @param {TimeAxis} axis
 * @param {Entry[]} entries
 * @param {number} width
 * @param {number} height
 * @returns {{x: number, solid: number, hollow: number}[]} `solid` and `hollow`: heights, the hollow part on top
 */
export function ticks(axis, entries, width, height) {
  /** @type {Map<number, {happened: number, other: number}>} */
  const slices = new Map();
  for (const { at, event } of entries) {
    const slice = Math.round((axis.position(at) * width) / SLICE_PX);
    const counted = slices.get(slice) || { happened: 0, other: 0 };
    counted[event.status === "happened" ? "happened" : "other"] += 1;
    slices.set(slice, counted);
  }
  const highest = Math.max(LEAST_HEIGHT, ...[...slices.values()].map(({ happened, other }) => happened + other));
  return [...slices].map(([slice, { happened, other }]) => ({
    x: Math.min(slice * SLICE_PX, width - BAR_PX),
    solid: (happened / highest) * height,
    hollow: (other / highest) * height,
  }));
}

/**
 * Draw the bars, and the chapters' edges between them.
 * @param {HTMLCanvasElement} canvas
 * @param {TimeAxis} axis
 * @param {Entry[]} entries
 * @param {Colours} colours
 */
export function drawTicks(canvas, axis, entries, colours) {
  const width = canvas.clientWidth;
  const height = canvas.clientHeight;
  const context = canvas.getContext("2d");
  if (!width || !context) return;
  const ratio = window.devicePixelRatio || 1;
  canvas.width = width * ratio;
  canvas.height = height * ratio;
  context.scale(ratio, ratio);
  context.fillStyle = context.strokeStyle = colours.ink;
  for (const { x, solid, hollow } of ticks(axis, entries, width, height)) {
    context.fillRect(x, height - solid, BAR_PX, solid);
    if (hollow) context.strokeRect(x + 0.5, height - solid - hollow + 0.5, BAR_PX - 1, hollow - 1);
  }
  context.strokeStyle = colours.edge;
  drawEdges(context, axis, width, height);
}

/**
 * Dashed lines where one chapter's scale ends and the next begins.
 * @param {CanvasRenderingContext2D} context
 * @param {TimeAxis} axis
 * @param {number} width
 * @param {number} height
 */
function drawEdges(context, axis, width, height) {
  context.setLineDash([2, 2]);
  for (const chapter of axis.chapters.slice(1)) {
    const x = Math.round(chapter.left * width) + 0.5;
    context.beginPath();
    context.moveTo(x, 0);
    context.lineTo(x, height);
    context.stroke();
  }
}
