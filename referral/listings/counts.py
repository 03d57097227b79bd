"""How often a listing is shown, opened and written to in a week: plain counts, of nobody in particular.

The only writer of WeeklyCount. Counted in memory and written in one small transaction at most once a minute, never in a
request; a process that is killed loses the last minute.
"""

import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import islice
from threading import Lock, Thread
from typing import Any

import structlog
from sqlalchemy import Engine, Executable, Table, select
from sqlalchemy.dialects.postgresql import insert as postgres_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from referral import db
from referral.listings.writing import table_of
from referral.model import Listing, WeeklyCount
from referral.text import _

EVERY = 60.0
"""Seconds between two writes, at least."""

FEW = 10
"""Fewer than this are not told exactly: nobody is to recognise themselves."""

BACK = 12
"""Weeks that are told, up to the one that ended last."""

_BATCH = 500
_KINDS = ("shown", "opened", "written")
_INSERT = {"sqlite": sqlite_insert, "postgresql": postgres_insert}

log = structlog.get_logger()

Key = tuple[str, date, str]
"""(public id of the listing, Monday of the week, what happened)."""


@dataclass(frozen=True, slots=True)
class Week:
    """One week of a listing, in words."""

    monday: date
    shown: str
    """How often it stood in results: a number, or "under 10"."""
    opened: str
    written: str


class Counts:
    """What was counted in this process and not written yet; shared by its threads."""

    def __init__(self, engine: Callable[[], Engine], clock: Callable[[], float] = time.monotonic) -> None:
        self._engine, self._clock = engine, clock
        self._counted: Counter[Key] = Counter()
        self._lock, self._writing = Lock(), Lock()
        self._written_at = clock()

    def note(self, kind: str, public_ids: Iterable[str], today: date) -> None:
        """Count one more `kind` ("shown", "opened", "written") for each; if it is time, a thread writes."""
        week = monday(today)
        with self._lock:
            self._counted.update((public_id, week, kind) for public_id in public_ids)
            due = bool(self._counted) and self._clock() - self._written_at >= EVERY
            if due:
                self._written_at = self._clock()
        if due:
            Thread(target=self._try, name="counts", daemon=True).start()

    def write(self) -> None:
        """Write what was counted, in one transaction; what could not be written is kept for the next time."""
        with self._writing:
            with self._lock:
                counted, self._counted = self._counted, Counter()
            try:
                with db.writing(self._engine()) as session:
                    _add(session, counted)
                    session.commit()
            except BaseException:
                with self._lock:
                    self._counted.update(counted)
                raise

    def _try(self) -> None:
        """A thread has nobody above it: what goes wrong is said in the log, and tried again a minute later."""
        try:
            self.write()
        except SQLAlchemyError as error:
            log.warning("counts", kind=type(error).__name__)


def _add(session: Session, counted: Mapping[Key, int]) -> None:
    """Add to what stands there; listings that are gone are left out."""
    table = table_of(WeeklyCount)
    weeks: dict[tuple[str, date], dict[str, int]] = {}
    for (public_id, week, kind), many in counted.items():
        weeks.setdefault((public_id, week), dict.fromkeys(_KINDS, 0))[kind] += many
    for batch in _batches(weeks):
        ids = dict(session.execute(_IDS.where(Listing.public_id.in_([public_id for public_id, _week in batch]))).all())
        rows = [{"listing_id": ids[p], "week": week, **weeks[p, week]} for p, week in batch if p in ids]
        if rows:
            session.connection().execute(_adding(session, table), rows)


_IDS = select(Listing.public_id, Listing.id)


def _adding(session: Session, table: Table) -> Executable:
    """The statement that adds to a week, or begins it."""
    insert: Any = _INSERT[session.connection().dialect.name](table)  # both databases have it, under no common type
    sums = {kind: table.c[kind] + insert.excluded[kind] for kind in _KINDS}
    statement: Executable = insert.on_conflict_do_update(index_elements=["listing_id", "week"], set_=sums)
    return statement


def _batches(weeks: Iterable[tuple[str, date]]) -> Iterator[list[tuple[str, date]]]:
    stream = iter(weeks)
    while batch := list(islice(stream, _BATCH)):
        yield batch


def weeks(session: Session, listing_id: int, today: date) -> list[Week]:
    """The last weeks of a listing, the newest first; numbers below FEW are not told, nor is that there was none.

    Only weeks that have ended: whoever knows when somebody looks could else see the number of this one grow by it.
    """
    mondays = [monday(today) - timedelta(7 * n) for n in range(1, BACK + 1)]
    mine = select(WeeklyCount).where(WeeklyCount.listing_id == listing_id, WeeklyCount.week >= mondays[-1])
    there = {row.week: row for row in session.scalars(mine.execution_options(populate_existing=True))}
    return [Week(m, *(told(getattr(there.get(m), kind, 0)) for kind in _KINDS)) for m in mondays]


def told(many: int) -> str:
    """A count as it may be told."""
    return str(many) if many >= FEW else _("under {few}").format(few=FEW)


def monday(day: date) -> date:
    """The first day of its week."""
    return day - timedelta(day.weekday())
