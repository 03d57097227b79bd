"""Answers people listed here give under their own name: proposed, read by a moderator, published, taken back.

The only writer of OwnAnswer. Never commits. An answer is seen only while the listing of its author is.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from referral import changes, terms
from referral.errors import UsageError
from referral.listings.cleaning import paragraphs
from referral.model import AuditEntry, Listing, OwnAnswer, Question
from referral.text import _

LONGEST, REASON = 1500, 1000
"""The most characters of an answer, and of the reason for returning one."""

IN_USE = ("proposed", "approved")
"""States in which an answer is seen, or may come to be."""


def propose(
    session: Session, slug: str, listing_id: int, body: str, language: str, author_id: int, now: datetime
) -> OwnAnswer:
    """Ask to publish `body` under the name of this listing; it takes the place of what waits, also in the queue.

    Raises UsageError for an empty or too long text, an unknown language, or a question that is not there.
    """
    words = paragraphs(body, _("Your answer"), LONGEST)
    if not words:
        raise UsageError(_("Please write your answer."))
    if terms.term("language", language) is None:
        raise UsageError(_("Choose a language"))
    question = session.scalar(select(Question.id).where(Question.slug == slug, Question.hidden.is_(False)))
    if question is None:
        raise UsageError(_("There is no such question."), 404)
    session.execute(select(Listing.id).where(Listing.id == listing_id).with_for_update())  # one at a time
    place = _end(session, question, listing_id, "proposed", now)
    row = OwnAnswer(question_id=question, listing_id=listing_id, author_id=author_id, body=words, language=language)
    row.made_at, row.waiting_since = now, place
    session.add(row)
    session.flush()
    _note(session, "propose", row, author_id, now)
    return row


def approve(session: Session, number: int, moderator_id: int, now: datetime) -> OwnAnswer:
    """Publish the answer; an earlier one of the same author to the same question goes.

    Raises UsageError when it does not wait any more (409), or is the moderator's own (403).
    """
    row = _others(session, number, moderator_id)
    _end(session, row.question_id, row.listing_id, "approved", now)
    _close(session, row, ("proposed",), "approved", moderator_id, now)
    _note(session, "approve", row, moderator_id, now)
    return row


def send_back(session: Session, number: int, moderator_id: int, reason: str, now: datetime) -> OwnAnswer:
    """Return the answer to its author, even a published one. Raises UsageError without a reason, and as above."""
    why = paragraphs(reason, _("The reason"), REASON)
    if not why:
        raise UsageError(_("Please say why, so that they know what to change."))
    row = _others(session, number, moderator_id)
    _close(session, row, IN_USE, "returned", moderator_id, now, why)
    _note(session, "send_back", row, moderator_id, now)
    return row


def withdraw(session: Session, number: int, author_id: int, now: datetime) -> None:
    """Take back what waits, or what is published. Raises UsageError, 409, when it is neither any more."""
    row = found(session, number)
    _close(session, row, IN_USE, "withdrawn", author_id, now)
    _note(session, "take_back", row, author_id, now)


def found(session: Session, number: int) -> OwnAnswer:
    """The answer. Raises UsageError, 404, when there is none."""
    row = session.get(OwnAnswer, number, populate_existing=True)
    if row is None:
        raise UsageError(_("There is no such answer."), 404)
    return row


def of_listing(session: Session, listing_id: int) -> Sequence[tuple[OwnAnswer, Question]]:
    """All that somebody proposed, the latest first, each with its question."""
    mine = select(OwnAnswer, Question).join(Question, Question.id == OwnAnswer.question_id)
    rows = session.execute(mine.where(OwnAnswer.listing_id == listing_id).order_by(OwnAnswer.id.desc()))
    return [(row, question) for row, question in rows]


def published(session: Session, question_id: int) -> Sequence[OwnAnswer]:
    """The approved answers to a question, the oldest first, whether or not their listings are seen just now."""
    approved = (OwnAnswer.question_id == question_id, OwnAnswer.state == "approved")
    return session.scalars(select(OwnAnswer).where(*approved).order_by(OwnAnswer.decided_at, OwnAnswer.id)).all()


def _others(session: Session, number: int, moderator_id: int) -> OwnAnswer:
    row = found(session, number)
    if row.author_id == moderator_id:
        raise UsageError(_("This is your own answer: another moderator decides."), 403)
    return row


def _end(session: Session, question_id: int, listing_id: int, state: str, now: datetime) -> datetime | None:
    """Let what this listing has in that state to this question be withdrawn; since when it had waited, if it did."""
    mine = (OwnAnswer.question_id == question_id, OwnAnswer.listing_id == listing_id, OwnAnswer.state == state)
    gone = update(OwnAnswer).where(*mine).values(state="withdrawn", decided_at=now).returning(OwnAnswer)
    ended = session.scalars(gone.execution_options(synchronize_session=False, populate_existing=True)).all()
    return min((one.since for one in ended), default=None)


def _close(
    session: Session, row: OwnAnswer, states: Sequence[str], state: str, by: int, now: datetime, reason: str = ""
) -> None:
    """Move an answer on, once. Raises UsageError, 409, when somebody else just did."""
    ours = update(OwnAnswer).where(OwnAnswer.id == row.id, OwnAnswer.state.in_(states))
    values: dict[str, Any] = {"state": state, "decided_by_id": by, "decided_at": now, "reason": reason}
    closed = ours.values(values).returning(OwnAnswer.id).execution_options(synchronize_session=False)
    if session.execute(closed).one_or_none() is None:
        raise UsageError(_("This was decided or changed in the meantime."), 409)
    session.refresh(row)
    changes.record_content(session)


def _note(session: Session, action: str, row: OwnAnswer, account_id: int, now: datetime) -> None:
    whose = session.get_one(Listing, row.listing_id).public_id
    detail = {"answer": row.id, "question": session.get_one(Question, row.question_id).slug}
    session.add(
        AuditEntry(at=now, account_id=account_id, action=f"{action}_answer", object=f"listing:{whose}", detail=detail)
    )
    session.flush()
