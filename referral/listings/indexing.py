"""An index that follows the database.

The index is never told of a change: `follow` asks what changed since. All of it reads one moment of the database: the
caller's transaction.
"""

from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from datetime import date
from functools import partial
from http import HTTPStatus
from time import monotonic, sleep

import structlog
from sqlalchemy import Engine, func, select
from sqlalchemy.orm import Session

from index.background import Background
from index.types import Document, Index, IndexBusy
from referral import changes, db, model
from referral.beside import told
from referral.errors import UsageError
from referral.listings import published
from referral.listings.documents import document
from referral.model.practitioner import PUBLIC_STATUSES
from referral.text import _

STEP = 100
"""So many changes are followed within a search."""

STRIDE = 400
"""So many at once by a thread of its own: twice as fast as by STEP, for the same layers are built anew less often."""

FAR_BEHIND = 5000
"""From so many changes on, building anew costs less than following."""

PATCHED, PATCHED_SHARE = 1000, 0.05
"""An index in which more listings changed since it was built, and a larger share, is built anew: it answers slower."""

AT_ONCE = 100
"""So many listings are made an index within a search that finds none."""

PATIENCE = 2.0
"""Seconds a search waits for the first index: "nobody" would be a lie meanwhile."""

REST = 0.005
"""Seconds of rest after each million bytes that are looked at beside searches: a fifth of one processor, or less."""

_background = Background()
"""Where this process catches up while its searches go on."""

log = structlog.get_logger()

Progress = Callable[[int, int], object]
"""Called with (done, all)."""


def documents(session: Session, today: date) -> Iterator[Document]:
    """Every public listing as a document, by number, few of them in memory."""
    for listing in published.each(session):
        yield document(listing, today)


def follow(session: Session, index: Index, today: date) -> int:
    """Bring `index` nearer to where the database is, in the time a search has; how many changes were followed.

    All that takes longer than STEP changes is left to a thread of its own, while searches go on with what there is; so
    is an index that the disk has lost, and the first one: who asks meanwhile is asked to come again.

    Raises UsageError when there is nothing to search yet.
    """
    state, there = index.state(), changes.latest(session)
    if _is_there(session, state.seq, there) and not state.is_lost:
        return 0
    if not state.generation:
        _build(session, index, today)
        return there
    behind = there - state.seq
    if not 0 < behind <= STEP and _leave(session, index, today):
        return 0
    followed = _step(session, index, today, STEP)
    if behind > 0 and (followed < behind or _is_patched(index)):
        _leave(session, index, today)
    return followed


def _build(session: Session, index: Index, today: date) -> None:
    """Build an index that holds nothing: of a few at once; else beside the search, which waits only a moment for it."""
    if count(session) <= AT_ONCE:
        with suppress(IndexBusy):
            rebuild(session, index, today)
            return
    else:
        _leave(session, index, today)
    ends = monotonic() + PATIENCE
    while not index.state().generation:
        if monotonic() > ends:
            message = _("The directory is being looked after. Please try again shortly.")
            raise UsageError(message, HTTPStatus.SERVICE_UNAVAILABLE)
        sleep(0.05)


def catch_up(session: Session, index: Index, today: date) -> bool:
    """Bring `index` to where the database is, however long it takes; False when somebody else is rebuilding it.

    One that is empty, far behind, patched by many changes, or ahead of a restored database is built anew.
    """
    state, there = index.state(), changes.latest(session)
    if _is_there(session, state.seq, there) and not _is_patched(index):
        return True
    if state.generation and 0 < there - state.seq <= FAR_BEHIND:
        while index.state().seq < there and _step(session, index, today, STRIDE):
            pass
    if index.state().seq == there and not _is_patched(index):
        return True
    try:
        rebuild(session, index, today)
    except IndexBusy:
        return False
    return True


def look_after(engine: Engine, index: Index, today: date) -> None:
    """Build `index` anew, by the thread of this process, where it holds nothing or bytes of it changed on the disk.

    All of it is read, in parts: this is for a thread that nobody waits for.
    """
    if index.is_damaged(REST) or not index.state().generation:
        _background.start(partial(_catch_up, engine, index, today), _complain)


def _leave(session: Session, index: Index, today: date) -> bool:
    """Let the thread of this process catch up; False when that failed lately, so that searches help themselves."""
    return _background.start(partial(_catch_up, _engine(session), index, today), _complain)


def _catch_up(engine: Engine, index: Index, today: date) -> bool:
    with db.reading(engine) as session:
        return catch_up(session, index, today)


def _complain(error: Exception) -> None:
    log.error("index not brought up to date", **told(error))


def _step(session: Session, index: Index, today: date, most: int) -> int:
    """Follow up to `most` changes, none where some are no longer told; how many that were."""
    here = index.state().seq
    new = changes.since(session, here, most)
    if not new or new[0][0] != here + 1:
        return 0
    changed = list(dict.fromkeys(id for _seq, id in new))
    found = published.load(session, changed)
    gone = set(changed) - {listing.id for listing in found}
    index.follow([document(listing, today) for listing in found], sorted(gone), new[-1][0])
    return len(new)


def _is_there(session: Session, here: int, there: int) -> bool:
    """Whether the index is where the database is: `session` may see an older moment than another thread's."""
    return here == there or (here > there and _now(session) >= here)


def _is_patched(index: Index) -> bool:
    """Whether so much changed since the index was built that building it anew pays; or the disk has lost it."""
    state = index.state()
    return state.is_lost or state.delta > max(PATCHED, state.documents * PATCHED_SHARE)


def _now(session: Session) -> int:
    """Where the database stands by now."""
    with db.reading(_engine(session)) as newest:
        return changes.latest(newest)


def _engine(session: Session) -> Engine:
    bind = session.get_bind()
    return bind if isinstance(bind, Engine) else bind.engine


def rebuild(session: Session, index: Index, today: date, progress: Progress | None = None) -> int:
    """Build `index` anew from the database; how many documents it holds."""
    seq = changes.latest(session)
    found = documents(session, today)
    if progress is not None:
        found = _counted(found, count(session), progress)
    return index.rebuild(found, seq).documents


def forget(session: Session, index: Index, today: date) -> None:
    """Leave nothing of who was erased in `index`: built anew twice, for it keeps the generation before its last."""
    rebuild(session, index, today)
    rebuild(session, index, today)


def verify(session: Session, index: Index, today: date) -> list[str]:
    """One sentence for each difference between `index` and the database; none when all is well."""
    here, there = index.state().seq, changes.latest(session)
    behind = [] if here == there else [f"The index stands at change {here}, the database at {there}."]
    return behind + index.differences(documents(session, today), today)


def count(session: Session) -> int:
    """How many listings are public."""
    return session.scalar(select(func.count()).where(model.Listing.status.in_(PUBLIC_STATUSES))) or 0


def _counted(found: Iterable[Document], total: int, progress: Progress) -> Iterator[Document]:
    done = 0
    for done, one in enumerate(found, start=1):
        if done % published.CHUNK == 0:
            progress(done, total)
        yield one
    progress(done, total)
