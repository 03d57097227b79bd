// Keys for who looks through many things: off until asked for, and never while somebody types.
const KEPT = "moderation-keys";
const hint = document.querySelector("[data-keys]");
const rows = [...document.querySelectorAll("[data-queue] > li")];
let on = false;

function use(wanted) {
  on = wanted;
  hint.querySelector("button").setAttribute("aria-pressed", String(on));
  try {
    localStorage.setItem(KEPT, on ? "yes" : "no");
  } catch {
    // a browser that keeps nothing: keys are asked for on each page
  }
}

function kept() {
  try {
    return localStorage.getItem(KEPT) === "yes";
  } catch {
    return false;
  }
}

function isTyping(target) {
  return target.matches("input:not([type=checkbox], [type=radio]), textarea, select, [contenteditable]");
}

function step(by) {
  const here = rows.indexOf(document.activeElement?.closest("[data-queue] > li"));
  const next = rows[Math.min(Math.max(here + by, 0), rows.length - 1)];
  next?.querySelector("[data-open]")?.focus();
}

function press(key) {
  if (key === "j") step(1);
  else if (key === "k") step(-1);
  else if (key === "a" && rows.length) document.activeElement?.closest("li")?.querySelector("input[type=checkbox]")?.click();
  else if (key === "a" || key === "r") document.querySelector(`[data-key="${key}"]`)?.focus();
  else return false;
  return true;
}

if (hint) {
  hint.hidden = false;
  use(kept());
  hint.querySelector("button").addEventListener("click", () => use(!on));
  document.addEventListener("keydown", (event) => {
    if (!on || event.ctrlKey || event.altKey || event.metaKey || isTyping(event.target)) return;
    if (press(event.key)) event.preventDefault();
  });
}
