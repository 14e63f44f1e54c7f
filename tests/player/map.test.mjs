import assert from "node:assert/strict";
import { test } from "node:test";

import { basemapFeatures } from "../../geo/map/player/basemap.js";
import { edgePoint, insetsOf, isFree, leastHiding, moved, placesBy, square } from "../../geo/map/player/boxes.js";
import { bearingTo } from "../../geo/map/player/edge.js";
import { strength } from "../../geo/map/player/route.js";
import { wrapped } from "../../geo/map/player/text.js";
import { DAY, momentOf, scene } from "./given.mjs";

const SIZE = { x: 800, y: 600 };
const NONE = { top: 0, right: 0, bottom: 0, left: 0 };

test("a panel over the map takes the side where it costs least, once", () => {
  const card = { left: 500, top: 10, width: 290, height: 400 };
  const date = { left: 0, top: 0, width: 600, height: 90 };
  assert.deepEqual({ ...NONE, right: 300 }, insetsOf([card], SIZE));
  assert.deepEqual({ ...NONE, right: 300 }, insetsOf([{ ...card, height: 60 }], SIZE), "however high it is");
  assert.deepEqual({ ...NONE, right: 300, top: 90 }, insetsOf([date, card], SIZE));
  const within = { left: 600, top: 20, width: 50, height: 50 };
  assert.deepEqual({ ...NONE, right: 300 }, insetsOf([within, card], SIZE));
  assert.deepEqual({ ...NONE, bottom: 200 }, insetsOf([{ left: 0, top: 400, width: 800, height: 200 }], SIZE));
});

test("a place is free within the map and beside what is taken", () => {
  const box = { left: 10, top: 10, width: 50, height: 20 };
  assert.equal(true, isFree(box, [square({ x: 70, y: 20 }, 10)], SIZE));
  assert.equal(false, isFree(box, [square({ x: 69, y: 20 }, 10)], SIZE));
  assert.equal(false, isFree({ ...box, left: 0 }, [], SIZE));
});

test("a flag stands where it hides least, first at the right of its mark, and always within the map", () => {
  const extent = { width: 100, height: 40 };
  const at = (point, obstacles = []) => leastHiding(placesBy(point, extent, 10), obstacles, SIZE);
  const middle = { x: 400, y: 300 };
  assert.deepEqual({ left: 410, top: 280, ...extent }, at(middle));
  const right = { box: { left: 410, top: 0, width: 300, height: 600 }, weight: 1 };
  assert.deepEqual({ left: 290, top: 280, ...extent }, at(middle, [right]));
  const own = { box: square({ x: 790, y: 300 }, 10), weight: 50 };
  const besideEdge = at({ x: 790, y: 300 }, [own]);
  assert.deepEqual([680, 280], [besideEdge.left, besideEdge.top]);
  const { left, top } = at({ x: 0, y: 0 });
  assert.ok(left >= 0 && top >= 0);
});

test("what is moved into the free part stays clear of its sides", () => {
  const box = { left: 790, top: -20, width: 60, height: 20 };
  assert.deepEqual({ ...box, left: 536, top: 4 }, moved(box, { ...NONE, right: 200 }, SIZE));
});

test("the way to a far place leaves the free part of the map at its edge", () => {
  assert.deepEqual([400, 0], Object.values(edgePoint(0, NONE, SIZE)).map(Math.round));
  assert.deepEqual([800, 300], Object.values(edgePoint(90, NONE, SIZE)).map(Math.round));
  assert.deepEqual([300, 600], Object.values(edgePoint(180, { ...NONE, right: 200 }, SIZE)).map(Math.round));
});

test("the shortest way from Pyongyang to Washington sets out to the north, to Moscow to the north-west", () => {
  const pyongyang = { lat: 39, lng: 125.75 };
  assert.equal(18, Math.round(bearingTo(pyongyang, { lat: 38.9, lng: -77 })));
  assert.equal(318, Math.round(bearingTo(pyongyang, { lat: 55.75, lng: 37.6 })));
  assert.equal(90, Math.round(bearingTo({ lat: 0, lng: 0 }, { lat: 0, lng: 10 })));
});

test("the way to come is drawn on the clock of what happened, not on that of the news, nor in another trip", () => {
  const told = scene([]);
  const leg = { trip: "tour", start: 1503 * DAY, only_then: false, known: 1504 * DAY, given_up: null };
  const at = (changed, day, clock) => strength({ ...leg, ...changed }, momentOf(told, day * DAY, null, { clock }));
  assert.ok(0 < at({}, 1502) && at({}, 1502) < at({}, 1504));
  assert.equal(0, at({}, 1503.5, "news"));
  assert.ok(at({}, 1504.5, "news") > 0);
  assert.equal(0, at({ trip: "other" }, 1504));
  assert.equal(0, at({ only_then: true }, 1502));
  assert.ok(at({}, 500) > 0, "before the trips the first one is shown");
  assert.ok(at({}, 1550) > 0, "after them the last one");
});

test("text is broken between words, a long word within, and what is left over ends in an ellipsis", () => {
  const lines = (text, width, most = 9) => wrapped(text, width, most, ({ length }) => length);
  assert.deepEqual(["Kim and ", "Putin ", "meet"], lines("Kim and Putin meet", 8));
  assert.deepEqual(["Vosto", "chny"], lines("Vostochny", 5));
  assert.deepEqual(["Kim and ", "Puti…"], lines("Kim and Putin meet", 8, 2));
});

test("the coast is the land's edge, without the edges along which the basemap was cut", () => {
  const ring = [10500, 4000, 100, 0, 0, 100, -100, 0, 0, -100];
  const land = { layer: "land", steps: 100, polygons: [[ring]], cuts: [{ lon: 105 }] };
  const coast = basemapFeatures([land]).find(({ properties }) => properties.layer === "coast");
  assert.deepEqual(
    [
      [
        [105, 40],
        [106, 40],
        [106, 41],
        [105, 41],
      ],
    ],
    coast.geometry.coordinates,
  );
});
