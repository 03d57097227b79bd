"""Invented people on the rosters of the networks that cover their place."""

from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from referral.model import Area, Listing, Membership, Network, Office, Practitioner
from referral.networks import rosters

NOBODY_EVERY = 5
"""So many members for each who belongs to no network, though one covers their place ..."""

APPLIED_EVERY = 20
"""... and so many for each who has only applied."""


def people(session: Session, now: datetime) -> int:
    """Let most invented people stand on the rosters of all networks that cover their place, where nobody does yet; how
    many now do. The caller commits.
    """
    taken = select(Membership.id).where(Membership.network_id == Network.id).exists()
    return sum(
        _enrol(session, id, slug, now) for id, slug in session.execute(select(Network.id, Network.slug).where(~taken))
    )


def _enrol(session: Session, network_id: int, slug: str, now: datetime) -> int:
    codes = set(session.scalars(select(Area.code).where(Area.network_id == network_id)))
    works = (Office.country.in_(codes) | Office.region.in_(codes), Practitioner.demonstration)
    joined = select(Listing.practitioner_id).join(Practitioner).join(Office, Office.listing_id == Listing.id)
    there = session.scalars(joined.where(*works).distinct().order_by(Listing.practitioner_id))
    found = [id for id in there if id % NOBODY_EVERY]
    applied = found[::APPLIED_EVERY]
    for id in applied:
        rosters.apply(session, slug, id, now.date() - timedelta(2))
    only = set(applied)
    rosters.enrol(session, network_id, [id for id in found if id not in only], now.date() - timedelta(400))
    return len(found)
