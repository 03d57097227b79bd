"""Whoever follows an old link to somebody is told kindly that they are not shown, and nobody is told why."""

import re

import pytest
from flask import Flask
from sqlalchemy import event
from sqlalchemy.orm import Session

from referral.listings import revisions
from tests.client import CheckingClient
from tests.make import NOW, make_listing
from tests.people import Write

GONE = ("paused", "hidden", "erased", "pending", "nobody")


@pytest.fixture
def there(write: Write) -> None:
    def deed(session: Session) -> None:
        for status in GONE[:-1]:
            make_listing(session, name=status, status="active" if status == "erased" else status)
        id = make_listing(session, name="Erased").id
        revisions.erase(session, [id - 2, id], NOW)

    write(deed)


@pytest.mark.parametrize("page", ["", "/write", "/report"])
def test_it_says_that_they_are_not_shown_and_leads_on(client: CheckingClient, there: None, page: str) -> None:
    answers = [client.get(f"/therapists/{slug}{page}") for slug in GONE]

    pages = [a.text.replace(f"/therapists/{slug}", "") for slug, a in zip(GONE, answers, strict=True)]
    said = {re.sub(r"<code>\w+</code>", "", page) for page in pages}
    assert {a.status_code for a in answers} == {404} and len(said) == 1
    [only] = said
    assert "This listing is not shown" in only and "or the address is not right" in only
    assert '<meta name="robots" content="noindex">' in only
    assert 'action="/search"' in only and 'href="/networks"' in only
    assert {a.headers["Cache-Control"] for a in answers} == {"private, no-store"}


def test_the_work_is_the_same_for_all_of_them(app: Flask, client: CheckingClient, there: None) -> None:
    said: list[str] = []
    engine = app.extensions["referral"].engine
    event.listen(engine, "before_cursor_execute", lambda _c, _cursor, statement, *_rest: said.append(statement))

    def asked(slug: str) -> list[str]:
        said.clear()
        client.get(f"/therapists/{slug}")
        return list(said)

    asked("nobody")
    first, *others = [asked(slug) for slug in GONE]

    assert all(one == first for one in others)


def test_other_pages_that_are_not_there_say_so_as_before(client: CheckingClient) -> None:
    assert "There is no page here" in client.get("/nowhere").text
