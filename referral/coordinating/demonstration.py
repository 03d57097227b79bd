"""Invented people on the roster of the network that the demonstration's coordinator looks after."""

from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from referral.model import Area, Listing, Membership, Network, Office, Practitioner
from referral.networks import rosters

MOST = 300
"""People on that roster."""

APPLIED_EVERY = 20
"""So many of them are members for each who has only applied."""


def people(session: Session, slug: str, now: datetime) -> int:
    """Let invented people who work where the network is responsible stand on its roster, unless somebody does; how
    many. The caller commits.
    """
    network = session.scalars(select(Network).where(Network.slug == slug)).one_or_none()
    if network is None or session.scalar(select(Membership.id).where(Membership.network_id == network.id).limit(1)):
        return 0
    codes = set(session.scalars(select(Area.code).where(Area.network_id == network.id)))
    works = (Office.country.in_(codes) | Office.region.in_(codes), Practitioner.demonstration)
    joined = select(Listing.practitioner_id).join(Practitioner).join(Office, Office.listing_id == Listing.id)
    found = list(session.scalars(joined.where(*works).distinct().order_by(Listing.practitioner_id).limit(MOST)))
    applied = found[::APPLIED_EVERY]
    for id in applied:
        rosters.apply(session, slug, id, now.date() - timedelta(2))
    rosters.enrol(session, network.id, [id for id in found if id not in set(applied)], now.date() - timedelta(400))
    return len(found)
