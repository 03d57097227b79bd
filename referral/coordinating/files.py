"""Rosters that were sent and not taken over yet: one for each coordinator and network. The only writer of RosterFile.

What is shown as a difference is this very file; it is forgotten when it was taken over, or a day later.
"""

from collections.abc import Mapping
from datetime import datetime, timedelta
from itertools import islice

from sqlalchemy import ColumnElement, delete, select
from sqlalchemy.orm import Session

from referral.coordinating import columns
from referral.errors import UsageError
from referral.listings.cleaning import line
from referral.listings.tables import table_in
from referral.model import RosterFile
from referral.text import _

MOST = 3_000
"""People in one file: while so many are taken over nobody else writes, for less than the five seconds that others wait;
and the largest network has fewer.
"""

KEPT = timedelta(days=1)
"""How long a roster waits for somebody to say yes."""


def keep(session: Session, network_id: int, account_id: int, name: str, content: bytes, now: datetime) -> RosterFile:
    """Keep a file in the place of the one that waited. The caller commits.

    Raises UsageError for what is no table, or too large; what waited before goes on waiting then.
    """
    if not content:
        raise UsageError(_("The file is empty.") if name else _("Choose a file first."))
    called = line(name.replace("/", " ").replace("\\", " ")[-100:], _("The file’s name"), 100) or "roster"
    table = table_in(content, called)
    fields = columns.guessed(table.columns)
    if sum(1 for _line in islice(table.lines, MOST + 1)) > MOST:
        raise UsageError(_("A roster has at most {most} people. Please split the file.").format(most=MOST))
    forget(session, network_id, account_id)
    made = RosterFile(network_id=network_id, account_id=account_id, name=called, content=content, made_at=now)
    made.fields = fields
    session.add(made)
    session.flush()
    return made


def find(session: Session, network_id: int, account_id: int) -> RosterFile | None:
    """The file that waits; None when there is none."""
    return session.scalars(select(RosterFile).where(*_mine(network_id, account_id))).one_or_none()


def name_columns(session: Session, network_id: int, account_id: int, chosen: Mapping[str, str]) -> None:
    """Say which column (of `chosen`, column -> field) is which field. The caller commits.

    Raises UsageError when there is no file any more (404), or it cannot be meant.
    """
    there = find(session, network_id, account_id)
    if there is None:
        raise gone()
    there.fields = columns.agreed(chosen, table_in(there.content, there.name).columns)
    session.flush()


def forget(session: Session, network_id: int, account_id: int) -> None:
    """Forget the file that waits. The caller commits."""
    session.execute(delete(RosterFile).where(*_mine(network_id, account_id)))


def gone() -> UsageError:
    """That no file waits."""
    return UsageError(_("This file is not here any more: it was taken over, or is too old. Send it again."), 404)


def _mine(network_id: int, account_id: int) -> tuple[ColumnElement[bool], ...]:
    return RosterFile.network_id == network_id, RosterFile.account_id == account_id
