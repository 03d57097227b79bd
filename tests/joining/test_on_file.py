"""Who applies or claims with an address under which a listing is on file already."""

import pytest
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from referral.model import Account, Listing, Membership
from tests.accounts.people import letters, link_of, make_account
from tests.client import CheckingClient
from tests.joining.hands import APPLYING, ask, imported, link_for
from tests.make import TODAY, make_listing


def joined(client: CheckingClient, engine: Engine, name: str, **typed: str) -> TestResponse:
    """Apply under this name with the address of the imported listing, and use the letter's link."""
    client.may_get_cookie = True
    client.post_form("/listing/join", email="ann@example.org", **{**APPLYING, "name": name})
    link = link_of(letters(engine, "join")[-1])
    page = client.get(link)
    assert "We already have a listing with your address. Take it over." in page.text
    assert ("I apply for a listing of my own" in page.text) is (name != "Ann Example")
    return client.post_form(link, **typed)


@pytest.mark.parametrize("typed", [{}, {"listing": "new"}])
def test_who_applies_with_the_address_of_a_listing_on_file_takes_that_one_over(
    client: CheckingClient, engine: Engine, typed: dict[str, str]
) -> None:
    with Session(engine) as session:
        slug = imported(session).slug

    assert joined(client, engine, "Ann Example", **typed).location == "/listing"

    with Session(engine) as session:
        listing = session.scalars(select(Listing)).one()
        account = session.scalars(select(Account)).one()
        assert (listing.slug, listing.status, account.practitioner_id) == (slug, "active", listing.practitioner_id)


def test_who_shares_an_address_may_still_apply_for_a_listing_of_their_own(
    client: CheckingClient, engine: Engine
) -> None:
    with Session(engine) as session:
        listing_id = imported(session).id

    assert joined(client, engine, "Ben Example", listing="new").status_code == 303

    with Session(engine) as session:
        assert session.get_one(Listing, listing_id).status == "pending"
        assert len(session.scalars(select(Listing)).all()) == 2


def both(session: Session, name: str = "Ann Example") -> tuple[Listing, Listing]:
    """The listing somebody looks after, which waits; and one of the same address that came by a roster."""
    mine = make_listing(session, name=name, email="ann@example.org", status="pending", consented_on=TODAY)
    make_account(session, "ann@example.org", listing=mine)
    return mine, imported(session)


def test_who_has_a_listing_already_may_end_the_other_of_their_address(client: CheckingClient, engine: Engine) -> None:
    with Session(engine) as session:
        mine, other = both(session)
        mine_id, other_id, slug = mine.id, other.id, mine.slug
    ask(client)
    link = link_of(letters(engine, "claim")[-1])

    assert "Are both of these yours?" in client.get(link).text
    assert client.post_form(link).status_code == 409  # it is never taken for granted
    with Session(engine) as session:
        assert len(session.scalars(select(Listing)).all()) == 2
    assert client.post_form(link, both="y").location == "/listing"

    with Session(engine) as session:
        assert session.get(Listing, other_id) is None
        assert session.get_one(Listing, mine_id).status == "active"  # their network spoke for the other
        assert (
            session.scalars(select(Membership.practitioner_id)).one()
            == session.get_one(Listing, mine_id).practitioner_id
        )
    assert client.get(f"/therapists/{slug}").status_code == 200


def test_a_name_leads_to_a_page_only_where_there_is_one(client: CheckingClient, engine: Engine) -> None:
    with Session(engine) as session:
        mine, other = both(session)
        mine.status, slugs = "active", (mine.slug, other.slug)
        link = f"/listing/claim/{link_for(session)}"
        session.commit()

    page = client.get(link).text

    found = [f'href="/therapists/{slug}"' in page for slug in slugs]
    assert found == [True, False] == [client.get(f"/therapists/{slug}").status_code == 200 for slug in slugs]


def test_who_is_offered_to_erase_one_may_keep_both(client: CheckingClient, engine: Engine) -> None:
    with Session(engine) as session:
        both(session)
        link = f"/listing/claim/{link_for(session)}"
        session.commit()

    assert '<a class="button" href="/account/sign-in">Keep both</a>' in client.get(link).text


def test_what_a_network_said_of_another_name_does_not_come_along(client: CheckingClient, engine: Engine) -> None:
    with Session(engine) as session:
        mine_id = both(session, "Ben Example")[0].id
        secret = link_for(session)
        session.commit()
    client.may_get_cookie = True

    assert client.post_form(f"/listing/claim/{secret}", both="y").status_code == 303

    with Session(engine) as session:
        assert session.scalars(select(Listing)).one().id == mine_id
        assert session.get_one(Listing, mine_id).status == "pending"
        assert session.scalars(select(Membership)).all() == []
