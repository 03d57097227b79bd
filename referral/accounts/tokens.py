"""Secrets that are mailed: for one purpose, to one address, for a few minutes, once.

Only a secret's SHA-256 is kept: who reads the table can use nothing of it.
"""

import hashlib
import secrets
from collections.abc import Mapping
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, and_, func, select, update
from sqlalchemy.orm import Session

from referral.model import Token

BYTES = 32
"""256 random bits: nobody guesses one."""


def hashed(secret: str) -> str:
    """SHA-256 of a secret, as it is kept."""
    return hashlib.sha256(secret.encode()).hexdigest()


def give(
    session: Session,
    purpose: str,
    address: str,
    now: datetime,
    *,
    minutes: int,
    account_id: int | None = None,
    listing_id: int | None = None,
    detail: Mapping[str, object] | None = None,
) -> str:
    """A new secret for the link to `address`. The caller commits."""
    secret = secrets.token_urlsafe(BYTES)
    session.add(
        Token(
            hash=hashed(secret),
            purpose=purpose,
            address=address,
            account_id=account_id,
            listing_id=listing_id,
            detail=dict(detail or {}),
            made_at=now,
            expires_at=now + timedelta(minutes=minutes),
        )
    )
    return secret


def mark(session: Session, purpose: str, what: str, now: datetime, *, minutes: int, account_id: int) -> Token:
    """A row that remembers that `what` was used, not yet in the session: a second one like it breaks a constraint."""
    return Token(
        hash=hashed(f"{purpose}:{what}"),
        purpose=purpose,
        address="",
        account_id=account_id,
        made_at=now,
        expires_at=now + timedelta(minutes=minutes),
        used_at=now,
    )


def look(session: Session, secret: str, purpose: str, now: datetime) -> Token | None:
    """What the secret would open, or None when it is none, used or too old. Changes nothing."""
    return session.scalar(select(Token).where(Token.hash == hashed(secret), is_open(purpose, now)))


def use(session: Session, secret: str, purpose: str, now: datetime) -> Token | None:
    """What the secret opens, for the one caller who comes first; None for everybody else. The caller commits."""
    used = (
        update(Token)
        .where(Token.hash == hashed(secret), is_open(purpose, now))
        .values(used_at=now)
        .returning(Token)
        .execution_options(synchronize_session=False, populate_existing=True)
    )
    return session.scalars(used).one_or_none()


def count(session: Session, purpose: str, address: str, now: datetime) -> int:
    """How many secrets to `address` would still open something."""
    return session.scalar(select(func.count(Token.id)).where(Token.address == address, is_open(purpose, now))) or 0


def revoke(session: Session, account_id: int, purpose: str, now: datetime, after: int = 0) -> None:
    """Let no secret of the account open anything of this purpose any more; of those made `after` one. The caller
    commits.
    """
    theirs = (Token.account_id == account_id, Token.id > after, is_open(purpose, now))
    session.execute(update(Token).where(*theirs).values(used_at=now))


def belong(session: Session, purpose: str, address: str, account_id: int, listing_id: int) -> None:
    """Let the secrets of this purpose to `address` be of those who used one: what they hold goes with them, whatever
    their address is by then. The caller commits. What somebody else is using at this moment is theirs to say so of.
    """
    free = (Token.purpose == purpose, Token.address == address, Token.account_id.is_(None), Token.listing_id.is_(None))
    ids = session.scalars(select(Token.id).where(*free).order_by(Token.id).with_for_update(skip_locked=True)).all()
    session.execute(update(Token).where(Token.id.in_(ids)).values(account_id=account_id, listing_id=listing_id))


def is_open(purpose: str, now: datetime) -> ColumnElement[bool]:
    """Whether a secret of this purpose would still open something."""
    return and_(Token.purpose == purpose, Token.used_at.is_(None), Token.expires_at > now)
