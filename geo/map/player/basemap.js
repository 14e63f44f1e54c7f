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
 * GeoJSON features of the layers that `geo/map/basemap.py` packed.
 * @param {Payload.BasemapLayer[]} layers
 * @returns {GeoJSON.Feature[]}
 */
export function basemapFeatures(layers) {
  return layers.map(({ layer, steps, polygons, lines = [] }) => ({
    type: "Feature",
    properties: { layer },
    geometry: polygons
      ? { type: "MultiPolygon", coordinates: polygons.map((rings) => rings.map((ring) => positions(ring, steps))) }
      : { type: "MultiLineString", coordinates: lines.map((line) => positions(line, steps)) },
  }));
}

/**
 * Land, water and borders under all that is on the map.
 * @param {Payload.BasemapLayer[]} layers
 * @param {Colours} colours
 */
export function basemapLayer(layers, colours) {
  /** @type {Record<Payload.BasemapLayer["layer"], L.PathOptions>} */
  const looks = {
    land: { stroke: false, fill: true, fillColor: colours.land, fillOpacity: 1 },
    lake: { stroke: false, fill: true, fillColor: colours.sea, fillOpacity: 1 },
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
