"""A letter: what happened becomes one row of the outbox, in the transaction of the thing itself."""

import secrets
from collections.abc import Mapping
from datetime import datetime

from sqlalchemy.orm import Session

from referral.model import Letter


def post(
    session: Session,
    to: str,
    kind: str,
    values: Mapping[str, object],
    now: datetime,
    *,
    language: str = "en",
    key: str = "",
    account_id: int | None = None,
    listing_id: int | None = None,
    unsubscribe: str = "",
) -> None:
    """Write one letter of `kind` to the outbox. The caller commits."""
    session.add(
        Letter(
            message_id=key or secrets.token_hex(16),
            kind=kind,
            account_id=account_id,
            listing_id=listing_id,
            to=to,
            subject=kind,
            body=dict(values),
            made_at=now,
            due_at=now,
        )
    )
