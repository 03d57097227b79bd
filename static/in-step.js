// The map beside the results, in step with the list: it follows every new page.

const WIDE = matchMedia("(width >= 68.75rem)"); // as in style/map.css
const NEAR = 2; // decimals of a position that may leave this device: about a kilometre
const STEP = 24; // pixels a map is moved before that is a wish to look elsewhere
const CROWD = 1000; // from so many people on, the server may gather the pins of a light map
const STEPS = 10000; // to a degree, of pins that come together
const AROUND = 0.003; // degrees about a pin in which its people are asked for

/** The map of this page's search. */
export async function results(section) {
  stay(section);
  const say = (text) => (section.querySelector(".map-said").textContent = text);
  const { draw } = await import(new URL(section.dataset.module, location));
  const drawn = await draw(section.querySelector(".map-ground"), { ...section.dataset });
  const view = { section, ...drawn, newest: 0, home: null, chosen: null };
  inStep(view);
  const step = () => follow(view).then(() => say(""), () => gone(view, say));
  document.addEventListener("page:changed", step);
  await step();
}

/** What helps stands below the map and goes with it while one scrolls; when it has passed, the map comes into the empty column
 * and stays there: nothing ever lies under it. */
function stay(section) {
  const seer = new IntersectionObserver(
    ([{ isIntersecting, boundingClientRect }]) => section.classList.toggle("stays", !isIntersecting && boundingClientRect.bottom <= 0),
    { rootMargin: "64px 0px 0px" }, // gone again before the first line of it is back
  );
  const watch = () => {
    seer.disconnect();
    seer.observe(document.querySelector("#main .further"));
  };
  document.addEventListener("page:changed", watch);
  watch();
}

/** Pins of another search say nothing true of this one: they go, and the map says that it has none. */
function gone(view, say) {
  view.map.closePopup();
  view.clear();
  view.home = null;
  unoffer(view);
  view.pins.show([]);
  count(view, 0, 0);
  say(view.section.dataset.failed);
}

/** The way to search here goes; whoever stands on it stays on the map. */
function unoffer({ section }) {
  const again = section.querySelector(".map-again");
  if (again === document.activeElement) section.querySelector(".map-ground").focus({ preventScroll: true });
  again.hidden = true;
}

/** Put the pins of the page's search on the map and show all of them. */
async function follow(view) {
  const mine = ++view.newest;
  const found = await asked(view.section, location.search).catch(() => null);
  if (mine !== view.newest) return;
  if (!found) throw new Error("no pins");
  view.radii = found.radii;
  view.map.closePopup();
  view.clear();
  found.circles.forEach(view.circle);
  unoffer(view);
  view.home = null;
  view.frame(found.bbox);
  view.home = { centre: view.map.getCenter(), zoom: view.map.getZoom() };
  show(view, found.features);
  count(view, found.total, officesOf(found.features));
}

/** A number as the pages write it. */
function written(number) {
  return number.toLocaleString(document.documentElement.lang, { useGrouping: "always", numberingSystem: "latn" });
}

/** Pins are offices, and one may have several or none: where the map has not as many as the list, it says so. */
function count({ section }, people, offices) {
  const line = section.querySelector(".map-count");
  line.textContent = line.dataset.words.replace("{people}", written(people)).replace("{offices}", written(offices));
  line.hidden = people === offices;
}

function officesOf(features) {
  return features.reduce((sum, one) => sum + one.properties.count, 0);
}

function show(view, features) {
  view.crowded = officesOf(features) > CROWD;
  view.pins.show(features, {
    west: view.map.getCenter().lng - 180,
    chosen: (pin, event) => choose(view, pin, event),
    pointed: (pin) => mark(pin ?? view.chosen),
  });
}

/** A crowd comes gathered, as finely as the part of the map allows that is asked for. */
async function gather(view) {
  const mine = ++view.newest;
  const bounds = view.map.getBounds();
  if (bounds.getEast() - bounds.getWest() >= 360) return;
  const [southWest, northEast] = [bounds.getSouthWest().wrap(), bounds.getNorthEast().wrap()];
  const box = [Math.max(-90, southWest.lat), southWest.lng, Math.min(90, northEast.lat), northEast.lng];
  const found = await asked(view.section, location.search, box).catch(() => null);
  if (!found || mine !== view.newest) return;
  show(view, found.features);
  view.crowded = true;
}

async function asked(section, search, box) {
  const question = new URLSearchParams(search);
  question.set("light", "1");
  if (box) question.set("box", box.map((degrees) => degrees.toFixed(4)).join());
  const answer = await fetch(`${section.dataset.map}?${question}`, { credentials: "omit" });
  if (!answer.ok) throw new Error("no pins");
  const found = await answer.json();
  found.features.push(...apart(found.pins));
  return found;
}

/** Pins that name nobody come together, each by its steps from the one before: as features like all others. */
function apart({ lat, lon, count }) {
  const at = [0, 0];
  return count.map((some, n) => {
    at[0] += lon[n];
    at[1] += lat[n];
    return { geometry: { coordinates: at.map((steps) => steps / STEPS) }, properties: { count: some, listings: [] } };
  });
}

/** A card that is pointed at lights its pin; a map that was moved offers to search there. */
function inStep(view) {
  const list = document.querySelector("#main");
  const light = (event) => view.pins.light(pathOf(event.target.closest?.(".list .card")));
  for (const kind of ["pointerover", "focusin"]) list.addEventListener(kind, light);
  view.map.on("autopanstart", () => (view.making = true)); // room for a popup is no wish to look elsewhere
  view.map.on("moveend", () => {
    const wished = moved(view) && !view.making;
    view.making = false;
    if (!wished) return;
    if (view.crowded) gather(view);
    const again = view.section.querySelector(".map-again");
    again.href = hereAgain(view);
    again.hidden = false;
  });
  view.section.addEventListener("keydown", (event) => {
    if (event.key === "Escape") view.map.closePopup();
  });
}

/** Whether somebody moved the map away from where its search had put it. */
function moved({ map, home }) {
  if (!home) return false;
  return map.getZoom() !== home.zoom || map.project(map.getCenter()).distanceTo(map.project(home.centre)) > STEP;
}

function pathOf(card) {
  return card?.querySelector(":is(h2, h3) a")?.pathname;
}

function cardsOf(pin) {
  const paths = new Set(pin?.options.listings.map((one) => one.path));
  return [...document.querySelectorAll(".list .card")].filter((card) => paths.has(pathOf(card)));
}

/** Frame the cards of a pin, and no others. */
function mark(pin) {
  for (const card of document.querySelectorAll(".card.marked")) card.classList.remove("marked");
  for (const card of cardsOf(pin)) card.classList.add("marked");
}

/** Say who is at a pin; a mouse also brings their card into view where the list stands beside the map. */
async function choose(view, pin, event) {
  const byKey = event.type === "keypress";
  const people = await peopleAt(view, pin);
  if (!people.length) return view.map.setView(pin.getLatLng(), view.map.getZoom() + 2);
  view.chosen = pin;
  mark(pin);
  const popup = L.popup({
    minWidth: 150,
    maxWidth: Math.min(300, view.map.getSize().x - 124), // beside the buttons that bring the map nearer
    autoPanPaddingTopLeft: [12, 16],
    autoPanPaddingBottomRight: [68, 16],
    offset: pin.options.icon.options.popupAnchor,
  });
  popup.setLatLng(pin.getLatLng()).setContent(listOf(people, pin.options.count, view.section.dataset)).openOn(view.map);
  const close = popup.getElement().querySelector(".leaflet-popup-close-button");
  close.setAttribute("aria-label", view.section.dataset.close);
  popup.on("remove", () => {
    view.chosen = null;
    mark(null);
    if (document.activeElement === document.body) pin.getElement()?.focus({ preventScroll: true });
  });
  if (byKey) popup.getElement().querySelector("a").focus();
  else if (WIDE.matches) cardsOf(pin)[0]?.scrollIntoView({ block: "nearest" });
}

/** Those a pin names or, where the map was too full for names, what the place itself answers. */
async function peopleAt(view, pin) {
  const { listings, count } = pin.options;
  if (listings.length === count) return listings;
  const { lat, lng } = pin.getLatLng().wrap();
  const box = [Math.max(-90, lat - AROUND), Math.max(-180, lng - AROUND), Math.min(90, lat + AROUND), Math.min(180, lng + AROUND)];
  const found = await asked(view.section, location.search, box).catch(() => ({ features: [] }));
  const people = found.features.flatMap((one) => one.properties.listings);
  return people.map(({ name, url }) => ({ name, path: new URL(url).pathname }));
}

function listOf(people, count, words) {
  const list = document.createElement("ul");
  list.dir = document.documentElement.dir;
  for (const { name, path } of people) {
    const link = Object.assign(document.createElement("a"), { href: path });
    link.append(Object.assign(document.createElement("bdi"), { textContent: name }));
    list.append(Object.assign(document.createElement("li"), {}));
    list.lastChild.append(link);
  }
  if (people.length < count) list.append(Object.assign(document.createElement("li"), { textContent: words.more }));
  return list;
}

/** The page's search around the middle of the map, as far as a circle in it reaches; the second of two places stays. */
function hereAgain({ map, section, radii }) {
  const question = new URLSearchParams(location.search);
  const isApart = question.has("and_near");
  for (const name of ["place", "in", "near", "radius", "and_typed", "page", "typed", "q", "help"]) question.delete(name);
  const centre = map.getCenter().wrap();
  const bounds = map.getBounds();
  const across = map.distance([centre.lat, bounds.getWest()], [centre.lat, bounds.getEast()]);
  const up = map.distance([bounds.getSouth(), centre.lng], [bounds.getNorth(), centre.lng]);
  const radius = radii.findLast((km) => km <= Math.min(across, up) / 2000) ?? radii[0];
  const where = new URLSearchParams({ near: `${centre.lat.toFixed(NEAR)},${centre.lng.toFixed(NEAR)}` });
  if (!isApart) where.set("radius", radius); // for two it depends on how far apart they are
  return `${section.dataset.search}?${new URLSearchParams([...where, ...question])}`;
}
