/** The playhead's moment in words: date, time of day and offset on a place's own clock. */
(() => {
  "use strict";
  const Dateline = (window.Dateline = window.Dateline || {});

  const LOCALES = { en: "en-GB" };
  const HOUR = 3600e3;
  const DAY = 24 * HOUR;
  const STYLES = {
    month: { year: "numeric", month: "long" },
    day: { day: "numeric", month: "long", year: "numeric" },
    weekday: { weekday: "long", day: "numeric", month: "long", year: "numeric" },
    time: { hour: "2-digit", minute: "2-digit", hourCycle: "h23" },
    offset: { timeZoneName: "longOffset" },
  };

  Dateline.Clock = class Clock {
    constructor(language) {
      this.locale = LOCALES[language] || language;
      this._numbers = new Intl.NumberFormat(this.locale, { maximumFractionDigits: 0 });
      this._formats = new Map();
    }

    /** {date, time, offset} at a moment; only as fine as the chapter's `step` (milliseconds) is. */
    read(moment, zone, step) {
      if (step > 25 * DAY) return { date: this._format("month", zone).format(moment), time: "", offset: "" };
      if (step > HOUR) return { date: this._format("day", zone).format(moment), time: "", offset: "" };
      return {
        date: this._format("weekday", zone).format(moment),
        time: this._format("time", zone).format(moment),
        offset: this._offset(moment, zone),
      };
    }

    number(value) {
      return this._numbers.format(value);
    }

    _offset(moment, zone) {
      const parts = this._format("offset", zone, "en").formatToParts(moment);
      return parts.find((part) => part.type === "timeZoneName").value
        .replace("GMT", "UTC").replace(/([+-])0/, "$1").replace(":00", "");
    }

    /** Formatters are dear to make, so they are kept. */
    _format(style, zone, locale = this.locale) {
      const key = `${style} ${zone}`;
      if (!this._formats.has(key)) {
        this._formats.set(key, new Intl.DateTimeFormat(locale, { ...STYLES[style], timeZone: zone }));
      }
      return this._formats.get(key);
    }
  };
})();
