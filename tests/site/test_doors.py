"""Nothing is changed by a request that no page of ours sent."""

import pytest
from flask import Flask
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from tests.accounts.people import make_account, sign_in
from tests.client import CheckingClient

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

    assert client.post("/account/sign-out", data={"csrf_token": token}).status_code == 400
    assert client.get("/account").status_code == 200
