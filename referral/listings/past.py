"""What became of a listing so far, and what of it waits: its revisions, read back. Reads only."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import Row, func, select
from sqlalchemy.orm import Session

from referral.listings import published, risk
from referral.listings.content import Content, from_json
from referral.model import Listing, Revision

SHOWN = 100
"""How many revisions a history reaches back, unless told."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """What a therapist asked for and a moderator has not read yet."""

    revision_id: int
    listing_id: int
    fields: tuple[str, ...]
    """Those that wait."""
    current: Content
    """What the public sees."""
    content: Content
    """What the public would see: `current` with the fields that wait."""
    since: datetime
    """Since when something of the listing has waited without a break: what is asked for anew keeps its place."""
    author_id: int | None


@dataclass(frozen=True, slots=True)
class Past:
    """One revision, as history tells it."""

    revision_id: int
    state: str
    """One of "proposed", "approved", "returned", "withdrawn"."""
    version: int | None
    """What the listing became by it; None when it never did."""
    fields: tuple[str, ...]
    """What it changed or asked to change; empty when a whole listing was written (an import)."""
    before: Content | None
    """What was published just before; None for the first."""
    content: Content
    """What was published by it, or would have been."""
    made_at: datetime
    decided_at: datetime | None
    author_id: int | None
    decided_by_id: int | None
    reason: str

    @property
    def at(self) -> datetime:
        """When it came to count; of what waits, when it was asked for."""
        return self.decided_at or self.made_at


def waiting(session: Session, listing_id: int) -> Waiting | None:
    """What waits of this listing; None when nothing does."""
    found = waiting_of(session, [listing_id])
    return found[0] if found else None


def waiting_of(session: Session, listing_ids: Sequence[int] | None = None, limit: int = 200) -> list[Waiting]:
    """What waits of these listings (of all, unless told), oldest first; a handful of queries."""
    proposed = select(Revision).where(Revision.state == "proposed").order_by(Revision.since, Revision.id)
    if listing_ids is not None:
        proposed = proposed.where(Revision.listing_id.in_(listing_ids))
    rows = session.scalars(proposed.limit(limit)).all()
    there = {p.id: p.content for p in published.load_any(session, [r.listing_id for r in rows])}
    return [_waiting(row, there[row.listing_id]) for row in rows]


def proposal(session: Session, revision_id: int) -> Waiting | None:
    """What this revision asks for; None when it does not wait any more, or never was."""
    row = session.get(Revision, revision_id)
    if row is None or row.state != "proposed":
        return None
    return _waiting(row, published.load_any(session, [row.listing_id])[0].content)


def _waiting(row: Revision, current: Content) -> Waiting:
    content = risk.granted(current, row.content, row.fields)
    return Waiting(row.id, row.listing_id, tuple(row.fields), current, content, row.since, row.author_id)


def history(session: Session, listing_id: int, limit: int = SHOWN, before: int = 0) -> list[Past]:
    """The listing's revisions, the latest first, at most `limit`; the latest is what waits, if anything does.

    Of those that came `before` the revision of that number, when one is named that is the listing's.
    """
    order = _order(session, listing_id)
    end = next((n for n, one in enumerate(order) if one.id == before), len(order))
    start = max(0, end - limit)
    last = [one.id for one in order[:start] if one.state == "approved"][-1:]
    wanted = [*last, *(one.id for one in order[start:end])]
    rows = {row.id: row for row in session.scalars(select(Revision).where(Revision.id.in_(wanted)))}
    public_id = session.scalar(select(Listing.public_id).where(Listing.id == listing_id)) or ""
    told: list[Past] = []
    there: Content | None = None
    for row in (rows[id] for id in wanted):
        content = _content(row, there, public_id)
        told.append(_past(row, there, content))
        there = content if row.state == "approved" else there
    return told[len(last) :][::-1]


def _order(session: Session, listing_id: int) -> list[Row[Any]]:
    """(number, state) of all its revisions, without what they say, in the order they came to count: a proposal that
    waits counts last.
    """
    R = Revision
    when = (func.coalesce(R.decided_at, R.made_at), func.coalesce(R.version, R.base + 1), R.id)
    asked = select(R.id, R.state).where(R.listing_id == listing_id).order_by(R.state == "proposed", *when)
    return list(session.execute(asked))


def _content(row: Revision, before: Content | None, public_id: str) -> Content:
    """The whole content; of what was never published only the asked fields are kept, on top of what was there."""
    if row.state == "approved":
        return replace(from_json(row.content), public_id=public_id)
    return risk.granted(before or Content(""), row.content, row.fields)


def _past(row: Revision, before: Content | None, content: Content) -> Past:
    return Past(
        revision_id=row.id,
        state=row.state,
        version=row.version,
        fields=tuple(row.fields),
        before=before,
        content=content,
        made_at=row.made_at,
        decided_at=row.decided_at,
        author_id=row.author_id,
        decided_by_id=row.decided_by_id,
        reason=row.reason,
    )
