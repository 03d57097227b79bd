"""A suspended account comes to no listing."""

import pytest
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from referral.accounts import tokens
from referral.model import Account, Listing
from tests.accounts.people import letters, make_account
from tests.client import CheckingClient
from tests.joining.hands import APPLYING, ask, imported
from tests.make import NOW


def suspended(session: Session, address: str = "ann@example.org", **fields: object) -> Account:
    account: Account = make_account(session, address, active=False, **fields)
    return account


def test_a_suspended_account_is_mailed_no_link_and_the_page_says_as_always(
    client: CheckingClient, engine: Engine
) -> None:
    with Session(engine) as session:
        imported(session)
        suspended(session)
        session.commit()

    ask(client)
    assert client.post_form("/listing/join", email="ann@example.org", **APPLYING).status_code == 303

    assert [letters(engine, kind) for kind in ("claim", "claim_unknown", "join")] == [[], [], []]


@pytest.mark.parametrize("page", ["claim", "join"])
def test_a_link_of_before_the_suspension_publishes_nothing(client: CheckingClient, engine: Engine, page: str) -> None:
    with Session(engine) as session:
        listing_id = imported(session).id
        detail = {"name": "Ann Example", "country": "US", "level": "certified_imago_therapist"}
        secret = tokens.give(session, page, "ann@example.org", NOW, minutes=30, detail=detail)
        suspended(session)
        session.commit()
    client.may_get_cookie = True

    assert client.get(f"/listing/{page}/{secret}").status_code == 410
    assert client.post_form(f"/listing/{page}/{secret}").status_code == 410

    with Session(engine) as session:
        assert [(one.id, one.status) for one in session.scalars(select(Listing))] == [(listing_id, "pending")]
        assert session.scalars(select(Account.practitioner_id)).one() is None
