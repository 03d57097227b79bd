"""One section of a listing on two pages at once: neither loses what was typed."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from flask import Flask
from sqlalchemy import Engine

from tests.browser.own_page import EMAIL, drafted, opened, settled, shown, typed
from tests.browser.therapists import cookie, join
from tests.live import DESK

pytestmark = pytest.mark.browser


@contextmanager
def two_pages(chromium: Any, site: str, app: Flask, engine: Engine) -> Iterator[tuple[Any, Any]]:
    """Of one person, in two tabs."""
    join(engine, "Ann Example", EMAIL, public_id="annexample")
    with chromium.new_context(viewport=DESK) as context:
        context.add_cookies([{**cookie(app, engine, EMAIL), "url": site}])
        one, other = context.new_page(), context.new_page()
        one.goto(f"{site}/listing")
        other.goto(f"{site}/listing")
        yield one, other


BOTH = "You typed into this section on another page as well"


def test_a_page_that_comes_back_on_line_is_shown_what_was_typed_elsewhere(
    chromium: Any, site: str, app: Flask, engine: Engine
) -> None:
    with two_pages(chromium, site, app, engine) as (tunnel, desk):
        tunnel.route("**/draft", lambda route: route.abort())
        typed(tunnel, "Typed in a tunnel.")
        tunnel.locator("#words").get_by_text("No connection.").wait_for()
        typed(desk, "Typed at the desk.")
        desk.get_by_text("Kept, not saved yet.").wait_for()
        tunnel.unroute("**/draft")

        tunnel.evaluate("dispatchEvent(new Event('online'))")

        box = tunnel.get_by_role("group", name=BOTH)
        box.get_by_text("Typed at the desk.").wait_for()
        assert box.get_by_text("Typed in a tunnel.").is_visible() and shown(tunnel) == "Typed in a tunnel."
        assert drafted(engine) == "Typed at the desk."
        assert Axe().run(tunnel).response["violations"] == []
        typed(tunnel, "Typed in a tunnel, and on.")
        box.get_by_text("Typed in a tunnel, and on.").wait_for()
        box.get_by_role("button", name="Keep what I typed in this tab").click()
        tunnel.get_by_text("We kept what you typed").wait_for()
        settled(tunnel)
        assert shown(tunnel) == drafted(engine) == "Typed in a tunnel, and on."
        assert tunnel.evaluate("sessionStorage.length") == 0


def test_a_page_loaded_anew_still_has_what_another_one_did_not_see(
    chromium: Any, site: str, app: Flask, engine: Engine
) -> None:
    with two_pages(chromium, site, app, engine) as (one, other):
        typed(other, "Of the other.")
        other.get_by_text("Kept, not saved yet.").wait_for()
        typed(one, "Of one.")
        one.get_by_role("group", name=BOTH).wait_for()

        one.goto(f"{site}/listing")

        box = one.get_by_role("group", name=BOTH)
        box.get_by_text("Of one.").wait_for()
        assert shown(one) == "Of the other."
        typed(one, "Of the other, and on.")
        one.get_by_text("Kept, not saved yet.").wait_for()
        one.goto(f"{site}/listing")
        box.get_by_text("Of the other, and on.").wait_for()  # neither is lost by typing on
        assert box.get_by_text("Of one.").is_visible()
        box.get_by_role("button", name="Keep what I typed on the other page").click()
        box.wait_for(state="detached")
        settled(one)
        assert shown(one) == "Of the other, and on." and one.evaluate("sessionStorage.length") == 0


def test_a_save_leaves_alone_what_another_page_typed(chromium: Any, site: str, app: Flask, engine: Engine) -> None:
    with two_pages(chromium, site, app, engine) as (one, other):
        typed(other, "Of the other.")
        other.get_by_text("Kept, not saved yet.").wait_for()
        typed(one, "Of one.")
        opened(one, "words").get_by_role("button", name="Save").click()
        one.wait_for_url("**saved=published*")
        settled(one)

        other.goto(f"{site}/listing")

        settled(other)
        assert shown(other) == "Of the other."
        opened(other, "words").get_by_role("button", name="Save").click()
        other.get_by_role("heading", name="This section was changed meanwhile").wait_for()
        opened(other, "words").get_by_role("button", name="Save").click()
        other.wait_for_url("**saved=published*")
        settled(other)
        assert other.evaluate("sessionStorage.length") == 0
