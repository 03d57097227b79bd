"""A Save after the session has ended: what was typed comes back, and is saved once its writer is signed in again."""

from html import unescape
from typing import Any

import pytest
from sqlalchemy import Engine, update
from sqlalchemy.orm import Session

from referral.model import Draft, SignIn
from tests.accounts.people import sign_in
from tests.client import CheckingClient, parse
from tests.editing.therapist import Therapist, ann  # noqa: F401 - a fixture among them
from tests.make import NOW

BIO = '\nI listen first.\r\n\r\n"Then" <we> & you </textarea><script>alert(1)</script>'


def end_session(engine: Engine) -> None:
    with Session(engine) as session:
        session.execute(update(SignIn).values(ended_at=NOW))
        session.commit()


def carried(page: str, section: str = "words") -> dict[str, list[str]]:
    """What the button of the page would send; a browser drops one line break at the start of a text."""
    tree, _problems = parse(page)
    [form] = [one for one in tree.iter() if one.tag.endswith("form") and one.get("action", "").endswith(f"/{section}")]
    sent: dict[str, list[str]] = {}
    for one in form.iter():
        if one.get("name"):
            value = one.text if one.tag.endswith("textarea") else one.get("value")
            sent.setdefault(str(one.get("name")), []).append(value or "")
    return sent


def test_what_was_typed_is_saved_after_signing_in_again(ann: Therapist, engine: Engine) -> None:  # noqa: F811
    typed = ann.fields("words", bio="I listen first. " * 4, bio_language="he")
    end_session(engine)

    out = ann.client.post("/listing/words", data=typed)
    assert out.status_code == 401 and out.headers["Cache-Control"] == "private, no-store"
    assert carried(out.text) == {n: v for n, v in listed(typed).items() if n != "csrf_token"}
    assert "/account/sign-in?to=editing.page" in out.text
    sign_in(ann.client, engine)
    again = ann.client.post("/listing/words", data=carried(out.text))
    assert again.status_code == 400 and "What you typed is still here." in again.text
    saved = ann.client.post("/listing/words", data=carried(again.text))

    assert saved.status_code == 303
    assert ann.listing.content.bio == ("I listen first. " * 4).strip()


def listed(typed: dict[str, Any]) -> dict[str, list[str]]:
    return {
        name: [str(one) for one in value] if isinstance(value, list) else [str(value)] for name, value in typed.items()
    }


def test_a_browser_without_a_cookie_gets_it_back_too(ann: Therapist) -> None:  # noqa: F811
    typed = ann.fields("words", bio=BIO)
    ann.client.delete_cookie("session")

    out = ann.client.post("/listing/words", data=typed)

    assert out.status_code == 401
    assert "<script>alert" not in out.text and unescape(out.text).count(BIO) == 1
    assert "csrf_token" not in out.text


def test_nothing_is_kept_of_it(ann: Therapist, engine: Engine) -> None:  # noqa: F811
    typed = ann.fields("words", bio=BIO)
    end_session(engine)

    ann.client.post("/listing/words", data=typed)

    with Session(engine) as session:
        assert session.query(Draft).all() == []
    assert ann.listing.content.bio == ""


def test_it_is_never_given_to_another_site(ann: Therapist) -> None:  # noqa: F811
    ann.client.delete_cookie("session")

    out = ann.client.post("/listing/words", data={"words-bio": BIO}, headers={"Sec-Fetch-Site": "cross-site"})

    assert out.status_code == 403 and "I listen" not in out.text


@pytest.mark.parametrize(
    "typed", [{"words-bio": "x" * 200_001}, {f"x{n}": "y" for n in range(501)}, {"csrf_token": "x"}, {}]
)
def test_what_is_too_much_or_nothing_is_not_given_back(client: CheckingClient, typed: dict[str, str]) -> None:
    out = client.post("/listing/words", data=typed)

    assert out.status_code == 401 and "<textarea" not in out.text and 'type="hidden" name="x' not in out.text


def test_a_button_that_was_pressed_is_not_carried(client: CheckingClient) -> None:
    out = client.post("/listing/offices", data={"offices-x": "y", "more": "offices", "forget": "1"})

    assert 'name="offices-x"' in out.text and 'name="more"' not in out.text and 'name="forget"' not in out.text


def test_only_where_it_is_asked_for(client: CheckingClient) -> None:
    assert "hunter2" not in client.post("/account/second-factor", data={"code": "hunter2"}).text


def test_short_words_are_seen_too_and_the_button_says_what_it_does(ann: Therapist) -> None:  # noqa: F811
    typed = ann.fields("words", bio="I listen.", bio_language="he") | {"csrf_token": "stale"}

    page = ann.client.post("/listing/words", data=typed)

    assert page.status_code == 400 and "I listen.</textarea>" in page.text
    assert ">Try again</button>" in page.text and "press the button once more" in page.text
