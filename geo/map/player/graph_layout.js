/**
 * Where the things of a graph lie: ticks, the shapes of a train's legs, rows of places, dots.
 *
 * All of it is arithmetic on numbers; `graph.js` draws it.
 */

/** @import { Unit } from "./calendar.js" */
/** @import * as Payload from "./payload" */
import { beginnings } from "./calendar.js";

const HOUR = 3600e3;
const DAY = 24 * HOUR;

/**
 * What an axis counts in, up to a duration: the unit, its length, the room that its label needs in pixels, and how
 * many units a label may be from the next.
 * @type {{unit: Unit, upTo: number, length: number, room: number, steps: number[]}[]}
 */
const SCALES = [
  { unit: "day", upTo: 45 * DAY, length: DAY, room: 52, steps: [1, 2, 5, 10] },
  { unit: "month", upTo: 1100 * DAY, length: 30.4 * DAY, room: 76, steps: [1, 2, 3, 6, 12] },
  { unit: "year", upTo: Infinity, length: 365.25 * DAY, room: 48, steps: [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000] },
];

/**
 * The beginnings of days, months or years from `start` to before `end` on the clock of `zone`, as many as have room.
 * @param {number} start milliseconds
 * @param {number} end milliseconds
 * @param {string} zone IANA
 * @param {number} width pixels from start to end
 */
export function ticks(start, end, zone, width) {
  const scale = SCALES.find(({ upTo }) => end - start <= upTo) ?? SCALES[2];
  const { unit, length, room, steps } = scale;
  const step = steps.find((count) => ((count * length) / (end - start)) * width >= room) ?? steps[steps.length - 1];
  return { unit, step, times: beginnings(start, end, zone, unit, step) };
}

/**
 * @typedef {object} Shape where a train can have been on one leg, and its steady pace there; corners [time, km]
 * @property {string} leg
 * @property {[number, number][]} area
 * @property {[number, number][]} steady
 */

/**
 * The legs of a train as areas: from what it can have behind it to what it must have.
 * @param {Payload.Train} train
 * @returns {Shape[]}
 */
export function shapes({ legs, least, steady, greatest }) {
  // Each leg has two knots of each function: where it begins and where it ends.
  return Array.from({ length: steady.length / 2 }, (_, index) => {
    const [begin, end] = [2 * index, 2 * index + 1];
    return {
      leg: legs[index].leg,
      area: [greatest[begin], greatest[end], least[end], least[begin]],
      steady: [steady[begin], steady[end]],
    };
  });
}

/**
 * The shapes of a version that are not those of what happened.
 * @param {Payload.Train} version
 * @param {Payload.Train} own
 */
export function otherwise(version, own) {
  const known = new Set(shapes(own).map(({ area }) => JSON.stringify(area)));
  return shapes(version).filter(({ area }) => !known.has(JSON.stringify(area)));
}

/**
 * @typedef {{name: string, events: Payload.Event[]}} Row the events at a place
 */

/**
 * Places as rows in the order of their first events: at most `most` of them, those with the most events, and the rest.
 * @param {Payload.Event[]} events in order of time
 * @param {number} most
 */
export function rowsOf(events, most) {
  /** @type {Map<string, Row>} */
  const rows = new Map();
  for (const event of events) {
    if (event.place_name === null) continue;
    const row = rows.get(event.place_name);
    if (row) row.events.push(event);
    else rows.set(event.place_name, { name: event.place_name, events: [event] });
  }
  const all = [...rows.values()];
  const busiest = new Set([...all].sort((one, other) => other.events.length - one.events.length).slice(0, most));
  return { rows: all.filter((row) => busiest.has(row)), rest: all.filter((row) => !busiest.has(row)) };
}

/**
 * @typedef {object} Dot an event in the graph; pixels
 * @property {Payload.Event} event
 * @property {number} x
 * @property {number} y
 *
 * @typedef {{x: number, y: number, events: Payload.Event[]}} Cluster dots too near for a finger to tell apart
 */

/**
 * Dots of one row, less than `reach` pixels after the first of them, as one where the first is; in the order of time.
 * So no two are nearer than `reach`.
 * @param {Dot[]} dots
 * @param {number} reach pixels
 * @returns {Cluster[]}
 */
export function clusters(dots, reach) {
  /** @type {Cluster[]} */
  const found = [];
  for (const { event, x, y } of [...dots].sort((one, other) => one.x - other.x)) {
    const near = found.find((cluster) => cluster.y === y && x - cluster.x < reach);
    if (near) near.events.push(event);
    else found.push({ x, y, events: [event] });
  }
  return found;
}

/**
 * The names that have room: the first and the last, and of those between each that is far enough from its neighbours.
 * @param {number[]} heights pixels, ascending or descending
 * @param {number} room pixels that a name needs
 * @returns {boolean[]}
 */
export function named(heights, room) {
  const last = heights.length - 1;
  let before = heights[0];
  return heights.map((y, index) => {
    if (index === 0 || index === last) return true;
    const isFree = Math.abs(y - before) >= room && Math.abs(heights[last] - y) >= room;
    if (isFree) before = y;
    return isFree;
  });
}
