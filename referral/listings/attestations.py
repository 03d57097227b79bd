"""The clock of a listing: asked after 60, 75 and 85 days, marked after 91, no longer shown after 120.

The dates are pure functions of what is known of a listing and a UTC day. Nobody is asked while a listing is paused or
waits to be seen, so those whole days do not count: `next_due` moves on by them, while `attested_on` stays the day on
which it was truly said.

How long availability is believed is said in `index.order.CONFIRMED_DAYS`, because the order of results depends on it;
cards and documents take it from there.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Literal

from sqlalchemy import ColumnElement, and_, func, or_, select
from sqlalchemy.orm import Session

from referral.listings import standing
from referral.model import Attestation, Listing
from referral.model.practitioner import PUBLIC_STATUSES

REMINDED = (60, 75, 85)
"""Days after the last "still correct" on which its therapist is asked."""

UNCONFIRMED, HIDDEN = 91, 120
"""Days after which it is marked as unconfirmed, and no longer shown."""


ANSWERED = timedelta(UNCONFIRMED - 1)
"""So long an answer holds: until `next_due`."""

AT_ONCE = 500
"""Listings asked for in one statement."""

SILENT = ("unconfirmed", "hidden")
"""What silence makes of a listing."""

PURPOSE = "still_correct"
"""Of the secret in a letter: it confirms, and can do nothing else."""


@dataclass(frozen=True, slots=True)
class Facts:
    """What the clock depends on."""

    status: str
    since: date
    """When it was last said to be correct, else since when it is listed; later by the days of every pause since."""


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
    said: date
    """When it was last said to be correct, else since when it is listed."""


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


def shown_as(since: date, today: date) -> str:
    """The status of a listing that nobody holds back, as the clock alone has it."""
    days = (today - since).days
    return "active" if days < UNCONFIRMED else "unconfirmed" if days < HIDDEN else "hidden"


def moved(since: date, paused_on: date, today: date) -> date:
    """Where the clock begins after a pause; one over a single night leaves no whole day unseen, and moves nothing."""
    away = today - max(since, paused_on)
    return since + away if away > timedelta(1) else since


def counted_from(said: date, next_due: date | None) -> date:
    """Since when the clock runs: the last word, or later by the days of the pauses since."""
    return max(said, next_due - ANSWERED) if next_due else said


def after_waiting(said: date, next_due: date | None, today: date) -> date:
    """The `next_due` of a listing that waited for somebody to let it be seen, and is seen from today."""
    since = counted_from(said, next_due)
    return moved(since, since, today) + ANSWERED


def marked_on(since: date) -> date:
    """The day it is marked as unconfirmed, if nobody says a word."""
    return since + timedelta(UNCONFIRMED)


def hidden_on(since: date) -> date:
    """The day it is no longer shown, if nobody says a word."""
    return since + timedelta(HIDDEN)


def stale(session: Session, today: date, only: int | None = None) -> list[Stale]:
    """The public listings something may be due for (of `only` this one), by number."""
    told = (Listing.attested_on, Listing.consented_on, Listing.created_at, Listing.next_due)
    old = (Listing.status.in_(PUBLIC_STATUSES), long_silent(today))
    found = select(Listing.id, Listing.public_id, Listing.status, *told).where(*old).order_by(Listing.id)
    if only is not None:
        found = found.where(Listing.id == only)
    return [
        Stale(id, public_id, Facts(status, counted_from(said, due)), said)
        for id, public_id, status, attested, consented, made, due in session.execute(found)
        for said in [attested or consented or made.date()]
    ]


def long_silent(today: date) -> ColumnElement[bool]:
    """What holds of a listing whose clock has run for as long as its therapist is first asked after."""
    said = func.coalesce(Listing.attested_on, Listing.consented_on, func.date(Listing.created_at))
    long_ago = today - timedelta(REMINDED[0])
    return and_(said <= long_ago, or_(Listing.next_due.is_(None), Listing.next_due <= long_ago + ANSWERED))


def last_said(listing: Listing) -> date:
    """When its therapist last said that all is correct; else since when they are listed."""
    return said_last(listing.attested_on, listing.consented_on, listing.created_at)


def said_last(attested_on: date | None, consented_on: date | None, created_at: datetime) -> date:
    """The same of these columns of a listing: where there are many, nothing else is read."""
    return attested_on or consented_on or created_at.date()


def confirm(session: Session, listing_id: int, now: datetime, by: str = "practitioner") -> None:
    """Note that the listing is still correct; one that silence had marked or hidden is shown again. The caller commits.

    Raises UsageError when it was taken down by a moderator, has ended, or is not yet shown.
    """
    listing = standing.attest(session, listing_id, now, now.date() + ANSWERED)
    session.add(Attestation(listing_id=listing.id, version=listing.version, made_at=now, by=by))
    session.flush()


def resume(session: Session, listing_id: int, now: datetime, account_id: int | None = None) -> bool:
    """Bring a paused listing back as the clock has it, which stood still meanwhile; whether it is seen.

    One that was silent for too long before is hidden until it is confirmed; when the pause ends by itself, the night
    does so, with its letter. The caller commits. Raises UsageError when it is not paused.
    """
    listing, today = standing.found(session, listing_id, held=True), now.date()
    since = _rested(session, listing, today)
    status = shown_as(since, today)
    if status == "hidden" and account_id is None:
        status = "unconfirmed"
    standing.resume(session, listing, now, status, since + ANSWERED, account_id)
    return listing.is_public


def admit(session: Session, listing_id: int, base: int, moderator_id: int, now: datetime) -> None:
    """Let the public see a listing that waits to be new; its clock begins there. The caller commits.

    Raises UsageError as `standing.admit` does.
    """
    standing.admit(session, listing_id, base, moderator_id, now)
    listing = standing.found(session, listing_id, held=True)
    listing.next_due = after_waiting(last_said(listing), listing.next_due, now.date())
    session.flush()


def put_back(session: Session, listing_id: int, moderator_id: int, now: datetime) -> None:
    """Let a listing be as it was before it was taken down; its clock stood still, for nobody could answer it.

    The caller commits. Raises UsageError as `standing.put_back` does.
    """
    standing.put_back(session, listing_id, moderator_id, now)
    listing = standing.found(session, listing_id, held=True)
    down = standing.taken_down_on(session, listing)
    if down is not None and listing.status in (*PUBLIC_STATUSES, "hidden"):  # a pause counts from where it began
        since = moved(counted_from(last_said(listing), listing.next_due), down, now.date())
        listing.next_due = since + ANSWERED
        session.flush()


def imported(session: Session, before: Mapping[int, str], now: datetime) -> None:
    """Let pauses that an import began or ended count as those of a therapist do, and waiting it ended as that a
    moderator ends. The caller commits.

    `before` is number of a listing -> the status it had, empty for a new one.
    """
    for start in range(0, len(before), AT_ONCE):
        some = list(before)[start : start + AT_ONCE]
        unseen = {id for id in some if before[id] in ("paused", "pending")}
        now_there = select(Listing).where(Listing.id.in_(some), (Listing.status == "paused") | Listing.id.in_(unseen))
        for listing in session.scalars(now_there.execution_options(populate_existing=True)):
            _followed(session, listing, before[listing.id], now)
    session.flush()


def _followed(session: Session, listing: Listing, before: str, now: datetime) -> None:
    if listing.status == "paused" != before:
        standing.note_pause(session, listing, None, now.date(), now)
    elif listing.is_public and before == "paused":
        listing.next_due = _rested(session, listing, now.date()) + ANSWERED
    elif listing.is_public and before == "pending":
        listing.next_due = after_waiting(last_said(listing), listing.next_due, now.date())


def _rested(session: Session, listing: Listing, today: date) -> date:
    """Where the clock begins when a pause ends today, or had ended before a wrong date took it up again."""
    pause = standing.last_pause(session, listing)
    began, ended = (pause.since, pause.ended or today) if pause else (today, today)
    return moved(counted_from(last_said(listing), listing.next_due), began, min(ended, today))
