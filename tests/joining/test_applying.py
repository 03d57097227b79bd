"""Applying for a listing: the address is confirmed, the form says what it lacks, letters hold nothing typed."""

import pytest
from flask import Flask
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from referral.listings import revisions
from referral.model import Account, Letter, Listing, Membership, Network, Practitioner, Token
from referral.model.network import APPLIED
from tests.accounts.people import letters, link_of
from tests.client import CheckingClient
from tests.joining.hands import apply, ask
from tests.make import NOW, TODAY, make_listing


def test_somebody_applies_confirms_the_address_and_waits(client: CheckingClient, engine: Engine) -> None:
    with Session(engine) as session:
        slug = session.scalars(select(Network.slug).order_by(Network.id)).first() or ""
    assert client.get("/listing/join").status_code == 200
    assert apply(client, network=slug).location == "/listing/mailed?to=join"
    link = link_of(letters(engine, "join")[-1])
    assert "Bo Example" in client.get(link).text

    assert client.post_form(link).location == "/listing"

    assert "Not published yet" in client.get("/listing").text
    with Session(engine) as session:
        listing = session.scalars(select(Listing)).one()
        assert (listing.status, listing.consented_on) == ("pending", TODAY)
        assert session.scalars(select(Practitioner.sort_name)).one() == "Example, Bo"
        assert session.scalars(select(Membership.kind)).one() == APPLIED
        assert session.scalars(select(Account.role)).one() == "therapist"
    assert client.post_form(link).status_code == 410


@pytest.mark.parametrize(("sent", "form"), [("", "/listing/claim"), ("?to=join", "/listing/join")])
def test_another_address_is_tried_in_the_same_form(client: CheckingClient, sent: str, form: str) -> None:
    page = client.get(f"/listing/mailed{sent}").text

    assert f'href="{form}">Try another address' in page


@pytest.mark.parametrize("field", ["name", "email", "level", "country", "language", "agreed"])
def test_what_is_missing_is_said(app: Flask, client: CheckingClient, engine: Engine, field: str) -> None:
    answer = apply(client, **{field: ""})

    assert answer.status_code == 400
    assert "This was not sent yet" in answer.text
    assert letters(engine, "join") == []


def test_a_name_that_is_missing_is_said_in_one_sentence(client: CheckingClient) -> None:
    page = client.post_form("/listing/join", email="ada@example.org").text

    assert (
        "Write your name. Write your name." not in page and page.count("Write your name.") == 2
    )  # above, and beside it


@pytest.mark.parametrize(("field", "typed"), [("locality", "x" * 161), ("name", "x" * 161), ("name", "\u200b\u200b")])
def test_what_no_listing_can_say_is_said_beside_it(client: CheckingClient, field: str, typed: str) -> None:
    page = apply(client, **{field: typed})

    assert page.status_code == 400 and f'href="#{field}"' in page.text
    assert "bo@example.org" in page.text


@pytest.mark.parametrize(
    "name", ["Win! https://evil.example/claim?id=77", "call www.evil.example", "me@evil.example", "-", "123", "\u200b"]
)
def test_what_is_no_name_is_mailed_to_nobody(client: CheckingClient, engine: Engine, name: str) -> None:
    assert apply(client, name=name).status_code == 400

    assert letters(engine, "join") == []


def test_the_letter_to_an_address_anybody_may_have_typed_says_nothing_they_typed(
    client: CheckingClient, engine: Engine
) -> None:
    apply(client, name="You have won")

    [letter] = letters(engine, "join")

    assert "won" not in letter.subject + str(letter.body)


@pytest.mark.parametrize("how", ["applied", "claimed"])
def test_who_moved_since_and_leaves_takes_along_what_was_written_to_the_first_address(
    client: CheckingClient, engine: Engine, how: str
) -> None:
    if how == "applied":
        apply(client)
        apply(client, name="Bo Again")
        link = link_of(letters(engine, "join")[0])
    else:
        with Session(engine) as session:
            for name in ("Bo Example", "Cleo Example"):
                make_listing(session, name=name, email="bo@example.org", status="pending")
            session.commit()
        ask(client, "bo@example.org")
        link = link_of(letters(engine, "claim")[-1])
    with Session(engine) as session:
        chosen = session.scalars(select(Listing.public_id).order_by(Listing.id)).first() or ""
    client.post_form(link, listing=chosen)
    with Session(engine) as session:
        account = session.scalars(select(Account)).one()
        mine = session.scalars(select(Listing).where(Listing.practitioner_id == account.practitioner_id)).one()
        account.email, mine.email = "new@example.org", "new@example.org"
        session.commit()

        revisions.erase(session, [mine.id], NOW)
        session.commit()

        left = [*session.scalars(select(Letter)), *session.scalars(select(Token))]
        assert [vars(one) for one in left if "bo@example.org" in str(vars(one)) or "Bo Example" in str(vars(one))] == []
