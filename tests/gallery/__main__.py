"""`make gallery`: every page in its states, two sizes, light and dark, both directions, into var/gallery/."""

import html
import shutil
import sys
from pathlib import Path
from typing import Any

from referral.config import ROOT
from referral.progress import bar
from tests.gallery.showing import Kind, Sites, pages, small_sites
from tests.gallery.states import State
from tests.live import browser

UNSTUCK = """[...document.body.querySelectorAll("*")]
  .filter((one) => getComputedStyle(one).position === "sticky")
  .forEach((one) => { one.style.position = "relative"; one.style.inset = "auto" })"""
"""What stays in sight while one scrolls would hide the middle of a picture of the whole page."""

TARGET = ROOT / "var" / "gallery"
SIZES, SCHEMES, DIRECTIONS = (375, 1280), ("light", "dark"), ("ltr", "rtl")
KINDS: list[Kind] = [(s, c, d) for d in DIRECTIONS for s in SIZES for c in SCHEMES]


def main() -> None:
    """Make all pictures, or those of the states and forms that are named, and the page that shows them."""
    kinds, asked = _chosen(sys.argv[1:])
    if not sys.argv[1:]:
        shutil.rmtree(TARGET, ignore_errors=True)
    with small_sites() as (sites, all_states), browser() as opened, bar() as step:
        drawn = {name: one for name, one in all_states.items() if not asked or any(map(name.startswith, asked))}
        for done, kind in enumerate(kinds):
            step("Pictures", done, len(kinds))
            _draw(opened, sites, drawn, kind)
        step("Pictures", len(kinds), len(kinds))
    (TARGET / "index.html").write_text(index(all_states, KINDS), "utf-8")
    print(f"{len(kinds) * len(drawn)} pictures: {TARGET / 'index.html'}")


def _chosen(words: list[str]) -> tuple[list[Kind], list[str]]:
    """The forms that are named, as `375-light-ltr`, or else all, and the beginnings of the states that are named."""
    forms = {_folder(kind): kind for kind in KINDS}
    return [forms[word] for word in words if word in forms] or KINDS, [word for word in words if word not in forms]


def _draw(opened: Any, sites: Sites, drawn: dict[str, State], kind: Kind) -> None:
    """A picture of every state in one size, scheme and direction."""
    folder = TARGET / _folder(kind)
    folder.mkdir(parents=True, exist_ok=True)
    for name, page in pages(opened, sites, drawn, kind):
        page.evaluate(UNSTUCK)
        page.screenshot(path=folder / _file(name), full_page=True)


def _folder(kind: Kind) -> str:
    return "-".join(str(part) for part in kind)


def _file(name: str) -> str:
    return name.replace(", ", "_").replace(" ", "-") + ".png"


def index(shown: dict[str, State], kinds: list[Kind]) -> str:
    """One page: a row a state, a column a kind."""
    heads = "".join(f"<th>{size} px, {scheme}, {direction}</th>" for size, scheme, direction in kinds)
    rows = "".join(
        f"<tr><th>{html.escape(name)}<br><code>{html.escape(state.path)}</code></th>"
        + "".join(_cell(Path(_folder(kind)) / _file(name), name) for kind in kinds)
        + "</tr>"
        for name, state in shown.items()
    )
    return (
        '<!doctype html><html lang="en"><meta charset="utf-8"><title>Gallery</title>'
        f"<h1>Gallery</h1><table><tr><th>state</th>{heads}</tr>{rows}</table></html>"
    )


def _cell(picture: Path, name: str) -> str:
    there = html.escape(str(picture))
    return f'<td><a href="{there}"><img src="{there}" width="220" loading="lazy" alt="{html.escape(name)}"></a></td>'


if __name__ == "__main__":
    main()
