"""What every change of a listing leaves: a revision, an entry of the audit log, a change of the clock.

Never commits.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import insert
from sqlalchemy.orm import Session

from referral import changes, model
from referral.listings.content import Content, as_json
from referral.listings.writing import Kept, table_of


def keep(session: Session, kept: Kept, content: Content, now: datetime, **values: Any) -> None:
    """Leave the revision of what was just published; `values` are its fields and its author."""
    made = {"listing_id": kept.id, "base": kept.version - 1, "version": kept.version, "made_at": now, "decided_at": now}
    session.add(model.Revision(**made, **values, state="approved", content=as_json(content)))
    session.flush()


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
        session.connection().execute(insert(table_of(model.AuditEntry)), entries)
