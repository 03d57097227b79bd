"""The audit log, read page by page. Reads only."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from referral.model import Account, AuditEntry
from referral.moderation.actions import called

PAGE = 50


@dataclass(frozen=True, slots=True)
class Entry:
    """Who did what to which thing, when."""

    id: int
    at: datetime
    who: str
    """The account's address; empty for a job, or for somebody who was erased."""
    action: str
    object: str
    """Kind and public id: "listing:3fK…"."""
    detail: dict[str, Any]

    @property
    def said(self) -> str:
        """What was done, in words."""
        return called(self.action)


def entries(session: Session, before: int | None = None, about: str = "") -> list[Entry]:
    """A page of the log, the latest first: those `before` a number; all, or only those `about` one object."""
    columns = (AuditEntry.id, AuditEntry.at, Account.email, AuditEntry.action, AuditEntry.object, AuditEntry.detail)
    asked = select(*columns).outerjoin(Account, Account.id == AuditEntry.account_id)
    if before is not None:
        asked = asked.where(AuditEntry.id < before)
    if about:
        asked = asked.where(AuditEntry.object == about)
    rows = session.execute(asked.order_by(AuditEntry.id.desc()).limit(PAGE)).all()
    return [Entry(row[0], row[1], row[2] or "", row[3], row[4], row[5]) for row in rows]
