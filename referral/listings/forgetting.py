"""After people were erased and that was committed: their bytes leave the disk too.

Builds the index anew, which takes a while where there are many listings: for commands, jobs and threads, not requests.
"""

import time
from collections.abc import Collection, Sequence
from datetime import date
from pathlib import Path
from threading import Thread

from sqlalchemy import Engine, select

from index.types import Index
from referral import db, written
from referral.beside import surviving
from referral.listings import indexing, photos, rewriting
from referral.mail import folder as letters
from referral.model import AuditEntry

INVENTED = "demo load"
"""The reason in the audit log where the people of a demonstration make room: nobody asked, so they may come back."""

PENDING = "to-forget"
"""A file in the data folder while somebody who was erased may still lie on the disk."""


ERASED = "erased"
"""A file in the data folder, one public id a line, that outlives the database: nobody comes back with a copy."""


def begin(data: Path) -> None:
    """Note, before the erasing is committed, that the disk has to be swept after it."""
    data.mkdir(parents=True, exist_ok=True)
    (data / PENDING).touch()


def erased(data: Path) -> set[str]:
    """Public ids of who was erased, as the list in the data folder says."""
    return written.lines(data / ERASED)


def remember(engine: Engine, data: Path, more: Collection[str] = ()) -> None:
    """Bring the list up to the audit log, and `more`: a copy of the database may be older than an erasing."""
    with db.reading(engine) as session:
        asked = AuditEntry.action == "erase", AuditEntry.detail["reason"].as_string().is_distinct_from(INVENTED)
        done = session.scalars(select(AuditEntry.object).where(*asked)).all()
    with written.changed(data / ERASED) as there:
        there.update(more, (one.removeprefix("listing:") for one in done))


def is_due(data: Path, seconds: float) -> bool:
    """Whether what `begin` asked for is still to be done, that many seconds after it asked."""
    try:
        return time.time() - (data / PENDING).stat().st_mtime >= seconds
    except FileNotFoundError:
        return False


def sweep(engine: Engine, index: Index, data: Path, today: date, *, at_night: bool = False) -> bool:
    """Do what `begin` asked for, if anything; whether nothing of the erased is left. May be repeated at any time.

    What nobody may read meanwhile, the tables of PostgreSQL, waits for the night.
    """
    if not (data / PENDING).exists():
        return True
    asked = (data / PENDING).stat().st_mtime_ns
    remember(engine, data)
    with db.reading(engine) as session:
        letters.forget(session, data / "mail")
    done = forget(engine, index, data / "photos", sorted(erased(data)), today)
    done &= rewriting.rewrite(engine) if at_night else not rewriting.keeps(engine)
    if done and (data / PENDING).stat().st_mtime_ns == asked:
        (data / PENDING).unlink(missing_ok=True)
    return done


def sweep_beside(engine: Engine, index: Index, data: Path, today: date) -> None:
    """Sweep in a thread of its own, while whoever asked for it is answered."""
    Thread(target=_sweep_or_say, args=(engine, index, data, today), name="forget").start()


def _sweep_or_say(engine: Engine, index: Index, data: Path, today: date) -> None:
    with surviving("forget"):  # the disk may be full, and the night does it
        sweep(engine, index, data, today)


def forget(engine: Engine, index: Index, folder: Path, public_ids: Sequence[str], today: date) -> bool:
    """Remove their photos from `folder`, their words from the index, what was overwritten from the database's log.

    Returns whether nothing is left; while somebody reads an older moment, the log waits for the next time. Raises
    IndexBusy while another rebuild of the index is running; to be called again then: it can be repeated at any time.
    """
    photos.forget(folder, public_ids)
    with db.reading(engine) as session:
        indexing.forget(session, index, today)
    return db.checkpoint(engine)
