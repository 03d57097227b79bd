"""Browsers that are signed in: each has a random secret in its cookie, and a row here that can be ended."""

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import case, select, update
from sqlalchemy.orm import Session

from referral.accounts import signin, tokens
from referral.accounts.permissions import PRIVILEGED, Actor
from referral.accounts.tokens import BYTES, hashed
from referral.model import Account, AuditEntry, Listing, SignIn

CHANGE = "email_change"
"""The purpose of mailed links that take an account to another address."""

IDLE = timedelta(days=14)
"""How long an unused browser stays signed in."""

IDLE_PRIVILEGED = timedelta(minutes=30)
"""The same for who can change what others wrote."""

SEEN_EVERY = timedelta(minutes=1)
"""How exactly we note that a browser is in use: not every request should write."""


FRESH = timedelta(minutes=15)
"""How long after signing in a browser may do what cannot be undone: it may have been left open, or taken."""


@dataclass(frozen=True, slots=True)
class Signed:
    """Who is signed in with a browser."""

    account: Account
    sign_in: SignIn
    listing_id: int | None
    """Their own listing's."""

    @property
    def complete(self) -> bool:
        """Whether nothing is missing: who needs a second factor has shown it."""
        return self.sign_in.second_factor or not needs_second_factor(self.account)

    @property
    def actor(self) -> Actor:
        """The same person, as permissions see them."""
        networks = frozenset(self.account.networks if self.account.role == "coordinator" else ())
        return Actor(self.account.role, self.account.id, self.listing_id, networks, self.sign_in.second_factor)


def needs_second_factor(account: Account) -> bool:
    """Whether a mailed link alone does not let this account in."""
    return account.role in PRIVILEGED or account.tf_totp_secret is not None


def begin(session: Session, account: Account, device: str, now: datetime, *, second_factor: bool) -> str:
    """Sign `account` in with one more browser; returns the secret for its cookie. The caller commits."""
    secret = secrets.token_urlsafe(BYTES)
    session.add(
        SignIn(
            account_id=account.id,
            hash=hashed(secret),
            made_at=now,
            seen_at=now,
            device=device,
            second_factor=second_factor,
        )
    )
    account.last_seen_at = now
    session.add(AuditEntry(at=now, account_id=account.id, action="sign_in", object=f"account:{account.public_id}"))
    return secret


def is_new(session: Session, account: Account, device: str) -> bool:
    """Whether the account was used before, and never with such a browser."""
    known = set(session.scalars(select(SignIn.device).where(SignIn.account_id == account.id)))
    return bool(known) and device not in known


def find(session: Session, secret: str, now: datetime) -> Signed | None:
    """Who is signed in with the browser that holds `secret`: one query."""
    idle_since = case((Account.role.in_(PRIVILEGED), now - IDLE_PRIVILEGED), else_=now - IDLE)
    row = session.execute(
        select(Account, SignIn, Listing.id)
        .join(SignIn, SignIn.account_id == Account.id)
        .outerjoin(Listing, Listing.practitioner_id == Account.practitioner_id)
        .where(SignIn.hash == hashed(secret), SignIn.ended_at.is_(None), SignIn.seen_at > idle_since, Account.active)
    ).one_or_none()
    return None if row is None else Signed(*row)


def has_listing(session: Session, account: Account) -> bool:
    """Whether there is a listing of the account's own."""
    return session.scalar(select(Listing.id).where(Listing.practitioner_id == account.practitioner_id)) is not None


def is_fresh(sign_in: SignIn, now: datetime) -> bool:
    """Whether somebody has shown only just now who they are."""
    return now - sign_in.made_at < FRESH


def is_stale(sign_in: SignIn, now: datetime) -> bool:
    """Whether it should be noted again that the browser is in use."""
    return now - sign_in.seen_at >= SEEN_EVERY


def see(session: Session, sign_in_id: int, now: datetime) -> None:
    """Note that the browser is in use. The caller commits."""
    session.execute(update(SignIn).where(SignIn.id == sign_in_id, SignIn.seen_at < now).values(seen_at=now))


def confirm(session: Session, sign_in_id: int) -> None:
    """Note that this browser's second factor was shown. The caller commits."""
    session.execute(update(SignIn).where(SignIn.id == sign_in_id).values(second_factor=True))


def listed(session: Session, account: Account, now: datetime) -> list[SignIn]:
    """The browsers that are signed in, the one used last first."""
    idle = IDLE_PRIVILEGED if account.role in PRIVILEGED else IDLE
    mine = (SignIn.account_id == account.id, SignIn.ended_at.is_(None), SignIn.seen_at > now - idle)
    return list(session.scalars(select(SignIn).where(*mine).order_by(SignIn.seen_at.desc(), SignIn.id.desc())))


def end(session: Session, account_id: int, public_id: str, now: datetime) -> None:
    """Sign one browser of this account out. The caller commits."""
    one = (SignIn.account_id == account_id, SignIn.public_id == public_id, SignIn.ended_at.is_(None))
    session.execute(update(SignIn).where(*one).values(ended_at=now))


def end_all(session: Session, account: Account, now: datetime) -> None:
    """Sign every browser of this account out, at once, and let no mailed link let anybody in. The caller commits.

    Nor may one take the account to another address: who was signed out may have asked for it.
    """
    for purpose in (signin.PURPOSE, CHANGE):
        tokens.revoke(session, account.id, purpose, now)
    account.fs_uniquifier = secrets.token_hex(32)
    session.execute(
        update(SignIn).where(SignIn.account_id == account.id, SignIn.ended_at.is_(None)).values(ended_at=now)
    )
