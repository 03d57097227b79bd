"""A therapist whose session ends while typing loses nothing; who signs out leaves nothing behind."""

from typing import Any

import pytest
from flask import Flask
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from referral.model import Listing
from tests.browser.own_page import EMAIL, opened, signed_out
from tests.browser.therapists import cookie

pytestmark = pytest.mark.browser


def test_who_was_signed_out_while_typing_loses_nothing(unwatched: Any, site: str, app: Flask, engine: Engine) -> None:
    page, context = unwatched, unwatched.context
    signed_out(engine)
    opened(page, "words").get_by_label("In your own words").fill("Typed too late.")
    opened(page, "words").get_by_role("button", name="Save").click()
    page.get_by_role("heading", name="Please sign in first").wait_for()

    context.add_cookies([{**cookie(app, engine, EMAIL), "url": site}])
    page.goto(f"{site}/listing")

    page.get_by_text("We kept what you typed").wait_for()
    assert opened(page, "words").get_by_label("In your own words").input_value() == "Typed too late."


def test_a_page_left_open_goes_on_in_the_session_of_another_tab(
    unwatched: Any, site: str, app: Flask, engine: Engine
) -> None:
    page, context = unwatched, unwatched.context
    signed_out(engine)
    words = opened(page, "words")
    words.get_by_label("In your own words").fill("Still here.")
    words.get_by_text("You are signed out.").wait_for()

    context.add_cookies([{**cookie(app, engine, EMAIL), "url": site}])
    page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    words.get_by_text("Kept, not saved yet.").wait_for()
    words.get_by_role("button", name="Save").click()

    page.wait_for_url("**saved=published*")
    with Session(engine) as session:
        assert session.scalar(select(Listing.bio).where(Listing.public_id == "annexample")) == "Still here."


def test_nothing_typed_stays_in_a_tab_that_was_signed_out_of(ann: Any, site: str) -> None:
    ann.evaluate("sessionStorage.setItem('listing-annexample-words', '[]'); sessionStorage.setItem('other', '1')")
    ann.goto(f"{site}/account")

    ann.get_by_role("button", name="Sign out", exact=True).click()
    ann.wait_for_url(f"{site}/")

    assert ann.evaluate("Object.keys(sessionStorage)") == ["other"]
