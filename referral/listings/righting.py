"""What a night with a wrong date did to listings, found by the days to come that stand in the audit log.

Such a night ends pauses and takes silence for longer than it was. What it did is undone as if it had not been; what
somebody did themselves since stays. Never commits.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from referral.listings import standing
from referral.listings.attestations import SILENT, Facts, Stale, Step, counted_from, due, said_last, shown_as
from referral.model import AuditEntry, Listing
from referral.model.practitioner import PUBLIC_STATUSES, STATUSES

_BETTER = {"active": SILENT, "unconfirmed": ("hidden",), "hidden": ()}
"""What the clock says of a listing -> what it may be although that is worse."""


@dataclass(frozen=True, slots=True)
class Silenced:
    """A listing that silence marked or hid, by mistake or on another day than it was said."""

    stale: Stale
    status: str
    """As the clock has it."""
    step: Step | None
    """What makes it so, with its letter: that of the wrong day told of another. None where nothing is to be told."""


def tomorrow(today: date) -> datetime:
    """The first moment that has not come on this day, UTC: what bears it or a later one was noted by a wrong clock."""
    return datetime.combine(today + timedelta(1), time(), UTC)


def silenced(session: Session, today: date, only: int | None = None) -> list[Silenced]:
    """Listings that silence marked or hid though their clock has not come so far, or on a day that has not come: a
    night with a wrong date did that, or a day that was put right later. Of `only` this one.
    """
    told = (Listing.attested_on, Listing.consented_on, Listing.created_at, Listing.next_due)
    found = select(Listing.id, Listing.public_id, Listing.status, *told).order_by(Listing.id)
    found = found.where(Listing.status.in_(SILENT), Listing.held.is_(False))
    if only is not None:
        found = found.where(Listing.id == only)
    ahead = _noted_ahead(session, SILENT, today)
    seen = []
    for id, public_id, status, attested, consented, made, next_due in session.execute(found):
        said = said_last(attested, consented, made)
        facts = Facts("active", counted_from(said, next_due))
        clock = shown_as(facts.since, today)
        if f"listing:{public_id}" in ahead or status in _BETTER[clock]:
            seen.append((Stale(id, public_id, facts, said), status, clock))
    judged = [_judged(session, *one, today) for one in seen]
    return [one for one in judged if one is not None]


def _judged(session: Session, stale: Stale, status: str, clock: str, today: date) -> Silenced | None:
    """None where it is as it should be, or somebody else than silence made it so."""
    entry = standing.last_given(session, stale.public_id)
    if entry is None or entry.detail.get("reason") != standing.NOT_CONFIRMED:
        return None
    if entry.at < tomorrow(today):
        return Silenced(stale, clock, None) if status in _BETTER[clock] else None
    step = due(stale.facts, today)
    return Silenced(stale, clock, step if step and step.kind == clock else None)


def ended_early(session: Session, today: date, only: int | None = None) -> list[int]:
    """Listings whose pause a night ended on a day that has not come (of `only` this one), unless it begins later."""
    ahead = {one.removeprefix("listing:") for one in _noted_ahead(session, ("resume",), today)}
    found = select(Listing).where(Listing.public_id.in_(ahead), Listing.held.is_(False)).order_by(Listing.id)
    found = found.where(Listing.status.in_((*PUBLIC_STATUSES, *SILENT)))
    if only is not None:
        found = found.where(Listing.id == only)
    return [one.id for one in session.scalars(found) if _ended(session, one, today) is not None]


def pause_again(session: Session, id: int, now: datetime) -> None:
    """Let the pause of one of `ended_early` go on; its clock is put back to where it stood. The caller commits."""
    listing = standing.found(session, id, held=True)
    found = _ended(session, listing, now.date())
    if found is not None:
        pause, end = found
        attested = select(AuditEntry.id).where(_of(listing), AuditEntry.action == "attest", AuditEntry.id > end.id)
        if session.scalar(attested.limit(1)) is None:
            listing.next_due = _day(end.detail.get("due"))
        listing.status, listing.paused_until, listing.updated_at = "paused", pause.until, now
        ended = min(end.at.date(), pause.ended or date.max)
        standing.note_pause(session, listing, pause.until, pause.since, now, ended=ended)


def _ended(session: Session, listing: Listing, today: date) -> tuple[standing.Pause, AuditEntry] | None:
    """The last pause and what ended it, where that is a night of a day to come and the pause has begun."""
    pause = standing.last_pause(session, listing)
    if pause is None or pause.until is None or pause.since > today:
        return None
    since = select(AuditEntry).where(_of(listing), AuditEntry.id > pause.id).order_by(AuditEntry.id.desc())
    deeds = session.scalars(since.where(AuditEntry.action.in_(("resume", *STATUSES))))
    end = next((one for one in deeds if one.detail.get("reason") != standing.NOT_CONFIRMED), None)
    if end is None or "due" not in end.detail or end.at < tomorrow(today):  # who resumed by hand has left none
        return None
    return pause, end


def _noted_ahead(session: Session, actions: tuple[str, ...], today: date) -> set[str]:
    """What one of these was noted of on a day to come; on a usual night nothing."""
    later = (AuditEntry.at >= tomorrow(today), AuditEntry.action.in_(actions))
    return set(session.scalars(select(AuditEntry.object).where(*later)))


def _of(listing: Listing) -> ColumnElement[bool]:
    return AuditEntry.object == f"listing:{listing.public_id}"


def _day(told: str | None) -> date | None:
    return date.fromisoformat(told) if told else None
