/** Names on the map: quiet for the land, firm for the places of the story. */

/** @import * as Payload from "./payload" */
/** @import { Box, Point } from "./boxes.js" */
/** @import { Seen } from "./canvas.js" */
/** @import { Colours } from "./colours.js" */
/** @import { Flag } from "./flag.js" */
/** @import { MarkLayer } from "./mark_layer.js" */
/** @import { Mark } from "./marks.js" */
/** @import { Moment } from "./moment.js" */
/** @import { Overlays } from "./overlays.js" */
/** @import { Route } from "./route.js" */
import { isFree, placesBy, square } from "./boxes.js";
import { CanvasLayer } from "./canvas.js";
import { reachOf } from "./mark_layer.js";
import { SANS, widthOf } from "./text.js";

const SERIF = 'georgia, "Noto Serif", "DejaVu Serif", serif';
const LINE_HEIGHT = 1.25;
const GAP_PX = 3;
// A mark this near belongs to the name: a station to its town.
const OWN_PX = 14;
const FAR_PX = 320;

/**
 * @typedef {object} Look
 * @property {string} font
 * @property {number} size pixels
 * @property {string} colour
 * @property {string} spacing of letters
 * @property {string} halo colour
 * @property {boolean} [dot] whether the name stands beside a dot; else it stands on its point
 *
 * @typedef {Payload.Label & Point & {look: Look, own: Mark[], notes: string[]}} Shown
 * @typedef {{text: string, font: string, spacing: string, height: number}} Line
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

/**
 * Names of places and countries, clear of the controls, the marks and the flag; where two would overlap the more
 * important one stays. The place of the flag is named by the flag.
 */
export class LabelLayer extends CanvasLayer {
  #labels;
  /** The labels of what is known. */
  #known;
  #looks;
  #marks;
  #flag;
  #overlays;
  #route;
  /** The marks that the names were last placed around. @type {Mark[]} */
  #around = [];
  /** @type {string[]} names that are written */
  written = [];

  /**
   * @param {Payload.Label[]} labels most important first
   * @param {Colours} colours
   * @param {{marks: MarkLayer, flag: Flag, overlays: Overlays, route: Route}} taken what has its room before the names
   */
  constructor(labels, colours, { marks, flag, overlays, route }) {
    super({ pane: "shadowPane", className: "dateline-labels" });
    this.#labels = this.#known = labels;
    this.#looks = looksIn(colours);
    this.#marks = marks;
    this.#flag = flag;
    this.#overlays = overlays;
    this.#route = route;
    flag.placed = () => this.redraw();
    overlays.on("change", () => this.redraw());
  }

  /**
   * Name the places of the story that an article puts something at by now; in hindsight all of them.
   * @param {Moment} now
   */
  show({ record, time }) {
    const known = record.isByDay ? this.#labels.filter(({ known: since }) => !since || since <= time) : this.#labels;
    // With time names only join the others.
    if (known.length === this.#known.length && areAlike(this.#marks.drawn, this.#around)) return;
    this.#known = known;
    this.redraw();
  }

  /**
   * @override
   * @param {CanvasRenderingContext2D} context
   * @param {Seen} seen
   */
  draw(context, seen) {
    this.#around = this.#marks.drawn;
    const shown = this.#shown(seen);
    const flag = this.#flag.box;
    const taken = [...this.#overlays.boxes, ...this.#marks.obstacles().map(({ box }) => box), ...(flag ? [flag] : [])];
    const way = this.#route.points().map(([lat, lon]) => square(seen.point({ lat, lon }), 3));
    this.written = [];
    for (const label of shown) {
      // A country may be named at one of several spots; the first that is free will do.
      if (this.written.includes(label.name)) continue;
      const lines = linesOf(label);
      const places = boxes(label, lines);
      const near = taken.filter((box) => isNear(box, label));
      const beside = [...near, ...way.filter((box) => isNear(box, label))];
      const free = places.find((place) => isFree(widened(place), beside, seen.size));
      // The name of a place may lie on the line rather than be missing.
      const box = free ?? (label.look.dot && places.find((place) => isFree(widened(place), near, seen.size)));
      if (!box) continue;
      taken.push(box);
      this.written.push(label.name);
      write(context, label, lines, box);
    }
  }

  /**
   * The labels of this zoom, without that of the flagged place; those of marks that tell more than a sign come first.
   * @param {Seen} seen
   * @returns {Shown[]}
   */
  #shown(seen) {
    const flagged = this.#flag.spot && seen.point(this.#flag.spot);
    const marks = this.#marks.drawn.map((mark) => ({ mark, point: this.#marks.pixelsOf(mark.spot) }));
    const inZoom = this.#known.filter((label) => seen.zoom >= label.min_zoom);
    const named = inZoom.filter(({ kind }) => kind === "story").map((label) => ({ label, point: seen.point(label) }));
    /** @param {Mark} mark */
    const nameOf = (mark) => nearestTo(this.#marks.pixelsOf(mark.spot), named)?.label;
    const shown = inZoom
      .map((label) => {
        const { x, y } = seen.point(label);
        const look = this.#looks[label.kind];
        const own = look.dot ? marks.filter(({ point }) => isOwn(point, { x, y })).map(({ mark }) => mark) : [];
        // What a mark has to say is said of the place that it is at, not of one beside it.
        const telling = own.findLast((mark) => mark.notes.length && nameOf(mark) === label);
        const notes = telling?.notes ?? [];
        return { ...label, x, y, look, own, notes };
      })
      .filter((label) => !flagged || !label.look.dot || !isOwn(flagged, label));
    return [...shown.filter(({ notes }) => notes.length), ...shown.filter(({ notes }) => !notes.length)];
  }
}

/**
 * @param {Point} one
 * @param {Point} other
 */
function isOwn(one, other) {
  return Math.hypot(one.x - other.x, one.y - other.y) <= OWN_PX;
}

/**
 * @template {{point: Point}} Named
 * @param {Point} point
 * @param {Named[]} candidates
 * @returns {Named | null}
 */
function nearestTo(point, candidates) {
  /** @param {Named} candidate */
  const away = (candidate) => Math.hypot(candidate.point.x - point.x, candidate.point.y - point.y);
  let found = null;
  for (const candidate of candidates) if (!found || away(candidate) < away(found)) found = candidate;
  return found;
}

/**
 * Whether a box can be in the way of a name at all.
 * @param {Box} box
 * @param {Point} point
 */
function isNear({ left, top, width, height }, { x, y }) {
  return left < x + FAR_PX && left + width > x - FAR_PX && top < y + FAR_PX && top + height > y - FAR_PX;
}

/**
 * Whether names find the same room beside two lists of marks.
 * @param {Mark[]} marks
 * @param {Mark[]} others
 */
function areAlike(marks, others) {
  if (marks === others) return true;
  if (marks.length !== others.length) return false;
  return marks.every((mark, index) => {
    const other = others[index];
    return mark.spot === other.spot && String(mark.notes) === String(other.notes) && reachOf(mark) === reachOf(other);
  });
}

/**
 * A name's lines, and below them what its mark has to say.
 * @param {Shown} label
 * @returns {Line[]}
 */
function linesOf({ name, look, notes }) {
  const { font, spacing, size } = look;
  const lines = name.split("\n").map((text) => ({ text, font, spacing, height: size * LINE_HEIGHT }));
  const small = { font: `12px ${SANS}`, spacing: "0px", height: 12 * LINE_HEIGHT };
  return [...lines, ...notes.map((text) => ({ text, ...small }))];
}

/**
 * Where a name may stand: on its point if it names an area, else beside its mark.
 * @param {Shown} label
 * @param {Line[]} lines
 * @returns {Box[]}
 */
function boxes({ x, y, look, own, kind }, lines) {
  const width = Math.max(...lines.map(({ text, font, spacing }) => widthOf(text, font, spacing)));
  const height = lines.reduce((sum, line) => sum + line.height, 0);
  if (!look.dot) return [{ left: x - width / 2, top: y - height / 2, width, height }];
  const places = placesBy({ x, y }, { width, height }, Math.max(4, ...own.map(reachOf)) + GAP_PX + 1);
  // At a corner of its dot a name of the basemap could be taken for another's.
  return kind === "story" ? places : places.slice(0, 4);
}

/**
 * With the distance that names keep beside one another.
 * @param {Box} box
 * @returns {Box}
 */
function widened({ left, top, width, height }) {
  return { left: left - GAP_PX, top, width: width + 2 * GAP_PX, height };
}

/**
 * @param {CanvasRenderingContext2D} context
 * @param {Shown} label
 * @param {Line[]} lines
 * @param {Box} box
 */
function write(context, { x, y, look, own }, lines, { left, top, width }) {
  context.textBaseline = "middle";
  context.lineJoin = "round";
  context.lineWidth = 3.5;
  context.strokeStyle = look.halo;
  context.fillStyle = look.colour;
  // Against its mark a name of two lines is flush, elsewhere it is centred.
  const align = !look.dot || (left < x && left + width > x) ? "center" : left > x ? "left" : "right";
  context.textAlign = align;
  const at = align === "center" ? left + width / 2 : align === "left" ? left : left + width;
  let from = top;
  for (const line of lines) {
    context.font = line.font;
    context.letterSpacing = line.spacing;
    context.strokeText(line.text, at, from + line.height / 2);
    context.fillText(line.text, at, from + line.height / 2);
    from += line.height;
  }
  if (!look.dot || own.length) return;
  context.beginPath();
  context.arc(x, y, 2, 0, 2 * Math.PI);
  context.fill();
}
