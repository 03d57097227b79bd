"""A new listing that a moderator gave back with a reason waits no more, until its therapist has saved again.

Such a return is a revision that asks for nothing, of the version that was looked at. Never commits.
"""

from datetime import datetime

from sqlalchemy import ColumnElement, ScalarSelect, exists, func, select
from sqlalchemy.orm import Session, aliased

from referral.errors import UsageError
from referral.listings.cleaning import paragraphs
from referral.listings.deciding import REASON
from referral.listings.noting import note
from referral.listings.standing import found, not_ones_own
from referral.model import Listing, Revision
from referral.text import _

_WHOLE = (Revision.state == "returned", Revision.version.is_not(None))
"""The return of a whole listing: that of a change has no version."""


def give_back(session: Session, listing_id: int, moderator_id: int, reason: str, now: datetime) -> str:
    """Return a listing that waits to be new; the reason as it will be read. The caller commits.

    Raises UsageError without a reason, when it does not wait (409), or when it is the moderator's own (403).
    """
    why = paragraphs(reason, _("The reason"), REASON)
    if not why:
        raise UsageError(_("Please say why, so that they know what to change."))
    session.get(Listing, listing_id, with_for_update=True)
    listing = found(session, listing_id)
    not_ones_own(session, listing, moderator_id)
    waits = listing.status == "pending" and listing.consented_on and not listing.held
    if not waits or given_back(session, listing_id):
        raise UsageError(_("This listing does not wait any more."), 409)
    at = {"base": listing.version, "version": listing.version, "made_at": now, "decided_at": now}
    asked = {"content": {}, "fields": [], "reason": why, "decided_by_id": moderator_id}
    session.add(Revision(listing_id=listing_id, state="returned", **at, **asked))
    session.flush()
    note(session, "send_back", {listing_id: listing.public_id}, now, account_id=moderator_id)
    return why


def given_back(session: Session, listing_id: int) -> str:
    """Why it was returned as it stands; empty when it was not, was saved since, or waits for nobody any more."""
    at_this = select(Revision.reason).join(Listing, Listing.id == Revision.listing_id)
    mine = (Revision.listing_id == listing_id, *_WHOLE, Revision.version == Listing.version)
    return session.scalars(at_this.where(*mine, Listing.status == "pending").limit(1)).first() or ""


def not_given_back() -> ColumnElement[bool]:
    """Of a listing in a query: that nobody returned it as it stands."""
    return ~exists().where(Revision.listing_id == Listing.id, *_WHOLE, Revision.version == Listing.version)


def saved_since() -> ScalarSelect[datetime | None]:
    """Of a listing in a query: when it was first saved after it was last returned; NULL when it never was."""
    whole, later = aliased(Revision), aliased(Revision)
    back = select(func.max(whole.id)).where(
        whole.listing_id == Listing.id, whole.state == "returned", whole.version.is_not(None)
    )
    first = select(func.min(later.made_at)).where(
        later.listing_id == Listing.id, later.id > back.correlate(Listing).scalar_subquery()
    )
    return first.correlate(Listing).scalar_subquery()
