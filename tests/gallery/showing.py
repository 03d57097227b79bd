"""Every state of a page in a browser: the directories that are served for it, and who is signed in."""

from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import asdict, dataclass
from typing import Any

from flask import Flask

from tests.gallery.directory import cookie, inhabit, moderator, small_directory
from tests.gallery.states import State, states
from tests.live import CHROMIUM, serving

Kind = tuple[int, str, str]
"""Width in CSS pixels, colour scheme, direction."""


@dataclass(frozen=True, slots=True)
class Site:
    """A directory that is served, and the cookie of everybody who signs in there."""

    address: str
    cookies: dict[str, str]


Sites = tuple[Site, Site]
"""One with people in it, and one where nobody is listed yet."""


@contextmanager
def small_sites() -> Iterator[tuple[Sites, dict[str, State]]]:
    """Both sites, and every state by what it is called."""
    if not CHROMIUM:
        raise SystemExit("Chromium is missing: install it to see the pages.")
    with ExitStack() as open_until_done:
        enter = open_until_done.enter_context
        app, bare = enter(small_directory()), enter(small_directory(count=0))
        known, waiting = inhabit(app.extensions["referral"].engine)
        numbers = {name: int(number) for name, number in asdict(known).items()}
        full = _site(app, enter(serving(app)), numbers)
        empty = _site(bare, enter(serving(bare)), {"moderator": moderator(bare.extensions["referral"].engine)})
        yield (full, empty), states(waiting)


def _site(app: Flask, address: str, accounts: dict[str, int]) -> Site:
    return Site(address, {who: cookie(app, number) for who, number in accounts.items()})


def pages(
    opened: Any, sites: Sites, shown: Mapping[str, State], kind: Kind, **context: Any
) -> Iterator[tuple[str, Any]]:
    """Each state by its name, as the page stands in the browser `opened`; closed when the next is asked for."""
    size, scheme, direction = kind
    for name, state in shown.items():
        site = sites[state.empty]
        with opened.new_context(viewport={"width": size, "height": 900}, color_scheme=scheme, **context) as held:
            cookies = {"dir": direction} | ({"session": site.cookies[state.who]} if state.who else {})
            held.add_cookies([{"name": n, "value": v, "url": site.address} for n, v in cookies.items()])
            page = held.new_page()
            page.set_default_timeout(90_000)  # a busy machine is slow at first
            page.emulate_media(media="print" if state.on_paper else "screen")
            page.goto(site.address + state.path)
            if page.locator(".map-ground").first.is_visible():
                page.locator(".map-ground").first.scroll_into_view_if_needed()  # else a small one is not drawn
                page.wait_for_load_state("networkidle")
                page.evaluate("scrollTo(0, 0)")
            try:
                if state.deed:
                    state.deed(page)
            except Exception as error:
                error.add_note(f"while “{name}” was shown")
                raise
            yield name, page
