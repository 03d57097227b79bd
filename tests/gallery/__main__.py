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

TARGET = ROOT / "var" / "gallery"
SIZES, SCHEMES, DIRECTIONS = (375, 1280), ("light", "dark"), ("ltr", "rtl")


def main() -> None:
    """Make all pictures, or those of the states that are named, and the page that shows them."""
    kinds = [(s, c, d) for d in DIRECTIONS for s in SIZES for c in SCHEMES]
    with small_sites() as (sites, all_states), browser() as opened, bar() as step:
        drawn = _named(all_states, sys.argv[1:])
        for done, kind in enumerate(kinds):
            step("Pictures", done, len(kinds))
            _draw(opened, sites, drawn, kind)
        step("Pictures", len(kinds), len(kinds))
    (TARGET / "index.html").write_text(index(all_states, kinds), "utf-8")
    print(f"{len(kinds) * len(drawn)} pictures: {TARGET / 'index.html'}")


def _named(all_states: dict[str, State], names: list[str]) -> dict[str, State]:
    if not names:
        shutil.rmtree(TARGET, ignore_errors=True)
        return all_states
    return {name: one for name, one in all_states.items() if any(name.startswith(n) for n in names)}


def _draw(opened: Any, sites: Sites, drawn: dict[str, State], kind: Kind) -> None:
    """A picture of every state in one size, scheme and direction."""
    folder = TARGET / _folder(kind)
    folder.mkdir(parents=True, exist_ok=True)
    for name, page in pages(opened, sites, drawn, kind):
        page.screenshot(path=folder / _file(name), full_page=True)


def _folder(kind: tuple[int, str, str]) -> str:
    return "-".join(str(part) for part in kind)


def _file(name: str) -> str:
    return name.replace(", ", "_").replace(" ", "-") + ".png"


def index(shown: dict[str, State], kinds: list[tuple[int, str, str]]) -> str:
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
