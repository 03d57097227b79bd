"""Contents written as rows, many at a time: new listings, listings that exist, and who presents with whom.

Only `revisions` calls it: it leaves no revision, no audit entry and no change, and never commits.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Table, bindparam, delete, func, insert, select, update
from sqlalchemy.orm import Session

from referral import model
from referral.listings import rows
from referral.listings.content import Content
from referral.listings.rows import Row
from referral.listings.slugs import Slugs
from referral.model.base import Base, new_public_id


@dataclass(frozen=True, slots=True)
class Kept:
    """Where a listing stands in the tables."""

    id: int
    practitioner_id: int
    public_id: str
    version: int
    held: bool = False
    """Taken down by a moderator: whatever is written, it stays hidden."""
    was: str = ""
    """The status it had; empty for a new one."""


def write(session: Session, batch: Sequence[Content], slugs: Slugs, now: datetime) -> list[Kept]:
    """Write the rows of `batch`; where each content came to stand, in order."""
    known = _known(session, batch)
    new = [c for c in batch if c.public_id not in known]
    _replace(session, [(known[c.public_id], c) for c in batch if c.public_id in known], now)
    added = iter(_add(session, new, slugs, now))
    kept = [known[c.public_id] if c.public_id in known else next(added) for c in batch]
    _write_parts(session, batch, kept)
    return kept


def replace(session: Session, kept: Kept, content: Content, now: datetime) -> None:
    """Write the rows of one listing that exists, its partner too; `kept.version` is the version it gets."""
    _replace(session, [(kept, content)], now)
    _write_parts(session, [content], [kept])
    pairs = Pairs()
    pairs.remember([content], [kept])
    pairs.join(session)


def table_of(kind: type[Base]) -> Table:
    """The table a class is mapped to."""
    found = kind.__table__
    assert isinstance(found, Table)  # a mapped class could also stand on a join; ours never do
    return found


_STANDING = select(
    model.Listing.id, model.Listing.practitioner_id, model.Listing.public_id, model.Listing.version, model.Listing.held,
    model.Listing.status,
)  # fmt: skip

_HELD: dict[bool, Row] = {True: {"status": "hidden"}, False: {}}
"""What a moderator took down is not brought back by an import or an edit."""


def _known(session: Session, batch: Sequence[Content]) -> dict[str, Kept]:
    """Public id -> where it stands, with the version it is about to have."""
    found = _STANDING.where(model.Listing.public_id.in_([c.public_id for c in batch if c.public_id]))
    return {row.public_id: Kept(row[0], row[1], row[2], row[3] + 1, *row[4:]) for row in session.execute(found)}


def _add(session: Session, batch: Sequence[Content], slugs: Slugs, now: datetime) -> list[Kept]:
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
    numbers = _insert(session, model.Listing, _numbered(session, listings))
    return [Kept(id, n, p, 1) for id, n, p in zip(numbers, practitioners, public_ids, strict=True)]


def _numbered(session: Session, listings: list[Row]) -> list[Row]:
    """The rows with numbers that no listing has had: an index that has yet to follow knows the old ones.

    SQLite would give those of erased listings again; the sequences of PostgreSQL never do.
    """
    if session.connection().dialect.name != "sqlite":
        return listings
    last = [session.scalar(select(func.max(number))) or 0 for number in (model.Listing.id, model.Change.listing_id)]
    return [{**row, "id": id} for id, row in enumerate(listings, max(last) + 1)]


def _insert(session: Session, kind: type[Base], values: list[Row]) -> list[int]:
    """Insert the rows; their new numbers in the same order. Asking for each one's number at once is slower."""
    table = table_of(kind)
    session.connection().execute(insert(table), values)
    public_ids = [row["public_id"] for row in values]
    found = session.execute(select(table.c.public_id, table.c.id).where(table.c.public_id.in_(public_ids)))
    numbers = {row[0]: row[1] for row in found}
    return [numbers[public_id] for public_id in public_ids]


def _replace(session: Session, batch: Sequence[tuple[Kept, Content]], now: datetime) -> None:
    """Overwrite the rows of listings that exist, and clear away their parts."""
    if not batch:
        return
    people = [{**rows.practitioner(c), "_id": k.practitioner_id} for k, c in batch]
    listings = [{**rows.listing(c, now), "version": k.version, "_id": k.id} | _HELD[k.held] for k, c in batch]
    for kind, values in ((model.Practitioner, people), (model.Listing, listings)):
        table = table_of(kind)
        session.connection().execute(update(table).where(table.c.id == bindparam("_id")), values)
    for part, owner, _made, of_listing in _PARTS:
        numbers = [k.id if of_listing else k.practitioner_id for k, _c in batch]
        table = table_of(part)
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


def _write_parts(session: Session, batch: Sequence[Content], kept: Sequence[Kept]) -> None:
    for part, _owner, made, of_listing in _PARTS:
        pairs = zip(kept, batch, strict=True)
        values = [row for k, c in pairs for row in made(k.id if of_listing else k.practitioner_id, c)]
        if values:
            session.connection().execute(insert(table_of(part)), values)


class Pairs:
    """Those who present together: joined when both are there, whichever came first."""

    def __init__(self) -> None:
        self._wanted: dict[int, str] = {}
        self._replaced: list[int] = []

    def remember(self, batch: Sequence[Content], kept: Sequence[Kept]) -> None:
        """Note whom each of these names as their partner."""
        self._replaced.extend(k.id for k, c in zip(kept, batch, strict=True) if k.version > 1 and not c.partner)
        self._wanted.update({k.id: c.partner for k, c in zip(kept, batch, strict=True) if c.partner})

    def join(self, session: Session) -> None:
        """Set the partners named by public id; one who is not listed is left out."""
        table = table_of(model.Listing)
        other = table.alias()
        number = select(other.c.id).where(other.c.public_id == bindparam("_partner")).scalar_subquery()
        statement = update(table).where(table.c.id == bindparam("_id")).values(partner_listing_id=number)
        values = [{"_id": id, "_partner": partner} for id, partner in self._wanted.items()]
        values += [{"_id": id, "_partner": ""} for id in self._replaced]
        if values:
            session.connection().execute(statement, values)
