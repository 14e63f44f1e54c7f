/** The quiet ticks of the time strip: what happened above its line, what was said, planned or foretold below. */

/** @import * as Payload from "./payload" */
/** @import { Colours } from "./colours.js" */

const SLICE_PX = 3;
const TICK_PX = 2;
const EVENTS_TO_FULL_HEIGHT = 6;

/**
 * Whether an event is something that happened rather than something said.
 * @param {Payload.Event} event
 */
export function isOfDeeds({ status, kind }) {
  return status === "happened" && kind !== "statement";
}

/**
 * Ticks of a row: for each slice of it one, as long as it has events.
 * @param {number[]} xs where the events are, pixels
 * @param {number} height of the row, pixels
 * @returns {{x: number, length: number}[]} pixels
 */
export function ticks(xs, height) {
  /** @type {Map<number, number>} */
  const slices = new Map();
  for (const x of xs) {
    const slice = Math.round(x / SLICE_PX);
    slices.set(slice, (slices.get(slice) ?? 0) + 1);
  }
  return [...slices].map(([slice, count]) => ({
    x: slice * SLICE_PX,
    length: height * Math.min(1, (count + 1) / (EVENTS_TO_FULL_HEIGHT + 1)),
  }));
}

/**
 * @param {HTMLCanvasElement} canvas
 * @param {number[]} deeds where something happened, pixels
 * @param {number[]} words where something was said, pixels
 * @param {Colours} colours
 */
export function drawTicks(canvas, deeds, words, colours) {
  const width = canvas.clientWidth;
  const height = canvas.clientHeight;
  const context = canvas.getContext("2d");
  if (!width || !context) return;
  const ratio = window.devicePixelRatio || 1;
  canvas.width = width * ratio;
  canvas.height = height * ratio;
  context.scale(ratio, ratio);
  const line = Math.round(height / 2);
  context.fillStyle = colours.ink;
  for (const { x, length } of ticks(deeds, line - 1)) context.fillRect(x, line - length, TICK_PX, length);
  context.fillStyle = colours.quiet;
  for (const { x, length } of ticks(words, line - 1)) context.fillRect(x, line, TICK_PX, length);
}
