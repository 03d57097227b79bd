"""What waits for a moderator, the oldest first, each with its clock: two business days. Reads only.

Whoever asks anew for what waits of theirs keeps their place; only what was decided or taken back leaves it.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from referral.listings import past, returning
from referral.listings.differences import field_label
from referral.model import Listing, Network, NetworkRevision, OwnAnswer, Practitioner, Question, Report
from referral.networks import facts

DAYS = 2
"""Business days within which everything is to be decided."""

SHOWN = 100
"""The most of each kind on one page."""


@dataclass(frozen=True, slots=True)
class Item:
    """One thing that waits."""

    kind: str
    """One of "revision", "listing" (a new one), "report", "network" (what one asks to say of itself), "answer" (under
    somebody's own name)."""
    id: str
    """The revision's number, or the public id of the listing or report."""
    name: str
    """Whose listing it is about, or the network."""
    public_id: str
    """That listing's; of a network its slug."""
    told: tuple[str, ...]
    """What of it waits, in a few words."""
    since: datetime
    overdue: bool
    own: bool
    """Whether it is about the moderator's own listing: somebody else decides."""

    @property
    def due(self) -> datetime:
        """By when it is to be decided."""
        return due(self.since)


def due(since: datetime) -> datetime:
    """Two business days later, UTC: Saturdays and Sundays do not count, and what comes then counts from Monday."""
    day, left = since, DAYS
    if day.weekday() >= 5:
        day = datetime.combine(day.date() + timedelta(7 - day.weekday()), time(), UTC)
    while left:
        day += timedelta(1)
        left -= day.weekday() < 5
    return day


def queue(session: Session, now: datetime, own_listing: int | None = None) -> list[Item]:
    """Everything that waits, the oldest first. `own_listing` is the number of the moderator's own."""
    found = [*_revisions(session, now, own_listing), *_new(session, now, own_listing), *_networks(session, now)]
    found += [*_answers(session, now, own_listing), *_reports(session, now, own_listing)]
    return sorted(found, key=lambda one: one.since)


def may_be_more(items: Iterable[Item]) -> bool:
    """Whether of one kind as many stand there as a page shows: further ones may wait."""
    return max(Counter(one.kind for one in items).values(), default=0) >= SHOWN


def _revisions(session: Session, now: datetime, own: int | None) -> list[Item]:
    return [
        Item(
            kind="revision",
            id=str(one.revision_id),
            name=one.current.name,
            public_id=one.current.public_id,
            told=tuple(map(field_label, one.fields)),
            since=one.since,
            overdue=now > due(one.since),
            own=one.listing_id == own,
        )
        for one in past.waiting_of(session, limit=SHOWN)
    ]


def _new(session: Session, now: datetime, own: int | None) -> list[Item]:
    """New listings of who said that they want one; one that was returned waits once it is saved again."""
    ready = (Listing.status == "pending", Listing.consented_on.is_not(None), Listing.held.is_(False))
    dates = (Listing.created_at, Listing.consented_on, returning.saved_since())
    columns = select(Listing.id, Listing.public_id, Practitioner.name, *dates)
    found = columns.join(Practitioner, Practitioner.id == Listing.practitioner_id)
    found = found.where(*ready, returning.not_given_back()).order_by(Listing.consented_on, Listing.id)
    rows = session.execute(found.limit(SHOWN)).all()
    return [
        _item("listing", row[1], row[1], row[2], row[5] or _ready(row[3], row[4]), now, row[0] == own) for row in rows
    ]


def _networks(session: Session, now: datetime) -> list[Item]:
    """What networks ask to say of themselves."""
    asked = select(NetworkRevision, Network).join(Network).where(NetworkRevision.state == "proposed")
    rows = session.execute(asked.order_by(NetworkRevision.since, NetworkRevision.id).limit(SHOWN)).all()
    return [
        Item(
            kind="network",
            id=str(row.id),
            name=network.name,
            public_id=network.slug,
            told=tuple(map(facts.field_label, row.content)),
            since=row.since,
            overdue=now > due(row.since),
            own=False,
        )
        for row, network in rows
    ]


def _answers(session: Session, now: datetime, own: int | None) -> list[Item]:
    """What people listed here answer under their own names."""
    columns = select(OwnAnswer, Listing.public_id, Practitioner.name, Question.title)
    joined = columns.join(Listing, Listing.id == OwnAnswer.listing_id).join(Listing.practitioner)
    asked = joined.join(Question, Question.id == OwnAnswer.question_id).where(OwnAnswer.state == "proposed")
    rows = session.execute(asked.order_by(OwnAnswer.since, OwnAnswer.id).limit(SHOWN)).all()
    return [
        replace(_item("answer", str(row.id), public_id, name, row.since, now, row.listing_id == own), told=(title,))
        for row, public_id, name, title in rows
    ]


def _ready(made_at: datetime, agreed_on: date | None) -> datetime:
    """When a new listing came to wait: made, and agreed to."""
    return max(made_at, datetime.combine(agreed_on, time(), UTC)) if agreed_on else made_at


def _reports(session: Session, now: datetime, own: int | None) -> list[Item]:
    """What visitors said; a report about the moderator's own listing is for somebody else to read."""
    name, about = func.coalesce(Practitioner.name, Network.name), func.coalesce(Listing.public_id, Network.slug)
    columns = select(Report.listing_id, Report.public_id, about, name, Report.made_at).where(Report.state == "open")
    joined = columns.outerjoin(Listing, Listing.id == Report.listing_id).outerjoin(Listing.practitioner)
    rows = session.execute(
        joined.outerjoin(Network, Network.id == Report.network_id).order_by(Report.made_at, Report.id).limit(SHOWN)
    ).all()
    return [_item("report", row[1], row[2], row[3], row[4], now) for row in rows if own is None or row[0] != own]


def _item(kind: str, id: str, public_id: str, name: str, since: datetime, now: datetime, own: bool = False) -> Item:
    return Item(kind, id, name, public_id, (), since, now > due(since), own)
