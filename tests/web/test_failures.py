"""A page that says what went wrong has a way on for who sees it."""

import pytest
from flask import Flask, abort
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from tests.client import CheckingClient
from tests.people import CHICAGO, make_listing


def test_a_visitor_who_is_lost_can_search(client: CheckingClient) -> None:
    page = client.get("/nowhere").text

    assert 'id="where"' in page and "Sign in" not in page


def test_a_therapist_whose_link_is_too_old_can_sign_in(client: CheckingClient) -> None:
    page = client.get("/listing/confirm/nothing").text

    assert 'id="where"' not in page and ">Sign in</a>" in page


@pytest.mark.parametrize("status", [409, 413])
def test_what_could_not_be_taken_is_answered_with_no_search(app: Flask, client: CheckingClient, status: int) -> None:
    def fail() -> None:
        abort(status)

    fail.audience = "anyone"  # type: ignore[attr-defined]
    app.add_url_rule("/failing", view_func=fail)

    page = client.get("/failing").text

    assert 'id="where"' not in page and "Go back" in page and "Nothing of yours is lost" not in page


@pytest.mark.parametrize(
    ("typed", "field"),
    [({"message": " "}, "message"), ({"message": "It is closed.", "reply_to": "nobody"}, "reply_to")],
)
def test_what_is_wrong_in_a_report_is_marked_and_linked(
    client: CheckingClient, engine: Engine, typed: dict[str, str], field: str
) -> None:
    with Session(engine) as session:
        make_listing(session, name="Mo Plain", **CHICAGO)
        session.commit()

    page = client.post("/therapists/mo-plain/report", data=typed).text

    assert f'<a href="#{field}">' in page and f'id="{field}-error"' in page
    assert page.count('aria-invalid="true"') == 1


def test_who_is_not_listed_yet_finds_the_way_in_from_signing_in(client: CheckingClient) -> None:
    assert 'href="/listing/claim"' in client.get("/account/sign-in").text
