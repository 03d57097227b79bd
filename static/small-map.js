// Small maps: a pin for each network of the world, where one of them is responsible, where a therapist meets people.

const WIDE = matchMedia("(width >= 68.75rem)"); // as in style/map.css

if (matchMedia("(scripting: enabled)").matches) document.querySelectorAll(".small-map").forEach(begin);

/** Show the switch; the map is drawn when it is opened, or when it comes near where there is room for it. */
function begin(section) {
  section.hidden = false;
  const button = section.querySelector(".map-switch button");
  let drawn = null;
  const draw = () => (drawn ??= world(section));
  button.addEventListener("click", () => {
    const open = section.classList.toggle("open");
    button.setAttribute("aria-expanded", open);
    for (const words of button.querySelectorAll("[data-when]")) words.hidden = (words.dataset.when === "open") !== open;
    if (open) draw();
  });
  const near = new IntersectionObserver((seen) => seen.some((one) => one.isIntersecting) && WIDE.matches && draw(), { rootMargin: "200px" });
  near.observe(section);
  WIDE.addEventListener("change", () => WIDE.matches && draw());
}

async function world(section) {
  try {
    const { draw, single } = await import(new URL(section.dataset.module, location));
    const { map, pins, circle, outline, frame } = await draw(section.querySelector(".map-ground"), { ...section.dataset });
    const [circles, outlines, points, bbox, features] = ["circles", "outlines", "points", "bbox", "pins"].map((name) => JSON.parse(section.dataset[name]));
    circles.forEach(circle);
    outlines.forEach((number) => outline(`country/${number}.json`));
    for (const point of points) L.marker(point, { icon: single(), interactive: false, keyboard: false }).addTo(map);
    frame(bbox);
    pins.show(features, { west: map.getCenter().lng - 180, chosen: (pin, event) => choose(map, section, pin, event) });
    section.addEventListener("keydown", (event) => event.key === "Escape" && map.closePopup());
  } catch {
    section.querySelector(".map-said").textContent = section.dataset.failed;
  }
}

/** Name the networks of a pin, each a link to its page. */
function choose(map, section, pin, event) {
  const list = document.createElement("ul");
  list.dir = document.documentElement.dir;
  for (const { name, path } of pin.options.listings) {
    const link = Object.assign(document.createElement("a"), { href: path });
    link.append(Object.assign(document.createElement("bdi"), { textContent: name }));
    list.append(document.createElement("li"));
    list.lastChild.append(link);
  }
  const popup = L.popup({ minWidth: 150, maxWidth: Math.min(300, map.getSize().x - 124), offset: pin.options.icon.options.popupAnchor });
  popup.setLatLng(pin.getLatLng()).setContent(list).openOn(map);
  popup.getElement().querySelector(".leaflet-popup-close-button").setAttribute("aria-label", section.dataset.close);
  popup.on("remove", () => document.activeElement === document.body && pin.getElement()?.focus({ preventScroll: true }));
  if (event.type === "keypress") list.querySelector("a").focus();
}
