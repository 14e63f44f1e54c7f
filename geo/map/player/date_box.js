/** The large date over the time strip: day, hour and whose clock it is. */

/** @import { Dates } from "./dates.js" */
/** @import { Moment } from "./moment.js" */
import { element } from "./dom.js";

/**
 * Zone and name of the place whose clock is shown between events: the train's last stop, else the chapter's zone.
 * @param {Moment} now
 * @returns {{zone: string, name: string | null}}
 */
function placeOfClock({ record, train, position, chapter }) {
  // Days of publication have no place; they are counted in UTC.
  if (record.isByDay) return { zone: "UTC", name: null };
  if (train && position) return train.between(position.km, position.km)[0];
  return { zone: chapter.zone, name: null };
}

/**
 * A moment in words, with no hour that no source gives: `date`, `time`, `clock` (place and offset), and all of it as
 * it is `spoken`.
 * @param {Moment} now
 * @param {Dates} dates
 */
export function readMoment(now, dates) {
  if (now.isOnChosen && now.chosen && !now.record.isByDay) {
    // On an event itself the head says what the card says, no finer: a day is not noon, a year is not January.
    const { head_date: date, hour_text: time, head_clock: clock } = now.chosen.event;
    return { date, time, clock, spoken: joined([date, time, clock], ", ") };
  }
  const { zone, name } = placeOfClock(now);
  const read = dates.read(now.time, zone, now.chapter.step);
  if (!read.time || now.record.isByDay) return { date: read.date, time: "", clock: "", spoken: read.date };
  const clock = joined([name, read.offset], " · ");
  return { date: read.date, time: read.time, clock, spoken: joined([read.date, read.time, name], ", ") };
}

/**
 * @param {(string | null)[]} texts
 * @param {string} between
 */
function joined(texts, between) {
  return texts.filter(Boolean).join(between);
}

export class DateBox {
  #dates;
  #date = element("strong", { class: "dateline-date" });
  #time = element("span", { class: "dateline-clock" });
  #offset = element("span", { class: "dateline-offset", dir: "auto" });

  /** @param {Dates} dates */
  constructor(dates) {
    this.#dates = dates;
    this.root = element(
      "div",
      { class: "dateline-moment", "data-testid": "moment" },
      this.#date,
      element("span", {}, this.#time, " ", this.#offset),
    );
  }

  /**
   * Show a moment.
   * @param {Moment} now
   * @returns {string} the moment as a screen reader says it
   */
  show(now) {
    const { date, time, clock, spoken } = readMoment(now, this.#dates);
    this.#date.textContent = date;
    this.#time.textContent = time;
    this.#offset.textContent = clock;
    return spoken;
  }

  /** The day, as it is shown. */
  get date() {
    return this.#date.textContent ?? "";
  }
}
