/**
 * The compressed time axis: chapters side by side, each linear in itself.
 *
 * A position is a number from 0 (start of the first chapter) to 1 (end of the last). A moment is Unix time in
 * milliseconds. Time that lies between two chapters has no width: it maps to their common edge.
 */
(() => {
  "use strict";
  const Dateline = (window.Dateline = window.Dateline || {});

  const HOUR = 3600e3;
  const DAY = 24 * HOUR;
  const MONTH = 30.4375 * DAY;

  /** Step of an arrow key, in milliseconds, for a chapter that lasts `duration` milliseconds. */
  function stepFor(duration) {
    if (duration > 800 * DAY) return MONTH;
    return duration > 20 * DAY ? DAY : HOUR;
  }

  Dateline.TimeAxis = class TimeAxis {
    /** @param {{id: string, title: string, start: number, end: number, share: number}[]} chapters in time order */
    constructor(chapters) {
      let left = 0;
      this.chapters = chapters.map((chapter) => {
        const placed = { ...chapter, left, step: stepFor(chapter.end - chapter.start) };
        left += chapter.share;
        return placed;
      });
      this.start = chapters[0].start;
      this.end = chapters[chapters.length - 1].end;
    }

    /** The chapter that a moment falls in; in a gap, the chapter before it. */
    chapterAt(moment) {
      let found = this.chapters[0];
      for (const chapter of this.chapters) if (chapter.start <= moment) found = chapter;
      return found;
    }

    /** Moment → position. */
    position(moment) {
      const chapter = this.chapterAt(moment);
      const part = (moment - chapter.start) / (chapter.end - chapter.start);
      return chapter.left + chapter.share * Math.min(1, Math.max(0, part));
    }

    /** Position → moment. */
    moment(position) {
      let found = this.chapters[0];
      for (const chapter of this.chapters) if (chapter.left <= position) found = chapter;
      const part = (position - found.left) / found.share;
      return found.start + Math.min(1, Math.max(0, part)) * (found.end - found.start);
    }

    /** The nearest moment that lies inside a chapter. */
    clamp(moment) {
      const inside = Math.min(this.end, Math.max(this.start, moment));
      const chapter = this.chapterAt(inside);
      return Math.min(inside, chapter.end);
    }

    /** The moment one arrow-key step away; across a gap it lands on the next chapter's edge. */
    stepped(moment, direction) {
      const chapter = this.chapterAt(moment);
      const next = moment + direction * chapter.step;
      const index = this.chapters.indexOf(chapter);
      if (next > chapter.end) {
        const following = this.chapters[index + 1];
        return following ? following.start : chapter.end;
      }
      if (next < chapter.start) {
        const previous = this.chapters[index - 1];
        return previous ? Math.min(next, previous.end) : chapter.start;
      }
      return next;
    }
  };
})();
