"""Use my location: nothing is asked before the button, nothing exact leaves, a refusal is no dead end."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from tests.browser.hands import Keys
from tests.live import visit

PHONE = {"width": 375, "height": 667}
WICKER_PARK = {"latitude": 41.908803, "longitude": -87.679598}

COUNTED = """
window.asked = 0;
const real = navigator.geolocation.getCurrentPosition.bind(navigator.geolocation);
navigator.geolocation.getCurrentPosition = (...how) => { window.asked += 1; %s };
const query = navigator.permissions.query.bind(navigator.permissions);
navigator.permissions.query = (what) => { window.asked += 1; return query(what); };
navigator.geolocation.watchPosition = () => { window.asked += 1; };
"""
"""What counts every question to the browser; `%s` is what follows it."""

UNAVAILABLE = "setTimeout(() => how[1]({ code: 2, message: 'unavailable' }))"
NO_ANSWER = "setTimeout(() => how[1]({ code: 3, message: 'timeout' }), Math.min(how[2].timeout, 300))"


@contextmanager
def standing(chromium: Any, site: str, then: str = "real(...how)", **context: Any) -> Iterator[Any]:
    """A phone whose questions for a position are counted; `sent` of it are the addresses it asked for."""
    with visit(chromium, site, viewport=PHONE, **context) as page:
        page.add_init_script(COUNTED % then)
        page.sent = []
        page.on("request", lambda r: page.sent.append(f"{r.url} {json.dumps(r.headers)} {r.post_data or ''}"))
        yield page


def test_nothing_is_asked_before_the_button(chromium: Any, site: str) -> None:
    with standing(chromium, site, geolocation=WICKER_PARK, permissions=["geolocation"]) as page:
        page.goto(site)
        page.get_by_label("Where are you?").press_sequentially("chi")
        page.get_by_role("option").first.wait_for()
        page.mouse.wheel(0, 900)

        assert page.evaluate("window.asked") == 0
        assert not any("near=" in sent for sent in page.sent)


def test_only_two_decimals_leave_and_the_page_names_the_town(chromium: Any, site: str) -> None:
    with standing(chromium, site) as page:
        page.context.grant_permissions(["geolocation"])
        page.context.set_geolocation(WICKER_PARK)
        page.goto(site)
        page.get_by_role("button", name="Use my location").click()
        page.wait_for_url("**/search?near=**")

        assert parse_qs(urlsplit(page.url).query)["near"] == ["41.91,-87.68"]
        assert not any(exact in sent for sent in page.sent for exact in ("41.908", "87.679"))
        assert "near Ukrainian Village, Chicago" in page.locator("h1").inner_text()
        assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]


@pytest.mark.parametrize(
    ("place", "near"),
    [
        ({"latitude": -33.8651, "longitude": 151.2099}, "-33.87,151.21"),
        ({"latitude": 0.0004, "longitude": -0.0004}, "0.00,-0.00"),
        ({"latitude": 52.999999, "longitude": 179.999999}, "53.00,180.00"),
    ],
)
def test_every_point_on_earth_is_rounded(chromium: Any, site: str, place: dict[str, float], near: str) -> None:
    with standing(chromium, site, geolocation=place, permissions=["geolocation"]) as page:
        page.goto(site)
        page.get_by_role("button", name="Use my location").click()
        page.wait_for_url("**/search?near=**")

        assert parse_qs(urlsplit(page.url).query)["near"] == [near]
        assert page.locator("h1").inner_text()


@pytest.mark.parametrize("then", ["real(...how)", UNAVAILABLE, NO_ANSWER], ids=["refused", "unavailable", "no answer"])
def test_without_a_position_one_sentence_is_said_and_the_box_works(chromium: Any, site: str, then: str) -> None:
    with standing(chromium, site, then, permissions=[]) as page:
        page.goto(site)
        page.get_by_role("button", name="Use my location").click()
        said = page.locator("[aria-live]").filter(has_text="did not say where you are")
        said.wait_for()

        assert said.inner_text() == "Your browser did not say where you are. Please type a town."
        page.get_by_label("Where are you?").fill("Toronto")
        page.keyboard.press("Enter")
        page.wait_for_url("**/search?**")
        assert "Toronto" in page.locator("h1").inner_text()


def test_the_browser_is_given_a_limit_to_answer(chromium: Any, site: str) -> None:
    with standing(chromium, site, "window.how = how[2]", permissions=[]) as page:
        page.goto(site)
        page.get_by_role("button", name="Use my location").click()

        assert 0 < page.evaluate("window.how.timeout") <= 15_000
        assert not page.evaluate("window.how.enableHighAccuracy")


def test_the_keys_alone_reach_it(chromium: Any, site: str) -> None:
    with standing(chromium, site, geolocation=WICKER_PARK, permissions=["geolocation"]) as page:
        page.goto(site)
        Keys(page).press(page.get_by_role("button", name="Use my location"))
        page.wait_for_url("**/search?near=41.91%2C-87.68")


def test_in_hebrew_too(chromium: Any, site: str) -> None:
    with standing(chromium, site, geolocation=WICKER_PARK, permissions=["geolocation"]) as page:
        page.goto(f"{site}/he")
        button = page.locator(".location button")
        box = button.bounding_box()

        assert page.locator("html").get_attribute("dir") == "rtl"
        assert box["x"] >= 0 and box["x"] + box["width"] <= PHONE["width"] and box["height"] >= 24
        button.click()
        page.wait_for_url("**/he/search?near=**")
        assert "שיקגו" in page.locator("h1").inner_text()
        assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]


def test_in_hebrew_a_refusal_is_one_sentence(chromium: Any, site: str) -> None:
    with standing(chromium, site, permissions=[]) as page:
        page.goto(f"{site}/he")
        refused = page.locator("form.search").first.get_attribute("data-refused")
        page.locator(".location button").click()
        page.get_by_text(refused).wait_for()
