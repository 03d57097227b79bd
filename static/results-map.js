// The way to the map beside the results: a phone fetches what draws it when somebody opens it, a desk when the page is there.

const WIDE = matchMedia("(width >= 68.75rem)"); // as in style/map.css

// A browser that does not know this question gets no map: room for it could not be kept while the page loads.
if (matchMedia("(scripting: enabled)").matches) document.querySelectorAll("[data-map]").forEach(begin);

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
