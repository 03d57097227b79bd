"""What is forgotten of letters: those settled long ago, and those that a clock which ran ahead wrote. Never commits."""

from datetime import UTC, datetime, time, timedelta
from typing import Any

from sqlalchemy import CursorResult, Delete, Update, delete, or_, update
from sqlalchemy.orm import Session

from referral.mail.retrying import GIVEN_UP
from referral.mail.stopping import TOPICS
from referral.model import Letter

KEPT = timedelta(days=30)
"""How long it is remembered that a letter was sent, or failed; its words are forgotten at once."""

A_DAY = timedelta(days=1)


def forget(session: Session, now: datetime) -> int:
    """Forget the letters that were settled KEPT ago, or written on a day to come, how many; the caller commits.

    One that only left on a day to come was written in time, and goes when it is old.
    """
    settled = or_(Letter.sent_at.is_not(None), Letter.failed != "")
    old = or_(Letter.sent_at < now - KEPT, Letter.made_at < now - KEPT - GIVEN_UP, Letter.made_at > now + A_DAY)
    return _done(session, delete(Letter).where(settled, old))


def unsay(session: Session, now: datetime) -> int:
    """Forget the reminders that were written on a day to come, sent or not, and how many; the caller commits.

    A clock that ran ahead wrote them. What it said by mistake must keep nobody from being told in time, nor be said
    when that day comes. Other letters it wrote or tried tell of what people did: those are due now.
    """
    ahead = Letter.made_at >= datetime.combine(now.date() + A_DAY, time(), UTC)
    gone = _done(session, delete(Letter).where(ahead, Letter.kind.in_(TOPICS["reminders"])))
    waits = (Letter.sent_at.is_(None), Letter.failed == "")
    far = or_(Letter.due_at > now + A_DAY, Letter.leased_until > now + A_DAY)
    _done(session, update(Letter).where(*waits, far).values(due_at=now, leased_until=None))
    return gone


def _done(session: Session, statement: Delete | Update) -> int:
    result: Any = session.execute(statement.execution_options(synchronize_session=False))
    return result.rowcount if isinstance(result, CursorResult) else 0
