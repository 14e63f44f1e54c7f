/** What the reader moves time with: the buttons, the date, the time strip, the two clocks and how one goes through. */

/** @import * as Payload from "./payload" */
/** @import { DateBox } from "./date_box.js" */
/** @import { Dates } from "./dates.js" */
/** @import { Moment } from "./moment.js" */
/** @import { Entry } from "./record.js" */
/** @import { Selection } from "./selection.js" */
/** @import { TimeStrip } from "./strip.js" */
/** @import { Position, Train } from "./train.js" */
import { button, element, fill } from "./dom.js";

/** Words a minute: an adult reads some 240 for herself, a class is read to. */
const PACES = { slow: 110, steady: 170, quick: 260 };

const OPTIONS = "dateline-options";

/** @typedef {keyof typeof PACES} Pace */

/** @type {Pace} */
export const FIRST_PACE = "steady";

/** @param {Pace} pace */
export function wordsAMinute(pace) {
  return PACES[pace];
}

/**
 * @typedef {"happened" | "news"} Clock
 *
 * @typedef {object} Actions what the controls call
 * @property {(direction: 1 | -1) => void} step to the next or the previous moment
 * @property {() => void} toggle play or pause
 * @property {(pace: number) => void} setPace words a minute
 * @property {(clock: Clock) => void} setClock
 * @property {(every: boolean) => void} setEvery whether one goes through every event
 * @property {(isShown: boolean) => void} setGraph whether the journey is shown as a graph, too
 * @property {() => void} introduce show the story's introduction
 * @property {() => void} fullscreen
 */

export class Controls {
  #words;
  #dates;
  #actions;
  #clocks;
  #every;
  #play;
  #previous;
  #next;
  #where = element("p", { class: "dateline-train", dir: "auto", "data-testid": "train" });

  /**
   * @param {Payload.Scene} scene
   * @param {Dates} dates
   * @param {DateBox} date
   * @param {TimeStrip} strip
   * @param {Actions} actions
   */
  constructor({ words, events }, dates, date, strip, actions) {
    this.#words = words;
    this.#dates = dates;
    this.#actions = actions;
    this.#clocks = { happened: this.#clock("happened"), news: this.#clock("news") };
    this.#play = clickable("play", "play", words.play, actions.toggle);
    this.#previous = clickable("previous-event", "previous", words.previous, () => actions.step(-1));
    this.#next = clickable("next-event", "next", words.next, () => actions.step(1));
    this.#every = element("input", { type: "checkbox", "data-testid": "every-event" });
    this.#every.addEventListener("change", () => actions.setEvery(this.#every.checked));
    const all = fill(words.every_event, { n: dates.number(events.length) });
    this.root = element(
      "section",
      { class: "dateline-controls", "aria-label": words.time },
      element(
        "div",
        { class: "dateline-head" },
        element("div", { class: "dateline-buttons" }, this.#previous, this.#play, this.#next),
        date.root,
        this.#where,
      ),
      strip.root,
      element(
        "div",
        { class: "dateline-settings" },
        this.#unfold(),
        element(
          "div",
          { class: "dateline-options", id: OPTIONS },
          this.#choices(),
          element("label", {}, this.#every, element("span", { text: all })),
          this.#graph(),
          this.#paces(),
        ),
        element("span", { class: "dateline-space" }),
        this.#introduction(),
        clickable("fullscreen", "fullscreen", words.fullscreen, actions.fullscreen),
      ),
    );
  }

  #choices() {
    const words = this.#words;
    const choices = Object.entries(this.#clocks).map(([name, input]) =>
      element("label", {}, input, element("span", { text: words[`clock_${/** @type {Clock} */ (name)}`] })),
    );
    return element("fieldset", { class: "dateline-clocks" }, element("legend", { text: words.clock }), ...choices);
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

  /** On a phone, which keeps its room for the map, the options are folded. */
  #unfold() {
    const made = element("button", {
      type: "button",
      class: "dateline-link dateline-unfold",
      "aria-expanded": "false",
      "aria-controls": OPTIONS,
      text: this.#words.options,
    });
    made.addEventListener("click", () => {
      made.setAttribute("aria-expanded", String(made.getAttribute("aria-expanded") === "false"));
    });
    return made;
  }

  #graph() {
    const box = element("input", { type: "checkbox", "data-testid": "graph-shown" });
    box.addEventListener("change", () => this.#actions.setGraph(box.checked));
    return element("label", {}, box, element("span", { text: this.#words.graph }));
  }

  #paces() {
    const words = this.#words;
    const options = Object.keys(PACES).map((pace) =>
      element("option", {
        value: pace,
        text: words[`pace_${/** @type {Pace} */ (pace)}`],
        selected: pace === FIRST_PACE,
      }),
    );
    const box = element("select", { "data-testid": "pace" }, ...options);
    box.addEventListener("change", () => this.#actions.setPace(wordsAMinute(/** @type {Pace} */ (box.value))));
    return element("label", {}, element("span", { text: words.pace }), box);
  }

  #introduction() {
    const made = element("button", {
      type: "button",
      class: "dateline-link",
      "data-testid": "introduction",
      text: this.#words.introduction,
    });
    made.addEventListener("click", this.#actions.introduce);
    return made;
  }

  focusPlay() {
    this.#play.focus();
  }

  focusClock() {
    this.#clocks.news.focus();
  }

  /** @param {Clock} clock */
  showClock(clock) {
    this.#clocks[clock].checked = true;
  }

  /** @param {boolean} every */
  showEvery(every) {
    this.#every.checked = every;
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

  /**
   * Whether there is anything before and after a moment.
   * @param {Selection} selection
   * @param {Entry | null} chosen
   */
  showEnds(selection, chosen) {
    this.#previous.setAttribute("aria-disabled", String(!selection.before(chosen)));
    this.#next.setAttribute("aria-disabled", String(!selection.after(chosen)));
  }

  /** @param {number} duration that playing skips, milliseconds */
  showSkipped(duration) {
    this.#where.textContent = fill(this.#words.later, { duration: this.#dates.duration(duration) });
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
  const between = fill(words.train_between, { from: behind.name, to: ahead.name });
  if (position.km < 1) return between;
  const steady = fill(words.train_steady, { km: dates.number(position.km), origin: train.stops[0].name });
  return `${between} ${steady}`;
}
