// A calm map with pins: the ground is drawn from small files of our own, nothing is asked of anybody else.
//
// `draw` is all that pages use; it loads Leaflet when it is first called.

const NAMES = 60; // milliseconds of rest before the names of towns are asked for
const NAMED = 2.5; // the zoom from which towns have names
const ROOM = 10; // pixels kept free around a name
const LARGE = 400000; // inhabitants from which a town is named larger, and on any side that is free
const HEAP = 22; // pixels from the middle of a heap to its edge
const SIDES = { under: [0, 1], right: [1, 0], left: [-1, 0], above: [0, -1] };
const CLOSEST = 13; // points are coarse: nearer there is nothing to see
const FIRST = 11; // the closest a map begins
const SOUTHMOST = -60; // degrees: there is nothing but ice beyond
const LEVELS = [ // as basemap.mjs cuts them
  { name: "close", from: 8.5, size: 5, scale: 1000 },
  { name: "near", from: 6.5, size: 10, scale: 250 },
  { name: "mid", from: 3.5, size: 30, scale: 100 },
  { name: "far", from: 0, size: 90, scale: 20 },
];
const OUTLINED = 100; // steps to a degree of an outline, as in basemap.mjs
const PIN =
  '<svg viewBox="0 0 28 36" width="28" height="36" aria-hidden="true" focusable="false">' +
  '<path d="M14 35C9.5 28.6 2 22.6 2 14a12 12 0 0 1 24 0c0 8.6-7.5 14.6-12 21Z"/><circle cx="14" cy="14" r="4.5"/></svg>';

const still = matchMedia("(prefers-reduced-motion: reduce)");
const dark = matchMedia("(prefers-color-scheme: dark)");
const files = new Map();
let loading = null;

/**
 * Draw a map into `box` and return what a page does with it.
 *
 * `words` are the texts and addresses of the page: vendor, sheet, labels, name, zoomIn, zoomOut, close, here, tiles, credit.
 */
export async function draw(box, words) {
  await (loading ??= library(words));
  const map = L.map(box, {
    minZoom: widest(box),
    maxZoom: CLOSEST,
    zoomSnap: 0.5,
    zoomControl: false,
    scrollWheelZoom: false,
    fadeAnimation: false,
    zoomAnimation: !still.matches,
    markerZoomAnimation: !still.matches,
    inertia: !still.matches,
    maxBounds: [[-75, -540], [84, 540]],
  });
  if (still.matches) map.panBy = (way, how) => L.Map.prototype.panBy.call(map, way, { ...how, animate: false });
  box.setAttribute("role", "group"); // an “application” is entered and left in silence: the next link is not heard
  box.setAttribute("aria-label", words.name);
  L.control.zoom({ zoomInTitle: words.zoomIn, zoomOutTitle: words.zoomOut, position: "topright" }).addTo(map);
  map.attributionControl.setPrefix(false).addAttribution(escaped(words.tiles ? words.credit : "Natural Earth · GeoNames"));
  takeTheWheel(map, box);
  map.setView([20, 0], 2, { animate: false });
  if (words.tiles) map.once("moveend", () => L.tileLayer(words.tiles, { maxZoom: CLOSEST }).addTo(map));
  else paint(map, box, words);
  new ResizeObserver(() => box.clientWidth && map.invalidateSize({ animate: false }).setMinZoom(widest(box))).observe(box);
  const over = L.layerGroup().addTo(map);
  map.getPane("overlayPane").setAttribute("aria-hidden", "true"); // circles and areas: the page says in words what they show
  const laid = (path) => outline(over, `${words.vendor}${path}`);
  return { map, pins: pinsOn(map, words), circle: (one) => circle(over, one), outline: laid, clear: () => over.clearLayers(), frame: (bbox) => frame(map, bbox) };
}

/** Leaflet, its clusters and its sheet; ours has the last word. */
async function library({ vendor, sheet }) {
  const styles = [`${vendor}leaflet.css`, sheet].map((href) => {
    const link = Object.assign(document.createElement("link"), { rel: "stylesheet", href });
    return loaded(link, () => document.head.append(link));
  });
  const scripts = [`${vendor}leaflet.js`, `${vendor}leaflet.markercluster.js`].map((src) => {
    const script = Object.assign(document.createElement("script"), { src, async: false }); // in order, at the same time
    return loaded(script, () => document.head.append(script));
  });
  await Promise.all([...styles, ...scripts]);
  const walk = L.MarkerCluster.prototype._recursively; // its levels are whole numbers, also where the least zoom is none
  L.MarkerCluster.include({ _recursively: function (bounds, from, ...rest) { walk.call(this, bounds, Math.floor(from), ...rest); } });
}

function loaded(element, begin) {
  return new Promise((resolve, reject) => {
    element.onload = resolve;
    element.onerror = () => reject(new Error("a file of the map is missing"));
    begin();
  });
}

/** The wheel moves the page until somebody works with the map. */
function takeTheWheel(map, box) {
  const take = () => map.scrollWheelZoom.enable();
  box.addEventListener("pointerdown", take);
  box.addEventListener("pointerleave", () => map.scrollWheelZoom.disable());
}

/** The zoom at which the whole world is as wide as the map: further away it would stand there twice. */
function widest(box) {
  return Math.max(0, Math.log2(box.clientWidth / 256));
}

/** Show [west, south, east, north]; a single point is not shown closer than a town. The one world about it, which has the
 * pins, is all there is. */
function frame(map, bbox) {
  const [west, south, east, north] = bbox ?? [-170, -50, 190, 72];
  const bounds = [[south, west], [north, east < west ? east + 360 : east]];
  map.setMaxBounds(null);
  map.fitBounds(bounds, { paddingTopLeft: [28, 52], paddingBottomRight: [28, 28], maxZoom: FIRST, animate: false });
  const middle = map.getCenter().lng;
  map.setMaxBounds([[-75, middle - 180], [84, middle + 180]]);
}

function circle(over, { lat, lon, radius_km }) {
  L.circle([lat, lon], { radius: radius_km * 1000, className: "map-circle", interactive: false }).addTo(over);
}

/** A country as it is shaped, as basemap.mjs wrote it; one that does not come is not drawn. */
async function outline(over, path) {
  const rings = await fetch(path, { credentials: "omit" }).then((answer) => (answer.ok ? answer.json() : []), () => []);
  L.polygon(rings.map((ring) => unpacked(ring, OUTLINED, 0)), { className: "map-area", interactive: false }).addTo(over);
}

// Pins

/** The layer of pins: `show` replaces them, `find` gives the one that stands for an address. */
function pinsOn(map, words) {
  const layer = L.markerClusterGroup({
    showCoverageOnHover: false,
    spiderfyOnMaxZoom: false,
    disableClusteringAtZoom: CLOSEST - 1,
    maxClusterRadius: 56, // no pin lies over the number of a heap
    animate: !still.matches,
    iconCreateFunction: (cluster) => gathered(cluster.getAllChildMarkers().reduce((sum, one) => sum + one.options.count, 0)),
  }).addTo(map);
  const byAddress = new Map();
  let lit = null;
  layer.on("animationend layeradd", () => named(layer, words));
  map.on("moveend", () => requestAnimationFrame(() => named(layer, words)));

  /** Show these GeoJSON features; `chosen(pin, event)` is called when one is activated, `pointed(pin)` when it is hovered. */
  function show(features, { west = -180, chosen = () => {}, pointed = () => {} } = {}) {
    layer.clearLayers();
    byAddress.clear();
    const pins = features.map((feature) => pinOf(feature, west));
    for (const pin of pins) {
      for (const one of pin.options.listings) if (!byAddress.has(one.path)) byAddress.set(one.path, pin);
      pin.on("click keypress", (event) => (event.originalEvent.key ?? "Enter") === "Enter" && chosen(pin, event));
      pin.on("mouseover", () => pointed(pin));
      pin.on("mouseout", () => pointed(null));
      pin.on("add", () => label(pin.getElement(), titleOf(pin, words)));
    }
    layer.addLayers(pins);
    named(layer, words);
    map.fire("pins");
  }

  /** Light the pin of this address, or the heap it lies in; an unknown address puts all lights out. */
  function light(path) {
    lit?.setZIndexOffset(0);
    lit?.getElement()?.classList.remove("lit");
    const pin = byAddress.get(path);
    lit = pin && layer.getVisibleParent(pin);
    lit?.setZIndexOffset(1000);
    lit?.getElement()?.classList.add("lit");
  }
  return { show, light };
}

function pinOf({ geometry, properties }, west) {
  const [lon, lat] = geometry.coordinates;
  const listings = properties.listings.map(({ name, url }) => ({ name, path: new URL(url).pathname }));
  return L.marker([lat, west + ((((lon - west) % 360) + 360) % 360)], {
    icon: properties.count > 1 ? gathered(properties.count) : single(),
    count: properties.count,
    listings,
    riseOnHover: true,
  });
}

export function single() {
  return L.divIcon({ className: "pin", html: PIN, iconSize: [44, 44], iconAnchor: [22, 40], popupAnchor: [0, -34] });
}

function gathered(count) {
  const size = count < 10 ? "few" : count < 100 ? "some" : "many";
  return L.divIcon({ className: `heap ${size}`, html: `<span>${count}</span>`, iconSize: [44, 44], popupAnchor: [0, -14] });
}

function titleOf(pin, words) {
  const names = pin.options.listings.map((one) => one.name);
  return names.length && names.length === pin.options.count ? names.join(", ") : words.here.replace("%", pin.options.count);
}

/** Give heaps their names, for the library makes them as they are needed. */
function named(layer, words) {
  layer._featureGroup?.eachLayer((one) => {
    const element = one.getElement?.();
    if (element && one.getAllChildMarkers) label(element, words.here.replace("%", element.textContent));
  });
}

function label(element, text) {
  element?.setAttribute("aria-label", text);
}

// The ground

/** Land, lakes and borders in the detail that fits, and the names of towns. */
function paint(map, box, words) {
  const pane = map.createPane("ground");
  pane.style.zIndex = 200;
  pane.setAttribute("aria-hidden", "true");
  const renderer = L.canvas({ padding: 0.5, pane: "ground" });
  const cells = new Map();
  const draw = () => ground(map, cells, renderer, words, box);
  map.on("moveend", draw);
  dark.addEventListener("change", () => {
    for (const cell of cells.values()) cell.then(({ lines }) => lines.forEach((one) => one.setStyle(colours(box, one.options.kind))));
  });
  namesOn(map, words);
}

/** Show the cells of the view; those of another level go when the new ones are there. */
async function ground(map, cells, renderer, words, box) {
  const level = LEVELS.find(({ from }) => map.getZoom() >= from);
  const wanted = cellsOf(map.getBounds(), level);
  const asked = wanted.map(({ key, path, shift }) => {
    if (!cells.has(key)) cells.set(key, cellAt(`${words.vendor}${path}`, level, shift, renderer, box));
    return cells.get(key);
  });
  const ready = await Promise.all(asked);
  if (LEVELS.find(({ from }) => map.getZoom() >= from) !== level) return;
  for (const cell of ready) cell.addTo(map);
  box.classList.add("grounded");
  for (const cell of cells.values()) cell.then((one) => one.level === level || one.remove());
}

function cellsOf(bounds, { name, size }) {
  const [across, up] = [360 / size, Math.ceil(180 / size)];
  const found = [];
  for (let x = Math.floor((bounds.getWest() + 180) / size); x <= Math.floor((bounds.getEast() + 180) / size); x++) {
    const [bottom, top] = [bounds.getSouth(), bounds.getNorth()].map((lat) => Math.floor((lat + 90) / size));
    for (let y = Math.max(Math.floor((SOUTHMOST + 90) / size), bottom); y <= Math.min(up - 1, top); y++) {
      const column = ((x % across) + across) % across;
      found.push({ key: `${name}/${x}_${y}`, path: `${name}/${column}_${y}.json`, shift: ((x - column) / across) * 360 });
    }
  }
  return found;
}

/** One cell as a group of layers; what does not come stays sea. */
async function cellAt(path, level, shift, renderer, box) {
  const content = await contentOf(path);
  const lines = ["land", "lakes", "regions", "borders"].flatMap((kind) => {
    const points = (content[kind] ?? []).map((line) => unpacked(line, level.scale, shift));
    if (!points.length) return [];
    const closed = kind === "land" || kind === "lakes";
    const style = { ...colours(box, kind), kind, renderer, interactive: false, stroke: !closed, fill: closed, fillOpacity: 1 };
    return [closed ? L.polygon(points, style) : L.polyline(points, { ...style, weight: kind === "borders" ? 1.25 : 1 })];
  });
  return Object.assign(L.layerGroup(lines), { lines, level });
}

/** What a file of the ground holds, asked for once: a map as wide as the world shows its edges twice. */
function contentOf(path) {
  const failed = () => (files.delete(path), {}); // asked for again where the map is moved
  if (!files.has(path)) files.set(path, fetch(path, { credentials: "omit" }).then((answer) => (answer.ok ? answer.json() : {}), failed));
  return files.get(path);
}

function unpacked(line, scale, shift) {
  const points = [];
  for (let i = 0, x = 0, y = 0; i < line.length; i += 2) {
    x += line[i];
    y += line[i + 1];
    points.push([y / scale, x / scale + shift]);
  }
  return points;
}

/** The colours of the sheet, which alone decides them. */
function colours(box, kind) {
  const colour = getComputedStyle(box).getPropertyValue({ land: "--land", lakes: "--water", regions: "--region", borders: "--border" }[kind]).trim();
  return { color: colour, fillColor: colour };
}

// The names of towns

/** Ask for the towns of the view once it rests, and write those that have room. */
function namesOn(map, { labels }) {
  const pane = map.createPane("names");
  pane.setAttribute("aria-hidden", "true");
  pane.style.zIndex = 450;
  pane.style.pointerEvents = "none";
  const layer = L.layerGroup().addTo(map);
  let [timer, newest, towns] = [0, 0, []];
  const ask = async () => {
    const mine = ++newest;
    const found = map.getZoom() < NAMED ? [] : await townsOf(map, labels);
    if (mine === newest) write(map, layer, (towns = found));
  };
  map.on("pins", () => write(map, layer, towns));
  map.on("moveend", () => {
    clearTimeout(timer);
    timer = setTimeout(ask, NAMES);
  });
}

async function townsOf(map, address) {
  const boxes = boxesOf(map.getBounds(), map.getZoom());
  const asked = boxes.map((box) => fetch(`${address}?box=${box}`, { credentials: "omit" }).then((answer) => (answer.ok ? answer.json() : []), () => []));
  return (await Promise.all(asked)).flat();
}

/** The view, widened to the lines of a grid so that small moves ask nothing new. */
function boxesOf(bounds, zoom) {
  const step = 180 / 2 ** Math.max(0, Math.floor(zoom));
  const [south, north] = [Math.floor(bounds.getSouth() / step) * step, Math.ceil(bounds.getNorth() / step) * step];
  const [west, east] = [Math.floor(bounds.getWest() / step) * step, Math.ceil(bounds.getEast() / step) * step];
  const turned = (lon) => ((((lon + 180) % 360) + 360) % 360) - 180;
  const [left, right] = east - west >= 360 ? [-180, 180] : [turned(west), turned(east) === -180 ? 180 : turned(east)];
  return [[Math.max(-90, south), left, Math.min(90, north), right].map((degrees) => +degrees.toFixed(4)).join()];
}

/** The largest first, under their point or else beside or above it; a name that would touch another, or a pin, is left out. */
function write(map, layer, towns) {
  layer.clearLayers();
  const taken = pinned(map);
  const middle = map.getCenter().lng;
  const view = map.getPixelBounds();
  for (const { name, lat, lon, population } of towns) {
    const at = L.latLng(lat, middle + ((((lon - middle + 180) % 360) + 360) % 360) - 180);
    const point = map.project(at);
    const large = population > LARGE;
    const wide = name.length * (large ? 4.2 : 3.6) + 10;
    const free = (room) => view.contains([room.slice(0, 2), room.slice(2)]) && !taken.some((other) => touches(room, other));
    const side = Object.keys(SIDES).slice(0, large ? 4 : 1).find((one) => free(roomAt(point, SIDES[one], wide)));
    if (!side) continue;
    const room = roomAt(point, SIDES[side], wide);
    taken.push([room[0] - ROOM, room[1] - ROOM, room[2] + ROOM, room[3] + ROOM]);
    const icon = L.divIcon({ className: `town ${side} ${large ? "large" : ""}`, html: `<span>${escaped(name)}</span>`, iconSize: [0, 0] });
    L.marker(at, { icon, pane: "names", interactive: false, keyboard: false }).addTo(layer);
  }
}

/** The room of a name on that side of its point: past the heap that stands there, on all sides but the first. */
function roomAt({ x, y }, [across, down], wide) {
  const [middle, top] = [x + across * (HEAP + wide), y + (down < 0 ? -HEAP - 20 : down > 0 ? 0 : -10)];
  return [middle - wide, top, middle + wide, top + 20];
}

/** Where pins and heaps stand, and the corner of the credit. */
function pinned(map) {
  const { min, max } = map.getPixelBounds();
  const taken = [[max.x - 190, max.y - 24, max.x, max.y], [max.x - 70, min.y, max.x, min.y + 116]];
  map.eachLayer((one) => {
    if (!(one instanceof L.Marker) || one.options.pane !== "markerPane") return;
    const { x, y } = map.project(one.getLatLng());
    taken.push(one.options.icon?.options.className === "pin" ? [x - 14, y - 38, x + 14, y] : [x - 20, y - 20, x + 20, y + 20]);
  });
  return taken;
}

function touches([a, b, c, d], [w, s, e, n]) {
  return a < e && c > w && b < n && d > s;
}

function escaped(text) {
  const node = document.createElement("span");
  node.textContent = text;
  return node.innerHTML;
}
