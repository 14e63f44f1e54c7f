import assert from "node:assert/strict";
import { test } from "node:test";

import { DAY, event, momentOf, scene } from "./given.mjs";

const story = scene([
  event("one", 1),
  event("two", 2),
  event("twin", 2, { lat: 41 }),
  event("nowhere", 3, { lat: null, lon: null }),
]);
const ids = (entries) => entries.map(({ id }) => id);

test("next and previous pass the events that take part, from one that does not, too", () => {
  const { selection, record } = momentOf(story, 0, null, { shown: ["one", "nowhere"] });
  const two = record.entry("two");
  assert.deepEqual(["nowhere", "one"], [selection.after(two).id, selection.before(two).id]);
  assert.deepEqual(["one", null], [selection.after(null).id, selection.before(null)]);
  assert.deepEqual([null, null], [selection.after(record.entry("nowhere")), selection.before(record.entry("one"))]);
});

test("one goes from key moment to key moment, or through all events; where none is key, through all", () => {
  const told = scene([event("one", 1, { key: 1 }), event("two", 2), event("three", 3, { key: 2 })]);
  const path = (changed) => ids(momentOf(told, 0, null, changed).selection.path);
  assert.deepEqual(["one", "three"], path({}));
  assert.deepEqual(["one", "two", "three"], path({ every: true }));
  assert.deepEqual(["two"], path({ shown: ["two"] }));
  const { selection, record } = momentOf(told, 0);
  assert.deepEqual(
    ["three", "one"],
    [selection.after(record.entry("two")).id, selection.before(record.entry("two")).id],
  );
});

test("on the clock of the news the weightiest event of each day is on the path, beside the key moments", () => {
  const known = 1504 * DAY;
  const told = scene(
    [
      event("war", 1, { known, trip: "background" }),
      event("departure", 2, { known, kind: "travel" }),
      event("key", 3, { known: known + DAY, key: 1, status: "planned" }),
      event("visit", 3, { known: known + DAY }),
    ],
    { editions: [{ from: known }, { from: known + DAY }] },
  );
  assert.deepEqual(["departure", "key", "visit"], ids(momentOf(told, known, null, { clock: "news" }).selection.path));
  assert.deepEqual(["key"], ids(momentOf(told, known).selection.path));
});

test("the latest events are those of the last notch that has any", () => {
  const { selection, record } = momentOf(story, 0);
  const notch = record.entry("two").notch;
  assert.deepEqual(["two", "twin"], ids(selection.latest(notch + 1)));
  assert.deepEqual(["one"], ids(selection.latest(notch - 1)));
  assert.deepEqual([], selection.latest(-1));
});

test("events at one point share a spot; what has no place has none", () => {
  const { selection } = momentOf(story, 0);
  assert.deepEqual(
    [["one", "two"], ["twin"]],
    selection.spots.map(({ entries }) => ids(entries)),
  );
  assert.equal(null, selection.spotAt(null, null));
});

test("the card lists what shares the notch, and what else has begun at the place, each once", () => {
  const beside = scene([...story.events, event("same", 2)]);
  const both = momentOf(beside, 1503 * DAY, "two");
  assert.deepEqual([["twin", "same"], ["one"]], [ids(both.sameTime()), ids(both.alsoHere())]);
  assert.deepEqual(["one", "twin"], ids(both.named(["one", "gone", null, "twin"])));
  const now = momentOf(story, 1503 * DAY, "two");
  assert.deepEqual(["twin"], ids(now.sameTime()));
  assert.deepEqual(["one"], ids(now.alsoHere()));
  assert.deepEqual([[], []], [momentOf(story, 1503 * DAY).sameTime(), momentOf(story, 1503 * DAY).alsoHere()]);
});

test("in the news a card lists what was told on the day, by the titles and at the places known then", () => {
  const known = 1504 * DAY;
  const hidden = [{ from: known, claims: 0, noted: false, title: "then", lat: null, lon: null }];
  const told = scene([
    event("chosen", 1, { known }),
    event("same day", 2, { known }),
    event("day before", 3, { known: known - DAY }),
    event("placed later", 2, { known: known - DAY, editions: hidden }),
  ]);
  const now = momentOf(told, known + DAY / 2, "chosen", { clock: "news" });
  assert.deepEqual([["same day"], ["day before"]], [ids(now.sameTime()), ids(now.alsoHere())]);
  assert.deepEqual(
    ["then"],
    now.named(["placed later"]).map(({ title }) => title),
  );
  assert.deepEqual([], momentOf(told, known + DAY / 2, "placed later", { clock: "news" }).alsoHere());
});
