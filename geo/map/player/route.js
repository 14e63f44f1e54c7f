/** The journey's lines on the map, and the train on them. */

/** @import * as Payload from "./payload" */
/** @import { Colours } from "./colours.js" */
/** @import { Moment } from "./moment.js" */
/** @import { Train } from "./train.js" */
import { element } from "./dom.js";

const DASHES = { stated: undefined, inferred: "9 6", planned: "1 8" };

/**
 * @typedef {object} Travelled the part of a leg that a train has behind it
 * @property {Train} train
 * @property {number} fromKm
 * @property {number} toKm of the whole leg
 * @property {L.Polyline} casing
 * @property {L.Polyline} line
 * @property {number | null} drawnTo kilometres
 *
 * @typedef {{leg: Payload.Leg, whole: L.Polyline, travelled: Travelled | null}} Drawn
 */

export class Route {
  /** @type {Drawn[]} */
  #drawn;
  /** @type {L.Polyline} */
  #band;
  /** @type {L.Marker} */
  #engine;

  /**
   * @param {L.Map} map
   * @param {Payload.Leg[]} legs
   * @param {Train[]} trains
   * @param {Colours} colours
   */
  constructor(map, legs, trains, colours) {
    this.#drawn = legs.map((leg) => drawnLeg(map, leg, trains, colours));
    this.#band = L.polyline([], {
      color: colours.accent,
      weight: 13,
      opacity: 0,
      lineCap: "round",
      interactive: false,
    }).addTo(map);
    const glyph = element("span", { class: "dateline-engine" });
    this.#engine = L.marker([0, 0], {
      icon: L.divIcon({ className: "dateline-engine-icon", html: glyph, iconSize: [22, 22] }),
      interactive: false,
      keyboard: false,
      alt: "",
    }).addTo(map);
  }

  /** @param {Moment} now */
  show(now) {
    for (const drawn of this.#drawn) showLeg(drawn, now);
    const { train, position } = now;
    this.#engine.getElement()?.style.setProperty("opacity", position ? "1" : "0");
    setOpacity(this.#band, position ? 0.35 : 0);
    if (!train || !position) return;
    this.#engine.setLatLng(train.pointAt(position.km));
    this.#band.setLatLngs(train.line(position.fromKm, position.toKm));
  }

  /**
   * The legs that are drawn at a moment.
   * @param {Moment} now
   */
  legsAt(now) {
    return this.#drawn.map(({ leg }) => leg).filter((leg) => now.isLegDrawn(leg));
  }

  /**
   * The leg that the moment's train is on, or that was planned from where it was last reported.
   * @param {Moment} now
   */
  legOfTrain({ train, time }) {
    const id = train && train.legAt(time);
    return this.#drawn.find(({ leg }) => leg.id === id)?.leg ?? null;
  }
}

/**
 * @param {L.Map} map
 * @param {Payload.Leg} leg
 * @param {Train[]} trains
 * @param {Colours} colours
 * @returns {Drawn}
 */
function drawnLeg(map, leg, trains, { ink, land }) {
  const look = { color: ink, interactive: false, dashArray: DASHES[leg.evidence], opacity: 0 };
  const whole = L.polyline(leg.line, { ...look, weight: leg.evidence === "planned" ? 3 : 1.5 }).addTo(map);
  // The story's own train comes before those of the versions that were set aside.
  const train = trains.find(({ legs }) => legs.some((run) => run.leg === leg.id));
  if (!train || leg.from_km === null || leg.to_km === null) return { leg, whole, travelled: null };
  // Where the way back lies on the way out, the casing keeps one line's gaps from being filled by the other.
  const casing = L.polyline([], { ...look, color: land, dashArray: undefined, weight: 6 }).addTo(map);
  const line = L.polyline([], { ...look, weight: 3 }).addTo(map);
  return { leg, whole, travelled: { train, fromKm: leg.from_km, toKm: leg.to_km, casing, line, drawnTo: null } };
}

/**
 * A leg: strong as far as it has been travelled, thin ahead, faint in another chapter.
 * @param {Drawn} drawn
 * @param {Moment} now
 */
function showLeg({ leg, whole, travelled }, now) {
  const isDrawn = now.isLegDrawn(leg);
  const isPresent = leg.trip === now.chapter.trip;
  const reached = travelled ? reachedKm(travelled, now) : 0;
  const isBegun = travelled !== null && isDrawn && isPresent && reached > travelled.fromKm;
  const isAhead = isDrawn && !(isBegun && reached === travelled.toKm);
  setOpacity(whole, isAhead ? (isPresent ? 0.55 : 0.3) : 0);
  if (!travelled) return;
  setOpacity(travelled.casing, Number(isBegun));
  setOpacity(travelled.line, Number(isBegun));
  if (!isBegun || reached === travelled.drawnTo) return;
  travelled.drawnTo = reached;
  const points = travelled.train.line(travelled.fromKm, reached);
  travelled.casing.setLatLngs(points);
  travelled.line.setLatLngs(points);
}

/**
 * How far along a leg its train has come, at a steady pace: to its end where the train is not placed, and nowhere while
 * another version of the journey is shown.
 * @param {Travelled} travelled
 * @param {Moment} now
 */
function reachedKm({ train, fromKm, toKm }, { train: placed, position }) {
  if (placed && placed !== train) return fromKm;
  return position ? Math.min(position.km, toKm) : toKm;
}

/**
 * @param {L.Polyline} line
 * @param {number} opacity
 */
function setOpacity(line, opacity) {
  if (line.options.opacity !== opacity) line.setStyle({ opacity });
}
