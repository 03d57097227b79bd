"""The only writer of practitioners and listings: publish, withdraw, remove, erase.

Every write is one transaction of row, revision, audit entry and change; the caller commits it.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from itertools import islice

from sqlalchemy import Index, Table, bindparam, delete, insert, select, update
from sqlalchemy.orm import Session
from sqlalchemy.schema import CreateIndex, DropIndex

from referral import changes, model
from referral.errors import UsageError
from referral.listings import rows
from referral.listings.checks import checked
from referral.listings.content import Content, as_json
from referral.listings.rows import Row
from referral.listings.slugs import Slugs
from referral.model.base import Base, new_public_id
from referral.model.practitioner import STATUSES
from referral.text import _

BATCH = 1000
"""Listings written at a time: keeps a bulk load in little memory."""


@dataclass(frozen=True, slots=True)
class _Kept:
    """Where a listing stands in the tables."""

    id: int
    practitioner_id: int
    public_id: str
    version: int


def publish(session: Session, contents: Iterable[Content], now: datetime, reason: str) -> list[int]:
    """Make each content what the public sees; the listings' numbers, in order. The caller commits.

    A content whose public id exists replaces that listing, and keeps its slug; any other becomes a new one.
    Raises UsageError for the first content that cannot be stored, with nothing to undo but the transaction.
    """
    slugs, pairs = Slugs(session), _Pairs()
    ids: list[int] = []
    for batch in _batches(contents):
        kept = _write(session, batch, slugs, now)
        _note(session, batch, kept, now, reason)
        pairs.remember(batch, kept)
        ids.extend(k.id for k in kept)
    pairs.join(session)
    return ids


def _batches(contents: Iterable[Content]) -> Iterator[list[Content]]:
    """The contents, checked, BATCH at a time; one public id never twice in a batch."""
    stream = iter(contents)
    while batch := [checked(c) for c in islice(stream, BATCH)]:
        named = [c.public_id for c in batch if c.public_id]
        if len(named) != len(set(named)):
            raise UsageError(_("The same public id stands twice."))
        yield batch


def _write(session: Session, batch: Sequence[Content], slugs: Slugs, now: datetime) -> list[_Kept]:
    """The rows of `batch`, and where each content came to stand."""
    known = _known(session, batch)
    new = [c for c in batch if c.public_id not in known]
    _replace(session, [(known[c.public_id], c) for c in batch if c.public_id in known], now)
    added = iter(_add(session, new, slugs, now))
    kept = [known[c.public_id] if c.public_id in known else next(added) for c in batch]
    _write_parts(session, batch, kept)
    return kept


def _known(session: Session, batch: Sequence[Content]) -> dict[str, _Kept]:
    """Public id -> where it stands, with the version it is about to have."""
    columns = (model.Listing.id, model.Listing.practitioner_id, model.Listing.public_id, model.Listing.version)
    found = select(*columns).where(model.Listing.public_id.in_([c.public_id for c in batch if c.public_id]))
    return {r.public_id: _Kept(r.id, r.practitioner_id, r.public_id, r.version + 1) for r in session.execute(found)}


def _add(session: Session, batch: Sequence[Content], slugs: Slugs, now: datetime) -> list[_Kept]:
    if not batch:
        return []
    public_ids = [c.public_id or new_public_id() for c in batch]
    people = [{**rows.practitioner(c), "public_id": p} for c, p in zip(batch, public_ids, strict=True)]
    practitioners = _insert(session, model.Practitioner, people)
    columns = zip(batch, public_ids, slugs.give(c.name for c in batch), practitioners, strict=True)
    listings: list[Row] = [
        {**rows.listing(c, now), "public_id": p, "slug": s, "practitioner_id": n, "version": 1, "created_at": now}
        for c, p, s, n in columns
    ]
    numbers = _insert(session, model.Listing, listings)
    return [_Kept(id, n, p, 1) for id, n, p in zip(numbers, practitioners, public_ids, strict=True)]


def _insert(session: Session, kind: type[Base], values: list[Row]) -> list[int]:
    """Insert the rows; their new numbers in the same order. Asking for each one's number at once is slower."""
    table = _table(kind)
    session.connection().execute(insert(table), values)
    public_ids = [row["public_id"] for row in values]
    found = session.execute(select(table.c.public_id, table.c.id).where(table.c.public_id.in_(public_ids)))
    numbers = {row[0]: row[1] for row in found}
    return [numbers[public_id] for public_id in public_ids]


def _replace(session: Session, batch: Sequence[tuple[_Kept, Content]], now: datetime) -> None:
    """Overwrite the rows of listings that exist, and clear away their parts."""
    if not batch:
        return
    people = [{**rows.practitioner(c), "_id": k.practitioner_id} for k, c in batch]
    listings = [{**rows.listing(c, now), "version": k.version, "_id": k.id} for k, c in batch]
    for kind, values in ((model.Practitioner, people), (model.Listing, listings)):
        table = _table(kind)
        session.connection().execute(update(table).where(table.c.id == bindparam("_id")), values)
    for part, owner, _made, of_listing in _PARTS:
        numbers = [k.id if of_listing else k.practitioner_id for k, _c in batch]
        table = _table(part)
        session.execute(delete(table).where(table.c[owner].in_(numbers)))


_PARTS: tuple[tuple[type[Base], str, Callable[[int, Content], Iterator[Row]], bool], ...] = (
    (model.Office, "listing_id", rows.offices, True),
    (model.ListingTerm, "listing_id", rows.terms, True),
    (model.Cost, "listing_id", rows.costs, True),
    (model.Served, "listing_id", rows.served, True),
    (model.Credential, "practitioner_id", rows.credentials, False),
    (model.Licence, "practitioner_id", rows.licences, False),
)
"""(table, whose it is, rows of one content, whether it hangs on the listing or on the person)."""


def _write_parts(session: Session, batch: Sequence[Content], kept: Sequence[_Kept]) -> None:
    for part, _owner, made, of_listing in _PARTS:
        pairs = zip(kept, batch, strict=True)
        values = [row for k, c in pairs for row in made(k.id if of_listing else k.practitioner_id, c)]
        if values:
            session.connection().execute(insert(_table(part)), values)


def _note(session: Session, batch: Sequence[Content], kept: Sequence[_Kept], now: datetime, reason: str) -> None:
    """Revision, audit entry and change of everything just written."""
    revisions = [
        {
            "listing_id": k.id,
            "base": k.version - 1,
            "state": "approved",
            "content": as_json(c),
            "made_at": now,
            "decided_at": now,
            "reason": reason,
        }
        for k, c in zip(kept, batch, strict=True)
    ]
    session.connection().execute(insert(_table(model.Revision)), revisions)
    _audit(session, "publish", [k.public_id for k in kept], now, reason)
    changes.record(session, [k.id for k in kept])


def _audit(session: Session, action: str, public_ids: Sequence[str], now: datetime, reason: str) -> None:
    entries = [
        {"at": now, "action": action, "object": f"listing:{p}", "detail": {"reason": reason}} for p in public_ids
    ]
    session.connection().execute(insert(_table(model.AuditEntry)), entries)


def _table(kind: type[Base]) -> Table:
    table = kind.__table__
    assert isinstance(table, Table)  # a mapped class could also stand on a join; ours never do
    return table


class _Pairs:
    """Those who present together: joined when both are there, whichever came first."""

    def __init__(self) -> None:
        self._wanted: dict[int, str] = {}
        self._replaced: list[int] = []

    def remember(self, batch: Sequence[Content], kept: Sequence[_Kept]) -> None:
        self._replaced.extend(k.id for k, c in zip(kept, batch, strict=True) if k.version > 1 and not c.partner)
        self._wanted.update({k.id: c.partner for k, c in zip(kept, batch, strict=True) if c.partner})

    def join(self, session: Session) -> None:
        """Set the partners named by public id; one who is not listed is left out."""
        table = _table(model.Listing)
        other = table.alias()
        number = select(other.c.id).where(other.c.public_id == bindparam("_partner")).scalar_subquery()
        statement = update(table).where(table.c.id == bindparam("_id")).values(partner_listing_id=number)
        values = [{"_id": id, "_partner": partner} for id, partner in self._wanted.items()]
        values += [{"_id": id, "_partner": ""} for id in self._replaced]
        if values:
            session.connection().execute(statement, values)


def withdraw(session: Session, listing_id: int, now: datetime, reason: str = "") -> None:
    """Take the listing out of sight; publishing it again brings it back. The caller commits."""
    set_status(session, listing_id, "hidden", now, reason)


def remove(session: Session, listing_id: int, now: datetime, reason: str = "") -> None:
    """End the listing: nobody sees it, its slug is never given again. The caller commits."""
    set_status(session, listing_id, "removed", now, reason)


def set_status(session: Session, listing_id: int, status: str, now: datetime, reason: str = "") -> None:
    """Give the listing another status, with audit entry and change. The caller commits.

    Raises UsageError when there is no such listing or status.
    """
    if status not in STATUSES:
        raise UsageError(_("Unknown status: {value}.").format(value=status))
    table = _table(model.Listing)
    changed = update(table).where(table.c.id == listing_id).values(status=status, updated_at=now)
    public_id = session.execute(changed.returning(table.c.public_id)).scalar_one_or_none()
    if public_id is None:
        raise UsageError(_("There is no such listing."), 404)
    _audit(session, status, [public_id], now, reason)
    changes.record(session, [listing_id])


def erase(session: Session, listing_ids: Sequence[int], now: datetime, reason: str = "") -> None:
    """Delete these listings, their people and everything that hangs on them. The caller commits.

    What stays is that they changed, so that every index drops them, and one audit entry each.
    """
    with _partners_at_hand(session, len(listing_ids)):
        for start in range(0, len(listing_ids), BATCH):
            _erase(session, listing_ids[start : start + BATCH], now, reason)


def _erase(session: Session, listing_ids: Sequence[int], now: datetime, reason: str) -> None:
    listing, person = _table(model.Listing), _table(model.Practitioner)
    found = select(listing.c.public_id, listing.c.practitioner_id).where(listing.c.id.in_(listing_ids))
    gone = session.execute(found).all()
    session.execute(delete(person).where(person.c.id.in_([row.practitioner_id for row in gone])))
    if gone:
        _audit(session, "erase", [row.public_id for row in gone], now, reason)
    changes.record(session, listing_ids)


@contextmanager
def _partners_at_hand(session: Session, count: int) -> Iterator[None]:
    """With an index of partners while many are deleted.

    The database looks for the partner of each: through all listings, which took hours for 100,000 without an index.
    """
    if count <= BATCH:
        yield
        return
    index = Index("ix_listing_partners_for_erasing", _table(model.Listing).c.partner_listing_id)
    try:
        session.execute(CreateIndex(index))
        yield
        session.execute(DropIndex(index))
    finally:
        _table(model.Listing).indexes.discard(index)
