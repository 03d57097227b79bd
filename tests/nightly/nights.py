"""Nights for tests: on any day, and what became of listings and letters."""

from datetime import UTC, date, datetime, time, timedelta

from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from index.types import Query
from referral import db, nightly
from referral.listings import indexing
from referral.model import Letter, Listing
from referral.nightly.night import Counts, Night
from tests.make import make_listing

DAY = timedelta(days=1)


def at(night: Night, day: date) -> Night:
    """The same directory in the first minute of another day."""
    return Night(night.engine, night.index, night.head, datetime.combine(day, time(0, 0, 1), UTC))


def run(night: Night) -> dict[str, Counts]:
    reports = nightly.run(night)
    assert [r.failed for r in reports if r.failed] == [], reports
    return {r.job: r.counts for r in reports}


def make(engine: Engine, **fields: object) -> int:
    with Session(engine) as session:
        id = make_listing(session, **{"email": "ada@example.org", **fields}).id
        session.commit()
        return id


def listing(engine: Engine, id: int) -> Listing:
    with Session(engine) as session:
        found = session.get(Listing, id)
        assert found is not None
        return found


def kinds(engine: Engine) -> list[str]:
    with Session(engine) as session:
        return list(session.scalars(select(Letter.kind).order_by(Letter.id)))


def found(night: Night, today: date, **query: object) -> int:
    """How many a search on `today` finds."""
    with db.reading(night.engine) as session:
        indexing.follow(session, night.index, today)
    return night.index.find(Query(**query), today).total  # type: ignore[arg-type]
