"""A membership that ended can begin again; the time before is remembered."""

from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from referral.errors import UsageError
from referral.model import Listing, Membership, Network
from referral.networks import rosters
from tests.coordinating.people import make_member, make_network
from tests.make import TODAY

LATER, LATEST = TODAY + timedelta(30), TODAY + timedelta(60)
ONCE = [[TODAY.isoformat(), TODAY.isoformat()]]


@pytest.fixture
def net(session: Session) -> Network:
    return make_network(session)


@pytest.fixture
def ada(session: Session, net: Network) -> Listing:
    """A former member."""
    listing = make_member(session, net, name="Ada Example")
    rosters.end(session, net.id, listing.practitioner_id, TODAY)
    return listing


def there(session: Session) -> Membership:
    return session.scalars(select(Membership).execution_options(populate_existing=True)).one()


def test_who_was_a_member_can_be_enrolled_again(session: Session, net: Network, ada: Listing) -> None:
    rosters.enrol(session, net.id, [ada.practitioner_id], LATER)
    rosters.enrol(session, net.id, [ada.practitioner_id], LATEST)

    one = there(session)
    assert (rosters.standing(one, LATEST), one.since, one.until) == ("member", LATER, None)
    assert one.past == ONCE


def test_who_was_a_member_can_apply_again_and_is_confirmed(session: Session, net: Network, ada: Listing) -> None:
    rosters.apply(session, net.slug, ada.practitioner_id, LATER)
    applied = rosters.standing(there(session), LATER)

    rosters.confirm(session, net.id, ada.practitioner_id, LATEST)

    one = there(session)
    assert (applied, rosters.standing(one, LATEST), one.since, one.past) == ("applied", "member", LATEST, ONCE)


def test_who_is_declined_was_a_member_as_before(session: Session, net: Network, ada: Listing) -> None:
    rosters.apply(session, net.slug, ada.practitioner_id, LATER)

    rosters.decline(session, net.id, ada.practitioner_id)

    one = there(session)
    assert (rosters.standing(one, LATER), one.since, one.until, one.past) == ("former", TODAY, TODAY, [])


def test_every_time_is_remembered(session: Session, net: Network, ada: Listing) -> None:
    rosters.enrol(session, net.id, [ada.practitioner_id], LATER)
    rosters.end(session, net.id, ada.practitioner_id, LATEST)
    rosters.apply(session, net.slug, ada.practitioner_id, LATEST)

    assert there(session).past == [*ONCE, [LATER.isoformat(), LATEST.isoformat()]]
    assert rosters.earlier(there(session)) == ((TODAY, TODAY), (LATER, LATEST))


@pytest.mark.parametrize("applied", [True, False])
def test_who_is_on_the_roster_already_cannot_apply(session: Session, net: Network, applied: bool) -> None:
    ada = make_member(session, net, applied=applied)

    with pytest.raises(UsageError, match="already") as refused:
        rosters.apply(session, net.slug, ada.practitioner_id, TODAY)

    assert refused.value.status == 409
