"""Whoever applies to a network: its coordinators hear that somebody waits, once a day, and never who it is."""

from dataclasses import asdict
from datetime import datetime, timedelta

import pytest
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from index.embedded import EmbeddedIndex
from referral import db
from referral.accounts import tokens
from referral.errors import UsageError
from referral.joining import applications
from referral.mail import stopping
from referral.model import Account, AuditEntry, Letter, Listing, Network
from referral.networks import applying, rosters
from referral.nightly import belonging
from referral.nightly.night import Night
from tests.client import CheckingClient
from tests.coordinating.people import coordinator_of, make_member, make_network
from tests.listings.towns import Towns
from tests.make import HEAD, NOW, TODAY, make_account, make_listing
from tests.moderation.people import signed_in
from tests.people import Write

DAY = timedelta(1)


@pytest.fixture
def net(session: Session) -> Network:
    """A network with two coordinators, one who reads German; another network has its own."""
    net = make_network(session, name="Imago Beispiel")
    coordinator_of(session, net, email="co@example.org", language="de")
    coordinator_of(session, net, email="two@example.org")
    coordinator_of(session, net, email="left@example.org", active=False)
    coordinator_of(session, make_network(session, "other"), email="other@example.org")
    make_account(session, "moderator", email="mo@example.org", networks=[net.slug])
    return net


def therapist(session: Session, name: str) -> Account:
    listing = make_listing(session, name=name)
    return make_account(session, practitioner_id=listing.practitioner_id)


def apply(session: Session, net: Network, name: str, now: datetime = NOW) -> Account:
    who = therapist(session, name)
    assert who.practitioner_id
    applying.apply(session, net.slug, who.practitioner_id, who.id, now, HEAD)
    session.flush()
    return who


def letters(session: Session) -> list[Letter]:
    return list(session.scalars(select(Letter).where(Letter.kind == "applied").order_by(Letter.to)))


def test_its_coordinators_are_told_in_their_language_and_nobody_else(session: Session, net: Network) -> None:
    apply(session, net, "Ada Example")

    german, english = letters(session)

    assert (german.to, english.to) == ("co@example.org", "two@example.org")
    assert (german.body["language"], english.body["language"]) == ("de", "en")
    for one in (german, english):
        assert net.name in one.body["text"] and "/coordination/imago-example?only=applied" in one.body["text"]
        assert "Ada" not in str(one.body) + one.subject and one.listing_id is None
        assert "/letters/stop/a" in one.body["unsubscribe"]


def test_many_at_once_are_one_letter_a_day(session: Session, net: Network) -> None:
    for n in range(5):
        apply(session, net, f"Ada {n}")
    apply(session, net, "Ben", NOW + DAY)

    assert [one.to for one in letters(session)] == ["co@example.org"] * 2 + ["two@example.org"] * 2


def test_whoever_looks_after_the_network_themselves_is_not_told_of_themselves(session: Session, net: Network) -> None:
    mine = make_listing(session, name="Coordinator")
    co = session.scalars(select(Account).where(Account.email == "co@example.org")).one()
    co.practitioner_id = mine.practitioner_id

    applying.apply(session, net.slug, mine.practitioner_id, co.id, NOW, HEAD)

    assert [one.to for one in letters(session)] == ["two@example.org"]


def test_whoever_wants_no_such_letters_gets_none(session: Session, net: Network) -> None:
    stopping.stop(session, HEAD.mark("applications", "co@example.org"), TODAY)

    apply(session, net, "Ada Example")

    assert [one.to for one in letters(session)] == ["two@example.org"]


def test_an_application_that_cannot_be_is_told_to_nobody(session: Session, net: Network) -> None:
    ada = make_member(session, net, name="Ada")

    with pytest.raises(UsageError, match="already"):
        applying.apply(session, net.slug, ada.practitioner_id, 1, NOW, HEAD)

    assert letters(session) == []


def test_a_new_application_tells_them_in_the_same_transaction(engine: Engine, session: Session, net: Network) -> None:
    told = applications.Application("Ada Example", "US", "certified_imago_therapist", network=net.slug)
    purpose, to = applications.PURPOSE, "ada@example.org"
    secret = tokens.give(session, purpose, to, NOW, minutes=30, detail=asdict(told))
    session.commit()

    applications.accept(session, secret, NOW, Towns(), HEAD)  # type: ignore[arg-type]  # three towns

    with db.reading(engine) as other:
        assert letters(other) == []  # nothing is told before it is so
    session.commit()
    assert [one.to for one in letters(session)] == ["co@example.org", "two@example.org"]
    entry = session.scalars(select(AuditEntry).where(AuditEntry.action == "apply")).one()
    ada = session.scalars(select(Listing)).one()
    assert (entry.object, entry.detail) == (f"listing:{ada.public_id}", {"network": net.slug})


def test_a_therapist_who_applies_on_their_own_page_is_told_of(
    client: CheckingClient, engine: Engine, write: Write
) -> None:
    def made(session: Session) -> int:
        coordinator_of(session, make_network(session), email="co@example.org")
        return therapist(session, "Ada Example").id

    me = signed_in(client, engine, write(made))

    me.post_form("/listing/networks", network="imago-example")

    assert [one.to for one in write(letters)] == ["co@example.org"]


def night(engine: Engine, index: EmbeddedIndex, now: datetime) -> Night:
    return Night(engine, index, HEAD, now)


def test_who_came_later_on_the_day_and_still_waits_is_told_of_in_the_night(
    engine: Engine, index: EmbeddedIndex, session: Session, net: Network
) -> None:
    ada, ben = apply(session, net, "Ada"), apply(session, net, "Ben")
    assert ada.practitioner_id and ben.practitioner_id
    rosters.confirm(session, net.id, ada.practitioner_id, TODAY)
    session.commit()

    same = belonging.applications(night(engine, index, NOW))
    next_one = belonging.applications(night(engine, index, NOW + DAY))
    twice = belonging.applications(night(engine, index, NOW + DAY))
    later = belonging.applications(night(engine, index, NOW + 2 * DAY))

    assert [counts["told"] for counts in (same, next_one, twice, later)] == [0, 2, 0, 0]


def test_nobody_is_told_in_the_night_of_who_is_decided_about(
    engine: Engine, index: EmbeddedIndex, session: Session, net: Network
) -> None:
    ada, ben = apply(session, net, "Ada"), apply(session, net, "Ben")
    assert ada.practitioner_id and ben.practitioner_id
    rosters.confirm(session, net.id, ada.practitioner_id, TODAY)
    rosters.decline(session, net.id, ben.practitioner_id)
    session.commit()

    assert belonging.applications(night(engine, index, NOW + DAY)) == {"told": 0}
