"""Accounts and how they sign in, the letters that wait to be sent, and the audit log."""

import secrets
from datetime import date, datetime
from typing import Any

from sqlalchemy import CheckConstraint, DateTime, ForeignKey, LargeBinary
from sqlalchemy.orm import Mapped, mapped_column

from referral.model.base import Base, new_public_id

ROLES = ("therapist", "coordinator", "moderator", "operator")


class Account(Base):
    """Somebody who can sign in. Written only by `referral.accounts`."""

    __tablename__ = "account"
    __table_args__ = (CheckConstraint(f"role IN {ROLES!r}", name="role"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(unique=True, default=new_public_id)
    email: Mapped[str] = mapped_column(unique=True)
    role: Mapped[str]
    practitioner_id: Mapped[int | None] = mapped_column(ForeignKey("practitioner.id", ondelete="SET NULL"), index=True)
    networks: Mapped[list[str]] = mapped_column(default=list)
    """Slugs of the networks a coordinator looks after."""
    language: Mapped[str] = mapped_column(default="en")
    active: Mapped[bool] = mapped_column(default=True)
    created_at: Mapped[datetime]
    last_seen_at: Mapped[datetime | None]
    fs_uniquifier: Mapped[str] = mapped_column(index=True, unique=True, default=lambda: secrets.token_hex(32))
    """What a signed-in browser is known by; a new one ends every session at once."""
    fs_webauthn_user_handle: Mapped[str | None] = mapped_column(index=True, unique=True)
    """What the account's passkeys know it by."""
    tf_primary_method: Mapped[str | None]
    tf_totp_secret: Mapped[str | None]
    """The secret of the second factor, encrypted."""
    mf_recovery_codes: Mapped[list[str]] = mapped_column(default=list)


class Passkey(Base):
    """A key on somebody's device that signs them in. Written only by `referral.accounts`."""

    __tablename__ = "passkey"

    id: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"), index=True)
    credential_id: Mapped[bytes] = mapped_column(LargeBinary, unique=True)
    public_key: Mapped[bytes] = mapped_column(LargeBinary)
    sign_count: Mapped[int] = mapped_column(default=0)
    transports: Mapped[list[str]] = mapped_column(default=list)
    backup_state: Mapped[bool] = mapped_column(default=False)
    device_type: Mapped[str] = mapped_column(default="")
    extensions: Mapped[str | None]
    create_datetime: Mapped[datetime] = mapped_column(DateTime)
    lastuse_datetime: Mapped[datetime] = mapped_column(DateTime)
    """Naive UTC, both: the library that writes them knows no other."""
    name: Mapped[str]
    usage: Mapped[str]


class SignIn(Base):
    """One browser somebody is signed in with, until it ends. Written only by `referral.accounts`."""

    __tablename__ = "sign_in"

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(unique=True, default=new_public_id)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"), index=True)
    hash: Mapped[str] = mapped_column(unique=True)
    """SHA-256 of the secret in the browser's cookie."""
    made_at: Mapped[datetime]
    seen_at: Mapped[datetime] = mapped_column(index=True)
    device: Mapped[str] = mapped_column(default="")
    """As a person would say it: "Firefox (Android)"."""
    second_factor: Mapped[bool] = mapped_column(default=False)
    ended_at: Mapped[datetime | None]


class Token(Base):
    """A secret that was mailed, for one purpose, once. Written only by `referral.accounts.tokens`."""

    __tablename__ = "token"

    id: Mapped[int] = mapped_column(primary_key=True)
    hash: Mapped[str] = mapped_column(unique=True)
    """SHA-256 of the secret; the secret itself stands in the letter alone."""
    purpose: Mapped[str]
    address: Mapped[str]
    """Whom it was mailed to."""
    account_id: Mapped[int | None] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"))
    listing_id: Mapped[int | None] = mapped_column(ForeignKey("listing.id", ondelete="CASCADE"))
    detail: Mapped[dict[str, Any]] = mapped_column(default=dict)
    made_at: Mapped[datetime]
    expires_at: Mapped[datetime] = mapped_column(index=True)
    used_at: Mapped[datetime | None]


class Letter(Base):
    """A letter that waits in the outbox or was sent. Written only by `referral.mail`."""

    __tablename__ = "letter"

    id: Mapped[int] = mapped_column(primary_key=True)
    message_id: Mapped[str] = mapped_column(unique=True)
    kind: Mapped[str] = mapped_column(default="")
    """The template it was made from."""
    account_id: Mapped[int | None] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"))
    listing_id: Mapped[int | None] = mapped_column(ForeignKey("listing.id", ondelete="CASCADE"))
    """Whom it is about: erased together with them."""
    to: Mapped[str]
    subject: Mapped[str]
    body: Mapped[dict[str, Any]]
    made_at: Mapped[datetime]
    due_at: Mapped[datetime] = mapped_column(index=True)
    leased_until: Mapped[datetime | None]
    tries: Mapped[int] = mapped_column(default=0)
    sent_at: Mapped[datetime | None]
    failed: Mapped[str] = mapped_column(default="")


class Unsubscribed(Base):
    """That an address wants no letters about something that come by themselves. Written only by `referral.mail`."""

    __tablename__ = "unsubscribed"

    mark: Mapped[str] = mapped_column(primary_key=True)
    """A keyed hash of the topic and the address, which it outlives: nobody reads the address in it."""
    since: Mapped[date]


class KeptKey(Base):
    """A key that outlives the secret key of the installation, encrypted with that. Written only by `referral.mail`."""

    __tablename__ = "kept_key"

    name: Mapped[str] = mapped_column(primary_key=True)
    """What it is for."""
    wrapped: Mapped[str]
    """The key, as whoever has the secret key can read it."""


class AuditEntry(Base):
    """Who did what to which thing, when. Only ever added to, by whoever does the thing."""

    __tablename__ = "audit_entry"

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime] = mapped_column(index=True)
    account_id: Mapped[int | None] = mapped_column(ForeignKey("account.id", ondelete="SET NULL"))
    action: Mapped[str]
    object: Mapped[str]
    """Kind and public id: "listing:3fK…"."""
    detail: Mapped[dict[str, Any]] = mapped_column(default=dict)
