/** Playing: time runs at a steady pace along the axis, or from event to event where the reader asked for less motion. */

/** @import { TimeAxis } from "./axis.js" */
import { isStill } from "./dom.js";

const AXIS_SECONDS = 90;
const STILL_PAUSE_MS = 2500;
// After a stall (a hidden tab, a busy machine) playing goes on from where it was, without a jump.
const LONGEST_FRAME_MS = 100;

/**
 * @typedef {object} Playhead what is played
 * @property {TimeAxis} axis
 * @property {() => number} time
 * @property {(time: number) => void} moveTo
 * @property {() => boolean} moveToNext event; false if there is none
 * @property {(isPlaying: boolean) => void} changed called when playing begins and ends
 */

/**
 * Where the playhead comes to in a frame.
 * @param {TimeAxis} axis
 * @param {number} time
 * @param {number} elapsed milliseconds since the last frame
 * @param {number} speed 1: the whole axis in `AXIS_SECONDS`
 */
export function advanced(axis, time, elapsed, speed) {
  const part = Math.min(elapsed, LONGEST_FRAME_MS) / 1000 / AXIS_SECONDS;
  const position = axis.position(time) + part * speed;
  return position >= 1 ? axis.end : Math.max(time, axis.moment(position));
}

export class Playback {
  #playhead;
  #speed = 1;
  #isPlaying = false;
  #frame = 0;
  #interval = 0;

  /** @param {Playhead} playhead */
  constructor(playhead) {
    this.#playhead = playhead;
  }

  get isPlaying() {
    return this.#isPlaying;
  }

  play() {
    if (this.#isPlaying) return;
    const { axis, time, moveTo, changed } = this.#playhead;
    if (time() >= axis.end) moveTo(axis.start);
    this.#isPlaying = true;
    changed(true);
    if (isStill()) this.#interval = window.setInterval(() => this.#toNext(), STILL_PAUSE_MS / this.#speed);
    else this.#frame = requestAnimationFrame((now) => this.#run(now, now));
  }

  pause() {
    if (!this.#isPlaying) return;
    this.#isPlaying = false;
    cancelAnimationFrame(this.#frame);
    clearInterval(this.#interval);
    this.#playhead.changed(false);
  }

  toggle() {
    if (this.#isPlaying) this.pause();
    else this.play();
  }

  /** @param {number} speed */
  setSpeed(speed) {
    const wasPlaying = this.#isPlaying;
    this.pause();
    this.#speed = speed;
    if (wasPlaying) this.play();
  }

  /**
   * @param {number} now
   * @param {number} before
   */
  #run(now, before) {
    if (!this.#isPlaying) return;
    const { axis, time, moveTo } = this.#playhead;
    const next = advanced(axis, time(), now - before, this.#speed);
    moveTo(next);
    if (next >= axis.end) this.pause();
    else this.#frame = requestAnimationFrame((later) => this.#run(later, now));
  }

  #toNext() {
    if (!this.#playhead.moveToNext()) this.pause();
  }
}
