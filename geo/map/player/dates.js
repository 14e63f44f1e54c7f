/** A moment in words: date, time of day and offset on a place's own clock; and numbers as the language writes them. */

const LOCALES = new Map([["en", "en-GB"]]);
const HOUR = 3600e3;
const DAY = 24 * HOUR;
/** @type {Record<string, Intl.DateTimeFormatOptions>} */
const STYLES = {
  month: { year: "numeric", month: "long" },
  day: { day: "numeric", month: "long", year: "numeric" },
  weekday: { weekday: "long", day: "numeric", month: "long", year: "numeric" },
  time: { hour: "2-digit", minute: "2-digit", hourCycle: "h23" },
  offset: { timeZoneName: "longOffset" },
  dateTick: { day: "numeric" },
  dayTick: { weekday: "short", day: "numeric" },
  monthTick: { month: "short", year: "numeric" },
  yearTick: { year: "numeric" },
};
/**
 * The units that a length of time is rounded to, in milliseconds; the first that fits twice is taken.
 * @type {[string, number][]}
 */
const UNITS = [
  ["year", 365.25 * DAY],
  ["month", 30.4375 * DAY],
  ["day", DAY],
  ["hour", HOUR],
];

export class Dates {
  #locale;
  #numbers;
  /** Formatters are dear to make, so they are kept. @type {Map<string, Intl.DateTimeFormat>} */
  #formats = new Map();
  #readers;

  /** @param {string} language */
  constructor(language) {
    this.#locale = LOCALES.get(language) || language;
    this.#numbers = new Intl.NumberFormat(this.#locale, { maximumFractionDigits: 0 });
    this.#readers = new Intl.DateTimeFormat(this.#locale, { dateStyle: "medium", timeStyle: "short" });
    /** The IANA time zone of whoever reads. */
    this.readersZone = this.#readers.resolvedOptions().timeZone;
  }

  /**
   * A moment, only as fine as a chapter's step is: time and offset are empty where it is a day or more.
   * @param {number} moment milliseconds
   * @param {string} zone IANA
   * @param {number} step milliseconds
   */
  read(moment, zone, step) {
    if (step > 25 * DAY) return { date: this.#format("month", zone).format(moment), time: "", offset: "" };
    if (step > HOUR) return { date: this.#first(this.#format("day", zone).format(moment)), time: "", offset: "" };
    return {
      date: this.#first(this.#format("weekday", zone).format(moment)),
      time: this.#hours(this.#format("time", zone).format(moment)),
      offset: this.#offset(moment, zone),
    };
  }

  /**
   * A day with its weekday or without, a month or a year, as short as an axis needs it.
   * @param {number} moment milliseconds
   * @param {string} zone IANA
   * @param {"date" | "day" | "month" | "year"} unit
   */
  tick(moment, zone, unit) {
    return this.#format(`${unit}Tick`, zone).format(moment);
  }

  /**
   * A span on the clock of whoever reads.
   * @param {number} start
   * @param {number} end
   */
  inReadersZone(start, end) {
    return this.#first(this.#hours(this.#readers.formatRange(start, end)));
  }

  /**
   * A number without its decimals.
   * @param {number} value
   */
  number(value) {
    return this.#numbers.format(value);
  }

  /**
   * A length of time in one unit: 9 months.
   * @param {number} duration milliseconds
   */
  duration(duration) {
    const [unit, length] = UNITS.find((one) => duration >= 2 * one[1]) ?? UNITS[UNITS.length - 1];
    const format = new Intl.NumberFormat(this.#locale, {
      style: "unit",
      unit,
      unitDisplay: "long",
      maximumFractionDigits: 0,
    });
    return format.format(duration / length);
  }

  /**
   * French writes 12 h and 12 h 30, as Python does.
   * @param {string} text with hours as 12:30
   */
  #hours(text) {
    if (this.#locale !== "fr") return text;
    return text.replace(
      /(\d{1,2}):(\d{2})/g,
      (_, hour, minute) => `${Number(hour)}\u00a0h${minute === "00" ? "" : `\u00a0${minute}`}`,
    );
  }

  /**
   * French writes the first of a month as 1er, as Python does.
   * @param {string} text with days before their months
   */
  #first(text) {
    return this.#locale === "fr" ? text.replace(/(?<!\d)1(?= \p{L})/gu, "1er") : text;
  }

  /**
   * @param {number} moment
   * @param {string} zone
   */
  #offset(moment, zone) {
    const parts = this.#format("offset", zone, "en").formatToParts(moment);
    const written = parts.find((part) => part.type === "timeZoneName")?.value ?? "";
    return written
      .replace("GMT", "UTC")
      .replace(/([+-])0/, "$1")
      .replace(":00", "");
  }

  /**
   * @param {keyof typeof STYLES} style
   * @param {string} zone
   */
  #format(style, zone, locale = this.#locale) {
    const key = `${style} ${zone}`;
    let format = this.#formats.get(key);
    if (!format) {
      format = new Intl.DateTimeFormat(locale, { ...STYLES[style], timeZone: zone });
      this.#formats.set(key, format);
    }
    return format;
  }
}
