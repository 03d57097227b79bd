"""Claiming a listing and applying for one: only by letter, only with consent, and the same for everybody."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import Engine, event, select
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from referral.accounts import tokens
from referral.errors import UsageError
from referral.joining import claims
from referral.listings import attestations, published, revisions
from referral.model import Account, AuditEntry, Letter, Listing, Membership, Network, Practitioner, Token
from referral.model.network import APPLIED
from referral.text import speaking
from tests.accounts.people import letters, link_of, make_account, signed_in_as
from tests.client import CheckingClient
from tests.make import HEAD, NOW, TODAY, make_listing
from tests.postgres import ONLY_SQLITE


def imported(session: Session) -> Listing:
    """A listing that came by a network's roster and waits for its person."""
    listing = make_listing(session, name="Ann Example", email="ann@example.org", status="pending", attested_on=None)
    network = session.scalars(select(Network).order_by(Network.id)).first()
    assert network is not None
    session.add(Membership(network_id=network.id, practitioner_id=listing.practitioner_id, kind="", since=TODAY))
    session.commit()
    return listing


def ask(client: CheckingClient, address: str = "ann@example.org") -> None:
    """Ask for a link to claim a listing."""
    client.may_get_cookie = True
    answer = client.post_form("/listing/claim", email=address)
    assert (answer.status_code, answer.location) == (303, "/listing/mailed")


def link_for(session: Session) -> str:
    """The secret of a link to claim what is on file under her address."""
    return tokens.give(session, claims.PURPOSE, "ann@example.org", NOW, minutes=30)


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


def test_who_has_a_listing_already_cannot_claim_another(session: Session) -> None:
    make_account(session, "ann@example.org", listing=make_listing(session, name="Ann One"))
    make_listing(session, name="Ann Two", email="ann@example.org", status="pending")

    with pytest.raises(UsageError, match="an address of their own"):
        claims.accept(session, link_for(session), NOW)


def apply(client: CheckingClient, **changed: str) -> TestResponse:
    """Send the form of somebody who applies."""
    client.may_get_cookie = True
    told = {"name": "Bo Example", "email": "bo@example.org", "level": "certified_imago_therapist", "country": "US",
            "locality": "Evanston, Illinois", "language": "en", "network": "", "agreed": "y"} | changed  # fmt: skip
    return client.post_form("/listing/join", **{k: v for k, v in told.items() if v})


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


def test_an_invitation_is_sent_once(engine: Engine, session: Session) -> None:
    ids = [make_listing(session, name="Ann", email="ann@example.org", status="pending").id]
    ids.append(make_listing(session, name="Bo", status="pending").id)

    assert claims.invite(session, ids, NOW, HEAD) == 1
    claims.invite(session, ids, NOW, HEAD)
    session.commit()

    assert [letter.to for letter in letters(engine, "invited")] == ["ann@example.org"]


@pytest.mark.parametrize(
    ("told", "language"),
    [
        ({"bio": "Ich höre zu.", "bio_language": "de"}, "de"),
        ({"bio_language": "nl"}, "nl"),
        ({"bio": "I listen.", "languages": ["fr"]}, "en"),
        ({"languages": ["hu", "fr", "es"]}, "fr"),
        ({"languages": ["fr", "en"]}, "en"),
        ({"email": "Has-Account@example.org", "bio_language": "de"}, "da"),
    ],
)
def test_an_invitation_is_in_the_language_of_who_reads_it_not_of_who_sent_it(
    engine: Engine, session: Session, told: dict[str, Any], language: str
) -> None:
    make_account(session, "has-account@example.org", "coordinator", language="da")
    listing = make_listing(session, **{"email": "ann@example.org", "status": "pending", **told})

    with speaking("ro"):
        claims.invite(session, [listing.id], NOW, HEAD)
    session.commit()

    assert [letter.body["language"] for letter in letters(engine, "invited")] == [language]


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


APPLYING = {
    "name": "Änn Example", "level": "certified_imago_therapist", "country": "US", "locality": "", "language": "en",
    "network": "", "agreed": "yes",
}  # fmt: skip
"""What somebody says who applies, less their address."""


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
