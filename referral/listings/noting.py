"""What every change of a listing leaves beside it: an entry of the audit log, a change of the clock. Never commits."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import insert
from sqlalchemy.orm import Session

from referral import changes, model


def note(
    session: Session,
    action: str,
    listings: Mapping[int, str],
    now: datetime,
    *,
    account_id: int | None = None,
    detail: Mapping[str, Any] | None = None,
) -> None:
    """Say that `action` was done to `listings` (number -> public id), by whom, and let every index know."""
    audit(session, action, list(listings.values()), now, account_id=account_id, detail=detail)
    changes.record(session, list(listings))


def audit(
    session: Session,
    action: str,
    public_ids: Sequence[str],
    now: datetime,
    *,
    account_id: int | None = None,
    detail: Mapping[str, Any] | None = None,
) -> None:
    """Add an entry for each listing; `detail` holds no word a person wrote: the log outlives who is erased."""
    entries = [
        {"at": now, "account_id": account_id, "action": action, "object": f"listing:{p}", "detail": dict(detail or {})}
        for p in public_ids
    ]
    if entries:
        session.execute(insert(model.AuditEntry), entries)
