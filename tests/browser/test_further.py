"""What helps beside a list of people, guidance, workshops and networks: where somebody sees it; and the first card."""

from itertools import product
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.live import DESK, PHONE, visit

pytestmark = pytest.mark.browser

NEW_YORK = "/search?q=New+York"


def top(page: Any, what: str) -> float:
    """Where it begins, in pixels of the window."""
    return float(page.locator(what).first.bounding_box()["y"])


def test_guidance_stands_beside_the_list_on_a_desk(chromium: Any, full_site: str) -> None:
    for language, scripts in product(("", "/he"), (True, False)):
        with visit(chromium, full_site, viewport=DESK, java_script_enabled=scripts) as page:
            page.goto(f"{full_site}{language}{NEW_YORK}")
            guidance, cards = page.locator("#deciding").bounding_box(), page.locator(".list").bounding_box()
            left, right = (guidance, cards) if language else (cards, guidance)

            assert guidance["y"] < DESK["height"]
            assert left["x"] + left["width"] <= right["x"]
            assert not page.locator(".onto").is_visible()
            assert page.locator(".list ~ .further").count() == 1  # heard after the people


COVERED = """
  () => {
    const map = document.querySelector(".map-frame").getBoundingClientRect();
    return [...document.querySelectorAll(".further :is(h2, h3, p)")].filter((one) => {
      const { top, bottom, left, right } = one.getBoundingClientRect();
      return bottom > map.top + 1 && top < map.bottom - 1 && right > map.left && left < map.right;
    }).map((one) => one.textContent.trim());
  }
"""
"""Words that lie under the map."""


@pytest.mark.parametrize("path", [NEW_YORK, "/search?in=US", "/he/search?in=US"])
@pytest.mark.parametrize("width", [1280, 1440])
def test_nothing_lies_under_the_map_and_far_down_it_is_in_sight(
    chromium: Any, full_site: str, width: int, path: str
) -> None:
    covered = {}
    with visit(chromium, full_site, viewport={"width": width, "height": 900}) as page:
        page.goto(full_site + path)
        page.locator(".map .leaflet-container").wait_for()
        ends = page.locator(".further > :last-child").evaluate("one => one.getBoundingClientRect().bottom + scrollY")
        last = page.evaluate("document.documentElement.scrollHeight - innerHeight")
        for at in (*range(0, last, 150), 900, 0):
            page.evaluate("at => scrollTo(0, at)", at)
            page.wait_for_timeout(60)
            if found := page.evaluate(COVERED):
                covered[at] = found
            if ends + 80 < at:
                assert -40 < top(page, ".map-frame") < 100  # the list and its map end together

    assert covered == {}


def test_what_has_the_focus_is_not_under_the_map(chromium: Any, full_site: str) -> None:
    with visit(chromium, full_site, viewport=DESK) as page:
        page.goto(full_site + NEW_YORK)
        page.locator("#networks a").last.focus()
        page.keyboard.press("Shift+Tab")
        while (focused := page.locator(".further :focus")).count():
            map_ends = page.evaluate("document.querySelector('.map-frame').getBoundingClientRect().bottom")
            assert focused.bounding_box()["y"] >= map_ends
            page.keyboard.press("Shift+Tab")


def test_a_phone_leads_to_it_from_within_a_long_list(chromium: Any, full_site: str) -> None:
    with visit(chromium, full_site, viewport=PHONE) as page:
        page.goto(full_site + NEW_YORK)
        assert top(page, ".card >> nth=3") < top(page, ".onto") < top(page, ".card >> nth=4")

        page.get_by_role("link", name="While you are deciding").click()
        assert 0 <= top(page, "#deciding") < PHONE["height"] / 2


def test_the_first_person_is_seen_on_a_phone_without_scrolling(chromium: Any, full_site: str) -> None:
    low = {}
    with visit(chromium, full_site, viewport=PHONE) as page:
        for line in ("New+York", "Boston", "Springfield", "Cambridge", "London", "Berlin,+English", "Providence"):
            page.goto(f"{full_site}/search?q={line}")
            if not page.locator(".empty").count() and (at := top(page, ".card")) > PHONE["height"] - 120:
                low[line] = at
    assert low == {}


def test_choices_and_what_helps_shut_nobody_out(chromium: Any, full_site: str) -> None:
    found = {}
    for size, scheme in ((PHONE, "light"), (DESK, "dark")):
        with visit(chromium, full_site, viewport=size, color_scheme=scheme) as page:
            for path in (NEW_YORK, "/he/search?q=Cambridge", "/search?place=5128581&and_q=Providence"):
                page.goto(full_site + path)
                page.wait_for_load_state("networkidle")
                if wrong := [v["id"] for v in Axe().run(page).response["violations"]]:
                    found[path] = wrong
    assert found == {}
