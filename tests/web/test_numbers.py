"""Numbers that no row has are no fault of ours: nobody's page breaks on them."""

from datetime import date, timedelta

import pytest
from flask import Flask, request
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from referral.model import Listing
from referral.web import anyone, session
from tests.client import CheckingClient
from tests.make import make_account
from tests.moderation.people import signed_in

HUGE = "9" * 25


@pytest.fixture
def moderator(client: CheckingClient, engine: Engine) -> CheckingClient:
    """Somebody whose pages are asked for by numbers."""
    with Session(engine) as session:
        id = make_account(session, "moderator").id
        session.commit()
    return signed_in(client, engine, id)


PATHS = ["revisions/{}", "log?before={}", "answers/{}", "networks/{}", f"revisions/{2**31}", f"log?before=-{2**63}"]


@pytest.mark.parametrize("path", PATHS)
def test_a_number_no_row_has_leads_to_a_page_all_the_same(moderator: CheckingClient, path: str) -> None:
    assert moderator.get(f"/moderation/{path.format(HUGE)}").status_code in (200, 404)


@pytest.mark.parametrize("query", ["", "?near=12"])
def test_a_number_of_our_own_that_is_too_large_is_a_mistake_of_ours(
    app: Flask, query: str, capsys: pytest.CaptureFixture[str]
) -> None:
    app.add_url_rule("/ours", "ours", anyone(lambda: str(date.max + timedelta(1))))

    assert app.test_client().get(f"/ours{query}").status_code == 500
    assert '"kind": "OverflowError"' in capsys.readouterr().out


def test_a_number_of_theirs_that_no_column_holds_is_theirs(app: Flask) -> None:
    def listing() -> str:
        return str(session().get(Listing, int(request.args["id"])))

    app.add_url_rule("/theirs", "theirs", anyone(listing))

    assert app.test_client().get(f"/theirs?id={HUGE}").status_code == 400


def test_a_box_that_holds_no_number_is_not_ticked(moderator: CheckingClient) -> None:
    assert moderator.post_form("/moderation/approve", revision=HUGE).status_code == 303
