"""Whether a listing is seen: paused and resumed by its therapist, taken down and put back by a moderator, ended.

Every change leaves an audit entry and a change; the caller commits.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from referral.errors import UsageError
from referral.listings.noting import note
from referral.model import Account, AuditEntry, Listing
from referral.model.practitioner import PUBLIC_STATUSES, STATUSES
from referral.text import _


def set_status(session: Session, listing_id: int, status: str, now: datetime, reason: str = "") -> None:
    """Give the listing another status, with audit entry and change. The caller commits.

    Raises UsageError when there is no such listing or status, or when a moderator took the listing down.
    """
    if status not in STATUSES:
        raise UsageError(_("Unknown status: {value}.").format(value=status))
    listing = found(session, listing_id, held=True)
    if listing.held and status in PUBLIC_STATUSES:
        raise UsageError(_("This listing was taken down by a moderator."), 409)
    _set(session, listing, now, status=status, paused_until=None)
    note(session, status, {listing.id: listing.public_id}, now, detail={"reason": reason})


NOT_CONFIRMED = "not confirmed"
"""The reason for a status that silence gave."""


@dataclass(frozen=True, slots=True)
class Pause:
    """A pause, as the audit log has it."""

    id: int
    """Of its entry."""
    since: date
    until: date | None
    """The day the listing comes back by itself."""
    ended: date | None
    """The day on which it was over already, of one that a wrong date took up again."""


def last_given(session: Session, public_id: str) -> AuditEntry | None:
    """The entry of who or what last gave the listing its status: a person, or silence."""
    given = (AuditEntry.object == f"listing:{public_id}", AuditEntry.action.in_(STATUSES))
    return session.scalars(select(AuditEntry).where(*given).order_by(AuditEntry.id.desc()).limit(1)).first()


LAST_DAY = timedelta(hours=12)
"""So far behind UTC a day ends where it ends last (UTC-12, "anywhere on earth")."""


def first_return(now: datetime) -> date:
    """The first day somebody may name to come back on: the tomorrow of wherever it is earliest.

    The pause itself ends by the UTC day, as all that the night does; but in California it is still the day before when
    that has begun, and whoever lives there may name their own tomorrow. What has come everywhere is not to come.
    """
    return (now - LAST_DAY).date() + timedelta(1)


def pause(session: Session, listing_id: int, until: date | None, now: datetime, account_id: int | None = None) -> None:
    """Take the listing out of sight until that day, or until it is resumed. The caller commits.

    Raises UsageError when the day is before `first_return`, or the listing is neither seen nor paused.
    """
    listing = found(session, listing_id, held=True)
    if until is not None and until < first_return(now):
        raise UsageError(_("The day you come back has to be a day to come."))
    if listing.status not in (*PUBLIC_STATUSES, "paused"):
        raise UsageError(_("This listing is not seen at the moment, so it cannot be paused."), 409)
    before = last_pause(session, listing) if listing.status == "paused" else None
    since = before.since if before else now.date()
    _set(session, listing, now, status="paused", paused_until=until)
    note_pause(session, listing, until, since, now, account_id)


def note_pause(
    session: Session,
    listing: Listing,
    until: date | None,
    since: date,
    now: datetime,
    account_id: int | None = None,
    ended: date | None = None,
) -> None:
    """Leave in the audit log when a pause began, which is where `last_pause` finds it, and a change."""
    told = {"until": until, "since": since, "ended": ended}
    detail = {name: day.isoformat() if day else "" for name, day in told.items()}
    note(session, "pause", {listing.id: listing.public_id}, now, account_id=account_id, detail=detail)


def last_pause(session: Session, listing: Listing) -> Pause | None:
    """The last pause, whatever became of its end since; None when there was none."""
    mine = (AuditEntry.action == "pause", AuditEntry.object == f"listing:{listing.public_id}")
    last = session.scalars(select(AuditEntry).where(*mine).order_by(AuditEntry.id.desc()).limit(1)).first()
    if last is None:
        return None
    told = {name: date.fromisoformat(day) for name, day in (last.detail or {}).items() if day}
    return Pause(last.id, told.get("since", last.at.date()), told.get("until"), told.get("ended"))


def resume(
    session: Session, listing: Listing, now: datetime, status: str, next_due: date, account_id: int | None
) -> None:
    """End the pause; `attestations` says as what it comes back. Raises UsageError when it is not paused.

    When it ends by itself, what `next_due` was stays in the audit log: a night with a wrong date may have done so.
    """
    if listing.status != "paused" or listing.held:
        raise UsageError(_("This listing is not paused."), 409)
    was = {"due": listing.next_due.isoformat() if listing.next_due else ""} if account_id is None else {}
    _set(session, listing, now, status=status, next_due=next_due, paused_until=None)
    note(session, "resume", {listing.id: listing.public_id}, now, account_id=account_id, detail=was)


def attest(session: Session, listing_id: int, now: datetime, next_due: date) -> Listing:
    """Note that all of it is still correct; silence alone had marked or hidden it, so it is shown again. The listing.

    The caller commits. Raises UsageError when a moderator took it down, it has ended, or it was never shown.
    """
    listing = found(session, listing_id, held=True)
    if listing.held or listing.status not in (*PUBLIC_STATUSES, "hidden", "paused"):
        raise UsageError(_("This listing cannot be confirmed at the moment."), 409)
    status = "paused" if listing.status == "paused" else "active"
    _set(session, listing, now, status=status, attested_on=now.date(), next_due=next_due)
    note(session, "attest", {listing.id: listing.public_id}, now)
    return listing


def admit(session: Session, listing_id: int, base: int, moderator_id: int, now: datetime) -> None:
    """Let the public see a listing that waits to be new, at exactly the version `base`. The caller commits.

    Raises UsageError when it does not wait, or was saved since (409), the person has not agreed to be listed, or it is
    the moderator's own.
    """
    listing = found(session, listing_id, held=True)
    not_ones_own(session, listing, moderator_id)
    if listing.status != "pending" or listing.held:
        raise UsageError(_("This listing does not wait any more."), 409)
    if listing.version != base:
        raise UsageError(_("This was decided or changed in the meantime."), 409)
    if listing.consented_on is None:
        raise UsageError(_("Nobody is listed before they have said that they want to be."), 409)
    _set(session, listing, now, status="active")
    note(session, "admit", {listing.id: listing.public_id}, now, account_id=moderator_id)


def take_down(session: Session, listing_id: int, moderator_id: int, now: datetime) -> None:
    """Hide the listing until a moderator puts it back: neither its therapist nor an import can. The caller commits.

    Raises UsageError when it is taken down already, or is the moderator's own.
    """
    listing = found(session, listing_id, held=True)
    not_ones_own(session, listing, moderator_id)
    if listing.held:
        raise UsageError(_("This listing was taken down by a moderator."), 409)
    was = {"was": listing.status, "until": listing.paused_until.isoformat() if listing.paused_until else ""}
    _set(session, listing, now, status="hidden", held=True, paused_until=None)
    note(session, "take_down", {listing.id: listing.public_id}, now, account_id=moderator_id, detail=was)


def put_back(session: Session, listing_id: int, moderator_id: int, now: datetime) -> None:
    """Let the listing be as it was before it was taken down. The caller commits.

    Raises UsageError when it was not taken down, or is the moderator's own.
    """
    listing = found(session, listing_id, held=True)
    not_ones_own(session, listing, moderator_id)
    if not listing.held:
        raise UsageError(_("This listing was not taken down."), 409)
    _set(session, listing, now, held=False, **_before(session, listing))
    note(session, "put_back", {listing.id: listing.public_id}, now, account_id=moderator_id)


def taken_down_on(session: Session, listing: Listing) -> date | None:
    """The day it was last taken down; None when it never was."""
    mine = (AuditEntry.action == "take_down", AuditEntry.object == f"listing:{listing.public_id}")
    at = session.scalars(select(AuditEntry.at).where(*mine).order_by(AuditEntry.id.desc()).limit(1)).first()
    return at.date() if at else None


def _before(session: Session, listing: Listing) -> dict[str, Any]:
    """Status and pause at the moment it was taken down, from the audit log; one removed since stays removed."""
    if listing.status == "removed":
        return {}
    mine = (AuditEntry.action == "take_down", AuditEntry.object == f"listing:{listing.public_id}")
    said = session.scalars(select(AuditEntry.detail).where(*mine).order_by(AuditEntry.id.desc()).limit(1)).first() or {}
    until = said.get("until")
    return {"status": said.get("was", "hidden"), "paused_until": date.fromisoformat(until) if until else None}


def found(session: Session, listing_id: int, *, held: bool = False) -> Listing:
    """The listing as the database has it now; with `held` nobody else changes it until the caller has committed.

    Raises UsageError, 404, when there is none.
    """
    listing = session.get(Listing, listing_id, populate_existing=True, with_for_update=held)
    if listing is None:
        raise UsageError(_("There is no such listing."), 404)
    return listing


def not_ones_own(session: Session, listing: Listing, moderator_id: int) -> None:
    """Raise UsageError, 403, when the listing is the moderator's own, or nobody has that account."""
    moderator = session.get(Account, moderator_id)
    if moderator is None or moderator.practitioner_id == listing.practitioner_id:
        raise UsageError(_("Your own listing is looked after by another moderator."), 403)


def _set(session: Session, listing: Listing, now: datetime, **values: Any) -> None:
    for name, value in {**values, "updated_at": now}.items():
        setattr(listing, name, value)
    session.flush()
