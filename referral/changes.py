"""The change clock: what tells every index and every cache that a thing is not what it was.

The only writer of ChangeClock and Change. It is bumped inside the transaction of the write itself; the lock on its one
row makes the order of commits equal the order of `seq`.
"""

from collections.abc import Sequence
from typing import NamedTuple

from sqlalchemy import Engine, insert, select, update
from sqlalchemy.orm import Session

from referral.model import Change, ChangeClock


class Clock(NamedTuple):
    """What one moment of the database stands at."""

    seq: int
    """The last change of a listing; 0 before the first."""
    content: int
    """How often networks and questions have changed."""


_CLOCK = select(ChangeClock.__table__.c.seq, ChangeClock.__table__.c.content)
"""By Core, and written once: every request asks it."""

_GLANCE = str(_CLOCK)


def clock(session: Session) -> Clock:
    """Where the database stands, as `session` sees it."""
    return Clock(*session.connection().execute(_CLOCK).one())


def glance(session: Session) -> Clock:
    """Where the database stands, without beginning a moment of `session`, which costs ten times as much.

    What `session` reads afterwards may be newer; where its moment has begun, it is the moment's own clock.
    """
    engine = session.get_bind()
    if session.in_transaction() or not isinstance(engine, Engine):
        return clock(session)
    connection = engine.raw_connection()
    try:
        cursor = connection.cursor()
        cursor.execute(_GLANCE)
        return Clock(*(cursor.fetchone() or (0, 0)))
    except engine.dialect.loaded_dbapi.Error:
        return clock(session)  # it raises what everybody knows to handle
    finally:
        connection.close()


def record(session: Session, listing_ids: Sequence[int]) -> int:
    """Note that these listings changed, in this order; the `seq` of the last one. The caller commits."""
    if not listing_ids:
        return latest(session)
    bump = update(ChangeClock).where(ChangeClock.id == 1).values(seq=ChangeClock.seq + len(listing_ids))
    returning = bump.returning(ChangeClock.seq).execution_options(synchronize_session=False)
    last = session.execute(returning).scalar_one()
    first = last - len(listing_ids) + 1
    rows = [{"seq": first + i, "listing_id": id} for i, id in enumerate(listing_ids)]
    session.execute(insert(Change.__table__), rows)  # type: ignore[arg-type]  # it is a Table
    return last


def latest(session: Session) -> int:
    """The `seq` of the last change; 0 before the first."""
    return clock(session).seq


def record_content(session: Session) -> None:
    """Note that a network or a question changed. The caller commits."""
    session.execute(update(ChangeClock).where(ChangeClock.id == 1).values(content=ChangeClock.content + 1))


def since(session: Session, seq: int, limit: int) -> list[tuple[int, int]]:
    """(seq, listing) of the changes after `seq`, oldest first, at most `limit`."""
    found = select(Change.seq, Change.listing_id).where(Change.seq > seq).order_by(Change.seq).limit(limit)
    return [(row.seq, row.listing_id) for row in session.execute(found)]
