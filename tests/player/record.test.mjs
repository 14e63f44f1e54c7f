import assert from "node:assert/strict";
import { test } from "node:test";

import { TimeAxis } from "../../geo/map/player/axis.js";
import { Hindsight, News, isOpen, weightOf } from "../../geo/map/player/record.js";
import { CHAPTERS, DAY, event, scene } from "./given.mjs";

const axis = new TimeAxis(CHAPTERS);
const day = (number) => (1500 + number) * DAY;

test("on each clock the events are in its own order, and neither view changes the story", () => {
  const story = scene([event("first", 1, { known: day(4) }), event("second", 2, { known: day(3) })]);
  const before = structuredClone(story);
  const [hindsight, news] = [new Hindsight(story, axis), new News(story, axis)];
  assert.deepEqual(
    ["first", "second"],
    hindsight.entries.map(({ id }) => id),
  );
  assert.deepEqual(
    ["second", "first"],
    news.entries.map(({ id }) => id),
  );
  assert.deepEqual([day(1) + DAY / 2, day(4) + DAY / 2], [hindsight.entry("first").at, news.entry("first").at]);
  assert.deepEqual(before, story);
});

test("a plan lasts until what came of it begins, and one that nothing came of is open", () => {
  const open = { end: null, status: "planned" };
  const story = scene([
    event("kept", 1, { ...open, fulfilled_by: ["visit"] }),
    event("changed", 1, { ...open, replaced_by: "visit" }),
    event("hope", 1, open),
    event("visit", 3),
  ]);
  const record = new Hindsight(story, axis);
  assert.deepEqual(
    [day(3), day(3)],
    ["kept", "changed"].map((id) => record.until(record.entry(id).event)),
  );
  assert.deepEqual(
    [true, false],
    ["hope", "visit"].map((id) => isOpen(record.until(record.entry(id).event))),
  );
});

test("in the news a plan is open until an article tells what came of it", () => {
  const editions = [
    { from: day(1), claims: 0, noted: false, fulfilled_by: [] },
    { from: day(4), claims: 0, noted: true },
  ];
  const plan = event("plan", 1, { end: null, status: "planned", fulfilled_by: ["visit"], editions });
  const record = new News(scene([plan, event("visit", 3, { known: day(4) })]), axis);
  const until = (time) => record.until(record.told(record.entry("plan"), time));
  assert.deepEqual([true, day(3)], [isOpen(until(day(3) + 1)), until(day(4))]);
});

test("what was not borne out is drawn on request, and on the clock of the news", () => {
  const story = scene([event("forecast", 1, { status: "superseded" })]);
  const [hindsight, news] = [new Hindsight(story, axis), new News(story, axis)];
  const drawn = (record, superseded) => record.isDrawn(record.entry("forecast"), day(2), superseded);
  assert.deepEqual([false, true, true], [drawn(hindsight, false), drawn(hindsight, true), drawn(news, false)]);
  assert.equal(false, news.isDrawn(news.entry("forecast"), day(1) - 1));
});

test("news tells an event by the last edition, without what we wrote knowing more", () => {
  const claims = [
    { id: "a", note: "Ours", placing: "There" },
    { id: "b", note: "Ours", placing: "There" },
  ];
  const editions = [
    { from: day(1), claims: 1, status: "planned", summary: "", noted: false, placings: [null] },
    { from: day(3), claims: 2, noted: true },
  ];
  const record = new News(scene([event("visit", 2, { known: day(1), claims, editions })]), axis);
  const told = (time) => record.told(record.entry("visit"), time);
  assert.deepEqual(
    ["planned", "", [{ id: "a", note: "", placing: null }]],
    [told(day(2)).status, told(day(2)).summary, told(day(2)).claims],
  );
  assert.deepEqual(["happened", "Ours", claims], [told(day(3)).status, told(day(3)).summary, told(day(3)).claims]);
  assert.equal(told(day(1)), told(day(2)), "an edition tells an event once for all");
});

test("before the first edition there is none; each holds until the next", () => {
  const editions = [
    { from: day(1), title: "one" },
    { from: day(3), title: "two" },
  ];
  const record = new News(scene([], { editions }), axis);
  assert.deepEqual(
    [undefined, "one", "one", "two"],
    [day(1) - 1, day(1), day(3) - 1, day(5)].map((time) => record.edition(time)?.title),
  );
});

test("with hindsight a leg is drawn from its start, in the news while it was known and not given up", () => {
  const [hindsight, news] = [new Hindsight(scene([]), axis), new News(scene([]), axis)];
  const leg = { start: day(1), only_then: false, known: day(2), given_up: day(4) };
  const times = [day(1) - 1, day(1), day(2), day(4) - 1, day(4)];
  assert.deepEqual(
    [false, true, true, true, true],
    times.map((time) => hindsight.isLegDrawn(leg, time)),
  );
  assert.deepEqual(
    [false, false, true, true, false],
    times.map((time) => news.isLegDrawn(leg, time)),
  );
  assert.equal(false, hindsight.isLegDrawn({ ...leg, only_then: true }, day(4)));
  assert.equal(false, news.isLegDrawn({ ...leg, known: null }, day(3)));
  assert.equal(true, news.isLegDrawn({ ...leg, given_up: null }, day(9)));
});

test("a question shows the versions that were published, and which is drawn once all articles are", () => {
  const versions = [1, 2, 3].map((known) => ({ known: day(known), drawn: known === 1, why: "because" }));
  const editions = [{ from: day(1) }, { from: day(4) }];
  const story = scene([], { disagreements: [{ events: ["visit"], versions }], editions });
  const [hindsight, news] = [new Hindsight(story, axis), new News(story, axis)];
  assert.deepEqual([], news.disagreements("visit", day(1)), "one version is no disagreement");
  assert.deepEqual(
    [false, false],
    news.disagreements("visit", day(2))[0].versions.map(({ drawn }) => drawn),
  );
  assert.deepEqual(
    ["", ""],
    news.disagreements("visit", day(2))[0].versions.map(({ why }) => why),
  );
  assert.deepEqual(
    ["", "", ""],
    news.disagreements("visit", day(3))[0].versions.map(({ why }) => why),
  );
  assert.deepEqual(versions, news.disagreements("visit", day(4))[0].versions);
  assert.deepEqual(versions, hindsight.disagreements("visit")[0].versions);
  assert.deepEqual([], hindsight.disagreements("other"));
});

test("what happened outweighs what was planned, a trip its background, a summit a statement", () => {
  const heavy = weightOf(event("summit", 1, { kind: "summit" }));
  for (const lighter of [{ status: "planned" }, { trip: "background" }, { kind: "statement" }, { lat: null }]) {
    assert.ok(heavy > weightOf(event("other", 1, { kind: "summit", ...lighter })));
  }
});
