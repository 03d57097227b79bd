"""Nothing is changed by a request that no page of ours sent."""

import io
from collections.abc import Iterator

import pytest
from flask import Flask
from sqlalchemy import Engine, event, update
from sqlalchemy.orm import Session

from referral.model import Account, SignIn
from referral.web import moderator
from tests.accounts.people import make_account, sign_in, signed_in_as
from tests.client import CheckingClient
from tests.conftest import NOW

FOREIGN = [
    {"Sec-Fetch-Site": "cross-site"},
    {"Sec-Fetch-Site": "same-site"},
    {"Sec-Fetch-Site": "cross-site", "Origin": "http://localhost"},
    {"Origin": "https://evil.example"},
    {"Origin": "null"},
    {},
]


@pytest.fixture
def plain(app: Flask) -> CheckingClient:
    """A client that says of itself only what the test makes it say."""

    class Plain(CheckingClient):
        ours = False

    app.test_client_class = Plain
    made = app.test_client()
    assert isinstance(made, CheckingClient)
    return made


@pytest.mark.parametrize("headers", FOREIGN)
def test_a_form_of_another_site_is_refused(plain: CheckingClient, headers: dict[str, str]) -> None:
    assert plain.post("/account/sign-in", data={"email": "a@example.org"}, headers=headers).status_code == 403


@pytest.mark.parametrize("headers", [{"Sec-Fetch-Site": "same-origin"}, {"Origin": "http://localhost"}])
def test_a_form_of_ours_is_read(plain: CheckingClient, headers: dict[str, str]) -> None:
    assert plain.post("/account/sign-in", data={"email": "a@example.org"}, headers=headers).status_code == 303


@pytest.mark.parametrize("token", ["", "wrong"])
def test_who_is_signed_in_shows_the_token_of_the_session(client: CheckingClient, engine: Engine, token: str) -> None:
    with Session(engine) as session:
        make_account(session)
        session.commit()
    sign_in(client, engine)

    refused = client.post("/account/sign-out", data={"csrf_token": token})

    assert refused.status_code == 400 and "from before you signed in anew" in refused.text
    assert client.get("/account").status_code == 200


@pytest.fixture
def asked(app: Flask) -> Iterator[list[str]]:
    """Every statement the application sends to its database."""
    said: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        said.append(statement)

    engine = app.extensions["referral"].engine
    event.listen(engine, "before_cursor_execute", note)
    yield said
    event.remove(engine, "before_cursor_execute", note)


def test_a_visitor_costs_no_query_and_an_account_one(client: CheckingClient, engine: Engine, asked: list[str]) -> None:
    client.get("/about")
    assert asked == []

    signed_in_as(client, engine)
    client.get("/about")
    assert asked == []

    client.get("/account/email")
    assert [s.split(" ")[0] for s in asked] == ["BEGIN", "SELECT"]


def test_a_session_that_ended_is_forgotten_by_the_browser(client: CheckingClient, engine: Engine) -> None:
    signed_in_as(client, engine)
    assert ">Account<" in client.get("/about").text
    with Session(engine) as session:
        session.execute(update(SignIn).values(ended_at=NOW))
        session.commit()

    assert client.get("/account").headers["Location"].startswith("/account/sign-in?")

    assert client.get_cookie("session") is None and "For therapists" in client.get("/about").text


def test_a_role_taken_away_closes_the_door_at_once(client: CheckingClient, app: Flask, engine: Engine) -> None:
    app.add_url_rule("/only-for-moderators", "queue", moderator(lambda: ("", 204)), methods=["POST"])
    signed_in_as(client, engine, "moderator")
    assert client.post_form("/only-for-moderators").status_code == 204

    with Session(engine) as session:
        session.execute(update(Account).values(role="therapist"))
        session.commit()

    assert client.post_form("/only-for-moderators").status_code == 403


def send(client: CheckingClient, path: str, size: int) -> tuple[int, int]:
    """(status, bytes that were read) of so long a form."""
    body, form = io.BytesIO(b"x" * size), "application/x-www-form-urlencoded"
    answer = client.post(path, input_stream=body, content_type=form)
    return answer.status_code, body.tell()


@pytest.mark.parametrize("path", ["/listing/words", "/account/email", "/moderation/approve"])
def test_nothing_is_read_of_who_is_not_signed_in(client: CheckingClient, path: str) -> None:
    assert send(client, path, 2_000_000) == (401, 0)


def test_nothing_is_read_of_who_may_not_do_that(client: CheckingClient, engine: Engine) -> None:
    signed_in_as(client, engine)

    assert send(client, "/moderation/approve", 2_000_000) == (403, 0)


def test_nothing_is_read_of_who_was_signed_in_once(client: CheckingClient, engine: Engine) -> None:
    signed_in_as(client, engine)
    with Session(engine) as session:
        session.execute(update(SignIn).values(ended_at=NOW))
        session.commit()

    assert send(client, "/account/email", 2_000_000) == (401, 0)


def test_what_is_carried_on_is_text(client: CheckingClient) -> None:
    answer = client.post(
        "/listing/words", data=b"words-bio=%ED%A0%80", content_type="application/x-www-form-urlencoded"
    )

    assert answer.status_code == 400 and "not text" in answer.text
