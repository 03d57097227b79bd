"""A therapist's own page in a browser, for tests: its sections, what was typed there, and what the server has."""

from io import BytesIO
from time import monotonic
from typing import Any

from PIL import Image
from playwright.sync_api import Error
from sqlalchemy import Engine, delete, select
from sqlalchemy.orm import Session

from referral.model import Draft, SignIn

EMAIL = "ann@example.org"


LONGEST = 30
"""Seconds until what was typed must have come to rest."""


def opened(page: Any, id: str) -> Any:
    """The section, with its door open."""
    section = page.locator(f"details#{id}")
    if not section.evaluate("one => one.open"):
        section.locator("summary").first.click()
    return section


def settled(page: Any) -> None:
    """Wait until nothing waits in the tab: the server has it, and the page was loaded anew where it had to be.

    Asked again and again from here: `wait_for_function` evaluates text in the page, which its policy forbids.
    """
    until = monotonic() + LONGEST
    while left := _left(page):
        assert monotonic() < until, left
        page.wait_for_timeout(50)
    page.wait_for_load_state("networkidle")


def _left(page: Any) -> list[str]:
    """What the server has not got yet; of a page that goes away meanwhile nobody can say that nothing waits."""
    try:
        return page.evaluate("() => Object.values(sessionStorage).filter((one) => JSON.parse(one).typed)")  # type: ignore[no-any-return]
    except Error as error:
        assert "navigation" in str(error), error
        return ["a page that went away"]


def signed_out(engine: Engine) -> None:
    """Her session ends behind her back."""
    with Session(engine) as session:
        session.execute(delete(SignIn))
        session.commit()


def typed(page: Any, words: str) -> None:
    """Words about oneself, and a rest."""
    opened(page, "words").get_by_label("In your own words").fill(words)


def shown(page: Any) -> str:
    """What the field holds."""
    return str(opened(page, "words").get_by_label("In your own words").input_value())


def drafted(engine: Engine) -> str:
    """The words that the server keeps."""
    with Session(engine) as session:
        return str(dict(session.scalars(select(Draft)).one().fields)["words-bio"])


def half_red(width: int, height: int) -> bytes:
    """A picture whose left half is red and whose right half is blue."""
    picture, sent = Image.new("RGB", (width, height), "blue"), BytesIO()
    picture.paste("red", (0, 0, width // 2, height))
    picture.save(sent, "PNG")
    return sent.getvalue()
