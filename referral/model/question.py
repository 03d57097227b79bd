"""Questions people ask before they dare to book, each with several attributed answers.

Written only by `referral.guidance.questions`.
"""

from datetime import date

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from referral.model.base import Base


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
    """(viewpoint, Markdown) of the question's answers, in their order."""
    reviewed: Mapped[bool] = mapped_column(default=False)
    """Whether a native speaker has read it."""
    digest: Mapped[str] = mapped_column(default="")
    """Of the file it was loaded from, SHA-256; empty for words that were written here."""


class Answer(Base):
    """One answer from one point of view, by the person or body named."""

    __tablename__ = "answer"

    id: Mapped[int] = mapped_column(primary_key=True)
    question_id: Mapped[int] = mapped_column(ForeignKey("question.id", ondelete="CASCADE"), index=True)
    position: Mapped[int] = mapped_column(default=0)
    viewpoint: Mapped[str] = mapped_column(default="")
    body: Mapped[str]
    """Markdown."""
    author: Mapped[str]
    author_credentials: Mapped[str] = mapped_column(default="")
    listing_id: Mapped[int | None] = mapped_column(ForeignKey("listing.id", ondelete="SET NULL"))
    """The author's own listing; an answer under a therapist's name comes only from that therapist."""
    reviewed_on: Mapped[date]
    adapted_from: Mapped[str] = mapped_column(default="")
