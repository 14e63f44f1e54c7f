/** The basemap as it comes over the line, and as GeoJSON. */
(() => {
  "use strict";
  const Dateline = (window.Dateline = window.Dateline || {});

  /** A line in whole steps, each point as the way from the one before it, as positions in degrees. */
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

  /** GeoJSON features of the layers that `geo/map/basemap.py` packed. */
  Dateline.basemapFeatures = (layers) =>
    layers.map(({ layer, steps, polygons, lines }) => ({
      type: "Feature",
      properties: { layer },
      geometry: polygons
        ? { type: "MultiPolygon", coordinates: polygons.map((rings) => rings.map((ring) => positions(ring, steps))) }
        : { type: "MultiLineString", coordinates: lines.map((line) => positions(line, steps)) },
    }));
})();
