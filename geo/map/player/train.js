/**
 * Where a train can have been: the band between its earliest and its latest possible position.
 *
 * The itinerary comes from Python as three piecewise-linear functions of time (kilometres along the track for the
 * earliest, the likeliest and the latest journey that the reports allow) and the track itself.
 */
(() => {
  "use strict";
  const Dateline = (window.Dateline = window.Dateline || {});

  const NEAR_KM = 0.5;

  /** Index of the last element of ascending `values` that is ≤ `value`; -1 if there is none. */
  function lastAtMost(values, value) {
    let low = 0;
    let high = values.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (values[middle] <= value) low = middle + 1;
      else high = middle;
    }
    return low - 1;
  }

  /** Linear interpolation through `knots`, pairs [x, y] with ascending x; held constant outside. */
  function interpolate(knots, x) {
    const index = lastAtMost(knots.map((knot) => knot[0]), x);
    if (index < 0) return knots[0][1];
    if (index === knots.length - 1) return knots[index][1];
    const [x0, y0] = knots[index];
    const [x1, y1] = knots[index + 1];
    return y0 + ((y1 - y0) * (x - x0)) / (x1 - x0);
  }

  Dateline.lastAtMost = lastAtMost;
  Dateline.interpolate = interpolate;

  Dateline.Train = class Train {
    /**
     * @param {object} itinerary `lat_lon` [[degrees, degrees]…], `km` [number…], `early`, `likely`, `late`
     *   [[milliseconds, km]…], `from` and `until` milliseconds, `stops` [{km, name, zone}…]
     */
    constructor(itinerary) {
      Object.assign(this, itinerary);
    }

    /** The point of the track at `km`, as [lat, lon]. */
    pointAt(km) {
      const last = this.km.length - 1;
      const index = Math.min(Math.max(lastAtMost(this.km, km), 0), last - 1);
      const length = this.km[index + 1] - this.km[index];
      const part = length > 0 ? Math.min(1, Math.max(0, (km - this.km[index]) / length)) : 0;
      return [0, 1].map((axis) => {
        const start = this.lat_lon[index][axis];
        return start + part * (this.lat_lon[index + 1][axis] - start);
      });
    }

    /** The track between two distances, as [lat, lon] points. */
    line(fromKm, toKm) {
      const first = lastAtMost(this.km, fromKm) + 1;
      const inner = [];
      for (let i = first; i < this.km.length && this.km[i] < toKm; i += 1) inner.push(this.lat_lon[i]);
      return [this.pointAt(fromKm), ...inner, this.pointAt(toKm)];
    }

    /** Position at a moment: {km, fromKm, toKm}, or null where no article places the train. */
    at(moment) {
      if (moment < this.from || moment >= this.until) return null;
      return {
        fromKm: interpolate(this.late, moment),
        km: interpolate(this.likely, moment),
        toKm: interpolate(this.early, moment),
      };
    }

    /** The last stop at or before `fromKm` and the first at or after `toKm`; the same one if it stands there. */
    between(fromKm, toKm) {
      const behind = this.stops.findLast((stop) => stop.km <= fromKm + NEAR_KM) || this.stops[0];
      const ahead = this.stops.find((stop) => stop.km >= toKm - NEAR_KM) || this.stops[this.stops.length - 1];
      return [behind, ahead];
    }
  };
})();
