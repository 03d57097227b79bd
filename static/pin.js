// A pin for the place of an office: dragged with a pointer, or moved with the arrow keys. Without it, the town counts.
// Beside it, what visitors see: the address as each choice shows it, and the square they are shown instead of the pin.

const STEP = 4; // pixels a key moves the pin

/** Puts a button below the address of each office that opens a map with its pin. */
export function pins(form, words) {
  for (const entry of form.querySelectorAll(".entry")) {
    const [lat, lon] = ["lat", "lon"].map((name) => entry.querySelector(`input[name$="-${name}"]`));
    if (!lat || !lon) continue;
    tell(entry);
    entry.addEventListener("input", () => tell(entry));
    const button = Object.assign(document.createElement("button"), {
      type: "button",
      className: "button quiet",
      textContent: words.place,
    });
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
    const [x, y] = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }[event.key] ?? [0, 0];
    if (!x && !y) return;
    event.preventDefault();
    event.stopPropagation();
    pin.setLatLng(map.containerPointToLatLng(map.latLngToContainerPoint(pin.getLatLng()).add([x * STEP, y * STEP])));
    pin.fire("move");
    keep();
  });
  return pin;
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

/** Says at each choice what a visitor reads of this address. */
function tell(entry) {
  const typed = (name) => entry.querySelector(`[name$="-${name}"]`)?.value.trim() ?? "";
  const country = entry.querySelector('[name$="-country"]');
  const land = country?.value ? country.selectedOptions[0].textContent : "";
  for (const line of entry.querySelectorAll("[data-sees]")) {
    const town = line.dataset.sees === "full" ? `${typed("locality")} ${typed("postcode")}`.trim() : typed("locality");
    const parts = [line.dataset.sees === "full" ? typed("street") : "", town, land];
    line.textContent = parts.filter(Boolean).join(", ");
  }
}
