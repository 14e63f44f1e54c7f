/**
 * Where a train can have been: the band between its earliest and its latest possible position.
 *
 * The itinerary comes from Python as three piecewise-linear functions of time (kilometres along the track for the
 * earliest, the likeliest and the latest journey that the reports allow) and the track itself.
 */

/** @import * as Payload from "./payload" */
import { interpolate, lastAtMost } from "./series.js";

const NEAR_KM = 0.5;

/** @typedef {{km: number, fromKm: number, toKm: number}} Position the likeliest, and the ends of the band */

export class Train {
  /** @param {Payload.Train} itinerary */
  constructor(itinerary) {
    this.trip = itinerary.trip;
    this.until = itinerary.until;
    this.stops = itinerary.stops;
    this.itinerary = itinerary;
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
    const { from, until, early, likely, late } = this.itinerary;
    if (moment < from || moment >= until) return null;
    return { fromKm: interpolate(late, moment), km: interpolate(likely, moment), toKm: interpolate(early, moment) };
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
