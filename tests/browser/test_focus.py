"""Whoever goes by keys sees the whole of what has the focus: no bar that stays in sight lies over it (WCAG 2.4.11)."""

from typing import Any

import pytest

from tests.live import PHONE, visit

pytestmark = pytest.mark.browser

TWICE_AS_LARGE = {"width": 640, "height": 450}
"""What a desk leaves at 200 %."""

SMALL_DESK = {"width": 1024, "height": 600}
MOST = 160

COVERED = """
  () => {
    const one = document.activeElement;
    if (one === document.body || one.matches("main, [tabindex], .skip")) return "";
    const boxes = [...one.getClientRects()].filter(({ width, height }) => width > 8 && height > 8);
    const isBar = (there) => ["sticky", "fixed"].includes(getComputedStyle(there).position) && !there.contains(one);
    const isSeen = ([x, y]) => {
      let there = document.elementFromPoint(x, y);
      if (there === null) return false;
      while (there && !isBar(there)) there = there.parentElement;
      return !there;
    };
    const isWhole = boxes.every(({ left, right, top, bottom }) => [
      [left + 3, top + 3], [right - 3, top + 3], [left + 3, bottom - 3], [right - 3, bottom - 3],
    ].every(isSeen));
    return isWhole ? "" : `${one.textContent.trim() || one.name || one.id} (${Math.round(boxes[0].top)})`;
  }
"""
"""What has the focus, where part of it is not seen."""


def covered(page: Any, key: str) -> list[str]:
    """All that is covered while one goes through the page by this key."""
    found = []
    for _ in range(MOST):
        page.keyboard.press(key)
        if page.evaluate("document.activeElement === document.body"):
            break
        if one := page.evaluate(COVERED):
            found.append(one)
    return found


CHICAGO = "/search?place=4887398"
PAGES = {
    "results": CHICAGO,
    "two places": f"{CHICAGO}&and_near=5263045",
    "in need": "/search?q=my+husband+hits+me,+Chicago",
    "therapist": "/therapists/ana-ruiz",
}


@pytest.mark.parametrize("size", [PHONE, TWICE_AS_LARGE, SMALL_DESK], ids=["phone", "200 %", "small desk"])
@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no scripts"])
@pytest.mark.parametrize("path", PAGES.values(), ids=PAGES)
def test_no_bar_covers_what_has_the_focus(
    chromium: Any, site: str, path: str, scripts: bool, size: dict[str, int]
) -> None:
    with visit(chromium, site, viewport=size, java_script_enabled=scripts) as page:
        page.goto(site + path)
        filters = page.locator(".filters > summary")
        if filters.count() and filters.is_visible():
            filters.click()
        if page.locator(".apart:not([open]) > summary").count():
            page.locator(".apart > summary").click()
        if not scripts and page.locator(".filters").count():
            page.get_by_role("checkbox", name="Spanish").check()  # whose button now stays in sight
        page.locator(".skip").first.focus()

        assert covered(page, "Tab") == []
        assert covered(page, "Shift+Tab") == []


@pytest.mark.parametrize("language", ["", "/he"])
@pytest.mark.parametrize("width", [660, 1280])
def test_the_names_of_rows_cover_no_link_of_a_comparison(
    chromium: Any, full_site: str, width: int, language: str
) -> None:
    with visit(chromium, full_site, viewport={"width": width, "height": 600}) as page:
        page.goto(full_site + "/search?in=US")
        four = page.locator(".card").evaluate_all(
            "all => all.slice(0, 4).map((one) => `t=${one.dataset.person}`).join('&')"
        )
        page.goto(f"{full_site}{language}/shortlist/compare?{four}")

        assert covered(page, "Tab") == []
        assert covered(page, "Shift+Tab") == []
