"""What others write while a roster is looked at: they need not wait, and nothing is done that was not shown."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from referral.accounts.permissions import Actor
from referral.coordinating import comparing, files, importing
from referral.listings import published, revisions
from referral.model import Account, Listing, Membership, Network
from referral.networks import rosters
from tests.coordinating.people import make_member, make_network
from tests.coordinating.test_importing import ADA, BEN, BY_NUMBER, by_number, everybody, look, sent
from tests.make import HEAD, NOW, TODAY, make_account, make_listing

Deed = Callable[[Session, Network, Listing, Actor], object]


def edit(session: Session, listing: Listing, **fields: str) -> None:
    there = published.load_any(session, [listing.id])[0]
    revisions.submit(session, listing.id, replace(there.content, **fields), there.version, None, NOW)  # type: ignore[arg-type]


def claim(session: Session, listing: Listing) -> None:
    make_account(session, practitioner_id=listing.practitioner_id)


def become_a_member_elsewhere(session: Session, listing: Listing) -> None:
    rosters.enrol(session, make_network(session, "other").id, [listing.practitioner_id], TODAY)


def apply_elsewhere(session: Session, listing: Listing) -> None:
    make_network(session, "other")
    rosters.apply(session, "other", listing.practitioner_id, TODAY)


def decline(session: Session, net: Network) -> None:
    asked = select(Membership).where(Membership.kind == "applied")
    rosters.decline(session, net.id, session.scalars(asked).one().practitioner_id)
    session.flush()


CHANGED: dict[str, Deed] = {
    "edited": lambda s, _n, ada, _me: edit(s, ada, bio="Meanwhile"),
    "paused": lambda s, _n, ada, _me: revisions.pause(s, ada.id, None, NOW),
    "claimed": lambda s, _n, ada, _me: claim(s, ada),
    "ended": lambda s, net, ada, _me: rosters.end(s, net.id, ada.practitioner_id, TODAY),
    "of another network": lambda s, _n, ada, _me: become_a_member_elsewhere(s, ada),
    "asked another network": lambda s, _n, ada, _me: apply_elsewhere(s, ada),
    "who applied is declined": lambda s, net, _ada, _me: decline(s, net),
    "erased": lambda s, _n, ada, _me: revisions.erase(s, [ada.id], NOW),
    "an address of the file is somebody's": lambda s, _n, _ada, _me: make_listing(s, name="X", email="ben@example.org"),
    "the file is another": lambda s, net, _ada, me: sent(s, net, me, ADA, BEN, BEN.replace("Ben", "Cleo")),
    "a column is another": lambda s, net, _ada, me: files.name_columns(s, net.id, me.account_id, {"Name": "name"}),
    "the file is forgotten": lambda s, net, _ada, me: files.forget(s, net.id, me.account_id),
    "who sent it has another address": lambda s, _n, _ada, me: set_address(s, me),
}


def set_address(session: Session, me: Actor) -> None:
    session.get_one(Account, me.account_id).email = "ben@example.org"
    session.flush()


@pytest.mark.parametrize("meanwhile", CHANGED)
def test_what_changed_since_it_was_looked_at_is_looked_at_once_more(
    session: Session, net: Network, me: Actor, meanwhile: str
) -> None:
    ada = make_member(session, net, name="Ada Example")
    make_member(session, net, name="Cleo Example", applied=True, status="pending")
    found = look(session, net, me, sent(session, net, me, ADA, BEN))
    CHANGED[meanwhile](session, net, ada, me)
    before = everybody(session)

    with pytest.raises(importing.Overtaken):
        importing.take_over(session, net, found, (), me, HEAD, NOW)

    assert everybody(session) == before


def test_what_others_do_with_others_overtakes_nothing(session: Session, net: Network, me: Actor) -> None:
    make_member(session, net, name="Ada Example")
    other = make_listing(session, name="Other", email="other@example.org")
    found = look(session, net, me, sent(session, net, me, ADA, BEN))
    edit(session, other, bio="Meanwhile")
    claim(session, make_listing(session, name="New"))

    assert importing.take_over(session, net, found, (), me, HEAD, NOW).new == 1


def test_a_file_without_an_address_is_overtaken_by_nobodys_address(session: Session, net: Network, me: Actor) -> None:
    ada = make_member(session, net, name="Ada Example")
    found = look(session, net, me, sent(session, net, me, by_number(ada), header=BY_NUMBER))
    make_listing(session, name="Other", email="new@example.org")

    assert importing.take_over(session, net, found, (), me, HEAD, NOW).changed == 1


def test_a_comparison_with_bad_lines_is_never_taken_over(session: Session, net: Network, me: Actor) -> None:
    found = comparing.Comparison("r.csv", "", (), {})
    sent(session, net, me, ADA)

    with pytest.raises(importing.Overtaken):
        importing.take_over(session, net, found, (), me, HEAD, NOW)
