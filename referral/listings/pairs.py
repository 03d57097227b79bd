"""Two who present together: shown as a pair only while each has named the other. Never commits."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from referral import mail
from referral.listings import published
from referral.listings.profile import Profile
from referral.listings.published import Published
from referral.model import Account, Listing
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


def ask(session: Session, listing_id: int, now: datetime, head: mail.Letterhead) -> None:
    """Write to whom this listing names, once, so that they can name it too; to nobody when they have.

    Who has no account gets no letter: they could not answer it. The caller commits.
    """
    listing = session.get_one(Listing, listing_id)
    other = session.get(Listing, listing.partner_listing_id) if listing.partner_listing_id else None
    if other is None or other.partner_listing_id == listing.id:
        return
    owner = session.scalars(select(Account).where(Account.practitioner_id == other.practitioner_id)).first()
    [told] = published.load_any(session, [listing.id])
    if owner is None or not told.is_public:
        return
    values = {"partner": told.content.name, "link": f"{head.base_url}/listing?at=partner#partner"}
    key = f"pair-{told.public_id}-{other.public_id}"
    mail.post(
        session, owner.email, "pair", values, now, language=owner.language, key=key,
        account_id=owner.id, listing_id=listing.id, stop=head.stop("pair", owner.email),
    )  # fmt: skip
