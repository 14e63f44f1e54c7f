/** A small story for tests of the player's modules, and a moment of it. */

import { TimeAxis } from "../../geo/map/player/axis.js";
import { Moment } from "../../geo/map/player/moment.js";
import { Hindsight, News } from "../../geo/map/player/record.js";
import { Selection } from "../../geo/map/player/selection.js";
import { Train } from "../../geo/map/player/train.js";

export const HOUR = 3600e3;
export const DAY = 24 * HOUR;

/** Three chapters with a gap after the first; the second and the third touch. Steps: a month, an hour, a day. */
export const CHAPTERS = [
  { id: "years", trip: "background", start: 0, end: 1000 * DAY, share: 0.2, zone: "UTC" },
  { id: "trip", trip: "tour", start: 1500 * DAY, end: 1507 * DAY, share: 0.5, zone: "Asia/Tokyo" },
  { id: "weeks", trip: "background", start: 1507 * DAY, end: 1600 * DAY, share: 0.3, zone: "UTC" },
];

export const ITINERARY = {
  trip: "tour",
  version: null,
  legs: [
    { leg: "there", start: 0 },
    { leg: "on", start: 30 },
  ],
  lat_lon: [
    [40, 130],
    [41, 130],
    [41, 131],
  ],
  km: [0, 100, 200],
  greatest: [
    [0, 0],
    [10, 200],
  ],
  steady: [
    [5, 0],
    [15, 200],
  ],
  least: [
    [10, 0],
    [20, 200],
  ],
  from: 0,
  until: 30,
  stops: [
    { km: 0, name: "A", at: "at A", zone: "UTC" },
    { km: 200, name: "B", at: "at B", zone: "UTC" },
  ],
};

/** An event that happened on a day of the trip, at a place of its own; `changed` are its other fields. */
export function event(id, day, changed = {}) {
  return {
    id,
    trip: "tour",
    chapter: "trip",
    kind: "visit",
    status: "happened",
    title: id,
    label: id,
    key: null,
    short_when: "2 Feb 1974",
    summary: "Ours",
    summit: false,
    start: (1500 + day) * DAY,
    end: (1501 + day) * DAY,
    anchor: (1500 + day) * DAY + DAY / 2,
    known: (1500 + day) * DAY,
    zone: "Asia/Tokyo",
    hour_text: "hour unknown",
    lat: 40,
    lon: 130,
    place_name: "Alpha",
    is_area: false,
    head_date: "",
    head_clock: "",
    fulfilled_by: [],
    replaced_by: null,
    claims: [],
    editions: [],
    ...changed,
  };
}

export function scene(events, changed = {}) {
  return { events, editions: [], disagreements: [], chapters: CHAPTERS, ...changed };
}

/** What `told` tells at a moment: `{clock, shown, superseded, trains}` choose what is played. */
export function momentOf(
  told,
  time,
  chosen = null,
  { clock = "happened", shown = null, superseded = false, trains = [], every = false } = {},
) {
  const axis = new TimeAxis(told.chapters);
  const record = clock === "news" ? new News(told, axis) : new Hindsight(told, axis);
  const selection = new Selection(record.entries, shown && new Set(shown), every, record.heads);
  const played = { axis, record, selection, superseded, trains: trains.map((itinerary) => new Train(itinerary)) };
  return new Moment(played, time, record.entry(chosen));
}
