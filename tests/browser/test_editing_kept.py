"""What a therapist types is kept, whatever becomes of the page or the connection."""

from time import monotonic
from typing import Any

import pytest
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from referral.model import Draft
from tests.browser.own_page import LONGEST, opened, settled

pytestmark = pytest.mark.browser


def test_what_is_typed_is_kept_and_comes_back(ann: Any, site: str, engine: Engine) -> None:
    words = opened(ann, "words")
    words.get_by_label("In your own words").fill("I listen first.")
    words.get_by_text("Kept, not saved yet.").wait_for()
    assert words.get_by_text("3 words.").is_visible()

    ann.goto(f"{site}/listing")

    assert opened(ann, "words").get_by_label("In your own words").input_value() == "I listen first."
    opened(ann, "words").get_by_role("button", name="Save").click()
    ann.wait_for_url("**saved=published*")
    with Session(engine) as session:
        assert session.scalars(select(Draft)).all() == []


def test_what_is_typed_is_there_for_who_turns_away_without_a_rest(ann: Any, site: str, engine: Engine) -> None:
    opened(ann, "words").get_by_label("In your own words").fill("Typed, and gone.")
    ann.goto(f"{site}/listing/numbers")
    ann.goto(f"{site}/listing")
    settled(ann)
    assert opened(ann, "words").get_by_label("In your own words").input_value() == "Typed, and gone."

    opened(ann, "words").get_by_label("In your own words").fill("Typed, and another section saved.")
    opened(ann, "costs").get_by_role("button", name="Save").click()

    ann.wait_for_url("**saved=*")
    settled(ann)
    assert opened(ann, "words").get_by_label("In your own words").input_value() == "Typed, and another section saved."


def test_what_is_typed_without_a_connection_is_there_afterwards(unwatched: Any, site: str) -> None:
    page, context = unwatched, unwatched.context
    context.set_offline(True)
    opened(page, "words").get_by_label("In your own words").fill("Typed in a tunnel.")
    work = opened(page, "work")
    work.get_by_label("Online").check()
    work.get_by_label("In person").uncheck()
    page.locator("#work").get_by_text("No connection.").wait_for()

    page.goto("about:blank")  # a page loaded anew knows nothing but what stayed in the tab
    context.set_offline(False)
    page.goto(f"{site}/listing")

    settled(page)
    page.get_by_text("We kept what you typed").first.wait_for()
    assert opened(page, "words").get_by_label("In your own words").input_value() == "Typed in a tunnel."
    assert opened(page, "work").get_by_label("Online").is_checked()
    assert not opened(page, "work").get_by_label("In person").is_checked()


def test_a_page_that_was_read_before_the_last_draft_was_kept_shows_it_nevertheless(ann: Any, site: str) -> None:
    opened(ann, "words").get_by_label("In your own words").fill("One.")
    ann.get_by_text("Kept, not saved yet.").wait_for()
    held: list[Any] = []

    def hold(address: str) -> None:
        """Keep the next request to this address from leaving, and wait until there is one."""
        so_far = len(held)
        ann.route(address, lambda route: held.append(route) if len(held) == so_far else route.continue_())

    def wait() -> None:
        so_far, until = len(held), monotonic() + LONGEST
        while len(held) == so_far and monotonic() < until:
            ann.wait_for_timeout(20)

    hold("**/words/draft")
    opened(ann, "words").get_by_label("In your own words").fill("One, and two.")
    wait()
    hold(f"{site}/listing")
    ann.evaluate("setTimeout(() => location.assign(location.pathname))")
    wait()
    [draft, page] = held
    read = page.fetch()
    with ann.expect_response("**/words/draft"):
        draft.fulfill(response=draft.fetch())
    page.fulfill(response=read)

    ann.locator("#words-bio", has_text="One, and two.").wait_for()
    settled(ann)
    assert ann.evaluate("sessionStorage.length") == 0
