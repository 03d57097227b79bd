// The therapist's own page: counts letters, keeps what is typed, shows the preview. The page works without it.

const REST = 1200; // milliseconds without a key before what was typed is kept
const SEEN = 500; // and before the preview is drawn anew
const words = document.querySelector("[data-words]").dataset;

document.querySelector(".mend")?.focus();
openNamed();
addEventListener("hashchange", openNamed);
for (const area of document.querySelectorAll("textarea[maxlength]")) count(area);
for (const form of document.querySelectorAll("form[data-section]")) keep(form);
const offices = document.querySelector('form[data-section="offices"]');
import(new URL(words.pins, location)).then(({ pins }) => pins(offices, { ...words }));

/** Opens the section the address names, so that a link into it is never a closed door. */
function openNamed() {
  const at = document.getElementById(location.hash.slice(1));
  const section = at?.closest("details.section");
  if (section) section.open = true;
}

/** Says below a text how much of it still fits. */
function count(area) {
  const most = Number(area.maxLength);
  const line = Object.assign(document.createElement("p"), { className: "hint" });
  const say = () => {
    const used = [...area.value].length;
    const written = area.value.trim() ? area.value.trim().split(/\s+/u).length : 0;
    line.textContent = words.left.replace("{w}", written).replace("{c}", most - used);
    line.classList.toggle("over", used > most);
  };
  area.after(line);
  area.addEventListener("input", say);
  say();
}

/** Keeps the fields of a section on the server, and in this tab while the server cannot be reached. */
function keep(form) {
  const place = `listing-${form.dataset.section}`;
  const said = form.querySelector(".kept");
  let resting = 0;
  let drawing = 0;
  form.addEventListener("input", () => {
    clearTimeout(resting);
    clearTimeout(drawing);
    resting = setTimeout(store, REST);
    drawing = setTimeout(draw, SEEN);
  });
  form.addEventListener("submit", () => {
    clearTimeout(resting);
    sessionStorage.removeItem(place);
  });
  addEventListener("online", () => sessionStorage.getItem(place) && store());
  if (sessionStorage.getItem(place) && !form.hasAttribute("data-drafted")) restore();

  async function store() {
    sessionStorage.setItem(place, JSON.stringify([...new FormData(form)].filter(([name]) => name !== "csrf_token")));
    try {
      const answer = await fetch(`${form.action}/draft`, { method: "POST", body: new URLSearchParams(new FormData(form)) });
      if (answer.ok) sessionStorage.removeItem(place);
      said.textContent = answer.ok ? words.kept : answer.status === 401 ? words.out : words.alone;
    } catch {
      said.textContent = words.alone;
    }
  }

  function restore() {
    for (const [name, value] of JSON.parse(sessionStorage.getItem(place))) {
      const field = form.elements[name];
      if (field instanceof RadioNodeList) field.value = value;
      else if (field?.type === "checkbox") field.checked = true;
      else if (field && name !== "base") field.value = value;
    }
    form.closest("details").open = true;
    said.textContent = words.again;
  }

  async function draw() {
    const box = document.getElementById("preview");
    try {
      const answer = await fetch(`${form.action}/preview`, {
        method: "POST",
        headers: { Accept: "text/vnd.card+html" },
        body: new URLSearchParams(new FormData(form)),
      });
      if (answer.ok) box.innerHTML = await answer.text();
    } catch {
      // the preview stays as it was
    }
  }
}
