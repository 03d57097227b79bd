// The therapist's own page: counts letters, keeps what is typed, shows the preview. The page works without it.

const REST = 1200; // milliseconds without a key before what was typed is kept
const SEEN = 500; // and before the preview is drawn anew
const KEPT = 204; // the server's answer once a draft is kept
const ELSEWHERE = "text/vnd.both+html"; // and the type of it where another page typed into the section
const THIS = [...crypto.getRandomValues(new Uint32Array(3))].map((one) => one.toString(36)).join(""); // the sign of this page
const SETTLED = 1000; // milliseconds after a page came in until a reader listens
const SQUARE = "photo-square"; // the field with the part of a picture that is shown
const words = document.querySelector("[data-words]").dataset;

openNamed();
hear();
addEventListener("load", hear); // going to the section the address names takes the focus away again
addEventListener("load", () => setTimeout(name, SETTLED));
addEventListener("hashchange", openNamed);
for (const section of document.querySelectorAll("details.section")) section.addEventListener("toggle", () => tell(section));
const whole = document.getElementById("whole");
for (const area of document.querySelectorAll("textarea[maxlength]")) count(area);
for (const form of document.querySelectorAll("form[data-section]")) keep(form);
if (whole) whole.hidden = false;
const offices = document.querySelector('form[data-section="offices"]');
import(new URL(words.pins, location)).then(({ pins }) => pins(offices, { ...words }));
import(new URL(words.crops, location)).then(({ crops }) => crops(document.querySelector('form[data-section="photo"]'), { ...words }));

/** Puts who reads by ear or by key where the page says what became of their saving. */
function hear() {
  if (document.activeElement === document.body) document.querySelector(".mend, .saved")?.focus();
}

/** Goes once more to a row that begins with a list: of the first time, while the page comes in, a reader tells only what is chosen. */
function name() {
  const list = document.querySelector("select[autofocus]");
  if (!list || list.value || ![list, document.body].includes(document.activeElement)) return;
  const row = list.closest("fieldset");
  row.tabIndex = -1;
  row.focus({ preventScroll: true });
  setTimeout(() => list.focus({ preventScroll: true }), 100);
}

/** Opens the section the address names, so that a link into it is never a closed door. */
function openNamed() {
  const at = document.getElementById(location.hash.slice(1));
  const section = at?.closest("details.section");
  if (section) section.open = true;
}

/** Says that a section opened or closed to who reads its heading: a reader says so by itself only of what has the focus. */
function tell(section) {
  const heading = section.querySelector("h2");
  if (!heading.contains(getSelection().anchorNode)) return;
  const became = section.open ? words.opened : words.shut;
  document.getElementById("doors").textContent = became.replace("{name}", heading.textContent);
}

/** Says below a text how much of it still fits. */
function count(area) {
  const most = Number(area.maxLength);
  const line = Object.assign(document.createElement("p"), { className: "hint" });
  const heard = Object.assign(document.createElement("span"), { hidden: true, id: `${area.id}-left` });
  const say = () => {
    const used = [...area.value].length;
    const written = area.value.trim() ? area.value.trim().split(/\s+/u).length : 0;
    line.textContent = words.left.replace("{w}", written).replace("{c}", most - used);
    line.classList.toggle("over", used > most);
  };
  const tell = () => (heard.textContent = line.textContent); // at the door only: a description that changes is read anew
  area.after(line, heard);
  area.setAttribute("aria-describedby", `${area.getAttribute("aria-describedby") ?? ""} ${heard.id}`.trim());
  area.addEventListener("blur", tell);
  area.addEventListener("input", say);
  say();
  tell();
}

/** Keeps the fields of a section on the server, and in this tab while the server cannot be reached. */
function keep(form) {
  const section = `listing-${words.listing}-${form.dataset.section}`;
  const place = `${section}-${THIS}`; // each page has its own: what an earlier one left is there until somebody has seen it
  const said = form.querySelector(".kept");
  let follows = form.elements.follows.value; // the mark of the draft this page shows
  let resting = 0;
  let drawing = 0;
  form.addEventListener("formdata", ({ formData }) => {
    formData.set("page", THIS);
    formData.set("follows", follows);
  });
  form.addEventListener("input", () => {
    clearTimeout(resting);
    clearTimeout(drawing);
    leave(place, fields(form)); // whoever turns to another page before they rest finds it again
    resting = setTimeout(() => store(), REST);
    drawing = setTimeout(draw, SEEN);
  });
  form.addEventListener("submit", ({ submitter }) => {
    if (submitter?.formTarget) return; // a preview saves nothing
    rested();
    // kept until a page says that it was saved: the answer may be that nobody is signed in any more
    if (submitter?.name === "forget") sessionStorage.removeItem(place);
    else put(place, { ...leave(place, fields(form)), sent: true });
  });
  whole?.addEventListener("toggle", () => whole.open && isAtHand() && drawWhole());
  addEventListener("online", again);
  document.addEventListener("visibilitychange", () => (document.hidden ? rested() && store(true) : again()));
  answered();
  if (!document.querySelector("form[data-typed]")) restore(); // a page that answers to a Save is not asked for twice

  /** Whether this is the section somebody is in; the first when none is open. */
  function isAtHand() {
    const near = document.querySelector("details[open] > form[data-section]") ?? document.querySelector("form[data-section]");
    return near === form;
  }

  /** Whether something was typed that nobody has kept yet; it is the caller's to keep from now on. */
  function rested() {
    const waits = resting > 0;
    clearTimeout(resting);
    resting = 0;
    return waits;
  }

  async function store(leaving = false) {
    rested();
    const status = await hand(place, leave(place, fields(form)), leaving);
    if (status === KEPT) form.querySelector("[data-both]")?.remove();
    said.textContent = { [KEPT]: words.kept, 401: words.out, 409: words.elsewhere }[status] ?? words.alone;
    return status;
  }

  /** Gives the server what is left in the tab. Once it has it, the tab still knows when it was typed, until a page shows it. */
  async function hand(at, left, leaving = false) {
    const status = await draft(form, left, leaving, (both) => ask(at, left, both));
    if (status === KEPT && found(at)?.at === left.at) put(at, { at: left.at }); // else typed since
    return status;
  }

  /** Shows what another page typed beside what is left in this tab: nothing is overwritten before somebody chose. */
  function ask(at, left, both) {
    const box = new DOMParser().parseFromString(both, "text/html").querySelector("[data-both]");
    const before = form.querySelector("[data-both]");
    if (before?.isEqualNode(box)) return;
    const stays = (which, chosen) => box.querySelector(`[data-stays=${which}]`).addEventListener("click", chosen);
    stays("here", async () => {
      follows = box.dataset.both;
      const typed = at === place ? fields(form) : left.typed.map(([name, value]) => [name, name === "follows" ? follows : value]);
      rested();
      if ((await hand(at, leave(at, typed))) === KEPT) anew();
    });
    stays("there", () => {
      rested();
      sessionStorage.removeItem(at);
      anew();
    });
    form.closest("details").open = true;
    if (before) before.replaceWith(box);
    else form.prepend(box);
  }

  /** What stayed in this tab goes to the server as soon as it can, with the form's sign of a new session. */
  async function again() {
    if (!found(place)?.typed || form.hasAttribute("data-typed")) return;
    if ((await store()) === 400 && (await renew())) await store();
  }

  /** What was sent is over where this page says that it was saved, and this page's own where it shows it again. */
  function answered() {
    const [isSaved, isShown] = [form.hasAttribute("data-saved"), form.hasAttribute("data-typed")];
    const sent = isSaved || isShown ? earlier().filter((at) => found(at).sent) : [];
    for (const at of sent) sessionStorage.removeItem(at);
    if (isShown && sent.length) leave(place, fields(form));
  }

  /** What an earlier page left in this tab becomes the draft, and the server shows it: it knows every row and box. */
  async function restore() {
    for (const at of earlier()) {
      const left = found(at);
      const isShown = at === `${section}-${form.dataset.page}` && Number(form.dataset.draft) >= left.at;
      if (isShown) sessionStorage.removeItem(at);
      else if (!left.typed) return lookAgain(at, left);
      else return becomeDraft(at, left);
    }
  }

  async function becomeDraft(at, left) {
    said.textContent = words.again;
    form.closest("details").open = true;
    const status = await hand(at, left);
    if (status === KEPT) anew();
    if (status === 409) said.textContent = words.elsewhere;
  }

  /** Keys of what earlier pages of this tab left of the section. */
  function earlier() {
    return Object.keys(sessionStorage).filter((at) => at !== place && (at === section || at.startsWith(`${section}-`)));
  }

  /** Reads the page once more, at what was just said of a saving, else at this section. */
  function anew() {
    location.hash = document.getElementById("saved") ? "saved" : form.dataset.section; // what was just said is heard first
    location.reload();
  }

  /** The server has it and this page does not show it: the page was read before, or, seen twice, it is saved or given up. */
  function lookAgain(at, left) {
    if (left.looked) return sessionStorage.removeItem(at);
    put(at, { ...left, looked: true });
    location.reload();
  }

  async function draw() {
    const box = document.getElementById("preview");
    try {
      const answer = await fetch(`${target(form)}/preview`, {
        method: "POST",
        headers: { Accept: "text/vnd.card+html" },
        body: new URLSearchParams(shown(form)),
      });
      if (answer.ok) box.innerHTML = await answer.text();
      tellSeen(form, answer.ok ? JSON.parse(box.querySelector("[data-rows]")?.dataset.rows ?? "[]") : null);
      if (whole?.open) await drawWhole();
    } catch {
      // the preview stays as it was
    }
  }

  /** The page as visitors would see it. It is inert: the "Preview" button shows it to who reads by ear or by key. */
  async function drawWhole() {
    const answer = await fetch(`${target(form)}/preview`, { method: "POST", body: new URLSearchParams(shown(form)) });
    if (!answer.ok) return;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html").querySelector("article.profile");
    for (const named of page.querySelectorAll("[id], [for], [aria-labelledby]")) {
      for (const name of ["id", "for", "aria-labelledby"]) named.removeAttribute(name);
    }
    whole.lastElementChild.replaceChildren(document.importNode(page, true));
  }
}

/** Says at each choice of an office what a visitor reads of its address; of the one at hand nothing, if no place is meant. */
function tellSeen(form, rows) {
  form.querySelectorAll(".entry").forEach((entry, at) => {
    if (!rows && !entry.contains(document.activeElement)) return;
    for (const line of entry.querySelectorAll("[data-sees]")) line.textContent = rows?.[at]?.[line.dataset.sees] ?? "";
  });
}

/** Where a section is sent, without the place on the page that its answer is read from. */
function target(form) {
  return form.action.split("#")[0];
}

/** (name, value) of everything typed in a form; of a file that was chosen only the square that is shown. */
function fields(form) {
  return [...new FormData(form)].filter(([, value]) => typeof value === "string");
}

/** The same without a picture: the preview shows one as soon as it is kept. */
function shown(form) {
  return fields(form).filter(([name]) => name !== SQUARE);
}

/** Leaves these fields in the tab, with the moment they were typed in. */
function leave(place, typed) {
  return put(place, { at: Date.now(), typed });
}

/** Puts this in the tab in the place of what was there; one that has no room any more goes on without. */
function put(place, left) {
  try {
    sessionStorage.setItem(place, JSON.stringify(left));
  } catch {
    sessionStorage.removeItem(place);
  }
  return left;
}

/** What the tab holds of a section: when it was typed, and what, unless the server has it; null for nothing. */
function found(place) {
  return JSON.parse(sessionStorage.getItem(place));
}

/** The answer's status when these fields are left with the server as a draft, also by a page that is `leaving`; 0 when
    it cannot be reached. Where another page typed, the one who `asks` is given both. */
async function draft(form, { at, typed }, leaving, asks) {
  const token = form.elements.csrf_token.value;
  const body = new URLSearchParams([["csrf_token", token], ["at", at], ...typed.filter(([name]) => name !== "csrf_token")]);
  try {
    const answer = await fetch(`${target(form)}/draft`, { method: "POST", body, keepalive: leaving });
    if (answer.headers.get("Content-Type")?.startsWith(ELSEWHERE)) asks(await answer.text());
    if (answer.status !== 200) return answer.status;
    pictured(form, new Map(typed).get(SQUARE), await answer.text());
    return KEPT;
  } catch {
    return 0;
  }
}

/** The server made a photo of the square: from now on its name is enough, until another square is chosen. */
function pictured(form, square, photo) {
  form.querySelector("[name$='-kept']").value = photo;
  const there = form.querySelector(`[name='${SQUARE}']`);
  if (there.value === square) there.value = "";
}

/** Whether every form of this page has the sign of the session there is now: somebody signed in anew in another tab. */
async function renew() {
  try {
    const page = new DOMParser().parseFromString(await (await fetch(words.page)).text(), "text/html");
    const token = page.querySelector("form[data-section] [name=csrf_token]")?.value;
    for (const old of document.querySelectorAll("[name=csrf_token]")) old.value = token ?? old.value;
    return Boolean(token);
  } catch {
    return false;
  }
}
