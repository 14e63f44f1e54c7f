/** The part of the world that the map shows: the chapter's, and in it the chosen event clear of what lies over it. */

/** @import * as Payload from "./payload" */
/** @import { Chapter } from "./axis.js" */
/** @import { Overlays } from "./overlays.js" */
import { isStill } from "./dom.js";

// Room for a mark and its name beside the route, and above it for the train.
const MARGIN_PX = 34;
const TRAIN_PX = 58;
// Nearer, the basemap has nothing more to say.
const MOST_ZOOM = 8;
// A story that is told within one town needs its streets' scale, with or without a basemap.
const MOST_ZOOM_OF_A_TOWN = 11;
const FAR_ZOOM = 5;

export class ViewFitting {
  #map;
  #overlays;
  /** The chapters with a part of the world of their own. @type {Chapter[]} */
  #framed;
  /** The frame or event that the map was last moved for. @type {string | null} */
  #fitted = null;
  /** @type {Chapter | null} */
  #chapter = null;
  /** The chapter whose part of the world is shown. @type {Chapter | null} */
  #frame = null;
  /** Whether the reader has moved the map in this chapter: it then stays, unless a chosen point is out of sight. */
  #isTouched = false;
  /** What was last kept free at the sides. */
  #around = "";

  /**
   * @param {L.Map} map
   * @param {Overlays} overlays
   * @param {Chapter[]} chapters
   */
  constructor(map, overlays, chapters) {
    this.#map = map;
    this.#overlays = overlays;
    this.#framed = chapters.filter(({ bounds }) => bounds);
    map.setMaxZoom(this.#mostZoom());
    for (const gesture of ["wheel", "pointerdown", "keydown"]) {
      map.getContainer().addEventListener(gesture, () => (this.#isTouched = true), { passive: true });
    }
    overlays.on("change", () => this.#refit());
  }

  /** How near the reader may come: as near as the basemap is drawn, or as the smallest journey as a whole asks for. */
  #mostZoom() {
    if (!this.#framed.length) return MOST_ZOOM_OF_A_TOWN;
    const whole = L.latLngBounds([]);
    for (const { bounds } of this.#framed) whole.extend(/** @type {L.LatLngBoundsLiteral} */ (bounds));
    const fitting = Math.ceil(this.#map.getBoundsZoom(whole));
    return Math.min(Math.max(MOST_ZOOM, fitting), MOST_ZOOM_OF_A_TOWN);
  }

  /**
   * The playhead is in a chapter; the reader has not touched the map in one just entered.
   * @param {Chapter} chapter
   */
  enter(chapter) {
    if (chapter !== this.#chapter) this.#isTouched = false;
    this.#chapter = chapter;
    // Before, between and after the trips the map stays with the trip that it shows.
    if (chapter.bounds) this.#frame = chapter;
    else this.#frame ??= this.#framed[0] ?? null;
  }

  /** Whatever is shown next is fitted anew, even if the reader has moved the map. */
  release() {
    this.#fitted = null;
    this.#isTouched = false;
  }

  /** The whole journey, wherever the reader has moved the map. */
  home() {
    this.release();
    this.#fit();
  }

  /**
   * While time runs the chapter stays in view; a single event is not run after.
   * @param {Chapter} chapter
   * @param {boolean} isNew whether the playhead has just come into it
   */
  follow(chapter, isNew) {
    this.enter(chapter);
    if (isNew) this.#fitted = null;
    if (!this.#isTouched) this.#fit();
  }

  /**
   * Bring a chosen event into view, in its chapter's part of the world; what lies far outside of that stays there.
   * @param {Chapter} chapter
   * @param {Payload.Event | null} event
   * @param {boolean} smoothly
   */
  focus(chapter, event, smoothly = true) {
    this.enter(chapter);
    if (!this.#isTouched) this.#fit();
    if (!event || event.lat === null || event.lon === null || event.is_area) return;
    if (!this.#isInFrame(event.lat, event.lon)) return;
    const before = this.#map.getCenter();
    this.#map.panInside([event.lat, event.lon], { ...this.#padding(), animate: smoothly && !isStill() });
    if (!before.equals(this.#map.getCenter(), 1e-6)) this.#fitted = event.id;
  }

  /**
   * To something far away, without coming nearer than it takes to see where it is.
   * @param {number} lat
   * @param {number} lon
   */
  visit(lat, lon) {
    this.#isTouched = true;
    this.#map.setView([lat, lon], Math.min(this.#map.getZoom(), FAR_ZOOM), { animate: false });
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

  /** What lies over the map has another size: where it takes more or less of the sides, the map moves. */
  #refit() {
    const around = JSON.stringify(this.#overlays.insets);
    if (around === this.#around) return;
    this.#around = around;
    this.#fitted = null;
    if (!this.#isTouched) this.#fit();
  }

  #fit() {
    const frame = this.#frame;
    if (!frame?.bounds || this.#fitted === frame.id) return;
    // A cut, not a flight: Leaflet ignores whatever is asked of it while it zooms.
    this.#map.fitBounds(/** @type {L.LatLngBoundsLiteral} */ (frame.bounds), {
      ...this.#padding(),
      maxZoom: this.#map.getMaxZoom(),
      animate: false,
    });
    this.#fitted = frame.id;
    this.#around = JSON.stringify(this.#overlays.insets);
  }

  /**
   * Whether a point is in the part of the world that is shown; where none is, all is.
   * @param {number} lat
   * @param {number} lon
   */
  #isInFrame(lat, lon) {
    const bounds = this.#frame?.bounds;
    return !bounds || L.latLngBounds(/** @type {L.LatLngBoundsLiteral} */ (bounds)).contains([lat, lon]);
  }

  /**
   * What is kept free at each side, pixels; never so much that nothing is left.
   * @returns {{paddingTopLeft: L.PointTuple, paddingBottomRight: L.PointTuple}}
   */
  #padding() {
    const { x, y } = this.#map.getSize();
    const { top, right, bottom, left } = this.#overlays.insets;
    /** @param {number} inset @param {number} whole @param {number} margin */
    const side = (inset, whole, margin = MARGIN_PX) => Math.min(inset + margin, inset + whole / 5, whole * 0.7);
    return {
      paddingTopLeft: [side(left, x), side(top, y, TRAIN_PX)],
      paddingBottomRight: [side(right, x), side(bottom, y)],
    };
  }
}
