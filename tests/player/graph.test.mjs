import assert from "node:assert/strict";
import { test } from "node:test";

import { Dates } from "../../geo/map/player/dates.js";
import { destination, following, sourcesOf } from "../../geo/map/player/graph.js";
import { clusters, named, otherwise, rowsOf, shapes, ticks } from "../../geo/map/player/graph_layout.js";
import { DAY, HOUR, ITINERARY, event } from "./given.mjs";

const iso = (times) => times.map((time) => new Date(time).toISOString().slice(0, 16));

test("days begin at midnight on the chapter's clock, an hour early or late where the clocks change", () => {
  const start = Date.UTC(2024, 9, 25, 22);
  const found = ticks(start, start + 3 * DAY, "Europe/Paris", 1000);
  assert.equal("day", found.unit);
  assert.deepEqual(["2024-10-25T22:00", "2024-10-26T22:00", "2024-10-27T23:00"], iso(found.times));
});

test("a day that begins before the chapter has no tick, one that begins at its end neither", () => {
  const start = Date.UTC(2023, 8, 10, 6);
  const end = Date.UTC(2023, 8, 13);
  assert.deepEqual(["2023-09-11T00:00", "2023-09-12T00:00"], iso(ticks(start, end, "UTC", 1000).times));
});

test("labels have room: the fewer pixels, the more days, months or years from one to the next", () => {
  const [start, week] = [Date.UTC(2023, 8, 10), 7 * DAY];
  assert.deepEqual(
    [1, 2, 5],
    [400, 200, 80].map((width) => ticks(start, start + week, "UTC", width).step),
  );
  const months = ticks(Date.UTC(2023, 8, 15), Date.UTC(2024, 5, 17), "UTC", 300);
  assert.deepEqual(["month", 3], [months.unit, months.step]);
  assert.deepEqual(["2023-10-01T00:00", "2024-01-01T00:00", "2024-04-01T00:00"], iso(months.times));
  const years = ticks(Date.UTC(1945, 0), Date.UTC(2023, 8, 9), "UTC", 360);
  assert.deepEqual(["year", 20], [years.unit, years.step]);
  assert.deepEqual(
    ["1960", "1980", "2000", "2020"],
    years.times.map((time) => new Date(time).toISOString().slice(0, 4)),
  );
});

test("an axis of ages has few ticks, too", () => {
  const found = ticks(Date.UTC(-40000, 0), Date.UTC(2000, 0), "UTC", 300);
  assert.ok(found.times.length < 50);
});

test("a tick is as short as an axis needs it", () => {
  const moment = Date.UTC(2023, 8, 10, 18);
  const told = (language, unit) => new Dates(language).tick(moment, "Asia/Tokyo", unit);
  assert.deepEqual(
    ["Mon 11", "Sept 2023", "2023"],
    ["day", "month", "year"].map((unit) => told("en", unit)),
  );
  assert.equal("lun. 11", told("fr", "day"));
});

const TRAIN = {
  ...ITINERARY,
  greatest: [
    [0, 0],
    [10, 100],
    [30, 100],
    [40, 200],
  ],
  steady: [
    [5, 0],
    [15, 100],
    [35, 100],
    [45, 200],
  ],
  least: [
    [10, 0],
    [20, 100],
    [40, 100],
    [50, 200],
  ],
};

test("a leg is an area between what the train can have behind it and what it must have", () => {
  const [first, second] = shapes(TRAIN);
  assert.deepEqual(["there", "on"], [first.leg, second.leg]);
  assert.deepEqual(
    [
      [0, 0],
      [10, 100],
      [20, 100],
      [10, 0],
    ],
    first.area,
  );
  assert.deepEqual(
    [
      [35, 100],
      [45, 200],
    ],
    second.steady,
  );
});

test("of a version only what it has otherwise is drawn", () => {
  const version = { ...TRAIN, greatest: [[3, 0], ...TRAIN.greatest.slice(1)] };
  assert.deepEqual(
    ["there"],
    otherwise(version, TRAIN).map(({ leg }) => leg),
  );
  assert.deepEqual([], otherwise(TRAIN, TRAIN));
});

test("places come in the order of their first events; what has no place is in no row", () => {
  const events = [
    event("a", 0, { place_name: "Beta" }),
    event("b", 1, { place_name: "Alpha" }),
    event("c", 2, { place_name: null }),
    event("d", 3, { place_name: "Beta" }),
  ];
  const { rows, rest } = rowsOf(events, 12);
  assert.deepEqual(
    [
      ["Beta", 2],
      ["Alpha", 1],
    ],
    rows.map(({ name, events: own }) => [name, own.length]),
  );
  assert.deepEqual([], rest);
});

test("of too many places those with the most events stay, in their order", () => {
  const places = ["Alpha", "Beta", "Gamma", "Beta", "Gamma"];
  const events = places.map((place, day) => event(`${day}`, day, { place_name: place }));
  const { rows, rest } = rowsOf(events, 2);
  assert.deepEqual(
    ["Beta", "Gamma"],
    rows.map(({ name }) => name),
  );
  assert.deepEqual(
    ["Alpha"],
    rest.map(({ name }) => name),
  );
});

test("dots nearer than a finger's width in one row are one, and no two are nearer", () => {
  const dot = (id, x, y) => ({ event: event(id, 0), x, y });
  const found = clusters(
    [dot("late", 40, 0), dot("a", 0, 0), dot("b", 23, 0), dot("c", 24, 0), dot("other", 5, 9)],
    24,
  );
  assert.deepEqual(
    [
      [0, ["a", "b"]],
      [5, ["other"]],
      [24, ["c", "late"]],
    ],
    found.map(({ x, events }) => [x, events.map(({ id }) => id)]),
  );
});

test("names stand where they have room, those of both ends always", () => {
  assert.deepEqual([true, false, true, false, true], named([0, 10, 40, 85, 100], 32));
  assert.deepEqual([true, true], named([0, 10], 32));
  assert.deepEqual([true, true, true], named([100, 50, 0], 32));
});

test("a click on a dot of several events leads through them", () => {
  const cluster = { x: 0, y: 0, events: [event("a", 0), event("b", 0)] };
  assert.deepEqual(
    ["a", "b", "a", "a"],
    [null, "a", "b", "elsewhere"].map((chosen) => following(cluster, chosen)),
  );
});

test("arrow keys lead from dot to dot and stay inside; other keys lead nowhere", () => {
  const lead = (key, index) => destination(key, index, 3);
  assert.deepEqual([1, 3, 1, 3], [lead("ArrowRight", 0), lead("ArrowRight", 3), lead("ArrowDown", 0), lead("End", 0)]);
  assert.deepEqual([0, 0, 1, 0], [lead("ArrowLeft", 1), lead("ArrowLeft", 0), lead("ArrowUp", 2), lead("Home", 3)]);
  assert.equal(null, lead("a", 1));
});

test("a source is named once, with its paragraphs", () => {
  const claim = (outlet, paragraph) => ({ outlet, paragraph_text: paragraph });
  const claims = [
    claim("A", "paragraph 1"),
    claim("B", "paragraph 2"),
    claim("A", "paragraph 3"),
    claim("A", "paragraph 1"),
  ];
  assert.equal("A, paragraph 1, paragraph 3 · B, paragraph 2", sourcesOf({ claims }));
  const many = ["A", "B", "C", "D", "E"].map((outlet) => claim(outlet, "1"));
  assert.equal("A, 1 · B, 1 · C, 1 · D, 1 · …", sourcesOf({ claims: many }));
});

test("hours of a short chapter are days", () => {
  assert.equal("day", ticks(0, 5 * HOUR, "UTC", 500).unit);
});
