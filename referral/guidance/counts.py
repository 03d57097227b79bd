"""Whether a question was what somebody needed: counted by week, of nobody in particular.

The only writer of QuestionCount. Never commits.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import func, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from referral.listings.counts import BACK, monday, told
from referral.model import QuestionCount


@dataclass(frozen=True, slots=True)
class Needed:
    """What was said of one question in the last weeks, in words."""

    yes: str
    """A number, or "under 10"."""
    no: str


def note(session: Session, question_id: int, needed: bool, today: date) -> None:
    """Count one more of this week. The caller commits."""
    if not _added(session, question_id, needed, today):
        try:
            with session.begin_nested():
                week = {"week": monday(today), "yes": int(needed), "no": int(not needed)}
                session.add(QuestionCount(question_id=question_id, **week))
        except IntegrityError:  # somebody else began the week just now
            _added(session, question_id, needed, today)


def _added(session: Session, question_id: int, needed: bool, today: date) -> bool:
    column = QuestionCount.yes if needed else QuestionCount.no
    week = (QuestionCount.question_id == question_id, QuestionCount.week == monday(today))
    one_more = update(QuestionCount).where(*week).values({column: column + 1}).returning(QuestionCount.week)
    return session.execute(one_more.execution_options(synchronize_session=False)).one_or_none() is not None


def needed(session: Session, today: date) -> Mapping[int, Needed]:
    """Question -> what was said in the last BACK weeks that have ended; numbers that are small are not told."""
    since, until = monday(today) - timedelta(7 * BACK), monday(today)
    sums = select(QuestionCount.question_id, func.sum(QuestionCount.yes), func.sum(QuestionCount.no))
    rows = session.execute(
        sums.where(QuestionCount.week >= since, QuestionCount.week < until).group_by(QuestionCount.question_id)
    )
    return {number: Needed(told(int(yes)), told(int(no))) for number, yes, no in rows}
