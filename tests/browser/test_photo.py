"""A therapist's picture in a real browser: what was chosen is not lost when the line or the session is."""

from typing import Any

import pytest
from flask import Flask
from PIL import Image
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from referral.listings.photos import file
from referral.model import Draft
from tests.browser.own_page import EMAIL, half_red, opened, signed_out
from tests.browser.therapists import cookie

pytestmark = pytest.mark.browser

PICTURE = {"name": "a.png", "mimeType": "image/png", "buffer": half_red(1200, 600)}


@pytest.fixture
def ann(unwatched: Any) -> Any:
    """Her browser, before her own page; it may say that the server could not be reached."""
    return unwatched


def choose(page: Any) -> Any:
    """The section with a picture chosen, and its left half to be shown."""
    photo = opened(page, "photo")
    photo.get_by_label("Choose a picture").set_input_files(PICTURE)
    photo.get_by_label("From left to right").focus()
    page.keyboard.press("Home")
    photo.get_by_label("What the picture shows").fill("Red")
    return photo


def is_red(app: Flask, name: str) -> bool:
    """Whether that photo lies on the disk and shows the left half of the picture alone."""
    path = file(app.extensions["referral"].config.photos_folder, name, 160, "jpg")
    assert path is not None, name
    with Image.open(path) as made:
        pixels = [made.convert("RGB").getpixel((x, 80)) for x in (5, 155)]
    return all(isinstance(one, tuple) and one[0] > 200 and one[2] < 60 for one in pixels)


def comes_back(page: Any, site: str, app: Flask) -> None:
    """The chosen picture is shown on her page, as it was cut, and can be saved."""
    page.goto(f"{site}/listing")
    page.get_by_text("We kept what you typed").wait_for()
    photo = opened(page, "photo")
    assert photo.get_by_label("What the picture shows").input_value() == "Red"
    assert is_red(app, photo.locator("[name=photo-kept]").input_value())
    assert photo.locator(".portrait img").evaluate("one => one.decode().then(() => one.naturalWidth)") > 0
    photo.get_by_role("button", name="Save").click()
    page.wait_for_url("**saved=waiting*")
    assert page.evaluate("Object.keys(sessionStorage)") == []


def test_the_part_of_a_picture_that_was_chosen_is_shown(ann: Any, app: Flask) -> None:
    choose(ann).get_by_role("button", name="Save").click()
    ann.wait_for_url("**saved=waiting*")

    assert is_red(app, opened(ann, "photo").locator("[name=photo-kept]").input_value())


def test_a_picture_of_a_telephone_is_made_smaller_before_it_is_sent(ann: Any, app: Flask) -> None:
    photo = opened(ann, "photo")
    large = {"name": "a.png", "mimeType": "image/png", "buffer": half_red(10000, 5000)}
    photo.get_by_label("Choose a picture").set_input_files(large)
    photo.locator("canvas").wait_for()  # it comes when the picture was read
    photo.get_by_label("From left to right").focus()
    ann.keyboard.press("Home")
    photo.get_by_label("What the picture shows").fill("Red")

    photo.get_by_role("button", name="Save").click()
    ann.wait_for_url("**saved=waiting*")

    assert is_red(app, opened(ann, "photo").locator("[name=photo-kept]").input_value())


def test_a_chosen_picture_is_kept_before_it_is_saved(ann: Any, site: str, app: Flask, engine: Engine) -> None:
    photo = choose(ann)
    photo.get_by_text("Kept, not saved yet.").wait_for()

    with Session(engine) as session:
        [draft] = session.scalars(select(Draft)).all()
        assert len(str(draft.fields)) < 1000 and is_red(app, dict(draft.fields)["photo-kept"])
    ann.goto("about:blank")
    comes_back(ann, site, app)


def test_a_picture_saved_after_the_session_ended_is_there_after_signing_in(
    ann: Any, site: str, app: Flask, engine: Engine
) -> None:
    photo = choose(ann)
    signed_out(engine)
    photo.get_by_role("button", name="Save").click()
    ann.get_by_role("heading", name="Please sign in first").wait_for()

    ann.context.add_cookies([{**cookie(app, engine, EMAIL), "url": site}])
    comes_back(ann, site, app)


def test_who_is_signed_out_is_told_so_while_the_picture_is_still_chosen(
    ann: Any, site: str, app: Flask, engine: Engine
) -> None:
    signed_out(engine)
    photo = choose(ann)
    photo.get_by_text("You are signed out.").wait_for()
    ann.context.add_cookies([{**cookie(app, engine, EMAIL), "url": site}])
    ann.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    photo.get_by_text("Kept, not saved yet.").wait_for()

    ann.goto("about:blank")
    comes_back(ann, site, app)


def test_a_picture_chosen_without_a_connection_is_there_afterwards(ann: Any, site: str, app: Flask) -> None:
    ann.wait_for_load_state("networkidle")  # its scripts are there
    ann.context.set_offline(True)
    choose(ann).get_by_text("No connection.").wait_for()

    ann.goto("about:blank")
    ann.context.set_offline(False)
    comes_back(ann, site, app)


def test_a_picture_is_sent_once_while_its_words_are_typed(ann: Any) -> None:
    sent: list[int] = []
    ann.on("request", lambda r: sent.append(len(r.post_data or "")) if r.url.endswith("/photo/draft") else None)
    photo = choose(ann)
    photo.get_by_text("Kept, not saved yet.").wait_for()
    photo.locator(".kept").evaluate("one => { one.textContent = '' }")
    photo.get_by_label("What the picture shows").fill("Red and quiet")
    photo.get_by_text("Kept, not saved yet.").wait_for()

    assert len(sent) == 2 and sent[0] > 3000 > sent[1]
