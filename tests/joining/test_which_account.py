"""Who is signed in under another address says which account looks after a listing."""

import pytest
from flask import Flask
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from referral.model import Account, Network
from tests.accounts.people import letters, link_of, signed_in_as
from tests.client import CheckingClient
from tests.joining.hands import apply, imported, link_for
from tests.make import make_listing

WORK = "cora@network.example"


def cora(client: CheckingClient, engine: Engine, **fields: object) -> CheckingClient:
    """A coordinator signed in under the address of her network; her own listing has that of her practice."""
    return signed_in_as(client, engine, "coordinator", email=WORK, networks=["imago-suisse"], **fields)


def owners(engine: Engine) -> list[tuple[str, bool]]:
    """(address, whether a listing is theirs) of every account."""
    with Session(engine) as session:
        return [(one.email, one.practitioner_id is not None) for one in session.scalars(select(Account))]


@pytest.mark.parametrize("into", ["mine", "other", ""])
def test_who_is_signed_in_under_another_address_says_which_account_looks_after_it(
    client: CheckingClient, engine: Engine, into: str
) -> None:
    with Session(engine) as session:
        imported(session)
        link = f"/listing/claim/{link_for(session)}"
        session.commit()
    cora(client, engine)

    page = client.get(link).text
    assert "Which account looks after it?" in page and WORK in page
    assert client.post_form(link, into=into).location == "/listing"

    one = [(WORK, True)] if into == "mine" else [(WORK, False), ("ann@example.org", True)]
    assert owners(engine) == one
    assert client.get("/listing").status_code == 200
    assert client.get("/coordination").status_code == (200 if into == "mine" else 403)


def test_a_coordinator_who_took_over_her_own_listing_vouches_for_it_no_more(
    client: CheckingClient, engine: Engine
) -> None:
    with Session(engine) as session:
        public_id, link = imported(session).public_id, f"/listing/claim/{link_for(session)}"
        slug = session.scalars(select(Network.slug).order_by(Network.id)).first() or ""
        session.commit()
    signed_in_as(client, engine, "coordinator", email=WORK, networks=[slug])
    client.post_form(link, into="mine")

    assert client.post_form(f"/coordination/{slug}/members/{public_id}/end").status_code == 403


def test_who_has_a_listing_or_is_nobody_is_asked_nothing(client: CheckingClient, app: Flask, engine: Engine) -> None:
    with Session(engine) as session:
        imported(session)
        link = f"/listing/claim/{link_for(session)}"
        other = make_listing(session, name="Cora Example").practitioner_id
        session.commit()
    cora(client, engine, practitioner_id=other)

    pages = [client.get(link).text, app.test_client().get(link).text]

    assert ["Which account" in page for page in pages] == [False, False]
    assert client.post_form(link, into="mine").location == "/listing"
    assert sorted(owners(engine)) == [("ann@example.org", True), (WORK, True)]


def test_who_applies_while_signed_in_under_another_address_is_asked_too(client: CheckingClient, engine: Engine) -> None:
    apply(client)
    link = link_of(letters(engine, "join")[-1])
    cora(client, engine)

    assert "Which account looks after it?" in client.get(link).text
    assert client.post_form(link, into="mine").location == "/listing"

    assert owners(engine) == [(WORK, True)]
