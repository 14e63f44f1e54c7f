/** A swipe across the caption, on a touch screen: to the next moment or the one before. */

const LEAST_PX = 48;
// What goes more down than across scrolls.
const STEEPEST = 0.5;

/** @typedef {{x: number, y: number}} Point pixels */

/**
 * Where a movement of a finger leads: on for one to the left, back for one to the right, nowhere for a tap or a scroll.
 * @param {Point} from
 * @param {Point} to
 * @returns {1 | -1 | 0}
 */
export function directionOf(from, to) {
  const [across, down] = [to.x - from.x, to.y - from.y];
  if (Math.abs(across) < LEAST_PX || Math.abs(down) > STEEPEST * Math.abs(across)) return 0;
  return across < 0 ? 1 : -1;
}

/**
 * @param {HTMLElement} target
 * @param {(direction: 1 | -1) => void} step
 */
export function onSwipe(target, step) {
  /** @type {Point | null} */
  let from = null;
  target.addEventListener("pointerdown", ({ pointerType, clientX: x, clientY: y }) => {
    from = pointerType === "touch" ? { x, y } : null;
  });
  target.addEventListener("pointercancel", () => (from = null));
  target.addEventListener("pointerup", ({ clientX: x, clientY: y }) => {
    const direction = from ? directionOf(from, { x, y }) : 0;
    from = null;
    if (direction) step(direction);
  });
}
