// A pin for the place of an office: dragged with a pointer, moved with the arrow keys, or by four buttons that say how far it
// went, for who reads the page by ear keeps the arrow keys for reading. Without it, the town counts.
// Around it, the square that visitors are shown instead.

const STEP = 4; // pixels a key moves the pin
const WAYS = { ArrowUp: [0, -1], ArrowRight: [1, 0], ArrowDown: [0, 1], ArrowLeft: [-1, 0] };

/** Puts a button below the address of each office that opens a map with its pin. */
export function pins(form, words) {
  for (const entry of form.querySelectorAll(".entry")) {
    const [lat, lon] = ["lat", "lon"].map((name) => entry.querySelector(`input[name$="-${name}"]`));
    if (!lat || !lon) continue;
    const button = Object.assign(document.createElement("button"), {
      type: "button",
      className: "button quiet",
      textContent: words.place,
    });
    button.setAttribute("aria-expanded", false);
    const box = Object.assign(document.createElement("div"), { className: "map open pin-map", hidden: true });
    const line = document.createElement("p");
    line.append(button);
    entry.append(line, box);
    button.addEventListener("click", () => open(entry, button, box, lat, lon, words));
  }
}

async function open(entry, button, box, lat, lon, words) {
  box.hidden = !box.hidden;
  button.setAttribute("aria-expanded", !box.hidden);
  if (box.hidden || box.dataset.drawn) return;
  box.dataset.drawn = "yes";
  try {
    const { draw, single } = await import(new URL(words.module, location));
    const frame = Object.assign(document.createElement("div"), { className: "map-frame" });
    const ground = Object.assign(document.createElement("div"), { className: "map-ground" });
    frame.append(ground);
    box.append(frame);
    const { map } = await draw(ground, words);
    const here = lat.value ? [Number(lat.value), Number(lon.value)] : await found(entry, words);
    map.setView(here ?? [20, 0], here ? 12 : 2, { animate: false });
    const pin = movable(map, map.getCenter(), single(), lat, lon, words);
    veil(map, pin, entry, JSON.parse(words.grid));
    box.append(steps(map, pin, JSON.parse(words.pinWays), words.pinMove));
  } catch {
    box.textContent = words.failed;
  }
}

/** Where the typed town lies, as the search knows it. */
async function found(entry, words) {
  const typed = ["postcode", "locality"].map((name) => entry.querySelector(`[name$="-${name}"]`)?.value ?? "");
  const country = entry.querySelector('[name$="-country"]');
  const line = [typed.join(" ").trim(), country?.selectedOptions[0]?.textContent].filter(Boolean).join(", ");
  const answer = await fetch(`${words.find}?q=${encodeURIComponent(line)}`);
  const [first] = answer.ok ? await answer.json() : [];
  return first && [first.lat, first.lon];
}

function movable(map, point, icon, lat, lon, words) {
  const pin = L.marker(point, { icon, draggable: true, autoPan: true, keyboard: true }).addTo(map);
  pin.getElement().setAttribute("aria-label", words.pin);
  const keep = () => {
    const { lat: north, lng: east } = pin.getLatLng().wrap();
    lat.value = north.toFixed(6);
    lon.value = east.toFixed(6);
    lat.dispatchEvent(new Event("input", { bubbles: true }));
  };
  pin.on("dragend", keep);
  pin.getElement().addEventListener("keydown", (event) => {
    if (!WAYS[event.key]) return;
    event.preventDefault();
    event.stopPropagation();
    push(map, pin, WAYS[event.key]);
  });
  pin.on("pushed", keep);
  return pin;
}

/** Moves the pin one step on the map as it is: nearer, a step is shorter. */
function push(map, pin, way) {
  pin.setLatLng(map.unproject(map.project(pin.getLatLng()).add(way.map((one) => one * STEP)))); // unrounded: due north stays so
  pin.fire("move").fire("pushed");
}

/** A button for each way (`names`: north, east, south, west), and how far from where it stood the pin is by now. */
function steps(map, pin, names, called) {
  const from = pin.getLatLng();
  const group = Object.assign(document.createElement("div"), { className: "standing-ways" });
  const line = Object.assign(document.createElement("p"), { className: "hint" });
  group.setAttribute("role", "group");
  group.setAttribute("aria-label", called);
  line.setAttribute("aria-live", "polite");
  Object.values(WAYS).forEach((way, at) => {
    const button = Object.assign(document.createElement("button"), { type: "button", className: "button quiet", textContent: names[at] });
    button.addEventListener("click", () => push(map, pin, way));
    group.append(button);
  });
  const [north, east, south, west] = names;
  pin.on("move", () => {
    const { lat, lng } = pin.getLatLng();
    const up = Math.round(map.distance(from, [lat, from.lng]));
    const along = Math.round(map.distance(from, [from.lat, lng]));
    const told = [up > along / 50 && `${lat > from.lat ? north : south}: ${up} m`, along > up / 50 && `${lng > from.lng ? east : west}: ${along} m`];
    line.textContent = told.filter(Boolean).join(", "); // what a pixel is off by is no way
  });
  const both = document.createElement("div");
  both.append(group, line);
  return both;
}

/** Draws the square that visitors are shown instead of the pin, as the choice of the moment has it. */
function veil(map, pin, entry, grid) {
  let square = null;
  const show = () => {
    square?.remove();
    const step = grid[entry.querySelector('[name$="-address_visibility"]:checked')?.value];
    if (!step) return;
    const { lat, lng } = pin.getLatLng();
    const south = Math.floor((lat + 90) / step) * step - 90;
    const west = Math.floor((lng + 180) / step) * step - 180;
    square = L.rectangle([[south, west], [south + step, west + step]], { className: "map-circle", interactive: false }).addTo(map);
  };
  pin.on("move", show);
  entry.addEventListener("change", show);
  show();
}
