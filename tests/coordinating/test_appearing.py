"""Whoever agreed and waited for their network is seen once it has spoken for them, in whichever way it does."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from referral.accounts.permissions import Actor
from referral.coordinating import decisions, scope
from referral.listings import attestations, published
from referral.listings.content import Credential
from referral.model import Letter, Listing, Network
from referral.networks import rosters
from tests.coordinating.people import BASE, make_member
from tests.coordinating.test_importing import compare, sent, take
from tests.make import NOW, TODAY, make_account

LONG_AGO = TODAY - timedelta(130)
HEADER = "Name;E-Mail;Land;Ort;Ausbildung\n"


def doina(session: Session, net: Network, **fields: object) -> Listing:
    """Somebody who applied, agreed, and waits; with an account of her own."""
    plain = {"name": "Doina Example", "email": "doina@example.org", "status": "pending", "applied": True}
    agreed = {"consented_on": LONG_AGO, "attested_on": LONG_AGO}
    listing = make_member(session, net, **{**plain, **agreed, **fields})
    make_account(session, email="doina@example.org", practitioner_id=listing.practitioner_id)
    return listing


def letters(session: Session) -> list[tuple[str, str]]:
    return [(one.kind, one.to) for one in session.scalars(select(Letter).order_by(Letter.id))]


def is_seen(session: Session, listing: Listing) -> bool:
    """Seen, and not about to be hidden for the days it could say nothing in."""
    session.expire_all()
    assert attestations.stale(session, TODAY, listing.id) == []
    return bool(published.load(session, [listing.id]))


CONFIRMED = [("membership_confirmed", "doina@example.org")]


@pytest.mark.parametrize("row", ["Doina Example;doina@example.org;US;Springfield;certified\n",
                                 "Doina Example;doina@example.org;US;Springfield;\n"])  # fmt: skip
def test_a_roster_with_their_row_shows_who_waited_and_they_are_told(
    session: Session, net: Network, me: Actor, row: str
) -> None:
    ada = doina(session, net)
    file = sent(session, net, me, row, header=HEADER)

    [shown] = compare(session, net, file).changed
    assert (shown.joins, shown.appears, shown.waits) == (True, True, False)
    take(session, net, me, file)

    assert is_seen(session, ada) and letters(session) == CONFIRMED


def test_a_roster_helps_who_is_a_member_already_and_still_waits(session: Session, net: Network, me: Actor) -> None:
    ada = doina(session, net, applied=False)
    file = sent(session, net, me, "Doina Example\n", header="Name\n")

    assert [row.appears for row in compare(session, net, file).changed] == [True]
    take(session, net, me, file)

    assert is_seen(session, ada) and letters(session) == CONFIRMED
    assert compare(session, net, sent(session, net, me, "Doina Example\n", header="Name\n")).same == 1


def test_nobody_is_seen_by_a_roster_before_they_have_agreed(session: Session, net: Network, me: Actor) -> None:
    ada = doina(session, net, consented_on=None)
    file = sent(session, net, me, "Doina Example\n", header="Name\n")

    [shown] = compare(session, net, file).changed
    assert (shown.appears, shown.waits) == (False, True)
    take(session, net, me, file)

    session.expire_all()
    assert ada.status == "pending" and letters(session) == CONFIRMED  # as by hand: they are members from now on


def test_who_applied_and_is_seen_already_is_told_as_by_hand(session: Session, net: Network, me: Actor) -> None:
    doina(session, net, status="active", attested_on=TODAY)

    take(session, net, me, sent(session, net, me, "Doina Example\n", header="Name\n"))

    assert letters(session) == CONFIRMED


def test_a_renewed_paper_shows_who_waited(session: Session, net: Network, me: Actor) -> None:
    ada = doina(session, net, applied=False, credentials=[Credential("certified_imago_therapist")])
    seen = scope.member_for(session, me, net.slug, ada.public_id, TODAY)

    decisions.renew(
        session, seen, ada.version, "certified_imago_therapist.0", date(2028, 1, 1), me.account_id, BASE, NOW
    )

    assert is_seen(session, ada) and letters(session) == CONFIRMED


def test_who_is_a_member_again_and_waited_is_seen(session: Session, net: Network, me: Actor) -> None:
    ada = doina(session, net, applied=False)
    rosters.end(session, net.id, ada.practitioner_id, TODAY)
    seen = scope.member_for(session, me, net.slug, ada.public_id, TODAY)

    decisions.readmit(session, seen, me.account_id, BASE, NOW)

    assert is_seen(session, ada) and letters(session) == CONFIRMED
