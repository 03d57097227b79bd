"""A former member is taken back: by a coordinator's button, by a roster, and never behind another network's back."""

from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from referral.accounts.permissions import Actor
from referral.coordinating import comparing, decisions, importing, members, scope
from referral.errors import UsageError
from referral.model import AuditEntry, Letter, Listing, Membership, Network
from referral.networks import rosters
from tests.coordinating.people import BASE, coordinator_of, make_member, make_network
from tests.coordinating.test_importing import ADA, BEN, everybody, look, sent
from tests.make import HEAD, NOW, TODAY, make_account

LONG_AGO = TODAY - timedelta(400)


def former(session: Session, net: Network, name: str = "Ada Example", *, claimed: bool = False) -> Listing:
    listing = make_member(session, net, name=name, email="")
    rosters.end(session, net.id, listing.practitioner_id, LONG_AGO)
    if claimed:
        make_account(session, email="ada@example.org", practitioner_id=listing.practitioner_id)
    return listing


def readmit(session: Session, net: Network, me: Actor, listing: Listing) -> None:
    seen = scope.member_for(session, me, net.slug, listing.public_id, TODAY, "readmit")
    decisions.readmit(session, seen, me.account_id, BASE, NOW)


def standing(session: Session, listing: Listing) -> str:
    mine = select(Membership).where(Membership.practitioner_id == listing.practitioner_id)
    return rosters.standing(session.scalars(mine.order_by(Membership.id)).first(), TODAY)  # type: ignore[arg-type]


def test_a_former_member_is_taken_back_and_told_and_the_time_before_is_shown(
    session: Session, net: Network, me: Actor
) -> None:
    ada = former(session, net, claimed=True)

    readmit(session, net, me, ada)

    line = members.member(session, net, ada.id, TODAY, None)
    assert (line.standing, line.since, line.earlier) == ("member", TODAY, ((TODAY, LONG_AGO),))
    entry = session.scalars(select(AuditEntry).where(AuditEntry.action == "readmit")).one()
    assert (entry.account_id, entry.object, entry.detail) == (
        me.account_id, f"listing:{ada.public_id}", {"network": net.slug},
    )  # fmt: skip
    letter = session.scalars(select(Letter)).one()
    assert (letter.kind, letter.to) == ("membership_again", "ada@example.org")
    assert net.name in letter.body["text"]


def test_only_who_was_a_member_is_taken_back_and_nobody_themselves(session: Session, net: Network) -> None:
    own, member = former(session, net, "Me"), make_member(session, net, name="Member")
    applied = make_member(session, net, name="Applied", applied=True)
    me = coordinator_of(session, net, listing=own)

    for listing, status in ((own, 403), (member, 409), (applied, 409)):
        with pytest.raises(UsageError) as refused:
            readmit(session, net, me, listing)
        assert refused.value.status == status


def test_who_has_left_the_directory_is_not_taken_back(session: Session, net: Network, me: Actor) -> None:
    ada = former(session, net, claimed=True)
    ada.status = "removed"
    session.flush()

    with pytest.raises(UsageError, match="left the directory"):
        readmit(session, net, me, ada)


def test_who_belongs_to_another_network_now_comes_back_only_by_themselves(
    session: Session, net: Network, me: Actor
) -> None:
    ada, other = former(session, net), make_network(session, "other")
    rosters.enrol(session, other.id, [ada.practitioner_id], TODAY)

    with pytest.raises(UsageError, match="another network") as refused:
        readmit(session, net, me, ada)
    assert (refused.value.status, standing(session, ada)) == (409, "former")

    make_account(session, practitioner_id=ada.practitioner_id)
    readmit(session, net, me, ada)
    assert standing(session, ada) == "member"


def taken(session: Session, net: Network, me: Actor, *again: Listing) -> comparing.Comparison:
    file = sent(session, net, me, ADA, BEN)
    shown = look(session, net, me, file)
    importing.take_over(session, net, shown, (), me, HEAD, NOW, again=[one.public_id for one in again])
    return shown


def test_a_former_member_in_a_roster_is_only_proposed(session: Session, net: Network, me: Actor) -> None:
    ada = former(session, net)
    before = everybody(session)["Ada Example"]

    shown = taken(session, net, me)

    assert [(r.after.name, r.joins) for r in shown.back] == [("Ada Example", True)]
    assert [r.after.name for r in shown.new] == ["Ben Example"]
    assert (standing(session, ada), everybody(session)["Ada Example"]) == ("former", before)


def test_who_is_ticked_is_a_member_again_with_what_the_row_says(session: Session, net: Network, me: Actor) -> None:
    ada = former(session, net)

    taken(session, net, me, ada)

    assert standing(session, ada) == "member"
    assert everybody(session)["Ada Example"].email == "ada@example.org"
    entry = session.scalars(select(AuditEntry).where(AuditEntry.action == "import")).one()
    assert entry.detail == {"new": 1, "changed": 0, "ended": 0, "again": 1}


def test_what_is_not_proposed_cannot_be_ticked(session: Session, net: Network, me: Actor) -> None:
    ada, other = former(session, net), make_network(session, "other")
    rosters.enrol(session, other.id, [ada.practitioner_id], TODAY)
    before = everybody(session)["Ada Example"]

    shown = taken(session, net, me, ada)

    assert shown.back == [] and any("another network" in str(one) for one in shown.remarks)
    assert (standing(session, ada), everybody(session)["Ada Example"]) == ("former", before)
