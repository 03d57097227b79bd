"""What a screen reader is given on every page of people who sign in, and on the forms that lead there."""

from typing import Any

import pytest

from tests.gallery.showing import pages, small_sites
from tests.gallery.spoken import unsaid

pytestmark = [pytest.mark.browser, pytest.mark.slow]

FORMS = ("sign in", "claim", "join", "letter", "confirm", "report", "write")


def test_who_hears_a_page_is_told_what_others_see(chromium: Any) -> None:
    wrong = {}
    with small_sites() as (sites, states):
        shown = {name: one for name, one in states.items() if one.who or name.startswith(FORMS)}
        for name, page in pages(chromium, sites, shown, (1280, "light", "ltr")):
            if said := unsaid(page):
                wrong[name] = said

    assert wrong == {}
