/**
 * The compressed time axis: chapters side by side, each linear in itself.
 *
 * A position is a number from 0 (start of the first chapter) to 1 (end of the last). A moment is Unix time in
 * milliseconds. Time that lies between two chapters has no width: it maps to their common edge.
 */

/** @import * as Payload from "./payload" */

const HOUR = 3600e3;
const DAY = 24 * HOUR;
const MONTH = 30.4375 * DAY;

/** How many notches the slider has from the axis's start to its end. */
export const NOTCHES = 6000;

/**
 * @typedef {object} Placed where a chapter lies on the axis
 * @property {number} left the position of its start
 * @property {number} step how far an arrow key goes in it, milliseconds
 * @typedef {Payload.Chapter & Placed} Chapter
 */

/**
 * Step of an arrow key, in milliseconds.
 * @param {number} duration the chapter's, milliseconds
 */
function stepFor(duration) {
  if (duration > 800 * DAY) return MONTH;
  return duration > 20 * DAY ? DAY : HOUR;
}

export class TimeAxis {
  /** @param {Payload.Chapter[]} chapters in time order */
  constructor(chapters) {
    let left = 0;
    /** @type {Chapter[]} */
    this.chapters = chapters.map((chapter) => {
      const placed = { ...chapter, left, step: stepFor(chapter.end - chapter.start) };
      left += chapter.share;
      return placed;
    });
    this.start = chapters[0].start;
    this.end = chapters[chapters.length - 1].end;
  }

  /**
   * The chapter that a moment falls in; in a gap, the chapter before it.
   * @param {number} moment
   */
  chapterAt(moment) {
    return this.chapters.findLast((chapter) => chapter.start <= moment) || this.chapters[0];
  }

  /**
   * Moment → position.
   * @param {number} moment
   */
  position(moment) {
    const chapter = this.chapterAt(moment);
    const part = (moment - chapter.start) / (chapter.end - chapter.start);
    return chapter.left + chapter.share * Math.min(1, Math.max(0, part));
  }

  /**
   * Position → moment.
   * @param {number} position
   */
  moment(position) {
    const chapter = this.chapters.findLast((candidate) => candidate.left <= position) || this.chapters[0];
    const part = (position - chapter.left) / chapter.share;
    return chapter.start + Math.min(1, Math.max(0, part)) * (chapter.end - chapter.start);
  }

  /**
   * The notch of the slider that a moment falls on.
   * @param {number} moment
   */
  notch(moment) {
    return Math.round(this.position(moment) * NOTCHES);
  }

  /**
   * The nearest moment that lies inside a chapter.
   * @param {number} moment
   */
  clamp(moment) {
    const inside = Math.min(this.end, Math.max(this.start, moment));
    return Math.min(inside, this.chapterAt(inside).end);
  }

  /**
   * The moment one arrow-key step away; across a gap it lands on the next chapter's edge.
   * @param {number} moment
   * @param {1 | -1} direction
   */
  stepped(moment, direction) {
    const chapter = this.chapterAt(moment);
    const next = moment + direction * chapter.step;
    const index = this.chapters.indexOf(chapter);
    if (next > chapter.end) return this.chapters[index + 1]?.start ?? chapter.end;
    if (next >= chapter.start) return next;
    const previous = this.chapters[index - 1];
    return previous ? Math.min(next, previous.end) : chapter.start;
  }
}
