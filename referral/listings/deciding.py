"""What becomes of a revision that waits: approved, sent back, or taken back by its author. Never commits."""

from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from referral import model
from referral.errors import UsageError
from referral.listings import abroad, published, risk, writing
from referral.listings.checks import checked
from referral.listings.cleaning import paragraphs
from referral.listings.content import as_json
from referral.listings.noting import note
from referral.listings.standing import found, not_ones_own
from referral.listings.versions import claim
from referral.listings.writing import table_of
from referral.text import _

REASON = 1000
"""The longest reason for sending something back, in characters."""


def approve(session: Session, revision_id: int, moderator_id: int, now: datetime) -> int:
    """Make what this revision asks for what the public sees; the listing's version by that. The caller commits.

    Only the fields that waited change: what was edited since stays. Whom it names and who left meanwhile is named no
    more, and is no field of it. Raises UsageError when the revision does not wait any more, or asks for nothing but a
    person who left (409), is on the moderator's own listing (403), or cannot be stored any more.
    """
    revision = _decide(session, revision_id, "approved", moderator_id, now)
    if _names_nobody(session, revision):
        revision.fields = [field for field in revision.fields if field != "partner"]
        if not revision.fields:
            raise UsageError(_("The person it names has left the directory. Return it, and say so."), 409)
    current = published.load_any(session, [revision.listing_id])[0]
    content = checked(abroad.unmarked(risk.granted(current.content, revision.content, revision.fields)))
    kept = claim(session, current)
    writing.replace(session, kept, content, now)
    revision.content, revision.version = as_json(content), kept.version
    session.flush()
    _told(session, "approve", revision, kept.public_id, moderator_id, now)
    return kept.version


def _names_nobody(session: Session, revision: model.Revision) -> bool:
    """Whether the revision names somebody to be shown with who is not in the directory any more."""
    partner = revision.content.get("partner") if "partner" in revision.fields else ""
    there = select(model.Listing.id).where(model.Listing.public_id == partner, model.Listing.status != "removed")
    return bool(partner) and session.scalar(there) is None


def send_back(session: Session, revision_id: int, moderator_id: int, reason: str, now: datetime) -> None:
    """Return the revision to its author, who reads the reason; the listing stays as it is. The caller commits.

    Raises UsageError without a reason, and as `approve` does.
    """
    why = paragraphs(reason, _("The reason"), REASON)
    if not why:
        raise UsageError(_("Please say why, so that they know what to change."))
    revision = _decide(session, revision_id, "returned", moderator_id, now, why)
    _told(session, "send_back", revision, found(session, revision.listing_id).public_id, moderator_id, now)


def take_back(session: Session, revision_id: int, author_id: int, now: datetime) -> None:
    """Withdraw what waits; the listing stays as it is. The caller commits.

    Raises UsageError when the revision does not wait any more (409), or is somebody else's (403).
    """
    revision = _waiting(session, revision_id)
    listing, author = found(session, revision.listing_id), session.get(model.Account, author_id)
    if revision.author_id != author_id and (author is None or author.practitioner_id != listing.practitioner_id):
        raise UsageError(_("This was asked for by somebody else."), 403)
    close(session, revision, "withdrawn", author_id, now)
    _told(session, "take_back", revision, listing.public_id, author_id, now)


def _waiting(session: Session, revision_id: int) -> model.Revision:
    """The revision, which waits. Raises UsageError when it does not."""
    revision = session.get(model.Revision, revision_id, populate_existing=True)
    if revision is None:
        raise UsageError(_("There is no such revision."), 404)
    if revision.state != "proposed":
        raise UsageError(_("This was decided or changed in the meantime."), 409)
    return revision


def _decide(
    session: Session, revision_id: int, state: str, moderator_id: int, now: datetime, reason: str = ""
) -> model.Revision:
    """The revision, decided on by a moderator whose own listing it is not."""
    revision = _waiting(session, revision_id)
    not_ones_own(session, found(session, revision.listing_id), moderator_id)
    close(session, revision, state, moderator_id, now, reason)
    return revision


def close(
    session: Session, revision: model.Revision, state: str, by: int | None, now: datetime, reason: str = ""
) -> None:
    """End the waiting of a revision, once. Raises UsageError, 409, when somebody else just did."""
    table = table_of(model.Revision)
    ours = update(table).where(table.c.id == revision.id, table.c.state == "proposed")
    closed = ours.values(state=state, decided_by_id=by, decided_at=now, reason=reason).returning(table.c.id)
    if session.execute(closed).one_or_none() is None:
        raise UsageError(_("This was decided or changed in the meantime."), 409)
    session.refresh(revision)


def _told(
    session: Session, action: str, revision: model.Revision, public_id: str, account_id: int, now: datetime
) -> None:
    detail = {"revision": revision.id, "fields": revision.fields}
    note(session, action, {revision.listing_id: public_id}, now, account_id=account_id, detail=detail)
