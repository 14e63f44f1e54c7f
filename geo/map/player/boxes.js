/** Room on the map: boxes that are taken, and where something else finds a place beside them. */

/**
 * @typedef {{left: number, top: number, width: number, height: number}} Box pixels from the map's upper left corner
 * @typedef {{x: number, y: number}} Point pixels
 * @typedef {{top: number, right: number, bottom: number, left: number}} Insets pixels of each side
 * @typedef {{box: Box, weight: number}} Obstacle how much it matters that a pixel of it stays free
 */

/**
 * The square around a point.
 * @param {Point} point
 * @param {number} reach pixels to each side
 * @returns {Box}
 */
export function square({ x, y }, reach) {
  return { left: x - reach, top: y - reach, width: 2 * reach, height: 2 * reach };
}

/**
 * The area that two boxes share, square pixels.
 * @param {Box} a
 * @param {Box} b
 */
export function shared(a, b) {
  const width = Math.min(a.left + a.width, b.left + b.width) - Math.max(a.left, b.left);
  const height = Math.min(a.top + a.height, b.top + b.height) - Math.max(a.top, b.top);
  return width > 0 && height > 0 ? width * height : 0;
}

/**
 * Whether a box is inside the map and shares nothing with what is taken.
 * @param {Box} box
 * @param {Box[]} taken
 * @param {Point} size of the map
 */
export function isFree(box, taken, size) {
  const inside = box.left > 2 && box.top > 2 && box.left + box.width < size.x - 2 && box.top + box.height < size.y - 2;
  return inside && !taken.some((other) => shared(box, other) > 0);
}

/**
 * Where something may stand by a point: right of it, left, above, below, then at the corners.
 * @param {Point} point
 * @param {{width: number, height: number}} extent of what is to stand there
 * @param {number} clearance pixels from the point
 * @returns {Box[]}
 */
export function placesBy({ x, y }, { width, height }, clearance) {
  const [right, left, middle] = [x + clearance, x - clearance - width, x - width / 2];
  const [above, below, level] = [y - clearance - height, y + clearance, y - height / 2];
  const spots = [
    [right, level],
    [left, level],
    [middle, above],
    [middle, below],
    [right, above],
    [right, below],
    [left, above],
    [left, below],
  ];
  return spots.map(([at, top]) => ({ left: at, top, width, height }));
}

/**
 * The place, moved into the map, that hides least; of equals the first.
 * @param {Box[]} places
 * @param {Obstacle[]} obstacles
 * @param {Point} size of the map
 * @returns {Box}
 */
export function leastHiding(places, obstacles, size) {
  let found = places[0];
  let least = Infinity;
  for (const place of places) {
    const inside = moved(place, { top: 0, right: 0, bottom: 0, left: 0 }, size);
    const hidden = obstacles.reduce((sum, { box, weight }) => sum + weight * shared(inside, box), 0);
    if (hidden < least) [found, least] = [inside, hidden];
  }
  return found;
}

/**
 * A box moved just as far as it must be to lie within the free part of the map.
 * @param {Box} box
 * @param {Insets} insets
 * @param {Point} size of the map
 * @returns {Box}
 */
export function moved(box, insets, size) {
  /** @param {number} at @param {number} least @param {number} most */
  const clamp = (at, least, most) => Math.max(least, Math.min(at, most));
  return {
    ...box,
    left: clamp(box.left, insets.left + 4, size.x - insets.right - box.width - 4),
    top: clamp(box.top, insets.top + 4, size.y - insets.bottom - box.height - 4),
  };
}

// A panel wider than this part of the map lies along its top or bottom, a narrower one along a side: whatever is in it
// and however high that makes it, the map stays where it is.
const LYING = 0.6;

/**
 * How much of each side what lies over the map takes: each box is left out at the side where that costs least.
 * @param {Box[]} over
 * @param {Point} size of the map
 * @returns {Insets}
 */
export function insetsOf(over, size) {
  const insets = { top: 0, right: 0, bottom: 0, left: 0 };
  for (const box of [...over].sort((one, other) => other.width * other.height - one.width * one.height)) {
    const width = size.x - insets.left - insets.right;
    const height = size.y - insets.top - insets.bottom;
    if (!shared(box, { left: insets.left, top: insets.top, width, height })) continue;
    const sides = /** @type {[keyof Insets, number, number][]} */ (
      box.width > LYING * size.x
        ? [
            ["top", box.top + box.height, height],
            ["bottom", size.y - box.top, height],
          ]
        : [
            ["left", box.left + box.width, width],
            ["right", size.x - box.left, width],
          ]
    );
    const costs = sides.map(([side, inset, whole]) => ({ side, inset, cost: (inset - insets[side]) / whole }));
    const least = costs.reduce((one, other) => (other.cost < one.cost ? other : one));
    insets[least.side] = least.inset;
  }
  return insets;
}

/**
 * Where the ray from the middle of the free part in a direction leaves it.
 * @param {number} bearing degrees clockwise from the top
 * @param {Insets} insets
 * @param {Point} size of the map
 * @returns {Point}
 */
export function edgePoint(bearing, insets, size) {
  const half = { x: (size.x - insets.left - insets.right) / 2, y: (size.y - insets.top - insets.bottom) / 2 };
  const turn = (bearing * Math.PI) / 180;
  const way = { x: Math.sin(turn), y: -Math.cos(turn) };
  const reach = Math.min(half.x / Math.abs(way.x || 1e-9), half.y / Math.abs(way.y || 1e-9));
  return { x: insets.left + half.x + reach * way.x, y: insets.top + half.y + reach * way.y };
}
