"""Who is called anew after a lost race is let in anew: who may not come in any more is told so, and does nothing."""

from collections.abc import Callable

import pytest
from flask import Flask, Response
from sqlalchemy import Engine, Update, update
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from referral.model import Account, SignIn
from referral.web import audience
from tests.accounts.people import signed_in_as
from tests.client import CheckingClient
from tests.make import NOW
from tests.web.test_outages import Refused

ENDED = update(SignIn).values(ended_at=NOW)
SUSPENDED = update(Account).values(active=False)
LESS = update(Account).values(role="therapist")

Raced = Callable[[Update], list[str]]


@pytest.fixture
def raced(app: Flask, engine: Engine) -> Raced:
    """A view of coordinators that loses its first race, while something else is done to whoever called it."""

    def made(meanwhile: Update) -> list[str]:
        called: list[str] = []

        def view() -> Response:
            called.append("")
            if len(called) == 1:
                with Session(engine) as session:
                    session.execute(meanwhile)
                    session.commit()
                raise OperationalError("", {}, Refused("40001"))
            return Response("done", mimetype="text/plain")

        app.add_url_rule("/raced", "raced", audience.coordinator(view), methods=["GET", "POST"])
        return called

    return made


@pytest.mark.parametrize(
    ("meanwhile", "expected"), [(ENDED, (401, 302)), (SUSPENDED, (401, 302)), (LESS, (403, 403))], ids=str
)
def test_whoever_may_not_come_in_any_more_does_nothing(
    raced: Raced,
    client: CheckingClient,
    engine: Engine,
    meanwhile: Update,
    expected: tuple[int, int],
) -> None:
    called = raced(meanwhile)
    signed_in_as(client, engine, "coordinator", networks=[])

    status = client.post_form("/raced").status_code

    assert (status, len(called)) == (expected[0], 1)
    assert client.get("/raced").status_code == expected[1]


def test_whoever_may_is_answered(raced: Raced, client: CheckingClient, engine: Engine) -> None:
    called = raced(update(Account).values(language="de"))
    signed_in_as(client, engine, "coordinator", networks=[])

    answer = client.post_form("/raced")

    assert (answer.status_code, answer.text, len(called)) == (200, "done", 2)
