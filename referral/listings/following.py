"""Visitors' messages go where the account's letters go, also after its address was changed. Never commits."""

from dataclasses import replace
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from referral.listings import published, versions, writing
from referral.listings.checks import checked
from referral.listings.noting import keep, note
from referral.mail.addressing import spellings
from referral.model import Account, Listing, Revision

REASON = "the account's new address"
"""What the revision says: by it the way back knows whether the listing had come along."""


def comes_along(session: Session, account: Account, before: str) -> Listing | None:
    """The listing of theirs whose address for enquiries is `before`, the account's own until now; None for none."""
    mine = (Listing.practitioner_id == account.practitioner_id, func.lower(Listing.email).in_(spellings(before)))
    return session.scalars(select(Listing).where(*mine, Listing.status != "removed")).one_or_none()


def follow(session: Session, account: Account, before: str, now: datetime, *, back: bool = False) -> None:
    """Let their listing name the account's address where it named the one `before`. The caller commits.

    It waits for nobody: whoever reads the mail of the new address has just shown it. On the way `back` only a listing
    that came along goes.
    """
    listing = comes_along(session, account, before)
    if listing is None or (back and not _came_along(session, listing)):
        return
    there = published.load_any(session, [listing.id])[0]
    content = checked(replace(there.content, email=account.email))
    kept = versions.claim(session, there)
    writing.replace(session, kept, content, now)
    keep(session, kept, content, now, fields=["email"], author_id=account.id, reason=REASON)
    detail = {"published": ["email"], "waiting": []}
    note(session, "submit", {kept.id: kept.public_id}, now, account_id=account.id, detail=detail)


def _came_along(session: Session, listing: Listing) -> bool:
    came = select(Revision.id).where(Revision.listing_id == listing.id, Revision.reason == REASON)
    return session.scalars(came.limit(1)).first() is not None
