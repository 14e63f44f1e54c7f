/** The journey's lines on the map, and the train on them. */

/** @import * as Payload from "./payload" */
/** @import { Colours } from "./colours.js" */
/** @import { Moment } from "./moment.js" */
/** @import { Train } from "./train.js" */
import { PIN, trainSign } from "./signs.js";
import { shownTrip } from "./trip.js";

const TRAIN_PX = 26;
const NEAR_PX = 10;
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
  #map;
  /** @type {Drawn[]} */
  #drawn;
  /** @type {L.Polyline} */
  #band;
  /** @type {L.Marker} */
  #engine;
  /** Where the train is drawn; null while it is not. @type {[number, number] | null} */
  trainAt = null;

  /**
   * @param {L.Map} map
   * @param {Payload.Leg[]} legs
   * @param {Train[]} trains
   * @param {Colours} colours
   */
  constructor(map, legs, trains, colours) {
    this.#map = map;
    this.#drawn = legs.map((leg) => drawnLeg(map, leg, trains, colours));
    this.#band = L.polyline([], {
      color: colours.train,
      weight: 13,
      opacity: 0,
      lineCap: "round",
      interactive: false,
    }).addTo(map);
    this.#engine = L.marker([0, 0], {
      icon: L.divIcon({
        className: "dateline-engine-icon",
        html: /** @type {any} */ (trainSign(TRAIN_PX, true)),
        iconSize: [TRAIN_PX, TRAIN_PX * PIN],
        // The pin stands on the point.
        iconAnchor: [TRAIN_PX / 2, TRAIN_PX * PIN],
      }),
      // Above every mark and name, wherever on the map: Leaflet stacks the markers of one pane by their height on it.
      pane: "popupPane",
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
    setOpacity(this.#band, position ? 0.3 : 0);
    this.trainAt = train && position && train.pointAt(position.km);
    if (!train || !position || !this.trainAt) return;
    this.#engine.setLatLng(this.trainAt);
    this.#engine.getElement()?.classList.toggle("is-raised", this.#isAtStop(train, position.km));
    this.#band.setLatLngs(train.line(position.fromKm, position.toKm));
  }

  /**
   * Whether the train stands so near a stop that its pin would cover the stop's mark.
   * @param {Train} train
   * @param {number} km
   */
  #isAtStop(train, km) {
    const { lat, lng } = this.#map.getCenter();
    const across = this.#map.distance(
      [lat, lng],
      this.#map.containerPointToLatLng(this.#map.getSize().divideBy(2).add([NEAR_PX, 0])),
    );
    return train.stops.some((stop) => Math.abs(stop.km - km) < across / 1000);
  }

  /**
   * The legs that are drawn at a moment.
   * @param {Moment} now
   */
  legsAt(now) {
    return this.#drawn.map(({ leg }) => leg).filter((leg) => now.isLegDrawn(leg));
  }

  /**
   * The legs still to come that are drawn at a moment.
   * @param {Moment} now
   */
  ahead(now) {
    return this.#drawn.map(({ leg }) => leg).filter((leg) => leg.trip === shownTrip(now) && isToCome(leg, now));
  }

  /** Points of the lines that are drawn, as latitude and longitude: a flag keeps clear of them. */
  points() {
    const shown = this.#drawn.filter(({ whole, travelled }) =>
      [whole, travelled?.line].some((line) => line?.options.opacity),
    );
    return shown.flatMap(({ leg }) => leg.line);
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
function drawnLeg(map, leg, trains, { quiet, ink, land }) {
  const look = { color: ink, interactive: false, dashArray: DASHES[leg.evidence], opacity: 0 };
  const whole = L.polyline(leg.line, { ...look, color: quiet, weight: leg.evidence === "planned" ? 3.5 : 2 }).addTo(
    map,
  );
  // The story's own train comes before those of the versions that were set aside.
  const train = trains.find(({ legs }) => legs.some((run) => run.leg === leg.id));
  if (!train || leg.from_km === null || leg.to_km === null) return { leg, whole, travelled: null };
  // Where the way back lies on the way out, the casing keeps one line's gaps from being filled by the other.
  const casing = L.polyline([], { ...look, color: land, dashArray: undefined, weight: 6 }).addTo(map);
  const line = L.polyline([], { ...look, weight: 3 }).addTo(map);
  return { leg, whole, travelled: { train, fromKm: leg.from_km, toKm: leg.to_km, casing, line, drawnTo: null } };
}

/**
 * Whether a leg is still to come: hindsight knows the whole way, the readers of the day did not.
 * @param {Payload.Leg} leg
 * @param {Moment} now
 */
function isToCome(leg, { record, time }) {
  return !record.isByDay && !leg.only_then && leg.start > time;
}

/**
 * How strongly the whole of a leg is drawn: fully where it is known or has begun, weakly where it is to come.
 * @param {Payload.Leg} leg
 * @param {Moment} now
 */
export function strength(leg, now) {
  if (leg.trip !== shownTrip(now)) return 0;
  if (now.isLegDrawn(leg)) return 0.9;
  return isToCome(leg, now) ? 0.6 : 0;
}

/**
 * A leg: in ink as far as it has been travelled, grey ahead, not at all in another trip's chapter.
 * @param {Drawn} drawn
 * @param {Moment} now
 */
function showLeg({ leg, whole, travelled }, now) {
  const strong = strength(leg, now);
  const reached = travelled && now.isLegDrawn(leg) && strong ? reachedKm(travelled, now) : 0;
  const isBegun = travelled !== null && reached > travelled.fromKm;
  setOpacity(whole, isBegun && reached === travelled.toKm ? 0 : strong);
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
