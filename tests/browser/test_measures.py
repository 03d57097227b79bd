"""What a page must measure: how large a control is, how much comes over the wire, that nothing moves while it loads."""

from typing import Any

import pytest

from tests.live import DESK, PHONE, visit

pytestmark = pytest.mark.browser

CHICAGO = "/search?place=4887398"
PAGES = ["/", CHICAGO, f"{CHICAGO}&language=he", "/search?q=Springfield", "/search?q=asdfqwer", "/shortlist", "/about"]
SMALL_DESK = {"width": 1024, "height": 768}

TOO_SMALL = """
  [...document.querySelectorAll("a[href], button, input:not([type=hidden]), select, summary")].filter((one) => {
    const { width, height } = (one.closest("label") ?? one).getBoundingClientRect();
    const isInAText = getComputedStyle(one).display === "inline" && !one.closest("label");
    return width > 1 && height > 1 && height < 43.5 && !isInAText && !one.matches(".leaflet-container *");
  }).map((one) => one.outerHTML.slice(0, 90))
"""
"""Controls a finger misses; links inside a text are as high as its lines."""

MOVED = """
  new Promise((done) => new PerformanceObserver((list) => {
    done(list.getEntries().filter((one) => !one.hadRecentInput).reduce((sum, one) => sum + one.value, 0));
  }).observe({ type: "layout-shift", buffered: true }) ?? setTimeout(() => done(0), 600))
"""


@pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])
def test_every_control_can_be_hit_by_a_finger(chromium: Any, site: str, size: dict[str, int]) -> None:
    small = {}
    with visit(chromium, site, viewport=size) as page:
        for path in PAGES:
            page.goto(site + path)
            page.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true })")
            if found := page.evaluate(TOO_SMALL):
                small[path] = found
    assert small == {}


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no scripts"])
def test_filters_and_list_stand_side_by_side_on_a_small_desk(chromium: Any, site: str, scripts: bool) -> None:
    with visit(chromium, site, viewport=SMALL_DESK, java_script_enabled=scripts) as page:
        page.goto(site + CHICAGO)
        beside, card = page.locator(".beside").bounding_box(), page.locator(".card").first.bounding_box()

        assert beside["x"] + beside["width"] <= card["x"]
        assert card["y"] < beside["y"] + 160


@pytest.mark.parametrize("path", ["/", CHICAGO, "/search?q=asdfqwer", "/questions"])
@pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])
def test_nothing_moves_while_a_page_loads(chromium: Any, site: str, size: dict[str, int], path: str) -> None:
    with visit(chromium, site, viewport=size) as page:
        page.goto(site + path)
        page.wait_for_load_state("networkidle")

        assert page.evaluate(MOVED) < 0.05


def test_a_page_twice_as_large_is_not_wider_than_the_window(chromium: Any, site: str) -> None:
    """A window of 640 px is one of 1280 at 200 %; 320 px is what 400 % leaves."""
    with visit(chromium, site, viewport={"width": 640, "height": 450}) as page:
        for width in (640, 320):
            page.set_viewport_size({"width": width, "height": 450})
            for path in PAGES:
                page.goto(site + path)
                wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
                assert (path, width, wide) == (path, width, 0)
