import assert from "node:assert/strict";
import { test } from "node:test";

import { NOTCHES, TimeAxis } from "../../geo/map/player/axis.js";
import { CHAPTERS, DAY, HOUR } from "./given.mjs";

const axis = new TimeAxis(CHAPTERS);

test("from a moment to its position and back leads to the same moment, to a millisecond", () => {
  for (const { start, end } of CHAPTERS) {
    for (let part = 0; part <= 40; part += 1) {
      const moment = start + (part * (end - start)) / 40;
      // The two edges of a gap are one position: the later chapter's start.
      const expected = moment === 1000 * DAY ? 1500 * DAY : moment;
      assert.ok(Math.abs(expected - axis.moment(axis.position(moment))) <= 1);
    }
  }
});

test("each chapter begins where the shares before it end, and the axis runs from 0 to 1", () => {
  const found = [0, 1500, 1507, 1600].map((day) => axis.position(day * DAY).toFixed(9));
  assert.deepEqual(["0.000000000", "0.200000000", "0.700000000", "1.000000000"], found);
});

test("positions never go back, in gaps and beyond the ends too", () => {
  const found = Array.from({ length: 560 }, (_, step) => axis.position((step * 3 - 10) * DAY));
  assert.deepEqual(
    [...found].sort((a, b) => a - b),
    found,
  );
  assert.deepEqual([0, 1], [found[0], found.at(-1)]);
});

test("the slider's notches run from the axis's start to its end", () => {
  assert.deepEqual([0, NOTCHES], [axis.notch(-DAY), axis.notch(9999 * DAY)]);
});

test("a moment in a gap goes to the end of the chapter before it, one outside to the nearest end", () => {
  const found = [-1, 1200 * DAY, 1503 * DAY, 9999 * DAY].map((moment) => axis.clamp(moment));
  assert.deepEqual([0, 1000 * DAY, 1503 * DAY, 1600 * DAY], found);
});

test("an arrow key moves by a month among years, an hour on a trip, a day among weeks, there and back", () => {
  for (const [day, step] of [
    [500, 30.4375 * DAY],
    [1503, HOUR],
    [1550, DAY],
  ]) {
    const moment = day * DAY;
    assert.deepEqual([step, step], [axis.stepped(moment, 1) - moment, moment - axis.stepped(moment, -1)]);
  }
});

test("a step crosses a gap there and back, and stays at the axis's ends", () => {
  assert.equal(1500 * DAY, axis.stepped(1000 * DAY, 1));
  assert.equal(1000 * DAY, axis.stepped(1500 * DAY, -1));
  assert.equal(1600 * DAY, axis.stepped(1600 * DAY, 1));
  assert.equal(0, axis.stepped(0, -1));
});

for (const direction of [1, -1]) {
  test(`arrow keys alone reach the other end, direction ${direction}`, () => {
    let moment = direction > 0 ? axis.start : axis.end;
    for (let step = 0; step < 5000; step += 1) moment = axis.stepped(moment, direction);
    assert.equal(direction > 0 ? 1600 * DAY : 0, moment);
  });
}
