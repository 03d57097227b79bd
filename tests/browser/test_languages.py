"""In every language that is offered: find, a therapist, an answer, a network, in a browser; everybody can use it."""

from collections.abc import Iterator
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe

from referral import text
from referral.catalogues import keeping
from tests.browser.test_journey import PHONE, visit
from tests.site.test_languages import strays

pytestmark = pytest.mark.browser

OFFERED = text.languages()[1:]


@pytest.mark.parametrize("language", OFFERED)
def test_somebody_finds_a_therapist_an_answer_and_a_network(chromium: Any, site: str, language: str) -> None:
    wanted = keeping.template()
    with visit(chromium, site, viewport=PHONE, locale=language) as page:
        for where in way(page, site, language):
            html = page.locator("html")
            assert html.get_attribute("lang") == language, where
            assert html.get_attribute("dir") == ("rtl" if language in ("he", "ar") else "ltr"), where
            assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0, where
            assert strays(page.content(), language, wanted) == [], where
            assert [v["id"] for v in Axe().run(page).response["violations"]] == [], where
            assert page.url.startswith(f"{site}/{language}"), where


def way(page: Any, site: str, language: str) -> Iterator[str]:
    """The pages one comes through, by what can be pressed on them."""
    page.goto(f"{site}/")
    page.locator("main form[role=search] input[name=q], main form input[name=q]").first.wait_for()
    if f"/{language}" not in page.url:  # the browser's language was shown; its links lead on under the prefix
        page.goto(f"{site}/{language}/")
    yield "home"
    page.locator("main input[name=q]").first.fill("Chicago")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search?*")
    yield "results"
    page.locator("main article.card h3 a, main .card h2 a, main .card h3 a").first.click()
    page.wait_for_url("**/therapists/*")
    yield "therapist"
    page.locator("header nav a[href$='/questions']").first.click()
    page.locator("main a[href*='/questions/why-wont']").first.click()
    page.wait_for_url("**/questions/why-wont*")
    yield "question"
    page.locator("header nav a[href$='/networks']").first.click()
    page.wait_for_url("**/networks")
    yield "networks"
    page.locator("main a[href$='/networks/imago-austria']").first.click()
    page.wait_for_url("**/networks/imago-austria")
    yield "network"
