// A pin for the place of an office: dragged with a pointer, or moved with the arrow keys. Without it, the town counts.

const STEP = 4; // pixels a key moves the pin

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
    const box = Object.assign(document.createElement("div"), { className: "pin-map", hidden: true });
    const line = document.createElement("p");
    line.append(button);
    entry.append(line, box);
    button.addEventListener("click", () => open(form, button, box, lat, lon, words));
  }
}

async function open(form, button, box, lat, lon, words) {
  box.hidden = !box.hidden;
  button.setAttribute("aria-expanded", !box.hidden);
  if (box.hidden || box.dataset.drawn) return;
  box.dataset.drawn = "yes";
  try {
    const { draw, single } = await import(new URL(words.module, location));
    const { map } = await draw(box, words);
    const here = lat.value ? [Number(lat.value), Number(lon.value)] : await found(form, words);
    map.setView(here ?? [20, 0], here ? 12 : 2, { animate: false });
    movable(map, map.getCenter(), single(), lat, lon, words);
  } catch {
    box.textContent = words.failed;
  }
}

/** Where the typed town lies, as the search knows it. */
async function found(form, words) {
  const typed = ["postcode", "locality"].map((name) => form.querySelector(`[name$="-${name}"]`)?.value ?? "");
  const country = form.querySelector('[name$="-country"]');
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
    keep();
  });
}
