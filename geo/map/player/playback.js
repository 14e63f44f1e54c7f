/** Playing: from one moment of the story to the next, each held long enough to read its caption. */

import { isStill } from "./dom.js";

const LEAST_HOLD_MS = 4000;
// To find the place on the map before one reads.
const LOOK_MS = 1500;
const MOVE_MS = 2500;
const SKIP_MS = 1600;
// Nothing is shown of a longer time between two moments: it is skipped, and the player says so.
const LONGEST_MOVE_MS = 4 * 24 * 3600e3;
// After a stall (a hidden tab, a busy machine) playing goes on from where it was, without a jump.
const LONGEST_FRAME_MS = 100;

/**
 * @typedef {object} Stop a moment that playing halts at
 * @property {number} at milliseconds
 * @property {number} words how many there are to read
 *
 * @typedef {object} Tour what is played
 * @property {() => number} time of the playhead, milliseconds
 * @property {() => Stop | null} here the stop that the playhead is on
 * @property {() => Stop | null} next the stop after it
 * @property {() => void} rewind to the first stop
 * @property {(time: number) => void} moveTo on the way to the next stop
 * @property {() => void} arrive at the next stop
 * @property {(duration: number) => void} skip says what is skipped on the way to it, milliseconds
 * @property {(isPlaying: boolean) => void} changed called when playing begins and ends
 */

/**
 * How long a caption is held, milliseconds.
 * @param {number} words
 * @param {number} pace words a minute
 */
export function holdOf(words, pace) {
  return Math.max(LEAST_HOLD_MS, LOOK_MS + (words / pace) * 60e3);
}

/**
 * Whether the time between two moments is skipped.
 * @param {number} from
 * @param {number} to
 */
export function isSkipped(from, to) {
  return Math.abs(to - from) > LONGEST_MOVE_MS;
}

/**
 * How long it takes to play through some stops, milliseconds.
 * @param {Stop[]} stops
 * @param {number} pace words a minute
 */
export function lengthOf(stops, pace) {
  const ways = stops.slice(1).map(({ at }, index) => (isSkipped(stops[index].at, at) ? SKIP_MS : MOVE_MS));
  const holds = stops.map(({ words }) => holdOf(words, pace));
  return [...ways, ...holds].reduce((sum, duration) => sum + duration, 0);
}

/**
 * Where a movement is at a part of its time: slow, fast, slow.
 * @param {number} part 0 … 1
 */
export function eased(part) {
  return part * part * (3 - 2 * part);
}

export class Playback {
  #tour;
  #pace;
  #isPlaying = false;
  #frame = 0;
  #timer = 0;

  /**
   * @param {Tour} tour
   * @param {number} pace words a minute
   */
  constructor(tour, pace) {
    this.#tour = tour;
    this.#pace = pace;
  }

  get isPlaying() {
    return this.#isPlaying;
  }

  play() {
    if (this.#isPlaying) return;
    const tour = this.#tour;
    if (!tour.next()) tour.rewind();
    this.#isPlaying = true;
    tour.changed(true);
    const here = tour.here();
    if (here) this.#hold(here);
    else this.#go();
  }

  pause() {
    if (!this.#isPlaying) return;
    this.#isPlaying = false;
    cancelAnimationFrame(this.#frame);
    clearTimeout(this.#timer);
    this.#tour.changed(false);
  }

  toggle() {
    if (this.#isPlaying) this.pause();
    else this.play();
  }

  /** @param {number} pace words a minute, from the next stop on */
  setPace(pace) {
    this.#pace = pace;
  }

  /** @param {Stop} stop */
  #hold(stop) {
    this.#timer = window.setTimeout(() => this.#go(), holdOf(stop.words, this.#pace));
  }

  #go() {
    const { next, time, skip } = this.#tour;
    const stop = next();
    if (!stop) return this.pause();
    const from = time();
    if (isSkipped(from, stop.at)) {
      skip(Math.abs(stop.at - from));
      this.#timer = window.setTimeout(() => this.#arrive(stop), SKIP_MS);
    } else if (isStill()) this.#arrive(stop);
    else this.#move(from, stop);
  }

  /** @param {Stop} stop */
  #arrive(stop) {
    this.#tour.arrive();
    this.#hold(stop);
  }

  /**
   * @param {number} from
   * @param {Stop} stop
   */
  #move(from, stop) {
    let gone = 0;
    let before = performance.now();
    /** @param {number} now */
    const run = (now) => {
      gone += Math.min(now - before, LONGEST_FRAME_MS);
      before = now;
      if (gone >= MOVE_MS) return this.#arrive(stop);
      this.#tour.moveTo(from + (stop.at - from) * eased(gone / MOVE_MS));
      this.#frame = requestAnimationFrame(run);
    };
    this.#frame = requestAnimationFrame(run);
  }
}
