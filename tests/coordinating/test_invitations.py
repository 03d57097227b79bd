"""Whoever said that they want no invitation is not written to by a roster, and its coordinator knows beforehand."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from referral.accounts.permissions import Actor
from referral.coordinating import comparing, importing
from referral.mail import stopping
from referral.model import Letter, Network
from tests.coordinating.test_importing import ADA, BEN, sent
from tests.listings.towns import Towns
from tests.make import HEAD, NOW, TODAY


def test_the_difference_says_who_is_not_written_to(session: Session, net: Network, me: Actor) -> None:
    stopping.stop(session, HEAD.mark("invitations", "ada@example.org"), TODAY)
    file = sent(session, net, me, ADA, BEN)

    shown = comparing.compare(session, net, file, None, Towns(), TODAY, head=HEAD)  # type: ignore[arg-type]  # three towns

    [remark] = [one for one in shown.remarks if "invitation" in one.reason]
    assert (remark.line, remark.reason.split(" wants")[0], len(shown.new)) == (2, "Ada Example", 2)
    found = importing.looked_at(session, net, shown.digest, me, Towns(), NOW)  # type: ignore[arg-type]  # three towns
    assert importing.take_over(session, net, found, (), me, HEAD, NOW).invited == 1
    assert [one.to for one in session.scalars(select(Letter))] == ["ben@example.org"]
