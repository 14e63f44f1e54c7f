/** Names on the map: quiet for the land, firm for the places of the story. */

/** @import * as Payload from "./payload" */
/** @import { Seen } from "./canvas.js" */
/** @import { Colours } from "./colours.js" */
/** @import { Moment } from "./moment.js" */
import { CanvasLayer } from "./canvas.js";

const SERIF = 'georgia, "Noto Serif", "DejaVu Serif", serif';
const SANS = 'system-ui, "Segoe UI", roboto, "Noto Sans", "DejaVu Sans", sans-serif';
const LINE_HEIGHT = 1.25;
const GAP_PX = 3;
// What lies over the map's edges.
const CONTROLS = ".leaflet-control, .dateline-moment, .dateline-legend";

/**
 * @typedef {object} Look
 * @property {string} font
 * @property {number} size pixels
 * @property {string} colour
 * @property {string} spacing of letters
 * @property {string} halo colour
 * @property {boolean} [dot] whether the name stands beside a dot; else it stands on its point
 *
 * @typedef {{left: number, top: number, width: number, height: number}} Box pixels
 * @typedef {Payload.Label & {x: number, y: number, look: Look}} Shown
 */

/**
 * @param {Colours} colours
 * @returns {Record<Payload.LabelKind, Look>}
 */
function looksIn(colours) {
  const point = { size: 12, spacing: "0px", halo: colours["land-veil"], dot: true };
  const area = { size: 12, spacing: "1px", halo: colours["land-veil"] };
  return {
    story: { ...point, font: `600 13px ${SANS}`, size: 13, colour: colours.ink },
    city: { ...point, font: `12px ${SANS}`, colour: colours.quiet },
    country: { ...area, font: `14px ${SERIF}`, size: 14, colour: colours["land-name"], spacing: "2px" },
    region: { ...area, font: `italic 12px ${SERIF}`, colour: colours["region-name"] },
    sea: {
      ...area,
      font: `italic 13px ${SERIF}`,
      size: 13,
      colour: colours["sea-name"],
      halo: colours["sea-veil"],
    },
  };
}

/** Names of places and countries, clear of the controls; where two would overlap the more important one stays. */
export class LabelLayer extends CanvasLayer {
  #labels;
  /** The labels of what is known. */
  #known;
  #looks;
  /** @type {string[]} names that are written */
  written = [];

  /**
   * @param {Payload.Label[]} labels most important first
   * @param {Colours} colours
   */
  constructor(labels, colours) {
    super({ pane: "shadowPane", className: "dateline-labels" });
    this.#labels = this.#known = labels;
    this.#looks = looksIn(colours);
  }

  /**
   * Name the places of the story that an article puts something at by now; in hindsight all of them.
   * @param {Moment} now
   */
  show({ record, time }) {
    const known = record.isByDay ? this.#labels.filter(({ known: since }) => !since || since <= time) : this.#labels;
    // With time names only join the others.
    if (known.length === this.#known.length) return;
    this.#known = known;
    this.redraw();
  }

  /**
   * @override
   * @param {CanvasRenderingContext2D} context
   * @param {Seen} seen
   */
  draw(context, seen) {
    const shown = this.#known
      .filter((label) => seen.zoom >= label.min_zoom)
      .map((label) => ({ ...label, x: seen.point(label).x, y: seen.point(label).y, look: this.#looks[label.kind] }));
    const taken = [...covered(this._map), ...shown.filter(({ kind }) => kind === "story").map(markBox)];
    this.written = [];
    for (const label of shown) {
      // A country may be named at one of several spots; the first that is free will do.
      if (this.written.includes(label.name)) continue;
      const own = label.kind === "story" ? markBox(label) : null;
      const box = boxes(context, label).find((candidate) => isFree(candidate, taken, own, seen.size));
      if (!box) continue;
      taken.push(box);
      this.written.push(label.name);
      write(context, label, box);
    }
  }
}

/**
 * Where controls hide the map.
 * @param {L.Map} map
 * @returns {Box[]}
 */
function covered(map) {
  const container = map.getContainer();
  const origin = container.getBoundingClientRect();
  return [...(container.parentElement || container).querySelectorAll(CONTROLS)].map((control) => {
    const { left, top, width, height } = control.getBoundingClientRect();
    return { left: left - origin.left, top: top - origin.top, width, height };
  });
}

/**
 * The square that a place's mark may fill.
 * @param {Shown} label
 * @returns {Box}
 */
function markBox({ x, y, clearance }) {
  const reach = clearance - 2;
  return { left: x - reach, top: y - reach, width: 2 * reach, height: 2 * reach };
}

/**
 * Where a name may stand: on its point if it names an area, else right of it, left, above, below.
 * @param {CanvasRenderingContext2D} context
 * @param {Shown} label
 * @returns {Box[]}
 */
function boxes(context, { name, x, y, look, clearance }) {
  context.font = look.font;
  context.letterSpacing = look.spacing;
  const lines = name.split("\n");
  const width = Math.max(...lines.map((line) => context.measureText(line).width));
  const height = look.size * LINE_HEIGHT * lines.length;
  if (!look.dot) return [{ left: x - width / 2, top: y - height / 2, width, height }];
  return [
    { left: x + clearance, top: y - height / 2, width, height },
    { left: x - clearance - width, top: y - height / 2, width, height },
    { left: x - width / 2, top: y - clearance - height, width, height },
    { left: x - width / 2, top: y + clearance, width, height },
  ];
}

/**
 * Whether a box is inside the map and overlaps none that is taken, except its own mark's.
 * @param {Box} box
 * @param {Box[]} taken
 * @param {Box | null} own
 * @param {{x: number, y: number}} size of the map, pixels
 */
export function isFree(box, taken, own, size) {
  const inside = box.left > 2 && box.top > 2 && box.left + box.width < size.x - 2 && box.top + box.height < size.y - 2;
  return inside && !taken.some((other) => !isSame(other, own) && overlap(box, other));
}

/**
 * @param {Box} box
 * @param {Box | null} own
 */
function isSame(box, own) {
  return own !== null && box.left === own.left && box.top === own.top && box.width === own.width;
}

/**
 * @param {Box} a
 * @param {Box} b
 */
function overlap(a, b) {
  const beside = a.left < b.left + b.width + GAP_PX && b.left < a.left + a.width + GAP_PX;
  return beside && a.top < b.top + b.height && b.top < a.top + a.height;
}

/**
 * @param {CanvasRenderingContext2D} context
 * @param {Shown} label
 * @param {Box} box
 */
function write(context, { name, x, y, look }, { left, top }) {
  context.font = look.font;
  context.letterSpacing = look.spacing;
  context.textBaseline = "middle";
  context.textAlign = "left";
  context.lineJoin = "round";
  context.lineWidth = 3.5;
  context.strokeStyle = look.halo;
  context.fillStyle = look.colour;
  for (const [index, line] of name.split("\n").entries()) {
    const middle = top + look.size * LINE_HEIGHT * (index + 0.5);
    context.strokeText(line, left, middle);
    context.fillText(line, left, middle);
  }
  if (!look.dot) return;
  context.beginPath();
  context.arc(x, y, 2, 0, 2 * Math.PI);
  context.fill();
}
