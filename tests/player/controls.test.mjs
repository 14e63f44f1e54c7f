import assert from "node:assert/strict";
import { test } from "node:test";

import { TimeAxis } from "../../geo/map/player/axis.js";
import { actionOf } from "../../geo/map/player/keys.js";
import { signsOn } from "../../geo/map/player/legend.js";
import { advanced } from "../../geo/map/player/playback.js";
import { ticks } from "../../geo/map/player/ticks.js";
import { CHAPTERS, DAY, event, momentOf, scene } from "./given.mjs";

const axis = new TimeAxis(CHAPTERS);

test("page keys work anywhere, space outside controls, arrows on the slider alone", () => {
  const on = (key) => ["page", "slider", "control"].map((focus) => actionOf(key, focus));
  assert.deepEqual(["previous", "previous", "previous"], on("PageUp"));
  assert.deepEqual(["next", "next", "next"], on("PageDown"));
  assert.deepEqual(["toggle", "toggle", null], on(" "));
  assert.deepEqual([null, "back", null], on("ArrowLeft"));
  assert.deepEqual([null, "forward", null], on("ArrowUp"));
  assert.deepEqual([null, "start", null], on("Home"));
  assert.deepEqual([null, "end", null], on("End"));
  assert.deepEqual([null, null, null], on("a"));
});

test("the legend names each sign on screen once, and no other", () => {
  const plain = { status: "planned", summit: false, pending: false, isArea: false };
  const nothing = { statuses: [], summit: false, pending: false, vague: false, lines: [], band: false };
  assert.deepEqual(nothing, signsOn([], [], false));
  assert.deepEqual({ ...nothing, statuses: ["planned"] }, signsOn([plain, plain], [], false));
  assert.equal(true, signsOn([{ ...plain, summit: true }], [], false).summit);
  assert.equal(true, signsOn([{ ...plain, pending: true }], [], false).pending);
  assert.equal(true, signsOn([{ ...plain, isArea: true }], [], false).vague);
  assert.deepEqual(["inferred", "stated"], signsOn([], ["stated", "inferred", "stated"], false).lines);
  assert.equal(true, signsOn([], [], true).band);
});

test("a bar is as high as its slice has events, what did not happen on top", () => {
  const planned = { status: "planned" };
  const story = scene([
    ...Array.from({ length: 8 }, (_, n) => event(`e${n}`, 1)),
    event("p", 1, planned),
    event("q", 3),
  ]);
  const { entries } = momentOf(story, 0).record;
  const [full, single] = ticks(axis, entries, 600, 27);
  assert.deepEqual([24, 3], [full.solid, full.hollow]);
  assert.deepEqual([3, 0], [single.solid, single.hollow]);
  assert.ok(full.x < single.x);
});

test("a few events make low bars, and the last one stays inside", () => {
  const { entries } = momentOf(scene([event("end", 99)]), 0).record;
  assert.deepEqual([{ x: 597, solid: 5, hollow: 0 }], ticks(axis, entries, 600, 30));
});

test("playing goes along the axis at a steady pace, and stops at its end", () => {
  const start = 1503 * DAY;
  const position = (elapsed, speed) => axis.position(advanced(axis, start, elapsed, speed)) - axis.position(start);
  assert.ok(Math.abs(position(90, 1) - 0.001) < 1e-9);
  assert.ok(Math.abs(position(90, 4) - 0.004) < 1e-9);
  assert.equal(axis.end, advanced(axis, axis.end - 1, 90, 1));
});

test("after a stall playing goes on without a jump, and never back", () => {
  assert.equal(advanced(axis, 1503 * DAY, 100, 1), advanced(axis, 1503 * DAY, 60e3, 1));
  assert.equal(1503 * DAY, advanced(axis, 1503 * DAY, 0, 1));
});
