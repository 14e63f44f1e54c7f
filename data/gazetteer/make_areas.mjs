// Writes areas.csv: a point for every country and every state of the United States, the centroid of its largest
// piece of land. Run by `npm run make`; README.md says what the columns are and where the shapes come from.

import { readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { geoArea, geoCentroid } from "d3-geo";
import { feature } from "topojson-client";

const require = createRequire(import.meta.url);
const DECIMALS = 2;

/** The features of one layer of a TopoJSON file that an npm package carries. */
function features(file, layer) {
  const topology = JSON.parse(readFileSync(require.resolve(file), "utf8"));
  return feature(topology, topology.objects[layer]).features;
}

/** The polygons of features that share a code: a country may come in several. */
function polygonsByCode(shapes) {
  const polygons = new Map();
  for (const { id, geometry } of shapes.filter(({ id }) => id !== undefined)) {
    const parts = geometry.type === "Polygon" ? [geometry.coordinates] : geometry.coordinates;
    const known = polygons.get(id) ?? [];
    polygons.set(id, known.concat(parts.map((coordinates) => ({ type: "Polygon", coordinates }))));
  }
  return polygons;
}

/** The largest polygon: islands and exclaves would draw the point off the mainland. */
const mainland = (polygons) => polygons.reduce((a, b) => (geoArea(b) > geoArea(a) ? b : a));

function rows(kind, shapes) {
  return [...polygonsByCode(shapes)]
    .map(([code, polygons]) => {
      const [lon, lat] = geoCentroid(mainland(polygons)).map((degrees) => degrees.toFixed(DECIMALS));
      return [kind, code, lat, lon].join(",");
    })
    .sort();
}

const table = [
  "kind,code,lat,lon",
  ...rows("country", features("world-atlas/countries-10m.json", "countries")),
  ...rows("us-state", features("us-atlas/states-10m.json", "states")),
];
writeFileSync(new URL("areas.csv", import.meta.url), table.join("\n") + "\n");
