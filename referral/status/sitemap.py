"""Which pages search engines may know: everything that is public and not invented, in parts of bounded size."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from referral.model import Listing, Practitioner
from referral.model.practitioner import PUBLIC_STATUSES
from referral.search.editorial import Kept

MOST = 20_000
"""Pages of a part; the protocol (sitemaps.org) allows 50,000 and 50 MB."""

STANDING = ("", "/networks", "/questions", "/workshops", "/about")
ABOUT = ("order", "privacy", "accessibility", "inclusion")


@dataclass(frozen=True, slots=True)
class Line:
    """One page."""

    path: str
    """From the root of the site."""
    changed: date | None = None


def parts(session: Session) -> list[str]:
    """The names of all parts: the pages, then as many of therapists as there are."""
    count = session.scalar(select(func.count()).select_from(_therapists().subquery())) or 0
    return ["pages", *(f"therapists-{n + 1}" for n in range(-(-count // MOST)))]


def pages(kept: Kept) -> list[Line]:
    """Everything but therapists."""
    return [
        *(Line(path or "/") for path in STANDING),
        *(Line(f"/about/{name}") for name in ABOUT),
        *(Line(f"/networks/{one.slug}", one.checked_on) for one in kept.networks),
        *(Line(f"/questions/{one.slug}") for one in kept.questions),
        *(Line(f"/workshops/{one.slug}") for one in kept.upcoming),
    ]


def therapists(session: Session, number: int) -> Sequence[Line]:
    """One part of those who are listed, from 1; empty when there are not so many."""
    found = session.execute(_therapists().order_by(Listing.id).limit(MOST).offset((number - 1) * MOST))
    return [Line(f"/therapists/{slug}", updated.date()) for slug, updated in found]


def _therapists() -> Select[str, datetime]:
    seen = Listing.status.in_(PUBLIC_STATUSES), Practitioner.demonstration.is_(False)
    return select(Listing.slug, Listing.updated_at).join(Practitioner).where(*seen)
