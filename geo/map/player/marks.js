/** Which mark each spot of the map bears at a moment, and which mark lies under a finger. */

/** @import * as Payload from "./payload" */
/** @import { Point } from "./boxes.js" */
/** @import { Moment } from "./moment.js" */
/** @import { Spot } from "./selection.js" */
import { isPlan } from "./record.js";
import { BACKGROUND, shownTrip } from "./trip.js";

const HIT_PX = 18;
// Numbered marks that lie closer hide one another's numbers.
const APART_PX = 14;
// As the mark itself is ringed.
const RING = "◎";

/**
 * @typedef {object} Mark
 * @property {Spot} spot
 * @property {string} id of the event whose sign it bears
 * @property {Payload.Status} status
 * @property {boolean} summit whether the leaders met here on a trip of the story
 * @property {boolean} earlier whether they met here before
 * @property {boolean} pending whether a plan is still open here
 * @property {boolean} chosen
 * @property {boolean} faint whether it is of another trip
 * @property {boolean} ahead whether nothing has begun here yet: a stop of the way still to come
 * @property {number[]} keys numbers of the key moments here
 * @property {string[]} notes what stands below its name: the day of its key moment, the year of an earlier summit
 * @property {Payload.Event} event whose sign it bears, as it is told now
 */

/**
 * The marks on the map; later ones lie on top: key moments, above them sites of summits, and the chosen one above all.
 * @param {Moment} now
 */
export function marksAt(now) {
  /** @type {Mark[][]} */
  const layers = [[], [], [], []];
  const trip = shownTrip(now);
  for (const spot of now.selection.spots) {
    const mark = markOf(spot, trip, now);
    if (mark) layers[mark.chosen ? 3 : mark.summit ? 2 : Number(mark.keys.length > 0)].push(mark);
  }
  // An event that the filters leave out is still shown while it is chosen.
  const alone = layers[3].length ? null : spotOfChosen(now);
  const mark = alone && markOf(alone, trip, now);
  return mark ? [...layers.flat(), mark] : layers.flat();
}

/**
 * @param {Moment} now
 * @returns {Spot | null}
 */
function spotOfChosen({ chosen, event }) {
  if (!chosen || !event || event.lat === null || event.lon === null) return null;
  return { lat: event.lat, lon: event.lon, entries: [chosen] };
}

/**
 * The mark of a spot; null if nothing has begun there, and no stop of the way still to come is there.
 *
 * It bears the sign of the chosen event, else of the latest one that happened, this chapter's before others', and of
 * these a key moment before others; a plan that is still open shows as a ring around it. What only stands for a region
 * or a country has no point to be marked.
 * @param {Spot} spot
 * @param {string} trip whose key moments are numbered
 * @param {Moment} now
 * @returns {Mark | null}
 */
function markOf(spot, trip, now) {
  const here = begunAt(spot, trip, now);
  const chosen = isChosen(spot, now);
  const begun = chosen && now.event?.lat !== null ? now.event : bornAt(here);
  const event = begun ?? here.next;
  if (!event) return null;
  return {
    spot,
    id: event.id,
    status: event.status,
    summit: here.summit || isSummit(begun),
    earlier: here.earlier !== null,
    pending: here.open && !isPlan(event),
    chosen,
    faint: !chosen && event.trip !== now.chapter.trip,
    ahead: !begun,
    keys: begun ? here.keys : here.ahead,
    notes: notesOf(here),
    event,
  };
}

/**
 * @param {Spot} spot
 * @param {Moment} now
 */
function isChosen(spot, { chosen, event }) {
  return chosen !== null && spot.entries.includes(chosen) && !event?.is_area;
}

/**
 * The event whose sign a spot bears. A stop is still to come until its key moment has begun, whatever was there before.
 * @param {Here} here
 */
function bornAt({ latest, key, next }) {
  return key || !next ? latest : null;
}

/**
 * Whether the leaders met in this event, on a trip of the story.
 * @param {Payload.Event | null} event
 */
function isSummit(event) {
  return event !== null && event.summit && event.trip !== BACKGROUND;
}

/**
 * What stands below a spot's name.
 * @param {Here} here
 */
function notesOf({ key, next, earlier }) {
  const moment = key ?? next;
  return [...(moment ? [shortDay(moment)] : []), ...(earlier ? [`${RING} ${yearOf(earlier)}`] : [])];
}

/**
 * What there is at a spot.
 * @typedef {object} Here
 * @property {Payload.Event | null} latest the event that has begun whose sign the spot bears
 * @property {Payload.Event | null} key the first key moment of the trip that has begun
 * @property {Payload.Event | null} next the first key moment of the trip that has not, in hindsight
 * @property {number[]} keys numbers of the key moments that have begun
 * @property {number[]} ahead numbers of those that have not
 * @property {boolean} summit whether there was a summit on a trip of the story
 * @property {Payload.Event | null} earlier a summit before the story's trips
 * @property {boolean} open whether a plan of the chapter's trip is still open
 */

/**
 * @param {Spot} spot
 * @param {string} trip whose key moments are numbered
 * @param {Moment} now
 */
function begunAt(spot, trip, now) {
  /** @type {Here} */
  const here = { latest: null, key: null, next: null, keys: [], ahead: [], summit: false, earlier: null, open: false };
  for (const entry of spot.entries) {
    if (entry.from <= now.time) {
      if (now.isDrawn(entry)) noteBegun(here, now.told(entry), trip, now);
      continue;
    }
    // On the clock of the news nothing is known of what is to come.
    if (now.record.isByDay) break;
    noteAhead(here, entry.event, trip);
  }
  return here;
}

/**
 * @param {Here} here
 * @param {Payload.Event} event as it is told now
 * @param {string} numbered the trip whose key moments are numbered
 * @param {Moment} now
 */
function noteBegun(here, event, numbered, now) {
  const { trip } = now.chapter;
  if (event.lat === null || event.is_area) return;
  if (isKeyOf(event, numbered)) {
    here.keys.push(Number(event.key));
    here.key ??= event;
  }
  if (!here.latest || rankOf(event, trip) >= rankOf(here.latest, trip)) here.latest = event;
  if (event.summit) noteSummit(here, event);
  here.open ||= event.trip === trip && isPlan(event) && now.record.until(event) > now.time;
}

/**
 * @param {Here} here
 * @param {Payload.Event} event
 */
function noteSummit(here, event) {
  if (event.trip === BACKGROUND) here.earlier = event;
  else here.summit = true;
}

/**
 * @param {Here} here
 * @param {Payload.Event} event that has not begun
 * @param {string} trip
 */
function noteAhead(here, event, trip) {
  if (!isKeyOf(event, trip) || event.lat === null || event.is_area || event.status === "superseded") return;
  here.ahead.push(Number(event.key));
  here.next ??= event;
}

/**
 * @param {Payload.Event} event
 * @param {string} trip
 */
function isKeyOf(event, trip) {
  return event.key !== null && event.trip === trip;
}

/**
 * Which event a mark bears: one of this trip before others, a key moment, one that happened before what did not.
 * @param {Payload.Event} event
 * @param {string} trip
 */
function rankOf(event, trip) {
  return (event.trip === trip ? 4 : 0) + (event.key === null ? 0 : 2) + (event.status === "happened" ? 1 : 0);
}

/**
 * The day of an event, without its year.
 * @param {Payload.Event} event
 */
function shortDay(event) {
  const day = event.short_when.replace(new RegExp(`[\\s,]+${yearOf(event)}$`), "");
  return day || event.short_when;
}

/**
 * The year in which an event began, at its place.
 * @param {Payload.Event} event
 */
function yearOf({ start, zone }) {
  return new Intl.DateTimeFormat("en", { timeZone: zone, year: "numeric" }).format(start);
}

/**
 * Numbers of key moments as a mark bears them: 2, 3–5, 1·6.
 * @param {number[]} keys
 */
export function numbersText(keys) {
  const sorted = [...new Set(keys)].sort((a, b) => a - b);
  /** @type {number[][]} */
  const runs = [];
  for (const key of sorted) {
    const run = runs.at(-1);
    if (run && run[run.length - 1] === key - 1) run.push(key);
    else runs.push([key]);
  }
  return runs.map((run) => (run.length > 2 ? `${run[0]}–${run[run.length - 1]}` : run.join("·"))).join("·");
}

/**
 * Marks as they lie beside one another: of numbered ones that would hide each other's numbers, the upper bears all.
 * @param {Mark[]} marks later ones lie on top
 * @param {(spot: Spot) => Point} pixelsOf
 */
export function gathered(marks, pixelsOf) {
  const found = [...marks];
  for (let upper = found.length - 1; upper > 0; upper -= 1) {
    if (!found[upper].keys.length) continue;
    for (let lower = upper - 1; lower >= 0; lower -= 1) {
      if (!found[lower].keys.length || !areClose(found[upper], found[lower], pixelsOf)) continue;
      const keys = [...found[upper].keys, ...found[lower].keys];
      found[upper] = { ...found[upper], keys };
      found[lower] = { ...found[lower], keys: [], notes: [] };
    }
  }
  return found;
}

/**
 * @param {Mark} one
 * @param {Mark} other
 * @param {(spot: Spot) => Point} pixelsOf
 */
function areClose(one, other, pixelsOf) {
  // What has been is not put together with what is to come.
  if (one.ahead !== other.ahead) return false;
  const [a, b] = [pixelsOf(one.spot), pixelsOf(other.spot)];
  return Math.hypot(a.x - b.x, a.y - b.y) < APART_PX;
}

/**
 * The mark nearest to a point, within a finger's width; null if there is none.
 * @param {Mark[]} marks
 * @param {Point} point container pixels
 * @param {(spot: Spot) => Point} pixelsOf
 */
export function nearest(marks, point, pixelsOf) {
  let found = null;
  let distance = HIT_PX;
  for (const mark of marks) {
    const { x, y } = pixelsOf(mark.spot);
    const away = Math.hypot(x - point.x, y - point.y);
    if (away <= distance) [found, distance] = [mark, away];
  }
  return found;
}

/**
 * The event that a click on a mark chooses: the mark's, or where the chosen event is here already, the one before it.
 * @param {Mark} mark
 * @param {Moment} now
 */
export function clicked(mark, now) {
  const spot = now.selection.spotAt(mark.spot.lat, mark.spot.lon);
  const here = spot ? now.drawnAt(spot) : [];
  const index = now.chosen ? here.indexOf(now.chosen) : -1;
  return index < 0 || here.length < 2 ? mark.id : here[(index + here.length - 1) % here.length].id;
}
