"""`make gallery`: every page in its states, two sizes, light and dark, both directions, into var/gallery/."""

import html
import shutil
import sys
from contextlib import ExitStack
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from flask import Flask

from referral.config import ROOT
from referral.progress import bar
from tests.gallery.directory import cookie, inhabit, moderator, small_directory
from tests.gallery.states import State, states
from tests.live import CHROMIUM, browser, serving

TARGET = ROOT / "var" / "gallery"
SIZES, SCHEMES, DIRECTIONS = (375, 1280), ("light", "dark"), ("ltr", "rtl")


@dataclass(frozen=True, slots=True)
class Site:
    """A directory that is served, and the cookie of everybody who signs in there."""

    address: str
    cookies: dict[str, str]


def main() -> None:
    """Make all pictures, or those of the states that are named, and the page that shows them."""
    if not CHROMIUM:
        raise SystemExit("Chromium is missing: install it to draw the gallery.")
    kinds = [(s, c, d) for d in DIRECTIONS for s in SIZES for c in SCHEMES]
    with ExitStack() as open_until_done:
        enter = open_until_done.enter_context
        app, bare = enter(small_directory()), enter(small_directory(count=0))
        known, waiting = inhabit(app.extensions["referral"].engine)
        numbers = {name: int(number) for name, number in asdict(known).items()}
        full = _site(app, enter(serving(app)), numbers)
        empty = _site(bare, enter(serving(bare)), {"moderator": moderator(bare.extensions["referral"].engine)})
        drawn = _named(states(waiting), sys.argv[1:])
        opened, step = enter(browser()), enter(bar())
        for done, kind in enumerate(kinds):
            step("Pictures", done, len(kinds))
            _draw(opened, (full, empty), drawn, kind)
        step("Pictures", len(kinds), len(kinds))
    (TARGET / "index.html").write_text(index(states(waiting), kinds), "utf-8")
    print(f"{len(kinds) * len(drawn)} pictures: {TARGET / 'index.html'}")


def _named(all_states: dict[str, State], names: list[str]) -> dict[str, State]:
    if not names:
        shutil.rmtree(TARGET, ignore_errors=True)
        return all_states
    return {name: one for name, one in all_states.items() if any(name.startswith(n) for n in names)}


def _site(app: Flask, address: str, accounts: dict[str, int]) -> Site:
    return Site(address, {who: cookie(app, number) for who, number in accounts.items()})


def _draw(opened: Any, sites: tuple[Site, Site], drawn: dict[str, State], kind: tuple[int, str, str]) -> None:
    """A picture of every state in one size, scheme and direction."""
    size, scheme, direction = kind
    folder = TARGET / _folder(kind)
    folder.mkdir(parents=True, exist_ok=True)
    for name, state in drawn.items():
        site = sites[state.empty]
        with opened.new_context(viewport={"width": size, "height": 900}, color_scheme=scheme) as context:
            held = {"dir": direction} | ({"session": site.cookies[state.who]} if state.who else {})
            context.add_cookies([{"name": n, "value": v, "url": site.address} for n, v in held.items()])
            page = context.new_page()
            page.set_default_timeout(30_000)
            page.emulate_media(media="print" if state.on_paper else "screen")
            page.goto(site.address + state.path)
            try:
                (state.deed or _nothing)(page)
            except Exception as error:
                error.add_note(f"while drawing “{name}”")
                raise
            page.screenshot(path=folder / _file(name), full_page=True)


def _nothing(page: Any) -> None:
    """What is done on a page that is drawn as it comes."""


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
