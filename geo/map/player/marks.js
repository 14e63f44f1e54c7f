/** Which mark each spot of the map bears at a moment, and which mark lies under a finger. */

/** @import * as Payload from "./payload" */
/** @import { Moment } from "./moment.js" */
/** @import { Spot } from "./selection.js" */
import { isPlan } from "./record.js";

const HIT_PX = 18;

/**
 * @typedef {object} Mark
 * @property {Spot} spot
 * @property {string} id of the event whose sign it bears
 * @property {Payload.Status} status
 * @property {boolean} summit whether the leaders met here on this trip
 * @property {boolean} pending whether a plan is still open here
 * @property {boolean} chosen
 * @property {boolean} faint whether it is of another trip
 * @property {boolean} isArea whether the point only stands for a region or a country
 */

/**
 * The marks on the map; later ones lie on top: sites of summits, and the chosen one above all.
 * @param {Moment} now
 */
export function marksAt(now) {
  /** @type {Mark[][]} */
  const layers = [[], [], []];
  for (const spot of now.selection.spots) {
    const mark = markOf(spot, now);
    if (mark) layers[mark.chosen ? 2 : Number(mark.summit)].push(mark);
  }
  // An event that the filters leave out is still shown while it is chosen.
  const alone = layers[2].length ? null : spotOfChosen(now);
  const mark = alone && markOf(alone, now);
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
 * The mark of a spot; null if nothing has begun there.
 *
 * It bears the sign of the chosen event, else of the latest one that happened, this chapter's before others';
 * a plan that is still open shows as a ring around it.
 * @param {Spot} spot
 * @param {Moment} now
 * @returns {Mark | null}
 */
function markOf(spot, now) {
  const { trip } = now.chapter;
  const { latest, summit, open } = begunAt(spot, now);
  const chosen = now.chosen !== null && spot.entries.includes(now.chosen);
  const event = chosen && now.event?.lat !== null ? now.event : latest;
  if (!event) return null;
  return {
    spot,
    id: event.id,
    status: event.status,
    summit: summit || event.summit,
    pending: open && !isPlan(event),
    chosen,
    faint: !chosen && event.trip !== trip,
    isArea: event.is_area,
  };
}

/**
 * What has begun at a spot: the event whose sign it bears, and whether there was a summit and is an open plan of the
 * chapter's trip.
 * @param {Spot} spot
 * @param {Moment} now
 */
function begunAt(spot, now) {
  const { trip } = now.chapter;
  /** @type {Payload.Event | null} */
  let latest = null;
  let summit = false;
  let open = false;
  for (const entry of spot.entries) {
    if (entry.from > now.time) break;
    const event = now.isDrawn(entry) ? now.told(entry) : null;
    if (!event || event.lat === null) continue;
    if (!latest || rankOf(event, trip) >= rankOf(latest, trip)) latest = event;
    if (event.trip !== trip) continue;
    summit ||= event.summit;
    open ||= isPlan(event) && now.record.until(event) > now.time;
  }
  return { latest, summit, open };
}

/**
 * Which event a mark bears: one of this trip before others, one that happened before what did not.
 * @param {Payload.Event} event
 * @param {string} trip
 */
function rankOf(event, trip) {
  return (event.trip === trip ? 2 : 0) + (event.status === "happened" ? 1 : 0);
}

/**
 * The mark nearest to a point, within a finger's width; null if there is none.
 * @param {Mark[]} marks
 * @param {{x: number, y: number}} point container pixels
 * @param {(spot: Spot) => {x: number, y: number}} pixelsOf
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
