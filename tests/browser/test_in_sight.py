"""How many people one sees at once in a list, without scrolling; and that a card says all that a list is for."""

from typing import Any

import pytest

from tests.live import DESK, PHONE, visit

pytestmark = pytest.mark.browser

LISTS = ["/search?place=5128581", "/de/search?place=2950159&radius=500", "/he/search?place=293397"]

BOTTOMS = "all => all.map((one) => Math.round(one.getBoundingClientRect().bottom))"
HEIGHTS = "all => all.map((one) => Math.round(one.getBoundingClientRect().height))"


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no scripts"])
def test_two_people_and_the_name_of_a_third_stand_in_the_window_of_a_desk(
    chromium: Any, full_site: str, scripts: bool
) -> None:
    beyond = {}
    with visit(chromium, full_site, viewport=DESK, java_script_enabled=scripts) as page:
        for path in LISTS:
            page.goto(full_site + path)
            page.wait_for_load_state("networkidle")
            whole = page.locator("#list > .card").evaluate_all(BOTTOMS)[1]
            name = page.locator("#list > .card h2").evaluate_all(BOTTOMS)[2]
            if max(whole, name) > DESK["height"]:
                beyond[path] = (whole, name)

    assert beyond == {}


def test_a_phone_shows_whether_the_first_one_can_come_and_no_card_is_higher_than_it(
    chromium: Any, full_site: str
) -> None:
    beyond = {}
    with visit(chromium, full_site, viewport=PHONE) as page:
        for path in LISTS:
            page.goto(full_site + path)
            page.wait_for_load_state("networkidle")
            said = page.locator("#list > .card .state").evaluate_all(BOTTOMS)[0]
            high = max(page.locator("#list > .card").evaluate_all(HEIGHTS))
            if said > 740 or high > 540:  # what the bar of a browser leaves of a window; and two thirds of it
                beyond[path] = (said, high)

    assert beyond == {}


def test_no_words_of_a_card_are_cut(chromium: Any, full_site: str) -> None:
    with visit(chromium, full_site, viewport=PHONE) as page:
        for path in LISTS:
            page.goto(full_site + path)
            assert (
                page.locator(".card .words").evaluate_all(
                    "all => all.filter((one) => one.scrollHeight > one.clientHeight + 1).length"
                )
                == 0
            )


def test_words_of_another_direction_begin_at_their_own_edge(chromium: Any, full_site: str) -> None:
    with visit(chromium, full_site, viewport=DESK) as page:
        page.goto(f"{full_site}/ar/search?in=US")
        words = page.locator(".card .words:dir(ltr)").first

        edges = words.evaluate(
            """one => {
              const range = document.createRange();
              range.selectNodeContents(one);
              return [...range.getClientRects()].map((line) => line.left - one.getBoundingClientRect().left);
            }"""
        )
        assert {round(edge) for edge in edges} == {0}
