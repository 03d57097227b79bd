"""`make barriers`: every page in its states: what axe finds, what sticks out, is too small, or is not said aloud."""

import sys
from typing import Any

from axe_playwright_python.sync_playwright import Axe

from tests.gallery.showing import Kind, pages, small_sites
from tests.gallery.spoken import unsaid
from tests.live import browser

KINDS: list[Kind] = [(375, "light", "ltr"), (375, "dark", "rtl"), (1280, "light", "ltr")]

TARGET = 24
"""CSS pixels that a link or button has at least, each way, unless it stands in a sentence (WCAG 2.5.8)."""

WIDER = "document.scrollingElement.scrollWidth - document.scrollingElement.clientWidth"

SMALL = """least => [...document.querySelectorAll("a, button, input, select, summary")]
  .filter(one => one.checkVisibility({ opacityProperty: true, visibilityProperty: true }))
  .filter(one => one.type !== "hidden" && !one.closest("p, li, dd, td, .leaflet-container, .unseen"))
  .map(one => [one, (one.closest("label") ?? one).getBoundingClientRect()])
  .filter(([one, box]) => box.width > 1 && box.height > 1 && Math.min(box.width, box.height) < least)
  .map(([one, box]) => `${one.outerHTML.slice(0, 80)} is ${Math.round(box.width)} by ${Math.round(box.height)}`)"""


def found(page: Any) -> list[str]:
    """A sentence for each barrier of a page; none when all is well."""
    violations = Axe().run(page).response["violations"]
    said = [f"{one['id']}: {one['nodes'][0]['html'][:120]}" for one in violations]
    wider = page.evaluate(WIDER)
    said += [f"{wider} px too wide"] if wider > 0 else []
    return said + list(page.evaluate(SMALL, TARGET)) + unsaid(page)


def main() -> None:
    """Look at all states, or at those that are named; exit with 1 when there is a barrier."""
    count = barriers = 0
    with small_sites() as (sites, all_states), browser() as opened:
        names = sys.argv[1:]
        shown = {name: one for name, one in all_states.items() if not names or any(map(name.startswith, names))}
        for kind in KINDS:
            for name, page in pages(opened, sites, shown, kind, bypass_csp=True):
                said = found(page)
                count, barriers = count + 1, barriers + len(said)
                for sentence in said:
                    print(f"{name} ({kind[0]} px, {kind[1]}, {kind[2]}): {sentence}", file=sys.stderr)
    print(f"{count} pages, {barriers} barriers", file=sys.stderr)
    sys.exit(1 if barriers else 0)


if __name__ == "__main__":
    main()
