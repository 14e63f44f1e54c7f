/**
 * The time strip: days as cells, key moments as numbered buttons, all other events as quiet ticks (what happened above
 * the line, what was said below), and the slider that moves time. It shows the whole story, a chapter or a day.
 */

/** @import * as Payload from "./payload" */
/** @import { Chapter, TimeAxis } from "./axis.js" */
/** @import { Colours } from "./colours.js" */
/** @import { Dates } from "./dates.js" */
/** @import { Moment } from "./moment.js" */
/** @import { Entry } from "./record.js" */
import { NOTCHES } from "./axis.js";
import { beginnings } from "./calendar.js";
import { element, fill } from "./dom.js";
import { isOpen } from "./record.js";
import { drawTicks, isOfDeeds } from "./ticks.js";

const BUTTON_GAP_PX = 26;
const REACH_PX = 7;
const HAS_WEEKDAY_PX = 46;
const HAS_HOURS_PX = 360;
const HOURS = [6, 12, 18];
const HOUR = 3600e3;
const QUARTER = HOUR / 4;

/**
 * @typedef {object} Actions what the strip calls
 * @property {(time: number) => void} seek
 * @property {(id: string) => void} choose
 * @property {(chapter: Chapter) => void} enter
 *
 * @typedef {{from: number, to: number}} Section of the axis that is shown, positions 0 … 1
 */

/**
 * Places as near as can be to where they are wanted, in the same order, and no two nearer than a gap.
 * @param {number[]} wanted ascending, pixels
 * @param {number} gap pixels
 * @param {number} width of all, pixels
 */
export function spread(wanted, gap, width) {
  // Runs of places that would overlap are moved as one, to the mean of where they are wanted.
  /** @type {{sum: number, count: number}[]} */
  const runs = [];
  for (const [index, place] of wanted.entries()) {
    runs.push({ sum: place - index * gap, count: 1 });
    while (runs.length > 1) {
      const [one, two] = runs.slice(-2);
      if (one.sum / one.count <= two.sum / two.count) break;
      runs.splice(-2, 2, { sum: one.sum + two.sum, count: one.count + two.count });
    }
  }
  const most = Math.max(0, width - (wanted.length - 1) * gap);
  return runs
    .flatMap(({ sum, count }) => Array.from({ length: count }, () => Math.min(Math.max(sum / count, 0), most)))
    .map((place, index) => place + index * gap);
}

/**
 * The days of a trip's chapter, each from when to when, milliseconds.
 * @param {Chapter} chapter
 * @returns {[number, number][]}
 */
function daysOf({ start, end, zone }) {
  const midnights = beginnings(start, end, zone, "day", 1);
  return midnights.map((midnight, index) => [midnight, midnights[index + 1] ?? end]);
}

export class TimeStrip {
  #axis;
  #words;
  #dates;
  #colours;
  #actions;
  #chapters;
  /** @type {Section} */
  #section = { from: 0, to: 1 };
  /** What is drawn: whose ticks and buttons. @type {Moment | null} */
  #drawn = null;
  /** @type {Map<string, HTMLButtonElement>} */
  #moments = new Map();
  #ticks = element("canvas", { class: "dateline-ticks", "aria-hidden": "true" });
  #block = element("div", { class: "dateline-block", hidden: true });
  #cells = element("div", { class: "dateline-cells", "aria-hidden": "true" });
  #buttons;
  #tip = element("div", { class: "dateline-tip", "aria-hidden": "true", hidden: true });
  #track;
  #zoomIn;
  #zoomOut;

  /**
   * @param {TimeAxis} axis
   * @param {Payload.Words} words
   * @param {Dates} dates
   * @param {Colours} colours
   * @param {Actions} actions
   */
  constructor(axis, words, dates, colours, actions) {
    this.#axis = axis;
    this.#words = words;
    this.#dates = dates;
    this.#colours = colours;
    this.#actions = actions;
    this.slider = element("input", {
      type: "range",
      step: "1",
      "aria-label": words.time,
      "data-testid": "time-slider",
    });
    this.slider.addEventListener("input", () => actions.seek(axis.moment(this.slider.valueAsNumber / NOTCHES)));
    this.#buttons = element("div", { class: "dateline-moments", role: "group", "aria-label": words.key_moments });
    this.#chapters = new Map(axis.chapters.map((chapter) => [chapter, this.#chapter(chapter)]));
    this.#zoomOut = this.#zoom("zoom-time-out", "−", words.time_less, -1);
    this.#zoomIn = this.#zoom("zoom-time-in", "+", words.time_more, 1);
    this.#track = element(
      "div",
      { class: "dateline-track" },
      this.#cells,
      this.#ticks,
      this.#block,
      this.#buttons,
      this.slider,
      this.#tip,
    );
    const chapters = element("div", { class: "dateline-chapters", role: "group", "aria-label": words.chapters });
    chapters.append(...this.#chapters.values());
    this.root = element(
      "div",
      { class: "dateline-strip" },
      element("div", { class: "dateline-strip-head" }, chapters, this.#zoomOut, this.#zoomIn),
      this.#track,
    );
    this.#listen();
    this.#frame();
  }

  #listen() {
    this.#ticks.addEventListener("pointermove", (event) => this.#tell(event.offsetX));
    this.#ticks.addEventListener("pointerleave", () => (this.#tip.hidden = true));
    this.#ticks.addEventListener("click", (event) => {
      const entry = this.#under(event.offsetX);
      if (entry) this.#actions.choose(entry.id);
      else this.#actions.seek(Math.round(this.#timeAt(event.offsetX) / QUARTER) * QUARTER);
    });
  }

  get #width() {
    return this.#track.clientWidth;
  }

  /** The part of the axis that is shown. */
  get #share() {
    return this.#section.to - this.#section.from;
  }

  /**
   * Where a moment lies on the strip, pixels.
   * @param {number} time
   */
  #x(time) {
    return this.#of(this.#axis.position(this.#axis.clamp(time))) * this.#width;
  }

  /** @param {number} x pixels */
  #timeAt(x) {
    return this.#axis.moment(this.#section.from + (x / this.#width) * this.#share);
  }

  /** @param {number} position on the axis */
  #of(position) {
    return (position - this.#section.from) / this.#share;
  }

  // -- chapters and sections ------------------------------------------------------------------------------------------

  /** @param {Chapter} chapter */
  #chapter(chapter) {
    const entry = element(
      "button",
      { type: "button", title: chapter.hint },
      element("b", { text: chapter.title }),
      element("span", { text: ` ${chapter.short_title}` }),
    );
    entry.addEventListener("click", () => this.#actions.enter(chapter));
    return entry;
  }

  /**
   * @param {string} id
   * @param {string} sign
   * @param {string} label
   * @param {1 | -1} direction
   */
  #zoom(id, sign, label, direction) {
    const made = element("button", {
      type: "button",
      "data-testid": id,
      "aria-label": label,
      title: label,
      text: sign,
    });
    made.addEventListener("click", () => this.#step(direction));
    return made;
  }

  /**
   * The sections that hold a moment: the whole story, its chapter, its day.
   * @param {number} time
   * @returns {Section[]}
   */
  #sectionsAt(time) {
    const axis = this.#axis;
    const chapter = axis.chapterAt(time);
    const sections = [
      { from: 0, to: 1 },
      { from: chapter.left, to: chapter.left + chapter.share },
    ];
    if (chapter.trip === "background") return sections;
    const days = daysOf(chapter);
    const [start, end] = days.findLast(([midnight]) => midnight <= time) ?? days[0];
    return [...sections, { from: axis.position(start), to: axis.position(end) }];
  }

  /** @param {1 | -1} direction */
  #step(direction) {
    const time = this.#drawn ? this.#drawn.time : this.#axis.start;
    const sections = this.#sectionsAt(time);
    const level = sections.findIndex(({ from, to }) => from === this.#section.from && to === this.#section.to);
    const next = sections[Math.min(Math.max(Math.max(level, 0) + direction, 0), sections.length - 1)];
    this.#setSection(next);
  }

  /** @param {Section} section */
  #setSection(section) {
    this.#section = section;
    this.#frame();
    if (!this.#drawn) return;
    this.draw(this.#drawn);
    this.#showBlock(this.#drawn);
  }

  /** The slider's ends, the chapters' widths and the days: what changes with the section alone. */
  #frame() {
    const { from, to } = this.#section;
    this.slider.min = String(Math.floor(from * NOTCHES));
    this.slider.max = String(Math.ceil(to * NOTCHES));
    for (const [chapter, entry] of this.#chapters) {
      const left = Math.max(chapter.left, from);
      const right = Math.min(chapter.left + chapter.share, to);
      entry.hidden = right <= left;
      entry.style.flexGrow = String(Math.max(0, (right - left) / (to - from)));
    }
    // Not disabled: that would take the focus away.
    this.#zoomOut.setAttribute("aria-disabled", String(from === 0 && to === 1));
    const time = this.#drawn ? this.#drawn.time : this.#axis.start;
    const [finest] = this.#sectionsAt(time).slice(-1);
    this.#zoomIn.setAttribute("aria-disabled", String(finest.from === from && finest.to === to));
    this.#cells.replaceChildren(...this.#axis.chapters.flatMap((chapter) => this.#cellsOf(chapter)));
  }

  /** @param {Chapter} chapter */
  #cellsOf(chapter) {
    if (chapter.trip === "background") return [this.#cell(chapter.start, chapter.end, "is-compressed", null)];
    return daysOf(chapter).map(([start, end]) => this.#cell(start, end, "", chapter.zone));
  }

  /**
   * @param {number} start
   * @param {number} end
   * @param {string} look
   * @param {string | null} zone of the day; null: a stretch without days
   */
  #cell(start, end, look, zone) {
    const left = this.#of(this.#axis.position(start));
    const width = this.#of(this.#axis.position(end)) - left;
    const cell = element("div", { class: `dateline-cell ${look}`, hidden: left >= 1 || left + width <= 0 });
    cell.style.left = `${left * 100}%`;
    cell.style.width = `${width * 100}%`;
    if (zone) {
      const room = width * this.#width;
      const text = this.#dates.tick(start, zone, room >= HAS_WEEKDAY_PX ? "day" : "date");
      cell.append(element("span", { class: "dateline-cell-day", text }));
      if (room >= HAS_HOURS_PX) cell.append(...this.#hours(start, end, zone));
    }
    return cell;
  }

  /**
   * Another width: cells, ticks and buttons are placed anew.
   * @param {Moment} now
   */
  resize(now) {
    this.#drawn = now;
    this.#setSection(this.#section);
  }

  /**
   * The hours of a day that is wide enough.
   * @param {number} start
   * @param {number} end
   * @param {string} zone
   */
  #hours(start, end, zone) {
    return HOURS.map((hour) => {
      const at = start + hour * HOUR;
      const text = this.#dates.read(at, zone, HOUR).time;
      const made = element("span", { class: "dateline-cell-day is-hour", text });
      made.style.left = `${((at - start) / (end - start)) * 100}%`;
      return made;
    });
  }

  // -- what is on it --------------------------------------------------------------------------------------------------

  /**
   * Draw ticks and buttons for the events that take part; what is not known yet has none.
   * @param {Moment} now
   */
  draw(now) {
    this.#drawn = now;
    const shown = this.#known(now, now.selection.sequence);
    const inside = shown.filter(({ at }) => this.#isInside(at));
    const deeds = inside.filter((entry) => isOfDeeds(now.told(entry)));
    const words = inside.filter((entry) => !isOfDeeds(now.told(entry)));
    const [above, below] = [deeds, words].map((entries) => entries.map(({ at }) => this.#x(at)));
    drawTicks(this.#ticks, above, below, this.#colours);
    this.#drawMoments(now);
  }

  /**
   * Those of some entries that are known by now: on the clock of the news nothing of the future is shown.
   * @param {Moment} now
   * @param {Entry[]} entries
   */
  #known({ record, time }, entries) {
    return record.isByDay ? entries.filter(({ from }) => from <= time) : entries;
  }

  /** @param {Moment} now */
  #drawMoments(now) {
    const inside = this.#known(now, now.selection.stops).filter(({ at }) => this.#isInside(at));
    const xs = spread(
      inside.map(({ at }) => this.#x(at)),
      BUTTON_GAP_PX,
      this.#width,
    );
    this.#moments = new Map(inside.map((entry, index) => [entry.id, this.#moment(entry, now, xs[index])]));
    this.#buttons.replaceChildren(...this.#moments.values());
    this.#mark(now);
  }

  /** @param {number} time */
  #isInside(time) {
    const place = this.#of(this.#axis.position(time));
    return place >= 0 && place <= 1;
  }

  /**
   * @param {Entry} entry
   * @param {Moment} now
   * @param {number} x
   */
  #moment(entry, now, x) {
    const { label, short_when: when, title } = now.told(entry);
    // On the clock of the news they stand in another order: there a number would say nothing.
    const number = now.record.isByDay ? "•" : String(entry.event.key);
    const name = now.record.isByDay ? `${title}, ${when}` : fill(this.#words.key_moment, { number, title, when });
    const made = element(
      "button",
      { type: "button", class: "dateline-key-moment", "aria-label": name, title: `${label} · ${when}` },
      number,
    );
    made.style.left = `${x}px`;
    made.addEventListener("click", () => this.#actions.choose(entry.id));
    return made;
  }

  /** @param {Moment} now */
  #mark(now) {
    for (const [id, made] of this.#moments) {
      made.setAttribute("aria-current", String(id === now.chosen?.id));
      const entry = now.record.entry(id);
      made.classList.toggle("is-ahead", entry !== null && entry.at > now.time);
    }
  }

  /**
   * Follow the playhead.
   * @param {Moment} now
   * @param {string} spoken the moment as a screen reader says it
   */
  show(now, spoken) {
    const before = this.#drawn;
    this.#drawn = now;
    if (!this.#isInside(now.time)) this.#setSection(this.#around(now.time));
    else if (before && before.edition !== now.edition) this.draw(now);
    this.slider.value = String(this.#axis.notch(now.time));
    this.slider.setAttribute("aria-valuetext", now.event ? `${spoken}. ${now.event.title}.` : `${spoken}.`);
    for (const [chapter, entry] of this.#chapters) entry.setAttribute("aria-current", String(chapter === now.chapter));
    this.#mark(now);
    this.#showBlock(now);
  }

  /**
   * The section around a moment that is as fine as the one shown.
   * @param {number} time
   */
  #around(time) {
    const sections = this.#sectionsAt(time);
    return sections.find(({ from, to }) => to - from <= this.#share + 1e-9) ?? sections[sections.length - 1];
  }

  /**
   * The chosen event as wide as its date is vague.
   * @param {Moment} now
   */
  #showBlock({ event, record }) {
    this.#block.hidden = !event;
    if (!event) return;
    const until = record.until(event);
    const axis = this.#axis;
    const from = Math.max(0, this.#of(axis.position(axis.clamp(event.start))));
    const to = Math.min(1, this.#of(axis.position(axis.clamp(Math.min(until, axis.end)))));
    this.#block.style.left = `${from * 100}%`;
    this.#block.style.width = `max(${Math.max(0, to - from) * 100}%, 4px)`;
    this.#block.classList.toggle("is-open", isOpen(until));
  }

  // -- under the pointer ----------------------------------------------------------------------------------------------

  /**
   * The event whose tick is nearest.
   * @param {number} x pixels
   * @returns {Entry | null}
   */
  #under(x) {
    const now = this.#drawn;
    if (!now) return null;
    let found = null;
    let reach = REACH_PX;
    for (const entry of this.#known(now, now.selection.sequence)) {
      const away = Math.abs(this.#x(entry.at) - x);
      if (away < reach) [found, reach] = [entry, away];
    }
    return found;
  }

  /** @param {number} x pixels */
  #tell(x) {
    const entry = this.#under(x);
    this.#tip.hidden = !entry || !this.#drawn;
    if (!entry || !this.#drawn) return;
    const { title, short_when: when } = this.#drawn.told(entry);
    this.#tip.replaceChildren(element("b", { text: when }), " ", element("span", { text: title }));
    this.#tip.style.left = `${Math.min(Math.max(x, 120), Math.max(120, this.#width - 120))}px`;
  }
}
