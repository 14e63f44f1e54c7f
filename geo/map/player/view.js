/** The part of the world that the map shows: the chapter's, and in it the chosen event clear of what lies over it. */

/** @import * as Payload from "./payload" */
/** @import { Chapter } from "./axis.js" */
import { isStill } from "./dom.js";

// Half the width of an event's flag, and its height with its pointer.
const FLAG_HALF_PX = 130;
const FLAG_HEIGHT_PX = 70;
const BOTTOM_PX = 36;
const MOST_ZOOM = 9;

export class ViewFitting {
  #map;
  #dateBox;
  /** The chapter or event that the map was last moved for. @type {string | null} */
  #fitted = null;
  /** @type {Chapter | null} */
  #chapter = null;
  /** Whether the reader has moved the map in this chapter: it then stays, unless a chosen point is out of sight. */
  #isTouched = false;

  /**
   * @param {L.Map} map
   * @param {HTMLElement} dateBox lies over the map's top on a wide window
   */
  constructor(map, dateBox) {
    this.#map = map;
    this.#dateBox = dateBox;
    for (const gesture of ["wheel", "pointerdown", "keydown"]) {
      map.getContainer().addEventListener(gesture, () => (this.#isTouched = true), { passive: true });
    }
  }

  /**
   * The playhead is in a chapter; the reader has not touched the map in one just entered.
   * @param {Chapter} chapter
   */
  enter(chapter) {
    if (chapter !== this.#chapter) this.#isTouched = false;
    this.#chapter = chapter;
  }

  /** Whatever is shown next is fitted anew, even if the reader has moved the map. */
  release() {
    this.#fitted = null;
    this.#isTouched = false;
  }

  /**
   * While time runs the chapter stays in view; a single event is not run after.
   * @param {Chapter} chapter
   * @param {boolean} isNew whether the playhead has just come into it
   */
  follow(chapter, isNew) {
    if (isNew) this.#fitted = null;
    if (this.#fitted === chapter.id || this.#isTouched) return;
    this.#fit(chapter);
    this.#fitted = chapter.id;
  }

  /**
   * Bring a chosen event into view, in its chapter's part of the world, if it has a point of its own.
   * @param {Chapter} chapter
   * @param {Payload.Event | null} event
   * @param {boolean} smoothly
   */
  focus(chapter, event, smoothly = true) {
    this.#fit(chapter);
    if (!event || event.lat === null || event.lon === null || event.is_area) return;
    const before = this.#map.getCenter();
    this.#map.panInside([event.lat, event.lon], {
      ...this.#margins(FLAG_HALF_PX, FLAG_HALF_PX),
      animate: smoothly && !isStill(),
    });
    if (!before.equals(this.#map.getCenter(), 1e-6)) this.#fitted = event.id;
  }

  /**
   * Another size of window: the chapter stays in view, unless the reader has moved the map.
   * @param {Chapter} chapter
   * @param {Payload.Event | null} event
   */
  resize(chapter, event) {
    this.#map.invalidateSize({ animate: false, pan: false });
    this.#fitted = null;
    this.focus(chapter, event, false);
  }

  /** @param {Chapter} chapter */
  #fit({ id, bounds }) {
    if (!bounds || this.#isTouched || this.#fitted === id) return;
    // A cut, not a flight: Leaflet ignores whatever is asked of it while it zooms.
    this.#map.fitBounds(bounds, { ...this.#margins(30, 60), maxZoom: MOST_ZOOM, animate: false });
    this.#fitted = id;
  }

  /**
   * What is laid over the map's edges, pixels: the date and a flag's height at the top.
   * @param {number} left
   * @param {number} right
   * @returns {{paddingTopLeft: L.PointTuple, paddingBottomRight: L.PointTuple}}
   */
  #margins(left, right) {
    const isOverMap = getComputedStyle(this.#dateBox).position === "absolute";
    const top = (isOverMap ? this.#dateBox.offsetHeight : 0) + FLAG_HEIGHT_PX;
    const { x } = this.#map.getSize();
    /** @param {number} wanted */
    const side = (wanted) => Math.min(wanted, x / 3);
    return { paddingTopLeft: [side(left), top], paddingBottomRight: [side(right), BOTTOM_PX] };
  }
}
