"""Who wants no letters, kept beside the database, too: a copy that is put back may be older than somebody's no.

A file in the data folder with one mark a line, which nobody reads an address in. It may say no too often, never too
seldom: whoever has letters again is taken off it at once, else nothing is.
"""

from collections.abc import Iterable
from datetime import date
from pathlib import Path

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from referral import written
from referral.model import Unsubscribed

FILE = "unsubscribed"


def listed(data: Path) -> set[str]:
    """The marks that the list in the data folder holds."""
    return written.lines(data / FILE)


def remember(data: Path, marks: Iterable[str]) -> int:
    """See that these marks stand in the list; how many of them are new to it."""
    with written.changed(data / FILE) as there:
        new = set(marks) - there
        there |= new
    return len(new)


def forget(data: Path, mark: str) -> None:
    """Take a mark off the list: they want letters again."""
    with written.changed(data / FILE) as there:
        there.discard(mark)


def known(session: Session) -> set[str]:
    """The marks that the database holds."""
    return set(session.scalars(select(Unsubscribed.mark)))


def bring_back(session: Session, marks: Iterable[str], today: date) -> int:
    """Let the database know of these marks, too; how many were new to it. The caller commits."""
    new = sorted(set(marks) - known(session))
    if new:
        session.execute(insert(Unsubscribed), [{"mark": mark, "since": today} for mark in new])
    return len(new)
