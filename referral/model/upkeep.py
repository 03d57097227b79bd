"""What is said about what is published: drafts, visitors' reports, whether links work, how often a listing was seen."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from referral.model.base import Base, new_public_id


class Draft(Base):
    """What somebody typed into a section and has not saved yet. Written only by `referral.listings.drafts`."""

    __tablename__ = "draft"
    __table_args__ = (UniqueConstraint("listing_id", "account_id", "section"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    listing_id: Mapped[int] = mapped_column(ForeignKey("listing.id", ondelete="CASCADE"))
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"))
    section: Mapped[str]
    base: Mapped[int]
    """The listing's version the typing began from."""
    fields: Mapped[list[list[str]]]
    """(name, value) of every field of the form, in its order."""
    saved_at: Mapped[datetime]


class Report(Base):
    """That a visitor says a listing or a network is wrong. Written only by `referral.moderation.reports`."""

    __tablename__ = "report"
    __table_args__ = (
        CheckConstraint("state IN ('open', 'upheld', 'dismissed')", name="state"),
        CheckConstraint("(listing_id IS NULL) <> (network_id IS NULL)", name="about"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(unique=True, default=new_public_id)
    listing_id: Mapped[int | None] = mapped_column(ForeignKey("listing.id", ondelete="CASCADE"), index=True)
    network_id: Mapped[int | None] = mapped_column(ForeignKey("network.id", ondelete="CASCADE"), index=True)
    """Which of the two it is about."""
    message: Mapped[str]
    reply_to: Mapped[str] = mapped_column(default="")
    """Where to tell the outcome; emptied when it was told."""
    language: Mapped[str] = mapped_column(default="en")
    """In which it was written, and the outcome is told."""
    state: Mapped[str] = mapped_column(default="open", index=True)
    outcome: Mapped[str] = mapped_column(default="")
    made_at: Mapped[datetime]
    decided_at: Mapped[datetime | None]
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id", ondelete="SET NULL"))


class WeeklyCount(Base):
    """How often a listing was shown, opened and written to in a week: plain counts, of nobody in particular.

    Written only by `referral.listings.counts`.
    """

    __tablename__ = "weekly_count"

    listing_id: Mapped[int] = mapped_column(ForeignKey("listing.id", ondelete="CASCADE"), primary_key=True)
    week: Mapped[date] = mapped_column(primary_key=True)
    """Its Monday, UTC."""
    shown: Mapped[int] = mapped_column(default=0)
    opened: Mapped[int] = mapped_column(default=0)
    written: Mapped[int] = mapped_column(default=0)


class LinkCheck(Base):
    """What the last look at a published address found. Written only by `referral.links.checking`."""

    __tablename__ = "link_check"

    url: Mapped[str] = mapped_column(primary_key=True)
    checked_on: Mapped[date]
    works: Mapped[bool]
    said: Mapped[str] = mapped_column(default="")
    """In a word: "404", "timeout", "refused"."""
    failing_since: Mapped[date | None]
    """The first day of those on which it did not work; None while it does."""
