"""Who else is on file with somebody's name or address: one person may stand in the directory twice. Reads only."""

from collections.abc import Sequence

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from referral.db import lowered
from referral.listings import published
from referral.listings.published import Published
from referral.mail.addressing import spellings
from referral.model import Listing, Practitioner

MOST = 5
"""So many are named: a practice may have one address for several people."""


def of(session: Session, there: Published) -> Sequence[Published]:
    """The other listings, seen or not, with the same name or the same address."""
    named = select(Practitioner.id).where(lowered(Practitioner.name) == there.content.name.lower())
    same = [Listing.practitioner_id.in_(named)]
    if there.content.email:
        same.append(func.lower(Listing.email).in_(spellings(there.content.email)))
    others = select(Listing.id).where(Listing.id != there.id, Listing.status != "removed", or_(*same))
    return published.load_any(session, list(session.scalars(others.order_by(Listing.id).limit(MOST))))
