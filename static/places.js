// A search field with a list of places as one types: fetched once somebody is there.

const WAIT = 120; // milliseconds of quiet before a name is looked up

/** Turn the plain field into a combobox; what is typed and not chosen is sent as it is.
 *
 * Where nothing but the place is asked (`data-at-once`), choosing one searches there; the first page asks more below. */
export function enhance(form, plain) {
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
    templates: { inputValue: (place) => place?.label ?? "", suggestion: shown },
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
      for (const name of ["q", "of", "at"]) event.formData.delete(name);
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

/** A place as the list shows it, with the name that was typed where it goes by another. */
function shown(place) {
  const label = escaped(place.label ?? place);
  return place.under ? `${label} (<bdi>${escaped(place.under)}</bdi>)` : label;
}

function escaped(text) {
  const node = document.createElement("span");
  node.textContent = text;
  return node.innerHTML;
}
