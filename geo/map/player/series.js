/** Look-ups in ascending numbers. */

/**
 * Index of the last element that is ≤ `value`; -1 if there is none.
 * @param {number[]} values ascending
 * @param {number} value
 */
export function lastAtMost(values, value) {
  let low = 0;
  let high = values.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (values[middle] <= value) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

/**
 * Linear interpolation; held constant outside. Of two knots at one x the latter holds.
 * @param {[number, number][]} knots pairs [x, y] with ascending x
 * @param {number} x
 */
export function interpolate(knots, x) {
  const index = lastAtMost(
    knots.map((knot) => knot[0]),
    x,
  );
  if (index < 0) return knots[0][1];
  if (index === knots.length - 1) return knots[index][1];
  const [x0, y0] = knots[index];
  const [x1, y1] = knots[index + 1];
  return y0 + ((y1 - y0) * (x - x0)) / (x1 - x0);
}
