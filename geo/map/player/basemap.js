/** The basemap as it comes over the line, as GeoJSON, and as it is drawn. */

/** @import * as Payload from "./payload" */
/** @import { Colours } from "./colours.js" */

/**
 * A line as positions in degrees, longitude first.
 * @param {number[]} line whole steps, each point as the way from the one before it
 * @param {number} steps to a degree
 */
function positions(line, steps) {
  const found = [];
  let lon = 0;
  let lat = 0;
  for (let at = 0; at < line.length; at += 2) {
    lon += line[at];
    lat += line[at + 1];
    found.push([lon / steps, lat / steps]);
  }
  return found;
}

/**
 * Polygons as positions.
 * @param {number[][][]} polygons
 * @param {number} steps to a degree
 */
export function unpacked(polygons, steps) {
  return polygons.map((rings) => rings.map((ring) => positions(ring, steps)));
}

/**
 * @param {string} layer
 * @param {"MultiPolygon" | "MultiLineString"} type
 * @param {number[][][] | number[][][][]} coordinates
 * @returns {GeoJSON.Feature}
 */
function featureOf(layer, type, coordinates) {
  return { type: "Feature", properties: { layer }, geometry: /** @type {any} */ ({ type, coordinates }) };
}

/**
 * GeoJSON features of the layers that `geo/map/basemap.py` packed.
 * @param {Payload.BasemapLayer[]} layers
 * @returns {GeoJSON.Feature[]}
 */
export function basemapFeatures(layers) {
  return layers.flatMap((packed) => {
    const { layer, steps, polygons, lines = [] } = packed;
    if (!polygons) {
      return [
        featureOf(
          layer,
          "MultiLineString",
          lines.map((line) => positions(line, steps)),
        ),
      ];
    }
    const shape = featureOf(layer, "MultiPolygon", unpacked(polygons, steps));
    return layer === "land" ? [shape, featureOf("coast", "MultiLineString", coast(packed))] : [shape];
  });
}

/**
 * The coasts of land as lines: its rings without the edges along which the two scales of the basemap were cut.
 * @param {Payload.BasemapLayer} layer
 */
function coast({ steps, polygons = [], cuts = [] }) {
  /** @type {number[][][]} */
  const lines = [];
  for (const ring of polygons.flat()) {
    const points = positions(ring, steps);
    /** @type {number[][]} */
    let line = [];
    for (const [index, point] of points.entries()) {
      if (index && isCut(points[index - 1], point, cuts)) {
        lines.push(line);
        line = [];
      }
      line.push(point);
    }
    lines.push(line);
  }
  return lines.filter((line) => line.length > 1);
}

/**
 * Whether the edge between two points runs along a cut.
 * @param {number[]} one
 * @param {number[]} other
 * @param {{lon?: number, lat?: number}[]} cuts degrees
 */
function isCut(one, other, cuts) {
  const near = 0.006;
  return cuts.some(({ lon, lat }) =>
    lon === undefined
      ? Math.abs(one[1] - (lat ?? NaN)) < near && Math.abs(other[1] - (lat ?? NaN)) < near
      : Math.abs(one[0] - lon) < near && Math.abs(other[0] - lon) < near,
  );
}

/**
 * Land, water and borders under all that is on the map.
 * @param {Payload.BasemapLayer[]} layers
 * @param {Colours} colours
 */
export function basemapLayer(layers, colours) {
  /** @type {Record<Payload.BasemapLayer["layer"] | "coast", L.PathOptions>} */
  const looks = {
    land: { stroke: false, fill: true, fillColor: colours.land, fillOpacity: 1 },
    coast: { color: colours.coast, weight: 0.9 },
    lake: { color: colours.coast, weight: 0.9, fill: true, fillColor: colours.sea, fillOpacity: 1 },
    border: { color: colours.border, weight: 1.2, dashArray: "6 3" },
    river: { color: colours.river, weight: 1 },
  };
  /** @type {L.GeoJSONOptions & {renderer: L.Renderer}} */
  const options = {
    renderer: L.canvas({ padding: 0.6, pane: "tilePane" }),
    interactive: false,
    style: (feature) => ({ fill: false, ...looks[/** @type {keyof typeof looks} */ (feature?.properties.layer)] }),
  };
  return L.geoJSON(basemapFeatures(layers), options);
}

/**
 * Put waters under the borders of a basemap that is drawn already.
 * @param {L.GeoJSON} base as `basemapLayer` makes it
 * @param {Payload.BasemapLayer[]} waters
 */
export function addWaters(base, waters) {
  for (const feature of basemapFeatures(waters)) base.addData(feature);
  base.eachLayer((layer) => {
    const line = /** @type {L.Polyline} */ (layer);
    if (line.feature?.properties.layer === "border") line.bringToFront();
  });
}
