// Results in place: a filter, a distance or a page is fetched and put where the old one stood. Without it they are links.
//
// Beside it the ways to what waits: the map, and photos of cards further down.

const PARTS = "[data-part]";
const main = document.querySelector("#main");
const said = document.createElement("p");
said.className = "unseen";
said.setAttribute("aria-live", "polite");
document.body.append(said);
let asking = null;
let line = main.querySelector("input[name=q]").defaultValue; // what the page wrote into the box
main.classList.add("live");
plain(main);
photos();

const SETTLE = 500; // milliseconds in which a second click on a chip is meant for the one that stood there before
let changedAt = -Infinity;

const WIDE = matchMedia("(width >= 68.75rem)"); // as in style/map.css

// A browser that does not know this question gets no map: room for it could not be kept while the page loads.
if (matchMedia("(scripting: enabled)").matches) document.querySelectorAll("[data-map]").forEach(begin);

main.addEventListener("click", (event) => {
  const link = event.target.closest("a[rel~=nofollow]");
  const plain = event.button === 0 && !(event.metaKey || event.ctrlKey || event.shiftKey || event.altKey);
  if (!link || !plain || link.origin !== location.origin || link.pathname !== location.pathname) return;
  event.preventDefault();
  if (!link.matches(".chip") || performance.now() - changedAt > SETTLE) go(link.href);
});

main.addEventListener("change", (event) => {
  if (event.target.matches(".filters [type=checkbox]")) go(asked(event.target.form));
});

main.addEventListener("submit", (event) => {
  const form = event.target.closest(".filters form");
  if (!form) return;
  event.preventDefault();
  go(asked(form, event.submitter));
});

/** Who typed where the other one lives and goes on to the list finds both there. */
main.addEventListener("click", async (event) => {
  const way = event.target.closest(".shown a");
  const other = main.querySelector("#and_q");
  if (!way || !isTyped(other)) return;
  event.preventDefault();
  await go(asked(other.form));
  if (!isTyped(other) && !main.querySelector("[aria-invalid=true]")) way.click();
});

/** Who opens what asks for that sees all of it, above the bar too. */
main.addEventListener(
  "toggle",
  ({ target }) => target.open && target.matches(".apart") && target.contains(document.activeElement) && target.lastElementChild.scrollIntoView({ block: "nearest" }),
  true,
);

window.addEventListener("online", online);

const here = () => location.pathname + location.search;
let shown = here();
window.addEventListener("popstate", () => here() !== shown && go(location.href, false)); // a way within the page leads to no other

/** The address of what the form asks; a second place that stands as the page wrote it is in `and_near`. */
function asked(form, pressed) {
  const question = new FormData(form, pressed);
  if (!question.has("apart") && !isTyped(form.querySelector("#and_q"))) for (const name of ["and_q", "and_of"]) question.delete(name);
  return `${form.action}?${new URLSearchParams([...question].filter(([name, value]) => value !== "" || name === "and_q"))}`; // which must not be
}

function isTyped(field) {
  return Boolean(field) && field.value.trim() !== field.defaultValue.trim();
}

/** Show the page at `address`; whatever goes wrong, the browser goes there itself. */
async function go(address, isNew = true) {
  asking?.abort();
  online();
  asking = new AbortController();
  const order = () => main.querySelector(".sorts [aria-current]")?.textContent ?? "";
  const before = order();
  main.setAttribute("aria-busy", "true");
  try {
    const answer = await fetch(address, { signal: asking.signal, credentials: "omit", headers: { Accept: "text/html" } });
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    if (!answer.ok || !replaced(page)) throw new Error("another kind of page");
    if (isNew) history.pushState(null, "", answer.url);
    shown = here();
    document.title = page.title;
    const other = main.querySelector("#and_q");
    if (other?.value === new URL(address, location).searchParams.get("and_q")) other.value = other.defaultValue; // as it was read
    const wrong = main.querySelector("[aria-invalid=true]");
    if (wrong) wrong.focus(); // and what is wrong with it is heard
    else tell([main.querySelector("h1").textContent, order() === before ? "" : order()].filter(Boolean).join(" · "));
    document.dispatchEvent(new Event("page:changed"));
  } catch (error) {
    if (error.name === "AbortError") return;
    if (navigator.onLine) return location.assign(address);
    for (const one of main.querySelectorAll(".filters [type=checkbox]")) one.checked = one.defaultChecked; // the ticks are those of the list
    offline();
  }
  main.removeAttribute("aria-busy");
}

/** What is there stays; that nothing new came is said in sight, wherever one is. */
function offline() {
  const words = main.querySelector("[data-offline]").dataset.offline;
  main.append(Object.assign(document.createElement("p"), { className: "note offline", textContent: words }));
  tell(words);
}

function online() {
  main.querySelector(".offline")?.remove();
}

/** Say it aloud; the same words once more are only heard when they are not quite the same. */
function tell(sentence) {
  said.textContent = sentence === said.textContent ? `${sentence}\u00a0` : sentence;
}

/** Put the parts of `page` where ours are; false, and nothing done, when it has others. */
function replaced(page) {
  const old = [...main.querySelectorAll(PARTS)];
  const fresh = [...page.querySelectorAll(`#main ${PARTS}`)];
  const names = (parts) => parts.map((part) => part.dataset.part).join();
  if (!old.length || names(old) !== names(fresh)) return false;
  for (const one of page.querySelectorAll("[autofocus]")) one.removeAttribute("autofocus"); // who has the focus keeps it, or is given it below
  const focused = mark(document.activeElement);
  const open = new Set([...main.querySelectorAll("details[open]")].map(title));
  const typed = [...main.querySelectorAll(".layout input[type=text]")].filter((one) => one.value !== one.defaultValue);
  old.forEach((part, at) => exchange(part, document.adoptNode(fresh[at])));
  main.querySelector(".layout").className = page.querySelector("#main .layout").className;
  for (const one of typed) retype(one);
  changedAt = performance.now();
  for (const one of main.querySelectorAll("details")) one.open ||= open.has(title(one));
  refocus(focused);
  return true;
}

/** Put `fresh` where `part` stood; of the search box only what it carries along where somebody is typing. */
function exchange(part, fresh) {
  if (part.dataset.part === "beside") return mend(part, plain(fresh));
  if (part.dataset.part !== "ask" || isNewLine(part, fresh)) return part.replaceWith(fresh);
  const hidden = (from) => [...from.querySelectorAll("input[type=hidden]")];
  for (const one of hidden(part)) one.remove();
  part.querySelector("form").prepend(...hidden(fresh));
}

/** Whether the box is as the page wrote it, and the next one writes something else. */
function isNewLine(part, fresh) {
  const [old, next] = [part, fresh].map((one) => one.querySelector("input[name=q]"));
  if (old.value !== line || old === document.activeElement || next.value === line) return false;
  line = next.value;
  return true;
}

/** Let `old` say what `fresh` says, and leave what both have where it is: who has the focus there keeps it, and hears no more
 * than what they changed. */
function mend(old, fresh) {
  const solid = (from) => [...from.childNodes].filter((one) => one.nodeType !== Node.TEXT_NODE || one.nodeValue.trim());
  const there = solid(old);
  for (const wanted of solid(fresh)) {
    const at = there.findIndex((one) => isAlike(one, wanted));
    for (const gone of there.splice(0, Math.max(at, 0))) gone.remove();
    if (at < 0) there.length ? there[0].before(wanted) : old.append(wanted);
    else adopt(there.shift(), wanted);
  }
  for (const gone of there) gone.remove();
}

/** The same for one of them; what somebody opened or closed stays as it is. */
function adopt(old, fresh) {
  if (old.nodeType !== Node.ELEMENT_NODE) {
    if (old.nodeValue !== fresh.nodeValue) old.nodeValue = fresh.nodeValue;
    return;
  }
  const isUntouched = old.matches("input[type=text]") && !isTyped(old);
  for (const { name } of [...old.attributes]) if (name !== "open" && !fresh.hasAttribute(name)) old.removeAttribute(name);
  for (const { name, value } of fresh.attributes) if (name !== "open" && old.getAttribute(name) !== value) old.setAttribute(name, value);
  if (old.matches("input[type=checkbox]")) old.checked = fresh.checked;
  if (isUntouched) old.value = old.defaultValue;
  mend(old, fresh);
}

/** Whether one thing took the place of another of its kind: of fields, choices and disclosures, only of itself. */
function isAlike(one, other) {
  const box = "input[type=checkbox]";
  const known = (from) => {
    if (from.matches?.("details")) return title(from);
    if (from.matches?.("input")) return `${from.type} ${from.name} ${from.matches(box) ? from.value : ""}`;
    return from.matches?.("li, label") && from.querySelector(box)?.value;
  };
  return one.nodeName === other.nodeName && known(one) === known(other);
}

/** With a script a tick is enough; a link beside it of the same name would only be heard twice. */
function plain(part) {
  for (const link of part.querySelectorAll(".terms a")) {
    link.replaceWith(Object.assign(document.createElement("span"), { textContent: link.textContent }));
  }
  return part;
}

/** Keep what was typed into a field that was exchanged meanwhile. */
function retype(old) {
  const field = old.id && old !== main.querySelector(`#${CSS.escape(old.id)}`) && main.querySelector(`#${CSS.escape(old.id)}`);
  if (field) field.value = old.value;
}

/** What tells one disclosure from another: its words, but those of the filters count what is chosen. */
function title(details) {
  return details.matches(".filters") ? "filters" : details.querySelector("summary").textContent;
}

/** How to find an element again on the next page. */
function mark(element) {
  if (!main.contains(element)) return "";
  if (element.matches("input[type=checkbox]")) return `input[type=checkbox][name="${element.name}"][value="${CSS.escape(element.value)}"]`;
  if (element.matches(".pages a")) return ".list";
  if (element.matches(".chip")) return "h1";
  if (element.matches("a")) return `${part(element)} ${nav(element)} ${nth(element.closest("li"))} a`;
  return element.id ? `#${CSS.escape(element.id)}` : "h1";
}

/** Which of several: who chose the second order stays on it. */
function nth(item) {
  return item ? `li:nth-child(${[...item.parentNode.children].indexOf(item) + 1})` : "";
}

function part(element) {
  return `[data-part="${element.closest(PARTS)?.dataset.part ?? ""}"]`;
}

function nav(element) {
  const label = element.closest("[class]:not(a)")?.classList[0];
  return label ? `.${label}` : "";
}

function refocus(selector) {
  if (!selector || main.contains(document.activeElement)) return;
  const wanted = main.querySelector(selector) ?? main.querySelector("h1");
  if (!wanted.matches("a, input, button, summary")) wanted.tabIndex = -1;
  wanted.focus({ preventScroll: true });
  if (selector === ".list") wanted.scrollIntoView({ block: "start" }); // another page is read from its beginning
}

/** A photo is asked for when its card is in sight, or comes near while one scrolls: browsers begin thousands of pixels before.
 * Until then its circle waits. */
function photos() {
  const seer = (margin) =>
    new IntersectionObserver(
      (seen) => {
        for (const { target } of seen.filter((one) => one.isIntersecting)) {
          target.classList.add("near");
          near.unobserve(target);
        }
      },
      { rootMargin: margin },
    );
  const watch = () => main.querySelectorAll("picture:not(.near)").forEach((one) => near.observe(one));
  let near = seer("0px"); // a first view fetches what is in sight
  document.addEventListener("page:changed", watch);
  const ahead = () => {
    near.disconnect();
    near = seer("400px 0px");
    watch();
  };
  document.addEventListener("scroll", ahead, { once: true });
  watch();
}

/** Show the switch, and the map as soon as it has its place beside the list. */
function begin(section) {
  section.hidden = false;
  const button = section.querySelector(".map-switch button");
  let drawn = null;
  const draw = () => (drawn ??= fetched(section));
  button.addEventListener("click", () => {
    const open = button.getAttribute("aria-expanded") === "false";
    button.setAttribute("aria-expanded", open);
    for (const words of button.querySelectorAll("[data-when]")) words.hidden = (words.dataset.when === "open") !== open;
    section.classList.toggle("open", open);
    if (open) draw();
  });
  const widen = () => WIDE.matches && draw();
  WIDE.addEventListener("change", widen);
  widen();
}

/** What draws the map, and follows the list with it. */
async function fetched(section) {
  try {
    const { results } = await import(new URL(section.dataset.step, location));
    await results(section);
  } catch {
    section.querySelector(".map-said").textContent = section.dataset.failed;
  }
}
