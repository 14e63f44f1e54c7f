/** The events that take part: in time order, by notches of the slider, by spots of the map; and the path through them. */

/** @import { Entry } from "./record.js" */
import { lastAtMost } from "./series.js";

/** @typedef {{lat: number, lon: number, entries: Entry[]}} Spot a point of the map, its events in the order they begin */

export class Selection {
  /** @type {Map<number, Entry[]>} */
  #byNotch = new Map();
  /** @type {number[]} */
  #notches;
  /** @type {Map<string, Spot>} */
  #spots = new Map();

  /**
   * @param {Entry[]} entries all of a clock, in its order
   * @param {Set<string> | null} ids of the events that take part; null: all
   * @param {boolean} every whether one goes through every event, not from key moment to key moment
   * @param {Set<string>} heads ids of events that one goes to beside the key moments
   */
  constructor(entries, ids, every, heads = new Set()) {
    this.sequence = entries.filter((entry) => !ids || ids.has(entry.id));
    /** The key moments, and the heads. */
    this.stops = this.sequence.filter(({ id, event }) => event.key !== null || heads.has(id));
    /** What next, previous and play go through. */
    this.path = every || !this.stops.length ? this.sequence : this.stops;
    for (const entry of this.sequence) {
      const sharing = this.#byNotch.get(entry.notch);
      if (sharing) sharing.push(entry);
      else this.#byNotch.set(entry.notch, [entry]);
      this.#place(entry);
    }
    this.#notches = [...this.#byNotch.keys()].sort((a, b) => a - b);
    for (const spot of this.spots) spot.entries.sort((a, b) => a.from - b.from || a.rank - b.rank);
  }

  /** @param {Entry} entry */
  #place(entry) {
    const { lat, lon } = entry.event;
    if (lat === null || lon === null) return;
    const spot = this.spotAt(lat, lon);
    if (spot) spot.entries.push(entry);
    else this.#spots.set(`${lat},${lon}`, { lat, lon, entries: [entry] });
  }

  get spots() {
    return [...this.#spots.values()];
  }

  /**
   * @param {number | null} lat
   * @param {number | null} lon
   */
  spotAt(lat, lon) {
    return this.#spots.get(`${lat},${lon}`) || null;
  }

  /**
   * The events of the last notch that has any, up to the playhead's.
   * @param {number} notch
   */
  latest(notch) {
    return this.on(this.#notches[lastAtMost(this.#notches, notch)]);
  }

  /**
   * The events on a notch.
   * @param {number} notch
   */
  on(notch) {
    return this.#byNotch.get(notch) || [];
  }

  /**
   * The event after another one on the path, on which that one need not be; after none, the first.
   * @param {Entry | null} entry
   */
  after(entry) {
    const index = entry ? entry.index : -1;
    return this.path.find((candidate) => candidate.index > index) || null;
  }

  /**
   * The event before another one on the path, on which that one need not be; before none, none.
   * @param {Entry | null} entry
   */
  before(entry) {
    const index = entry ? entry.index : -1;
    return this.path.findLast((candidate) => candidate.index < index) || null;
  }
}
