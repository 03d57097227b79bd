"""Questions people ask before they dare to book, each with several attributed answers.

The editors' files bring them (`referral.guidance.questions`), moderators change them (`referral.guidance.keeping`).
"""

from datetime import date, datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from referral.model.base import Base, Queued


class Question(Base):
    """One question, in the words of the person who asks."""

    __tablename__ = "question"

    id: Mapped[int] = mapped_column(primary_key=True)
    slug: Mapped[str] = mapped_column(unique=True)
    language: Mapped[str] = mapped_column(default="en")
    title: Mapped[str]
    short: Mapped[str]
    """The short answer, shown first."""
    topic: Mapped[str] = mapped_column(index=True)
    position: Mapped[int] = mapped_column(default=0)
    fits: Mapped[list[str]] = mapped_column(default=list)
    """The situations it is shown beside; see `guidance.questions`."""
    related: Mapped[list[str]] = mapped_column(default=list)
    """Slugs of questions to read next."""
    searches: Mapped[list[list[str]]] = mapped_column(default=list)
    """(label, query string of /search) of searches to try next."""
    safety: Mapped[bool] = mapped_column(default=False)
    """Shows the help lines."""
    asked: Mapped[list[str]] = mapped_column(default=list)
    """Other words in which people ask it: what they type into the search box."""
    drawing: Mapped[str] = mapped_column(default="")
    """The name of one of our drawings; see `guidance.drawings`."""
    caption: Mapped[str] = mapped_column(default="")
    alt: Mapped[str] = mapped_column(default="")
    """What the drawing says to who does not see it; empty for what is always said of that drawing."""
    hidden: Mapped[bool] = mapped_column(default=False)
    """Whether a moderator has taken it out of sight."""
    version: Mapped[int] = mapped_column(default=1)
    """Goes up with every change by a moderator."""

    answers: Mapped[list["Answer"]] = relationship(
        cascade="all, delete-orphan", lazy="raise", order_by="Answer.position"
    )
    texts: Mapped[list["QuestionText"]] = relationship(cascade="all, delete-orphan", lazy="raise")
    """Its words in other languages."""


class QuestionText(Base):
    """The words of a question and its answers in another language.

    Written only by `referral.guidance.translations`.
    """

    __tablename__ = "question_text"
    __table_args__ = (UniqueConstraint("question_id", "language"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    question_id: Mapped[int] = mapped_column(ForeignKey("question.id", ondelete="CASCADE"))
    language: Mapped[str]
    title: Mapped[str]
    short: Mapped[str]
    searches: Mapped[list[str]] = mapped_column(default=list)
    """What the question's searches are called, in their order."""
    answers: Mapped[list[list[str]]] = mapped_column(default=list)
    """(viewpoint, Markdown) of the question's answers, in their order; nothing for one nobody has translated."""
    asked: Mapped[list[str]] = mapped_column(default=list)
    caption: Mapped[str] = mapped_column(default="")
    alt: Mapped[str] = mapped_column(default="")
    reviewed: Mapped[bool] = mapped_column(default=False)
    """Whether a native speaker has read it."""
    digest: Mapped[str] = mapped_column(default="")
    """Of the file it was loaded from, SHA-256; empty for words that were written here."""


class Answer(Base):
    """One answer from one point of view, by the person or body named: what the editors publish."""

    __tablename__ = "answer"

    id: Mapped[int] = mapped_column(primary_key=True)
    question_id: Mapped[int] = mapped_column(ForeignKey("question.id", ondelete="CASCADE"), index=True)
    position: Mapped[int] = mapped_column(default=0)
    viewpoint: Mapped[str] = mapped_column(default="")
    body: Mapped[str]
    """Markdown."""
    author: Mapped[str]
    reviewed_on: Mapped[date]
    adapted_from: Mapped[str] = mapped_column(default="")


class OwnAnswer(Queued, Base):
    """An answer somebody listed here gives under their own name. Written only by `referral.guidance.answers`.

    Name and credentials are not kept here: they are those of the listing, as it stands when the answer is shown.
    """

    __tablename__ = "own_answer"
    __table_args__ = (CheckConstraint("state IN ('proposed', 'approved', 'returned', 'withdrawn')", name="state"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    question_id: Mapped[int] = mapped_column(ForeignKey("question.id", ondelete="CASCADE"), index=True)
    listing_id: Mapped[int] = mapped_column(ForeignKey("listing.id", ondelete="CASCADE"), index=True)
    author_id: Mapped[int | None] = mapped_column(ForeignKey("account.id", ondelete="SET NULL"))
    language: Mapped[str]
    body: Mapped[str]
    """Markdown."""
    state: Mapped[str] = mapped_column(default="proposed", index=True)
    reason: Mapped[str] = mapped_column(default="")
    decided_at: Mapped[datetime | None]
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id", ondelete="SET NULL"))


class QuestionRevision(Base):
    """What a question said before and after a moderator changed it. Written only by `referral.guidance.keeping`."""

    __tablename__ = "question_revision"

    id: Mapped[int] = mapped_column(primary_key=True)
    question_id: Mapped[int] = mapped_column(ForeignKey("question.id", ondelete="CASCADE"), index=True)
    version: Mapped[int]
    """The version it made."""
    before: Mapped[dict[str, Any]]
    """Empty when it began the question."""
    content: Mapped[dict[str, Any]]
    author_id: Mapped[int | None] = mapped_column(ForeignKey("account.id", ondelete="SET NULL"))
    made_at: Mapped[datetime]


class QuestionCount(Base):
    """How often a question was what somebody needed, in a week: plain counts. Written only by `guidance.counts`."""

    __tablename__ = "question_count"

    question_id: Mapped[int] = mapped_column(ForeignKey("question.id", ondelete="CASCADE"), primary_key=True)
    week: Mapped[date] = mapped_column(primary_key=True)
    """Its Monday, UTC."""
    yes: Mapped[int] = mapped_column(default=0)
    no: Mapped[int] = mapped_column(default=0)
