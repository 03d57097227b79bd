// What a script adds to the search box: places as one types, and "use my location". Everything works without it.

const WAIT = 120; // milliseconds of quiet before a name is looked up
const NEAR = 2; // decimals of a position that may leave this device: about a kilometre

start();
document.addEventListener("page:changed", start);

/** Enhance every search form that is not yet. */
function start() {
  for (const form of document.querySelectorAll("form[data-suggest]:not([data-enhanced])")) {
    form.dataset.enhanced = "";
    enhance(form, form.querySelector("input[name=q]"));
    offerLocation(form);
  }
}

/** Turn the plain field into a combobox; what is typed and not chosen is sent as it is.
 *
 * Where nothing but the place is asked (`data-at-once`), choosing one searches there; the first page asks more below. */
function enhance(form, plain) {
  let chosen = null;
  let isDecided = false;
  const box = document.createElement("div");
  box.className = "combobox";
  plain.replaceWith(box);
  window.accessibleAutocomplete({
    element: box,
    id: plain.id,
    name: plain.name,
    defaultValue: plain.value,
    minLength: 1,
    confirmOnBlur: false,
    showNoOptionsFound: false,
    source: quietly((typed, show) => suggestions(form.dataset.suggest, typed).then(show)),
    templates: { inputValue: (place) => place?.label ?? "", suggestion: (place) => escaped(place.label ?? place) },
    tStatusQueryTooShort: () => "",
    tStatusNoResults: () => form.dataset.none,
    tStatusSelectedOption: (label) => label,
    tStatusResults: (count, selected) => `${form.dataset.found.replace("%", count)} ${selected}`,
    tAssistiveHint: () => form.dataset.hint,
    onConfirm: (place) => {
      chosen = place ?? chosen;
      if (!place || !("atOnce" in form.dataset)) return;
      isDecided = true;
      setTimeout(() => form.requestSubmit()); // the field is filled first
    },
  });
  const field = box.querySelector("input");
  field.addEventListener(
    "keydown",
    (event) => {
      if (event.key !== "Enter" || box.querySelector(".autocomplete__option--focused")) return;
      event.preventDefault();
      event.stopPropagation();
      form.requestSubmit();
    },
    true,
  );
  for (const name of ["maxlength", "autocapitalize", "enterkeyhint", "dir"]) {
    if (plain.hasAttribute(name)) field.setAttribute(name, plain.getAttribute(name));
  }
  form.addEventListener("formdata", (event) => {
    if (chosen && (isDecided || event.formData.get("q") === chosen.label)) {
      event.formData.delete("q");
      event.formData.set(chosen.field, chosen.value);
    }
    isDecided = false;
    for (const [name, value] of [...event.formData]) if (value === "") event.formData.delete(name);
  });
}

/** A list of places for what is typed; nothing when the line is bad. */
async function suggestions(address, typed) {
  try {
    const answer = await fetch(`${address}?q=${encodeURIComponent(typed)}`, { credentials: "omit" });
    return answer.ok ? await answer.json() : [];
  } catch {
    return [];
  }
}

/** The same function, called once the typing pauses, and only the newest answer shown. */
function quietly(look) {
  let timer = 0;
  let newest = 0;
  return (typed, show) => {
    const mine = ++newest;
    clearTimeout(timer);
    timer = setTimeout(() => look(typed, (found) => mine === newest && show(found)), WAIT);
  };
}

/** A button that asks the browser for its position, only when pressed, and rounds it before it leaves. */
function offerLocation(form) {
  if (!form.dataset.near || !navigator.geolocation) return;
  const button = document.createElement("button");
  button.type = "button";
  button.className = "button quiet";
  button.textContent = form.dataset.near;
  const status = document.createElement("span");
  status.setAttribute("role", "status");
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
  const line = document.createElement("p");
  line.className = "location";
  line.append(button, status);
  form.querySelector(".search-line").after(line);
}

/** Search around a rounded position, with the form's other choices. */
function go(form, coords) {
  const asked = new URLSearchParams({ near: `${coords.latitude.toFixed(NEAR)},${coords.longitude.toFixed(NEAR)}` });
  for (const [name, value] of new FormData(form)) {
    if (value && name !== "q" && name !== "place" && name !== "in") asked.append(name, value);
  }
  location.assign(`${form.action}?${asked}`);
}

function escaped(text) {
  const node = document.createElement("span");
  node.textContent = text;
  return node.innerHTML;
}
