"""Claiming a listing: only by letter, only with consent, and the same for everybody."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from referral.errors import UsageError
from referral.joining import claims
from referral.listings import attestations, published, revisions
from referral.model import AuditEntry, Listing, Token
from tests.accounts.people import letters, link_of, make_account
from tests.client import CheckingClient
from tests.joining.hands import ask, imported, link_for
from tests.make import NOW, TODAY, make_listing


def test_a_listing_is_claimed_through_a_letter_and_published_with_consent(
    client: CheckingClient, engine: Engine
) -> None:
    with Session(engine) as session:
        slug = imported(session).slug
    ask(client, " Ann@Example.org ")
    link = link_of(letters(engine, "claim")[-1])

    page = client.get(link)
    assert "Ann Example" in page.text and "You agree" in page.text
    assert "<title>Take over this listing?" in page.text  # what a screen reader says first
    assert client.get(f"/therapists/{slug}").status_code == 404  # opening a link changes nothing
    assert client.post_form(link).location == "/listing"

    assert client.get("/listing").status_code == 200
    assert client.get(f"/therapists/{slug}").status_code == 200
    with Session(engine) as session:
        listing = session.scalars(select(Listing).where(Listing.slug == slug)).one()
        assert (listing.consented_on, listing.attested_on, listing.status) == (TODAY, TODAY, "active")
        assert [e.action for e in session.scalars(select(AuditEntry))].count("consent") == 1


@pytest.mark.parametrize(("was", "held", "is_now"), [
    ("unconfirmed", False, "active"), ("hidden", False, "active"), ("hidden", True, "hidden"),
    ("paused", False, "paused"),
])  # fmt: skip
def test_whoever_claims_what_silence_had_hidden_is_seen_again(
    client: CheckingClient, engine: Engine, was: str, held: bool, is_now: str
) -> None:
    with Session(engine) as session:
        listing = imported(session)
        listing.status, listing.held = was, held
        secret = link_for(session)
        session.commit()
    client.may_get_cookie = True

    assert client.post_form(f"/listing/claim/{secret}").status_code == 303

    with Session(engine) as session:
        listing = session.scalars(select(Listing)).one()
        assert (listing.status, listing.attested_on, listing.held) == (is_now, TODAY, held)
        due = NOW.date() + attestations.ANSWERED
        assert (listing.next_due == due) is (was != is_now)


def test_an_unknown_address_gets_the_same_answer_and_a_letter_that_says_so(
    client: CheckingClient, engine: Engine
) -> None:
    ask(client, "nobody@example.org")

    assert letters(engine, "claim") == []
    assert [letter.to for letter in letters(engine, "claim_unknown")] == ["nobody@example.org"]
    with Session(engine) as session:
        assert session.scalars(select(Token)).one().listing_id is None


def test_a_listing_nobody_vouches_for_waits(session: Session) -> None:
    listing = make_listing(session, email="ann@example.org", status="pending")

    claims.accept(session, link_for(session), NOW)

    session.refresh(listing)
    assert (listing.status, listing.consented_on) == ("pending", TODAY)


def test_a_link_works_once_also_for_twenty_at_a_time(engine: Engine, session: Session) -> None:
    make_listing(session, email="ann@example.org", status="pending")
    secret = link_for(session)
    session.commit()

    def use(_n: int) -> bool:
        with Session(engine) as mine:
            try:
                claims.accept(mine, secret, NOW)
            except UsageError:
                return False
            mine.commit()
            return True

    with ThreadPoolExecutor(20) as pool:
        assert sum(pool.map(use, range(20))) == 1


def test_a_listing_that_is_somebodys_is_not_offered_again(client: CheckingClient, engine: Engine) -> None:
    with Session(engine) as session:
        make_account(session, "somebody@example.org", listing=imported(session))
        session.commit()

    ask(client)

    assert letters(engine, "claim") == []


def test_a_link_ends_when_the_address_on_file_changes(session: Session) -> None:
    listing = make_listing(session, email="ann@example.org", status="pending")
    secret = link_for(session)
    content = replace(published.load_any(session, [listing.id])[0].content, email="other@example.org")
    revisions.publish(session, [content], NOW, "test")

    assert claims.look(session, secret, NOW) == []
    with pytest.raises(UsageError):
        claims.accept(session, secret, NOW)


def test_of_several_under_one_address_one_is_chosen(client: CheckingClient, engine: Engine) -> None:
    with Session(engine) as session:
        for name, id in (("Ann Example", "annexample"), ("Ben Example", "benexample")):
            make_listing(session, name=name, public_id=id, email="ann@example.org", status="pending")
        make_listing(session, name="Eve Example", public_id="eveexample", email="eve@example.org", status="pending")
        session.commit()
    ask(client)
    [letter] = letters(engine, "claim")
    page = client.get(link_of(letter))
    assert "Ann Example" in page.text and "Ben Example" in page.text and "Eve Example" not in page.text

    for strange in ("", "eveexample"):
        assert client.post_form(link_of(letter), listing=strange).status_code == 400
    assert client.post_form(link_of(letter), listing="benexample").location == "/listing"

    assert "Ben Example" in client.get("/listing").text


def test_who_has_a_listing_already_cannot_claim_another(session: Session) -> None:
    make_account(session, "ann@example.org", listing=make_listing(session, name="Ann One"))
    make_listing(session, name="Ann Two", email="ann@example.org", status="pending")

    with pytest.raises(UsageError, match="an address of their own"):
        claims.accept(session, link_for(session), NOW)
