import assert from "node:assert/strict";
import { test } from "node:test";

import { actionOf } from "../../geo/map/player/keys.js";
import { signsOn } from "../../geo/map/player/legend.js";
import { eased, holdOf, isSkipped, lengthOf } from "../../geo/map/player/playback.js";
import { spread } from "../../geo/map/player/strip.js";
import { directionOf } from "../../geo/map/player/swipe.js";
import { isOfDeeds, ticks } from "../../geo/map/player/ticks.js";
import { DAY } from "./given.mjs";

test("page keys work anywhere, space outside controls, arrows on the slider alone", () => {
  const on = (key) => ["page", "slider", "control"].map((focus) => actionOf(key, focus));
  assert.deepEqual(["previous", "previous", "previous"], on("PageUp"));
  assert.deepEqual(["next", "next", "next"], on("PageDown"));
  assert.deepEqual(["toggle", "toggle", null], on(" "));
  assert.deepEqual([null, "back", null], on("ArrowLeft"));
  assert.deepEqual([null, "forward", null], on("ArrowUp"));
  assert.deepEqual([null, "start", null], on("Home"));
  assert.deepEqual([null, "end", null], on("End"));
  assert.deepEqual(["home", "home", null], on("0"));
  assert.deepEqual([null, null, null], on("a"));
});

test("the legend names each sign on screen once, and no other", () => {
  const plain = { status: "planned", summit: false, earlier: false, pending: false, ahead: false, keys: [] };
  const signs = { statuses: [], summit: false, earlier: false, numbered: false, pending: false };
  const nothing = { ...signs, vague: false, ahead: false, lines: [], band: false };
  assert.deepEqual(nothing, signsOn([], [], false));
  assert.deepEqual({ ...nothing, statuses: ["planned"] }, signsOn([plain, plain], [], false));
  assert.equal(true, signsOn([{ ...plain, summit: true }], [], false).summit);
  assert.equal(true, signsOn([{ ...plain, pending: true }], [], false).pending);
  assert.equal(true, signsOn([{ ...plain, earlier: true }], [], false).earlier);
  assert.equal(true, signsOn([{ ...plain, keys: [1] }], [], false).numbered);
  assert.deepEqual({ ...nothing, ahead: true }, signsOn([{ ...plain, ahead: true }], [], false));
  assert.equal(true, signsOn([], [], false, { ahead: true }).ahead);
  assert.equal(true, signsOn([], [], false, { vague: true }).vague);
  assert.deepEqual(["inferred", "stated"], signsOn([], ["stated", "inferred", "stated"], false).lines);
  assert.equal(true, signsOn([], [], true).band);
});

test("a swipe to the left goes on, to the right back; a tap, a short slip and a scroll go nowhere", () => {
  const to = (x, y) => directionOf({ x: 100, y: 100 }, { x: 100 + x, y: 100 + y });
  assert.deepEqual([1, -1, 0, 0, 0], [to(-60, 10), to(60, -10), to(0, 0), to(-40, 0), to(-60, 80)]);
});

test("a tick is the longer the more events its slice has, up to its row", () => {
  const [one] = ticks([30], 10);
  const [many] = ticks(Array(6).fill(30), 10);
  const [crowd] = ticks(Array(60).fill(30), 10);
  assert.ok(0 < one.length && one.length < many.length);
  assert.deepEqual([10, 10], [many.length, crowd.length]);
  assert.equal(2, ticks([30, 200], 10).length);
});

test("deeds stand above the line, words below", () => {
  const isDeed = (status, kind) => isOfDeeds({ status, kind });
  assert.deepEqual(
    [true, false, false, false],
    [
      isDeed("happened", "travel"),
      isDeed("happened", "statement"),
      isDeed("planned", "travel"),
      isDeed("claimed", "arms"),
    ],
  );
});

test("numbered buttons keep their order and their distance, near where they belong", () => {
  assert.deepEqual([10, 100], spread([10, 100], 26, 200));
  assert.deepEqual([37, 63], spread([50, 50], 26, 200));
  assert.deepEqual([0, 26, 52], spread([0, 1, 2], 26, 200));
  assert.deepEqual([148, 174, 200], spread([199, 199, 200], 26, 200));
  assert.deepEqual([], spread([], 26, 200));
});

test("a caption is held as long as it takes to read, and never less than four seconds", () => {
  assert.equal(4000, holdOf(3, 170));
  assert.ok(holdOf(40, 110) > holdOf(40, 170) && holdOf(40, 170) > holdOf(40, 260));
  assert.ok(holdOf(40, 170) > (40 / 170) * 60e3);
});

test("playing eases from moment to moment, and skips what is longer than a few days", () => {
  assert.deepEqual([0, 0.5, 1], [eased(0), eased(0.5), eased(1)]);
  assert.ok(eased(0.1) < 0.1 && eased(0.9) > 0.9);
  assert.deepEqual([false, true, true], [isSkipped(0, 2 * DAY), isSkipped(0, 90 * DAY), isSkipped(90 * DAY, 0)]);
});

test("a tour lasts as long as its captions and the ways between them", () => {
  const stops = [0, DAY, 300 * DAY].map((at) => ({ at, words: 30 }));
  const [one, two, three] = [1, 2, 3].map((count) => lengthOf(stops.slice(0, count), 170));
  assert.equal(holdOf(30, 170), one);
  assert.ok(two - one > three - two, "a way is longer than a skip");
  assert.equal(0, lengthOf([], 170));
});
