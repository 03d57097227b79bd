"""What comes out of a printer: all that a page says, on no more sheets than it needs."""

import re
from typing import Any

import pytest

from tests.live import DESK, visit

pytestmark = pytest.mark.browser

SHEETS = {"A4": 718, "Letter": 740, "A4 with wide margins": 643, "A5": 483}
"""How many pixels of a sheet are left between its margins."""

CUT = """
  () => {
    const frame = document.querySelector(".compare").getBoundingClientRect();
    return [...document.querySelectorAll(".compare :is(th, td)")].filter((cell) => {
      const { left, right } = cell.getBoundingClientRect();
      const isBeyond = left < Math.max(frame.left, 0) - 1 || right > Math.min(frame.right, innerWidth) + 1;
      return isBeyond || cell.scrollWidth > cell.clientWidth + 1;
    }).map((cell) => cell.textContent.trim());
  }
"""
"""Cells that a sheet does not have whole."""


def four(page: Any, site: str) -> str:
    """The query of a short list of four people."""
    page.goto(f"{site}/search?in=US")
    return str(
        page.locator(".card").evaluate_all("all => all.slice(0, 4).map((one) => `t=${one.dataset.person}`).join('&')")
    )


def sheets(page: Any) -> int:
    """How many a printer takes for the page."""
    margin = dict.fromkeys(("top", "right", "bottom", "left"), "10mm")
    return len(re.findall(rb"/Type\s*/Page\b", page.pdf(format="A4", margin=margin)))


@pytest.mark.parametrize("language", ["", "/he", "/de"])
def test_four_people_side_by_side_are_whole_on_paper(chromium: Any, full_site: str, language: str) -> None:
    cut = {}
    with visit(chromium, full_site, viewport=DESK) as page:
        page.goto(f"{full_site}{language}/shortlist/compare?{four(page, full_site)}")
        assert page.locator(".compare thead th").count() == 4
        page.emulate_media(media="print")
        for name, width in SHEETS.items():
            page.set_viewport_size({"width": width, "height": 1000})
            if found := page.evaluate(CUT):
                cut[name] = found

    assert cut == {}


def test_no_sheet_holds_the_foot_of_the_page_alone(chromium: Any, full_site: str) -> None:
    with visit(chromium, full_site, viewport=DESK) as page:
        for path in ("/search?q=New+York", f"/shortlist/compare?{four(page, full_site)}"):
            page.goto(full_site + path)
            page.wait_for_load_state("networkidle")
            needed = sheets(page)
            page.evaluate("document.querySelector('.foot').remove()")

            assert sheets(page) == needed


def test_an_answer_on_paper_has_nothing_to_press(chromium: Any, full_site: str) -> None:
    with visit(chromium, full_site, viewport=DESK) as page:
        page.goto(f"{full_site}/questions/can-we-do-it-online")
        page.emulate_media(media="print")
        pressed = page.locator("main :is(button, .button, input, summary)")

        assert [one.inner_text() for one in pressed.all() if one.is_visible()] == []
