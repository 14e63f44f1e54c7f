import assert from "node:assert/strict";
import { test } from "node:test";

import { Train } from "../../geo/map/player/train.js";
import { ITINERARY } from "./given.mjs";

const train = new Train(ITINERARY);

test("between knots the train moves steadily, and waits before the first and after the last", () => {
  const found = [0, 5, 10, 15, 29].map((moment) => train.at(moment)).map(({ fromKm, km, toKm }) => [fromKm, km, toKm]);
  assert.deepEqual(
    [
      [0, 0, 0],
      [0, 0, 100],
      [0, 100, 200],
      [100, 200, 200],
      [200, 200, 200],
    ],
    found,
  );
});

test("two knots at one distance are a halt; of two at one time the later counts", () => {
  const steady = [
    [0, 0],
    [10, 100],
    [20, 100],
    [20, 150],
    [30, 200],
  ];
  const halting = new Train({ ...ITINERARY, steady });
  assert.deepEqual(
    [100, 100, 100, 150, 175],
    [10, 15, 19, 20, 25].map((moment) => halting.at(moment).km),
  );
});

test("at a step it may have gone only afterwards, and must have come at once", () => {
  const [left, came] = [
    [
      [10, 0],
      [10, 200],
    ],
    [
      [20, 0],
      [20, 200],
    ],
  ];
  const stepping = new Train({ ...ITINERARY, greatest: left, least: came });
  assert.deepEqual(
    [
      [0, 0],
      [0, 200],
      [0, 200],
      [200, 200],
    ],
    [10, 11, 19, 20].map((moment) => stepping.at(moment)).map(({ fromKm, toKm }) => [fromKm, toKm]),
  );
});

test("what it must have behind it is never more than at a steady pace, nor that more than it can have", () => {
  for (let moment = 0; moment < 30; moment += 1) {
    const { fromKm, km, toKm } = train.at(moment);
    assert.ok(fromKm <= km && km <= toKm);
  }
});

test("before the first departure and after the end of what is known there is no train", () => {
  assert.deepEqual(
    [null, null, 200],
    [-1, 31, 30].map((moment) => train.at(moment) && train.at(moment).fromKm),
  );
});

test("it is on one leg after the other, and after the last report on what was planned", () => {
  assert.deepEqual(
    [null, "there", "there", "on"],
    [-1, 0, 29, 30].map((moment) => train.legAt(moment)),
  );
});

test("a point at a distance lies on the line; before its start and after its end it is the end", () => {
  assert.deepEqual(
    [
      [40, 130],
      [40, 130],
      [40.5, 130],
      [41, 130],
      [41, 130.5],
      [41, 131],
      [41, 131],
    ],
    [-1, 0, 50, 100, 150, 200, 201].map((km) => train.pointAt(km)),
  );
});

test("a stretch has both its ends and the waypoints between; of no length it is a point twice", () => {
  assert.deepEqual(
    [
      [40.5, 130],
      [41, 130],
      [41, 130.5],
    ],
    train.line(50, 150),
  );
  assert.deepEqual(
    [
      [40.5, 130],
      [40.5, 130],
    ],
    train.line(50, 50),
  );
  assert.deepEqual(ITINERARY.lat_lon, train.line(0, 200));
});

test("a stretch lies between the stop behind it and the stop ahead; at a stop both are that stop", () => {
  const named = (fromKm, toKm) => train.between(fromKm, toKm).map((stop) => stop.name);
  assert.deepEqual(["A", "B"], named(50, 150));
  assert.deepEqual(["A", "A"], named(0, 0));
  assert.deepEqual(["B", "B"], named(200, 200));
});
