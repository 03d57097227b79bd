"""The clock of a listing: asked after 60, 75 and 85 days, marked after 91, no longer shown after 120.

The dates are pure functions of what is known of a listing and a UTC day. How long availability is believed is said in
`index.order.CONFIRMED_DAYS`, because the order of results depends on it; cards and documents take it from there.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Literal

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from referral.listings import standing
from referral.model import Attestation, Listing
from referral.model.practitioner import PUBLIC_STATUSES

REMINDED = (60, 75, 85)
"""Days after the last "still correct" on which its therapist is asked."""

UNCONFIRMED, HIDDEN = 91, 120
"""Days after which it is marked as unconfirmed, and no longer shown."""


PURPOSE = "still_correct"
"""Of the secret in a letter: it confirms, and can do nothing else."""


@dataclass(frozen=True, slots=True)
class Facts:
    """What the clock depends on."""

    status: str
    since: date
    """When it was last said to be correct; else since when it is listed."""


@dataclass(frozen=True, slots=True)
class Step:
    """What is to be done with a listing."""

    kind: Literal["still_correct", "unconfirmed", "hidden"]
    """The letter that tells of it; the last two are the listing's new status too."""
    day: int
    """Of the clock, on which it was due."""


@dataclass(frozen=True, slots=True)
class Stale:
    """A public listing of which nobody has said for long that it is still correct."""

    id: int
    public_id: str
    facts: Facts


def due(listing: Facts, today: date) -> Step | None:
    """What is due on `today`, UTC: the last step the clock has passed, or None."""
    days = (today - listing.since).days
    if listing.status not in PUBLIC_STATUSES or days < REMINDED[0]:
        return None
    if days >= HIDDEN:
        return Step("hidden", HIDDEN)
    if days >= UNCONFIRMED:
        return Step("unconfirmed", UNCONFIRMED) if listing.status == "active" else None
    return Step("still_correct", max(day for day in REMINDED if day <= days))


def marked_on(since: date) -> date:
    """The day it is marked as unconfirmed, if nobody says a word."""
    return since + timedelta(UNCONFIRMED)


def hidden_on(since: date) -> date:
    """The day it is no longer shown, if nobody says a word."""
    return since + timedelta(HIDDEN)


def stale(session: Session, today: date, only: int | None = None) -> list[Stale]:
    """The public listings something may be due for (of `only` this one), by number."""
    since = func.coalesce(Listing.attested_on, Listing.consented_on, func.date(Listing.created_at))
    old = (Listing.status.in_(PUBLIC_STATUSES), since <= today - timedelta(REMINDED[0]))
    told = (Listing.attested_on, Listing.consented_on, Listing.created_at)
    found = select(Listing.id, Listing.public_id, Listing.status, *told).where(*old).order_by(Listing.id)
    if only is not None:
        found = found.where(Listing.id == only)
    return [
        Stale(id, public_id, Facts(status, attested or consented or made.date()))
        for id, public_id, status, attested, consented, made in session.execute(found)
    ]


def confirm(session: Session, listing_id: int, now: datetime, by: str = "practitioner") -> None:
    """Note that the listing is still correct; one that silence had marked or hidden is shown again. The caller commits.

    Raises UsageError when it was taken down by a moderator, has ended, or is not yet shown.
    """
    listing = standing.attest(session, listing_id, now, now.date() + timedelta(UNCONFIRMED - 1))
    session.add(Attestation(listing_id=listing.id, version=listing.version, made_at=now, by=by))
    session.flush()
