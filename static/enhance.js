// What a script adds to the search box: places as one types, and "use my location". Everything works without it.

const NEAR = 2; // decimals of a position that may leave this device: about a kilometre

const TOUCHED = ["pointerdown", "pointermove", "keydown", "focusin", "scroll"]; // somebody is there: the list is fetched then
const forms = () => document.querySelectorAll("form[data-suggest]");
let enhance = null;

forms().forEach(offerLocation);
if (forms().length) for (const kind of TOUCHED) addEventListener(kind, begin, { once: true, passive: true, capture: true });

let isComposing = false; // a letter that takes several keys
/** Escape closes the list and empties nothing; a plain search field would, also while the list is only on its way. */
addEventListener("keydown", (event) => event.key === "Escape" && event.target.matches("form[data-suggest] input[name=q]") && event.preventDefault());
document.addEventListener("page:changed", () => enhance && forms().forEach(list)); // the box may be another one

addEventListener("compositionstart", () => (isComposing = true), true);
addEventListener("compositionend", () => (isComposing = false), true);

/** Fetch what makes a field a list of places, and let every search form have it; without it they are plain fields. */
async function begin() {
  for (const kind of TOUCHED) removeEventListener(kind, begin, { capture: true });
  const { combobox, places } = forms()[0].dataset;
  const script = Object.assign(document.createElement("script"), { src: combobox });
  document.head.append(script);
  const [fetched] = await Promise.all([import(new URL(places, location)), new Promise((loaded) => script.addEventListener("load", loaded))]);
  if (isComposing) await new Promise((ended) => addEventListener("compositionend", () => setTimeout(ended), { once: true }));
  enhance = fetched.enhance;
  forms().forEach(list);
}

/** Let the field of the form have its list, once. */
function list(form) {
  if (!form.querySelector(".combobox")) enhance(form, form.querySelector("input[name=q]"));
}

/** A button that asks the browser for its position, only when pressed, and rounds it before it leaves. */
function offerLocation(form) {
  if (!form.dataset.near || !navigator.geolocation) return;
  const button = document.createElement("button");
  button.type = "button";
  button.className = "button quiet";
  button.textContent = form.dataset.near;
  const status = document.createElement("span");
  status.setAttribute("aria-live", "polite"); // as a “status” it would be a stop of its own, also while it says nothing
  button.addEventListener("click", () => {
    status.textContent = form.dataset.asking;
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => go(form, coords),
      () => {
        status.textContent = form.dataset.refused;
      },
      { maximumAge: 600000, timeout: 15000 },
    );
  });
  form.querySelector(".location").append(button, status);
}

/** Search around a rounded position, with the form's other choices. */
function go(form, coords) {
  const asked = new URLSearchParams({ near: `${coords.latitude.toFixed(NEAR)},${coords.longitude.toFixed(NEAR)}` });
  for (const [name, value] of new FormData(form)) {
    if (value && name !== "q" && name !== "place" && name !== "in") asked.append(name, value);
  }
  location.assign(`${form.action}?${asked}`);
}
