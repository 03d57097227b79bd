"""Addresses as they are typed and as they are on file: two spellings of a host are one."""

from typing import Any

from sqlalchemy import Engine, event, select
from sqlalchemy.orm import Session

from referral.accounts import tokens
from referral.joining import claims
from referral.model import Account, Listing
from tests.accounts.people import letters, link_of
from tests.client import CheckingClient
from tests.joining.hands import APPLYING
from tests.make import HEAD, NOW, make_listing
from tests.postgres import ONLY_SQLITE


@ONLY_SQLITE
def test_listings_are_found_by_their_address_without_reading_all(engine: Engine, session: Session) -> None:
    said: list[tuple[str, Any]] = []
    event.listen(
        engine, "before_cursor_execute", lambda _c, _k, statement, values, *_rest: said.append((statement, values))
    )

    claims.ask(session, "ann@example.org", NOW, HEAD)

    [(asked, values)] = [(statement, values) for statement, values in said if "lower(listing.email)" in statement]
    plan = [row[3] for row in session.connection().exec_driver_sql(f"EXPLAIN QUERY PLAN {asked}", values)]
    assert any("USING INDEX ix_listing_email_lower" in step for step in plan), plan
    assert not any(step.startswith("SCAN") for step in plan), plan


def test_whose_host_has_letters_of_their_language_joins_with_it(client: CheckingClient, engine: Engine) -> None:
    client.may_get_cookie = True
    for typed in ("ann@BÜCHER.example", "ann@xn--bcher-kva.example"):
        assert client.post_form("/listing/join", email=typed, **APPLYING).status_code == 303

    first, second = letters(engine, "join")
    assert first.to == second.to == "ann@bücher.example"
    assert client.post_form(link_of(first)).status_code == 303

    with Session(engine) as session:
        assert session.scalars(select(Listing.email)).one() == session.scalars(select(Account.email)).one() == first.to


def test_an_address_that_letters_may_not_reach_is_refused_where_it_is_typed(
    client: CheckingClient, engine: Engine
) -> None:
    for path, told in (("/listing/join", APPLYING), ("/listing/claim", {})):
        page = client.post_form(path, email="änn@example.org", **told)
        assert page.status_code == 400 and "Before the @ only plain letters" in page.text

    assert letters(engine, "join") == letters(engine, "claim") == letters(engine, "claim_unknown") == []


def test_a_listing_on_file_under_the_other_spelling_of_a_host_is_found(session: Session) -> None:
    listing = make_listing(session, email="ann@example.org", status="pending")
    listing.email = "Ann@xn--bcher-kva.example"
    secret = tokens.give(session, claims.PURPOSE, "ann@bücher.example", NOW, minutes=30)

    assert [one.id for one in claims.look(session, secret, NOW)] == [listing.id]
