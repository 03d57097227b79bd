// A short list kept in this browser and nowhere else: a button on each card, a link in the head, ways to pass it on.

const KEY = "shortlist";
const MOST = 20;
const ID = /^[\w-]{1,64}$/;
let leavers = []; // who was on our list, and is no longer listed
const words = document.querySelector("[data-shortlist]")?.dataset;

if (words) {
  document.addEventListener("page:changed", show);
  document.addEventListener("page:changed", offer);
  window.addEventListener("storage", show);
  leavers = dropMissing();
  show();
  remember();
  offer();
}

/** The public ids on the list; an empty one where the browser keeps nothing, or something that is none of ours. */
function kept() {
  try {
    const found = JSON.parse(localStorage.getItem(KEY) ?? "[]");
    return Array.isArray(found) ? [...new Set(found)].filter((id) => typeof id === "string" && ID.test(id)).slice(0, MOST) : [];
  } catch {
    return [];
  }
}

/** Keep this list; whether the browser did. */
function keep(ids) {
  try {
    if (ids.length) localStorage.setItem(KEY, JSON.stringify(ids));
    else localStorage.removeItem(KEY);
    return true;
  } catch {
    return false;
  }
}

/** Bring every button and the link in the head to what is kept. */
function show() {
  const ids = kept();
  const item = document.querySelector("[data-shortlist]");
  item.hidden = !ids.length;
  const link = item.querySelector("a");
  link.href = address(ids);
  link.textContent = words.name.replace("%", ids.length);
  for (const person of document.querySelectorAll("[data-person]:not([data-mine] *)")) {
    const button = person.querySelector(".save") ?? added(person);
    const saved = ids.includes(person.dataset.person);
    button.setAttribute("aria-pressed", saved);
    button.firstChild.textContent = saved ? words.saved : words.save;
    button.toggleAttribute("data-full", !saved && ids.length >= MOST);
    if (!button.matches("[data-full]")) person.querySelector(".list-full")?.remove();
  }
  own(ids);
}

/** The page of a list says whose it is: this browser's, once everybody on it is kept here, or was until they left. */
function own(ids) {
  const people = [...document.querySelectorAll(".list [data-person]")];
  if (people.length ? !people.every((one) => ids.includes(one.dataset.person)) : !leavers.length) return;
  for (const line of document.querySelectorAll("[data-own]")) line.textContent = line.dataset.own;
}

function address(ids) {
  return `${words.shortlist}?${new URLSearchParams(ids.map((id) => ["t", id]))}`;
}

function added(person) {
  const button = document.createElement("button");
  const name = document.createElement("span");
  button.type = "button";
  button.className = "save";
  name.className = "unseen";
  name.textContent = ` ${person.querySelector("h1 bdi, h2 bdi, h3 bdi").textContent}`;
  button.append(words.save, name);
  button.addEventListener("click", () => {
    if (button.matches("[data-full]")) return full(button);
    const ids = kept();
    const id = person.dataset.person;
    keep(ids.includes(id) ? ids.filter((one) => one !== id) : [...ids, id]);
    show();
  });
  const place = person.querySelector(".save-here");
  if (place) place.append(button);
  else person.querySelector(".card-head, header").after(button);
  return button;
}

/** Why nobody more is kept, in sight beside the button that was pressed. */
function full(button) {
  document.querySelector(".list-full")?.remove();
  const line = Object.assign(document.createElement("p"), { className: "list-full hint" });
  line.setAttribute("role", "alert");
  line.textContent = words.full;
  button.after(line);
}

/** Who is no longer listed leaves the list, else nothing could; those of them who were on it. */
function dropMissing() {
  const missing = document.querySelector("[data-missing]")?.dataset.missing.split(" ") ?? [];
  const [ids, gone] = [kept(), kept().filter((id) => missing.includes(id))];
  if (gone.length) keep(ids.filter((id) => !gone.includes(id)));
  return gone;
}

/** On the empty page of the list: go to the list that is kept. */
function remember() {
  const ids = kept();
  if (location.pathname === words.shortlist && !location.search && ids.length) location.replace(address(ids));
}

/** Ways to pass the page on, to print it, and to forget the list. */
function offer() {
  const line = document.querySelector("[data-share]:not([data-offered])");
  if (!line) return;
  line.dataset.offered = "";
  const { copy, copied, send, print, forget } = line.dataset;
  const share = () => line.dataset.share || location.href;
  const status = document.createElement("span");
  status.setAttribute("aria-live", "polite");
  if (navigator.share) line.append(pressed(send, () => navigator.share({ url: share() }).catch(() => {})));
  if (navigator.clipboard) {
    line.append(
      pressed(copy, async () => {
        await navigator.clipboard.writeText(share());
        status.textContent = copied;
      }),
    );
  }
  if (print) line.append(pressed(print, () => window.print()));
  if (forget && kept().length) {
    line.append(
      pressed(forget, () => {
        keep([]);
        location.assign(words.shortlist);
      }),
    );
  }
  line.append(status);
}

function pressed(label, act) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "button quiet";
  button.textContent = label;
  button.addEventListener("click", act);
  return button;
}
