import assert from "node:assert/strict";
import { beginnings } from "../../geo/map/player/calendar.js";
import { test } from "node:test";

import { absence } from "../../geo/map/player/card.js";
import { whereTrainIs } from "../../geo/map/player/controls.js";
import { readMoment } from "../../geo/map/player/date_box.js";
import { Dates } from "../../geo/map/player/dates.js";
import { fill } from "../../geo/map/player/dom.js";
import { DAY, HOUR, ITINERARY, event, momentOf, scene } from "./given.mjs";

const dates = new Dates("en");
const story = scene([event("visit", 1)]);
const NOON = 1501 * DAY + DAY / 2;

test("a moment is read as finely as its chapter is drawn", () => {
  const moment = Date.UTC(2023, 8, 13, 3, 5);
  assert.deepEqual({ date: "September 2023", time: "", offset: "" }, dates.read(moment, "UTC", 30 * DAY));
  assert.deepEqual({ date: "13 September 2023", time: "", offset: "" }, dates.read(moment, "UTC", DAY));
  const hourly = { date: "Wednesday, 13 September 2023", time: "13:05", offset: "UTC+10" };
  assert.deepEqual(hourly, { ...dates.read(moment, "Asia/Vladivostok", HOUR), date: "Wednesday, 13 September 2023" });
  assert.equal("UTC+5:30", dates.read(moment, "Asia/Kolkata", HOUR).offset);
  assert.equal("UTC-5", dates.read(moment, "America/Bogota", HOUR).offset);
});

test("on an event the head says what its card says, between events the playhead's moment", () => {
  const told = { head_date: "about 1950", hour_text: "06:00", head_clock: "Alpha · UTC+10" };
  const on = readMoment(momentOf(scene([event("visit", 1, told)]), NOON, "visit"), dates);
  assert.deepEqual(["about 1950", "06:00", "Alpha · UTC+10"], [on.date, on.time, on.clock]);
  assert.equal("13:00", readMoment(momentOf(story, NOON - 8 * HOUR, "visit"), dates).time);
});

test("French hours are written as Python writes them", () => {
  const hour = (moment) => new Dates("fr").read(moment, "UTC", HOUR).time;
  assert.equal("6\u00a0h", hour(Date.UTC(2023, 8, 13, 6)));
  assert.equal("12\u00a0h\u00a005", hour(Date.UTC(2023, 8, 13, 12, 5)));
  const range = new Dates("fr").inReadersZone(Date.UTC(2023, 8, 13, 6), Date.UTC(2023, 8, 13, 9, 30));
  assert.match(range, /\d\u00a0h.*\d\u00a0h\u00a030/u);
  assert.doesNotMatch(range, /:/u);
});

test("French writes the first of a month as 1er", () => {
  const day = (moment) => new Dates("fr").read(moment, "UTC", 24 * HOUR).date;
  assert.equal("1er octobre 2023", day(Date.UTC(2023, 9, 1)));
  assert.equal("11 octobre 2023", day(Date.UTC(2023, 9, 11)));
  assert.equal("1 October 2023", new Dates("en").read(Date.UTC(2023, 9, 1), "UTC", 24 * HOUR).date);
});

test("a length of time is told in the largest unit that fits twice", () => {
  const told = (code) => [2 * HOUR, 3 * 24 * HOUR, 277 * 24 * HOUR].map((time) => new Dates(code).duration(time));
  assert.deepEqual(["2 hours", "3 days", "9 months"], told("en"));
  assert.deepEqual(
    ["2 heures", "3 jours", "9 mois"],
    told("fr").map((text) => text.replaceAll("\u00a0", " ")),
  );
});

test("the days of a stretch begin at midnight, also where clocks change", () => {
  const start = Date.parse("2023-03-25T00:00:00+01:00");
  const days = beginnings(start, start + 70 * HOUR, "Europe/Paris", "day", 1);
  assert.deepEqual(
    ["2023-03-24T23:00:00.000Z", "2023-03-25T23:00:00.000Z", "2023-03-26T22:00:00.000Z"],
    days.map((day) => new Date(day).toISOString()),
  );
  assert.equal("Sun 26", new Dates("en").tick(days[1], "Europe/Paris", "day"));
  assert.equal("26", new Dates("en").tick(days[1], "Europe/Paris", "date"));
});

test("on a train it is the clock of the last stop", () => {
  const itinerary = { ...ITINERARY, from: 0, until: 9e12, stops: [{ km: 0, name: "A", zone: "Asia/Kolkata" }] };
  const now = momentOf(scene([]), NOON, null, { trains: [itinerary] });
  assert.equal("A · UTC+5:30", readMoment(now, dates).clock);
});

test("days of publication have no hour", () => {
  const { time, clock, spoken, date } = readMoment(momentOf(story, NOON, "visit", { clock: "news" }), dates);
  assert.deepEqual(["", "", date], [time, clock, spoken]);
});

test("the train is at a stop, between two, or no longer followed", () => {
  const words = {
    train_at: "{place}",
    train_between: "{from} {to}",
    train_steady: "{km} {origin}",
    train_unknown: "gone",
    train_set_aside: "aside: {train}",
  };
  const stretched = (pairs) => pairs.map(([time, km]) => [1500 * DAY + time * HOUR, km]);
  const { greatest, steady, least } = ITINERARY;
  const times = { from: 1500 * DAY, until: 1500 * DAY + 30 * HOUR };
  const knots = { greatest: stretched(greatest), steady: stretched(steady), least: stretched(least) };
  const where = (hour, trains = [{ ...ITINERARY, ...knots, ...times }]) =>
    whereTrainIs(momentOf(scene([]), 1500 * DAY + hour * HOUR, null, { trains }), words, dates);
  assert.deepEqual(
    ["at A", "A B", "A B 100 A", "at B", "at B", "gone"],
    [0, 5, 10, 25, 30, 31].map((hour) => where(hour)),
  );
  assert.equal("", where(5, []));
  const version = { ...ITINERARY, ...knots, ...times, version: "visit" };
  const noon = [1500 * DAY + 12 * HOUR, 1500 * DAY + 13 * HOUR];
  const chosen = (id, at) => momentOf(scene([event("visit", 0), event("other", 0)]), at, id, { trains: [version] });
  assert.equal("aside: A B 140 A", whereTrainIs(chosen("visit", noon[0]), words, dates));
  assert.equal("", whereTrainIs(chosen("visit", noon[1]), words, dates), "only on the event itself");
  assert.equal("", whereTrainIs(chosen("other", noon[0]), words, dates));
});

test("a card without an event says why", () => {
  assert.equal("no_event", absence(momentOf(story, 1500 * DAY)));
  assert.equal("unpublished", absence(momentOf(story, 1500 * DAY, null, { clock: "news" })));
  assert.equal("no_match", absence(momentOf(story, 1500 * DAY, null, { shown: [] })));
});

test("slots are filled once: a value that looks like a slot is not filled again, an unknown slot stays", () => {
  assert.equal("{b} and 2 {c}", fill("{a} and {b} {c}", { a: "{b}", b: "2" }));
});
