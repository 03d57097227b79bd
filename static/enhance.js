// What a script adds to the search box: places as one types, and "use my location". Everything works without it.

const WAIT = 120; // milliseconds of quiet before a name is looked up
const NEAR = 2; // decimals of a position that may leave this device: about a kilometre

const TOUCHED = ["pointerdown", "pointermove", "keydown", "focusin", "scroll"]; // somebody is there: the list is fetched then
const forms = document.querySelectorAll("form[data-suggest]");

forms.forEach(offerLocation);
if (forms.length) for (const kind of TOUCHED) addEventListener(kind, begin, { once: true, passive: true, capture: true });

let isComposing = false; // a letter that takes several keys
/** Escape closes the list and empties nothing; a plain search field would, also while the list is only on its way. */
for (const form of forms) form.querySelector("input[name=q]").addEventListener("keydown", (event) => event.key === "Escape" && event.preventDefault());

addEventListener("compositionstart", () => (isComposing = true), true);
addEventListener("compositionend", () => (isComposing = false), true);

/** Fetch what makes a field a list of places, and let every search form have it; without it they are plain fields. */
async function begin() {
  for (const kind of TOUCHED) removeEventListener(kind, begin, { capture: true });
  const script = Object.assign(document.createElement("script"), { src: forms[0].dataset.combobox });
  document.head.append(script);
  await new Promise((loaded) => script.addEventListener("load", loaded));
  if (isComposing) await new Promise((ended) => addEventListener("compositionend", () => setTimeout(ended), { once: true }));
  for (const form of forms) enhance(form, form.querySelector("input[name=q]"));
}

/** Turn the plain field into a combobox; what is typed and not chosen is sent as it is.
 *
 * Where nothing but the place is asked (`data-at-once`), choosing one searches there; the first page asks more below. */
function enhance(form, plain) {
  let chosen = null;
  let isDecided = false;
  const caret = document.activeElement === plain && [plain.selectionStart, plain.selectionEnd];
  const box = document.createElement("div");
  box.className = "combobox";
  plain.replaceWith(box);
  window.accessibleAutocomplete({
    element: box,
    id: plain.id,
    name: plain.name,
    defaultValue: caret ? plain.defaultValue : plain.value,
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
  for (const one of box.querySelectorAll("[role=status]")) one.removeAttribute("role"); // they are announced without, and are no stops
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
  if (caret) {
    field.focus();
    if (plain.value !== plain.defaultValue) {
      field.value = plain.value;
      field.dispatchEvent(new Event("input", { bubbles: true }));
    }
    queueMicrotask(() => field.setSelectionRange(...caret)); // after the list has chosen all of it, as it does on focus
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

function escaped(text) {
  const node = document.createElement("span");
  node.textContent = text;
  return node.innerHTML;
}
