"""Accounts, the letters that wait to be sent, and the audit log."""

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey
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
    practitioner_id: Mapped[int | None] = mapped_column(ForeignKey("practitioner.id", ondelete="SET NULL"))
    networks: Mapped[list[str]] = mapped_column(default=list)
    """Slugs of the networks a coordinator looks after."""
    language: Mapped[str] = mapped_column(default="en")
    active: Mapped[bool] = mapped_column(default=True)
    created_at: Mapped[datetime]
    last_seen_at: Mapped[datetime | None]


class Letter(Base):
    """A letter that waits in the outbox or was sent. Written only by `referral.mail`."""

    __tablename__ = "letter"

    id: Mapped[int] = mapped_column(primary_key=True)
    message_id: Mapped[str] = mapped_column(unique=True)
    to: Mapped[str]
    subject: Mapped[str]
    body: Mapped[dict[str, Any]]
    made_at: Mapped[datetime]
    due_at: Mapped[datetime] = mapped_column(index=True)
    leased_until: Mapped[datetime | None]
    tries: Mapped[int] = mapped_column(default=0)
    sent_at: Mapped[datetime | None]
    failed: Mapped[str] = mapped_column(default="")


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
