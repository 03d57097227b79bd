"""Memberships whose last day has passed: the index lets them go, once for each. And who applied and still waits."""

from sqlalchemy import select

from referral import db
from referral.listings.noting import note
from referral.model import Listing, Membership, Network
from referral.model.practitioner import PUBLIC_STATUSES
from referral.networks import applying
from referral.nightly import marking
from referral.nightly.night import Counts, Night

ENDED = "ended"
"""In the audit log: that a membership's day has passed, and the index was told; of which, as a hash."""


def memberships(night: Night) -> Counts:
    """Let the index forget who belongs to a network no more; the rows stay."""
    done, known = 0, marking.known(night, ENDED)
    with db.writing(night.engine) as session:
        mine = select(Listing.id, Listing.public_id, Network.slug, Membership.until).join(
            Membership, Membership.practitioner_id == Listing.practitioner_id
        )
        over = mine.join(Network, Network.id == Membership.network_id).where(Membership.until <= night.today)
        for id, public_id, slug, until in session.execute(over.where(Listing.status.in_(PUBLIC_STATUSES))).all():
            key = marking.key(public_id, slug, until)
            if key not in known:
                note(session, ENDED, {id: public_id}, night.now, detail={"what": key})
                done += 1
        session.commit()
    return {"ended": done}


def applications(night: Night) -> Counts:
    """Tell coordinators of who applied yesterday and still waits: no letter may have told of them."""
    with db.writing(night.engine) as session:
        told = applying.remind(session, night.now, night.head)
        session.commit()
    return {"told": told}
