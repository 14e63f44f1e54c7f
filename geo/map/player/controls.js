/** What the reader moves time with: the two clocks, the chapters, the time bar and the buttons. */

/** @import * as Payload from "./payload" */
/** @import { Chapter } from "./axis.js" */
/** @import { TimeBar } from "./bar.js" */
/** @import { Dates } from "./dates.js" */
/** @import { Moment } from "./moment.js" */
/** @import { Position, Train } from "./train.js" */
import { button, element, fill } from "./dom.js";

const SPEEDS = [0.5, 1, 2, 4];

/**
 * @typedef {"happened" | "news"} Clock
 *
 * @typedef {object} Actions what the controls call
 * @property {(direction: 1 | -1) => void} step to the next or the previous event
 * @property {() => void} toggle play or pause
 * @property {(speed: number) => void} setSpeed
 * @property {(clock: Clock) => void} setClock
 * @property {(chapter: Chapter) => void} enter
 * @property {() => void} fullscreen
 */

export class Controls {
  #words;
  #dates;
  #actions;
  #chapters;
  #clocks;
  #play;
  #where = element("p", { class: "dateline-train", dir: "auto", "data-testid": "train" });

  /**
   * @param {Payload.Words} words
   * @param {Dates} dates
   * @param {Chapter[]} chapters
   * @param {TimeBar} bar
   * @param {Actions} actions
   */
  constructor(words, dates, chapters, bar, actions) {
    this.#words = words;
    this.#dates = dates;
    this.#actions = actions;
    this.#clocks = { happened: this.#clock("happened"), news: this.#clock("news") };
    this.#chapters = new Map(chapters.map((chapter) => [chapter, this.#chapter(chapter)]));
    this.#play = clickable("play", "play", words.play, actions.toggle);
    const choices = Object.entries(this.#clocks).map(([name, input]) =>
      element("label", {}, input, element("span", { text: words[`clock_${/** @type {Clock} */ (name)}`] })),
    );
    this.root = element(
      "section",
      { class: "dateline-controls", "aria-label": words.time },
      element("fieldset", { class: "dateline-clocks" }, element("legend", { text: words.clock }), ...choices),
      element(
        "div",
        { class: "dateline-chapters", role: "group", "aria-label": words.chapters },
        ...this.#chapters.values(),
      ),
      bar.root,
      element(
        "div",
        { class: "dateline-buttons" },
        clickable("previous-event", "previous", words.previous, () => actions.step(-1)),
        this.#play,
        clickable("next-event", "next", words.next, () => actions.step(1)),
        this.#speeds(),
        this.#where,
        clickable("fullscreen", "fullscreen", words.fullscreen, actions.fullscreen),
      ),
    );
  }

  /** @param {Clock} name */
  #clock(name) {
    const input = element("input", {
      type: "radio",
      name: "dateline-clock",
      value: name,
      "data-testid": `clock-${name}`,
    });
    input.addEventListener("change", () => this.#actions.setClock(name));
    return input;
  }

  /** @param {Chapter} chapter */
  #chapter(chapter) {
    const entry = element("button", { type: "button", text: chapter.short_title, title: chapter.hint });
    entry.style.flexGrow = String(chapter.share);
    entry.addEventListener("click", () => this.#actions.enter(chapter));
    return entry;
  }

  #speeds() {
    const options = SPEEDS.map((speed) =>
      element("option", { value: String(speed), text: this.#dates.speed(speed), selected: speed === 1 }),
    );
    const box = element("select", { "aria-label": this.#words.speed, "data-testid": "speed" }, ...options);
    box.addEventListener("change", () => this.#actions.setSpeed(Number(box.value)));
    return box;
  }

  /** @param {Clock} clock */
  showClock(clock) {
    this.#clocks[clock].checked = true;
  }

  /** @param {boolean} isPlaying */
  showPlaying(isPlaying) {
    const label = isPlaying ? this.#words.pause : this.#words.play;
    this.#play.setAttribute("aria-label", label);
    this.#play.title = label;
    const [sign] = this.#play.children;
    sign.className = `dateline-sign dateline-sign-${isPlaying ? "pause" : "play"}`;
  }

  /** @param {Moment} now */
  showTrain(now) {
    this.#where.textContent = now.edition ? now.edition.title : whereTrainIs(now, this.#words, this.#dates);
  }

  /** @param {Chapter} current */
  showChapter(current) {
    for (const [chapter, entry] of this.#chapters) entry.setAttribute("aria-current", String(chapter === current));
  }
}

/**
 * @param {string} id
 * @param {string} sign
 * @param {string} label
 * @param {() => void} action
 */
function clickable(id, sign, label, action) {
  const made = button(id, sign, label);
  made.addEventListener("click", action);
  return made;
}

/**
 * The train in a sentence: at a stop, or between which two; and in which version, if it is not what happened.
 * @param {Moment} now
 * @param {Payload.Words} words
 * @param {Dates} dates
 */
export function whereTrainIs({ train, position, time }, words, dates) {
  if (!train) return "";
  const told = position ? placed(train, position, words, dates) : time > train.until ? words.train_unknown : "";
  return told && train.version ? fill(words.train_set_aside, { train: told }) : told;
}

/**
 * @param {Train} train
 * @param {Position} position
 * @param {Payload.Words} words
 * @param {Dates} dates
 */
function placed(train, position, words, dates) {
  const [behind, ahead] = train.between(position.fromKm, position.toKm);
  if (behind === ahead) return fill(words.train_at, { place: behind.at });
  return fill(words.train_between, {
    from: behind.name,
    to: ahead.name,
    km: dates.number(position.km),
    origin: train.stops[0].name,
  });
}
