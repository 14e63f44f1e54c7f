/**
 * Where a train can have been: the stretch of its line that its reports allow.
 *
 * The itinerary comes from Python as three piecewise-linear functions of time (the kilometres that the train must have
 * behind it, has at a steady pace, and can have) and the line itself. `geo/journey/itinerary.py` derives them.
 */

/** @import * as Payload from "./payload" */
import { interpolate, lastAtMost } from "./series.js";

const NEAR_KM = 0.5;

/** @typedef {{km: number, fromKm: number, toKm: number}} Position at a steady pace, and the ends of what is possible */

export class Train {
  /** What it can have behind it, mirrored in time: so a step has the value before it.
   * @type {[number, number][]} */
  #greatest;

  /** @param {Payload.Train} itinerary */
  constructor(itinerary) {
    this.trip = itinerary.trip;
    this.version = itinerary.version;
    this.legs = itinerary.legs;
    this.until = itinerary.until;
    this.stops = itinerary.stops;
    this.itinerary = itinerary;
    this.#greatest = itinerary.greatest.map(([at, km]) => /** @type {[number, number]} */ ([-at, km])).reverse();
  }

  /**
   * The point of the track at `km`.
   * @param {number} km
   * @returns {[number, number]} latitude and longitude
   */
  pointAt(km) {
    const { km: distances, lat_lon: points } = this.itinerary;
    const last = distances.length - 1;
    const index = Math.min(Math.max(lastAtMost(distances, km), 0), last - 1);
    const length = distances[index + 1] - distances[index];
    const part = length > 0 ? Math.min(1, Math.max(0, (km - distances[index]) / length)) : 0;
    const [start, end] = [points[index], points[index + 1]];
    return [start[0] + part * (end[0] - start[0]), start[1] + part * (end[1] - start[1])];
  }

  /**
   * The track between two distances, as points of latitude and longitude.
   * @param {number} fromKm
   * @param {number} toKm
   */
  line(fromKm, toKm) {
    const { km: distances, lat_lon: points } = this.itinerary;
    const inner = [];
    const first = lastAtMost(distances, fromKm) + 1;
    for (let i = first; i < distances.length && distances[i] < toKm; i += 1) inner.push(points[i]);
    return [this.pointAt(fromKm), ...inner, this.pointAt(toKm)];
  }

  /**
   * Position at a moment, or null where no article places the train.
   * @param {number} moment
   * @returns {Position | null}
   */
  at(moment) {
    const { from, until, least, steady } = this.itinerary;
    if (moment < from || moment > until) return null;
    const fromKm = interpolate(least, moment);
    return { fromKm, km: interpolate(steady, moment), toKm: Math.max(fromKm, interpolate(this.#greatest, -moment)) };
  }

  /**
   * Id of the leg that the train is on at a steady pace, or that was planned from its last stop; null before the first.
   * @param {number} moment
   */
  legAt(moment) {
    return this.legs.findLast(({ start }) => start <= moment)?.leg ?? null;
  }

  /**
   * The last stop at or before `fromKm` and the first at or after `toKm`; the same one if it stands there.
   * @param {number} fromKm
   * @param {number} toKm
   */
  between(fromKm, toKm) {
    const { stops } = this;
    const behind = stops.findLast((stop) => stop.km <= fromKm + NEAR_KM) || stops[0];
    const ahead = stops.find((stop) => stop.km >= toKm - NEAR_KM) || stops[stops.length - 1];
    return [behind, ahead];
  }
}
