import assert from "node:assert/strict";
import { test } from "node:test";

import { clicked, gathered, marksAt, nearest, numbersText } from "../../geo/map/player/marks.js";
import { DAY, event, momentOf, scene } from "./given.mjs";

const LATE = 1506 * DAY;
const only = (story, ...moment) => {
  const marks = marksAt(momentOf(story, ...moment));
  assert.equal(1, marks.length);
  return marks[0];
};

test("a place bears the sign of the latest event that happened, before a later plan", () => {
  const story = scene([event("old", 1), event("visit", 2), event("plan", 3, { status: "planned" })]);
  assert.equal("visit", only(story, LATE).id);
  assert.equal("old", only(story, 1501.5 * DAY).id);
  assert.deepEqual([], marksAt(momentOf(story, 1500.5 * DAY)));
});

test("it bears an event of this chapter's trip before one that came later, and the chosen one before all", () => {
  const story = scene([event("trip", 1), event("war", 2, { trip: "background" })]);
  assert.equal("trip", only(story, LATE).id);
  assert.deepEqual(
    ["war", true, false],
    ["id", "chosen", "faint"].map((name) => only(story, LATE, "war")[name]),
  );
});

test("what is of another trip is faint", () => {
  assert.equal(true, only(scene([event("war", 1, { trip: "background" })]), LATE).faint);
  assert.equal(false, only(scene([event("visit", 1)]), LATE).faint);
});

test("a plan that is still open is a ring around what happened, and is no ring of its own", () => {
  const plan = { status: "planned", end: null };
  assert.equal(true, only(scene([event("visit", 1), event("plan", 2, plan)]), LATE).pending);
  assert.equal(false, only(scene([event("visit", 1), event("plan", 2, { status: "planned" })]), LATE).pending);
  assert.equal(false, only(scene([event("plan", 2, plan)]), LATE).pending);
});

test("the place of a trip's summit stays one, in every chapter once it has happened", () => {
  const summit = event("summit", 1, { summit: true });
  const story = scene([summit, event("gift", 3)]);
  assert.equal(true, only(story, LATE).summit);
  assert.equal(true, only(story, 1550 * DAY).summit);
  assert.equal(true, only(scene([event("summit", 1, { summit: true, trip: "other" })]), LATE).summit);
  assert.equal(false, only(scene([{ ...summit, key: 1 }]), 1500.5 * DAY).summit);
});

test("a meeting before the trips is a smaller ring with its year, at the place of the meeting", () => {
  const mark = only(scene([event("before", 1, { summit: true, trip: "background", start: 1500 * DAY - 1 })]), LATE);
  assert.deepEqual([false, true, ["◎ 1974"]], [mark.summit, mark.earlier, mark.notes]);
});

test("a region or a country has no mark, chosen or not", () => {
  const story = scene([event("visit", 1, { is_area: true })]);
  assert.deepEqual([], marksAt(momentOf(story, LATE)));
  assert.deepEqual([], marksAt(momentOf(story, LATE, "visit")));
});

test("a key moment still to come is an outline with its number and day, on the clock of what happened alone", () => {
  const story = scene([event("old", 1), event("key", 4, { key: 2 })]);
  const early = only(story, 1502 * DAY);
  assert.deepEqual([true, [2], ["2 Feb"]], [early.ahead, early.keys, early.notes]);
  const late = only(story, LATE);
  assert.deepEqual([false, [2]], [late.ahead, late.keys]);
  const then = only(story, 1502 * DAY, null, { clock: "news" });
  assert.deepEqual([false, [], []], [then.ahead, then.keys, then.notes]);
  assert.deepEqual([], only(scene([event("old", 1), event("key", 4, { key: 2, trip: "other" })]), 1502 * DAY).keys);
});

test("while another event is chosen at the place, its mark has no number that is still to come", () => {
  const story = scene([event("old", 1), event("key", 4, { key: 2 })]);
  assert.deepEqual([], only(story, 1502 * DAY, "old").keys);
});

test("a key moment's place bears its sign rather than that of what came later", () => {
  assert.equal("key", only(scene([event("key", 1, { key: 1 }), event("gift", 2)]), LATE).id);
});

test("numbers side by side are joined, three and more in a row as a span", () => {
  assert.deepEqual(["", "2", "3·4", "3–5", "1·6"], [[], [2], [4, 3], [3, 4, 5], [6, 1, 6]].map(numbersText));
});

test("of numbered marks that would hide one another the upper bears all, what is to come apart from what was", () => {
  const mark = (x, keys, ahead = false) => ({ spot: { x, y: 0 }, keys, ahead, notes: ["day"] });
  const keys = (...marks) => gathered(marks, (spot) => spot).map((found) => found.keys);
  assert.deepEqual([[], [2, 1]], keys(mark(0, [1]), mark(9, [2])));
  assert.deepEqual([[1], [2]], keys(mark(0, [1]), mark(30, [2])));
  assert.deepEqual([[1], [2]], keys(mark(0, [1]), mark(9, [2], true)));
});

test("summits lie above others, and the chosen mark above all, even where the filters leave it out", () => {
  const story = scene([
    event("chosen", 1),
    event("summit", 2, { summit: true, lat: 41 }),
    event("visit", 3, { lat: 42 }),
  ]);
  const ids = (...moment) => marksAt(momentOf(story, LATE, ...moment)).map(({ id }) => id);
  assert.deepEqual(["visit", "summit", "chosen"], ids("chosen"));
  assert.deepEqual(["visit", "chosen"], ids("chosen", { shown: ["visit"] }));
});

test("on the clock of the news a mark bears what was known", () => {
  const editions = [{ from: 1501 * DAY, claims: 0, status: "planned" }];
  assert.equal("planned", only(scene([event("visit", 1, { editions })]), LATE, null, { clock: "news" }).status);
});

test("a finger hits the nearest mark within its width, of two alike the upper one, or none", () => {
  const marks = [0, 10, 10, 100].map((x, id) => ({ id, spot: { x, y: 0 } }));
  const hit = (x) => nearest(marks, { x, y: 0 }, (spot) => spot)?.id;
  assert.deepEqual([0, 2, 2, undefined, 3], [hit(4), hit(6), hit(28), hit(60), hit(82)]);
});

test("a click chooses the mark's event; on the chosen one's spot it goes round all that is there", () => {
  const story = scene([event("one", 1), event("two", 2), event("three", 3)]);
  const click = (chosen) => clicked(only(story, LATE, chosen), momentOf(story, LATE, chosen));
  assert.deepEqual(["three", "two", "one", "three"], [click(null), click("three"), click("two"), click("one")]);
  const alone = scene([event("one", 1)]);
  assert.equal("one", clicked(only(alone, LATE, "one"), momentOf(alone, LATE, "one")));
});
