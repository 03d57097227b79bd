"""Two who present together: shown as a pair only while each has named the other. Never commits."""

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from referral.listings import published
from referral.listings.profile import Profile
from referral.listings.published import Published
from referral.model import Listing
from referral.text import _


@dataclass(frozen=True, slots=True)
class Pair:
    """What two say of themselves, and what both of them say."""

    first: Profile
    second: Profile
    languages: tuple[str, ...]
    """Labels, as all lists of text below: of what both have, in the first one's order."""
    delivery: tuple[str, ...]
    formats: tuple[str, ...]
    works_with: tuple[str, ...]
    topics: tuple[str, ...]


def by_slugs(session: Session, first: str, second: str) -> tuple[Published, Published] | None:
    """The two public listings of these names, when each has named the other; None otherwise."""
    one, other = published.by_slug(session, first), published.by_slug(session, second)
    if one is None or other is None or one.partner is None:
        return None
    return (one, other) if one.partner.public and one.partner.slug == other.slug else None


def pair(first: Profile, second: Profile) -> Pair:
    """What the page of the two shows."""
    return Pair(
        first,
        second,
        languages=_both(first.card.language_labels, second.card.language_labels),
        delivery=_both(first.card.delivery_labels, second.card.delivery_labels),
        formats=_both(first.formats, second.formats),
        works_with=_both(first.works_with, second.works_with),
        topics=_both(first.topics, second.topics),
    )


def _both(these: Iterable[str], those: Iterable[str]) -> tuple[str, ...]:
    known = set(those)
    return tuple(one for one in these if one in known)


def named(session: Session, public_id: str) -> str:
    """Whose listing it is, as long as visitors see it."""
    found = published.by_public_id(session, public_id)
    return found.content.name if found else _("somebody who is not listed")


def unanswered(session: Session, listing: Published) -> list[Published]:
    """The public listings that name this one as their partner, and that it does not name."""
    naming = select(Listing.id).where(Listing.partner_listing_id == listing.id).order_by(Listing.id)
    found = published.load(session, list(session.scalars(naming)))
    return [one for one in found if one.public_id != listing.content.partner]
