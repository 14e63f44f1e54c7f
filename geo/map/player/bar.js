/** The time bar: the slider, the events above it as bars, and the chosen event as a block. */

/** @import * as Payload from "./payload" */
/** @import { TimeAxis } from "./axis.js" */
/** @import { Colours } from "./colours.js" */
/** @import { Moment } from "./moment.js" */
/** @import { Entry } from "./record.js" */
import { NOTCHES } from "./axis.js";
import { element } from "./dom.js";
import { isOpen } from "./record.js";
import { drawTicks } from "./ticks.js";

export class TimeBar {
  #axis;
  #colours;
  #ticks = element("canvas", { class: "dateline-ticks", "aria-hidden": "true" });
  #block = element("div", { class: "dateline-block", hidden: true });
  #blocked = "";

  /**
   * @param {TimeAxis} axis
   * @param {Payload.Words} words
   * @param {Colours} colours
   * @param {(time: number) => void} seek called when the reader drags the slider
   */
  constructor(axis, words, colours, seek) {
    this.#axis = axis;
    this.#colours = colours;
    this.slider = element("input", {
      type: "range",
      min: "0",
      max: String(NOTCHES),
      step: "1",
      "aria-label": words.time,
      "data-testid": "time-slider",
    });
    this.slider.addEventListener("input", () => seek(axis.moment(this.slider.valueAsNumber / NOTCHES)));
    this.root = element("div", { class: "dateline-bar" }, this.#ticks, this.#block, this.slider);
  }

  /** @param {Entry[]} entries those that take part */
  drawTicks(entries) {
    drawTicks(this.#ticks, this.#axis, entries, this.#colours);
  }

  /**
   * @param {Moment} now
   * @param {string} spoken the moment as a screen reader says it
   */
  show(now, spoken) {
    this.slider.value = String(this.#axis.notch(now.time));
    this.slider.setAttribute("aria-valuetext", now.event ? `${spoken}. ${now.event.title}.` : `${spoken}.`);
    this.#showBlock(now);
  }

  /**
   * The chosen event as wide as its date is vague.
   * @param {Moment} now
   */
  #showBlock({ event, record }) {
    this.#block.hidden = !event;
    if (!event) return;
    const until = record.until(event);
    const key = `${event.id} ${record.clock} ${event.start} ${until}`;
    if (key === this.#blocked) return;
    this.#blocked = key;
    const axis = this.#axis;
    const from = axis.position(axis.clamp(event.start));
    const to = axis.position(axis.clamp(Math.min(until, axis.end)));
    this.#block.style.left = `${from * 100}%`;
    this.#block.style.width = `max(${(to - from) * 100}%, 4px)`;
    this.#block.classList.toggle("is-open", isOpen(until));
  }
}
