"""What is forgotten of signing in, and when. Called by the nightly jobs."""

from datetime import datetime, timedelta

from sqlalchemy import delete, or_
from sqlalchemy.orm import Session

from referral.model import SignIn, Token

TOKENS = timedelta(days=1)
"""How long a link that works no more is known, so that a late press hears that it was used."""

SIGN_INS = timedelta(days=90)
"""How long it is known with which kinds of browser an account was used."""


def forget(session: Session, now: datetime) -> int:
    """Forget links and signed-in browsers past their time; returns how many rows that were. The caller commits."""
    old = now - SIGN_INS
    rows = session.execute(delete(Token).where(Token.expires_at <= now - TOKENS)).rowcount  # type: ignore[attr-defined]
    rows += session.execute(delete(SignIn).where(or_(SignIn.ended_at <= old, SignIn.seen_at <= old))).rowcount  # type: ignore[attr-defined]
    return int(rows)
