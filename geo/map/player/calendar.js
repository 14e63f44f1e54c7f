/** When days, months and years begin on the clocks of a time zone. */

/** @typedef {"day" | "month" | "year"} Unit */

/**
 * The beginnings of days, months or years from `start` to before `end`, every `step` of them.
 * @param {number} start milliseconds
 * @param {number} end milliseconds
 * @param {string} zone IANA
 * @param {Unit} unit
 * @param {number} step
 */
export function beginnings(start, end, zone, unit, step) {
  const found = [];
  for (let index = 0; ; index += 1) {
    const time = beginning(start, zone, unit, step, index);
    if (time >= end) return found;
    if (time >= start) found.push(time);
  }
}

/**
 * The moment at which the unit `index` steps after that of `start` begins; months and years count from round numbers.
 * @param {number} start
 * @param {string} zone
 * @param {Unit} unit
 * @param {number} step
 * @param {number} index
 */
function beginning(start, zone, unit, step, index) {
  const local = new Date(start + offset(start, zone));
  const [year, month, day] = [local.getUTCFullYear(), local.getUTCMonth(), local.getUTCDate()];
  const ahead = index * step;
  if (unit === "year") return instant(Date.UTC(year - (year % step) + ahead, 0), zone);
  if (unit === "month") return instant(Date.UTC(year, month - (month % step) + ahead), zone);
  return instant(Date.UTC(year, month, day + ahead), zone);
}

/**
 * The moment at which the clocks of a zone show what UTC's clocks show at `shown`.
 * @param {number} shown
 * @param {string} zone
 */
function instant(shown, zone) {
  const near = shown - offset(shown, zone);
  return shown - offset(near, zone);
}

/** @type {Map<string, Intl.DateTimeFormat>} */
const clocks = new Map();

/**
 * How far the clocks of a zone are ahead of UTC, milliseconds.
 * @param {number} moment
 * @param {string} zone
 */
function offset(moment, zone) {
  let clock = clocks.get(zone);
  if (!clock) {
    const numeric = /** @type {const} */ ("numeric");
    const date = { year: numeric, month: numeric, day: numeric };
    const time = { hour: numeric, minute: numeric, second: numeric, hourCycle: /** @type {const} */ ("h23") };
    clock = new Intl.DateTimeFormat("en-US", { ...date, ...time, timeZone: zone });
    clocks.set(zone, clock);
  }
  /** @type {Record<string, number>} */
  const shown = Object.fromEntries(clock.formatToParts(moment).map(({ type, value }) => [type, Number(value)]));
  const { year, month, day, hour, minute, second } = shown;
  return Date.UTC(year, month - 1, day, hour, minute, second) - Math.floor(moment / 1000) * 1000;
}
