"""A moderator's word on an answer somebody gives under their own name, and the letter about it. Never commits."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from referral import mail
from referral.guidance import answers, translations
from referral.model import Account, OwnAnswer, Question
from referral.text import speaking


def approve(session: Session, number: int, moderator_id: int, base_url: str, now: datetime) -> None:
    """Publish the answer and write to its author. Raises UsageError as `answers.approve` does."""
    row = answers.approve(session, number, moderator_id, now)
    slug = session.get_one(Question, row.question_id).slug
    _write(session, row, "answer_approved", {"link": f"{base_url}/questions/{slug}"}, now)


def send_back(session: Session, number: int, moderator_id: int, reason: str, base_url: str, now: datetime) -> None:
    """Return the answer and write to its author why. Raises UsageError as `answers.send_back` does."""
    row = answers.send_back(session, number, moderator_id, reason, now)
    _write(session, row, "answer_returned", {"reason": row.reason, "link": f"{base_url}/listing/answers"}, now)


def _write(session: Session, row: OwnAnswer, kind: str, told: dict[str, object], now: datetime) -> None:
    to = session.get(Account, row.author_id) if row.author_id else None
    if to is None:
        return
    with speaking(to.language):
        values = {**told, "question": translations.headline(_question(session, row)).title}
    mail.post(
        session,
        to.email,
        kind,
        values,
        now,
        language=to.language,
        key=f"{kind}-{row.id}",
        account_id=to.id,
        listing_id=row.listing_id,
    )


def _question(session: Session, row: OwnAnswer) -> Question:
    """With its words in other languages; also one that is hidden by now."""
    asked = select(Question).where(Question.id == row.question_id).options(selectinload(Question.texts))
    return session.scalars(asked.execution_options(populate_existing=True)).one()
