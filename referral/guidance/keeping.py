"""Moderators keep the questions: every change is a revision with its author, and can be gone back on.

The only writer of QuestionRevision, and of Question beside the editors' files (`questions`). Each change is one
transaction with its audit entry and a change of the clock; the caller commits.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime
from itertools import count
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.orm import Session, selectinload

from referral import changes
from referral.errors import UsageError
from referral.guidance import wording
from referral.guidance.wording import FIELDS, Wording
from referral.listings import slugs
from referral.model import AuditEntry, Question, QuestionRevision
from referral.text import _

LAST = 100
"""Where a new question stands within its topic: behind those of the editors."""


class Outdated(UsageError):
    """Somebody saved since this edit was begun; nothing was written."""

    def __init__(self, current: Wording) -> None:
        super().__init__(_("This question was changed since you began. Here are both versions."), 409)
        self.current = current
        """What is there now."""


def found(session: Session, number: int) -> Question:
    """The question with its answers, as the database has it now. Raises UsageError, 404, when there is none."""
    asked = select(Question).where(Question.id == number)
    loaded = asked.options(selectinload(Question.answers), selectinload(Question.texts))
    question = session.scalars(loaded.execution_options(populate_existing=True)).one_or_none()
    if question is None:
        raise UsageError(_("There is no such question."), 404)
    return question


def add(session: Session, wish: Wording, author_id: int, now: datetime) -> Question:
    """A new question that visitors see at once. Raises UsageError for what cannot be said."""
    told = wording.checked(wish)
    _known(session, told["related"])
    question = Question(slug=_free(session, told["title"]), position=LAST, fits=[], language="en", safety=False)
    session.add(question)
    _publish(session, question, {}, told, author_id, now)
    _note(session, "add", question, author_id, now)
    return question


def save(session: Session, number: int, wish: Wording, base: int, author_id: int, now: datetime) -> int:
    """Let the question say `wish`; the version it has then. A wish that changes nothing writes nothing.

    Raises Outdated when `base` is not the question's version, UsageError for what cannot be said.
    """
    question, told = found(session, number), wording.checked(wish)
    before = wording.wording(question)
    if base != question.version:
        raise Outdated(before)
    if told == before:
        return base
    _known(session, [slug for slug in told["related"] if slug not in before["related"]])
    _claim(session, question)
    _publish(session, question, before, told, author_id, now)
    changed = [name for name in FIELDS if told[name] != before[name]]
    _note(session, "save", question, author_id, now, fields=changed)
    return question.version


def go_back(session: Session, number: int, revision: int, base: int, author_id: int, now: datetime) -> int:
    """Let the question say what it said before this revision. Raises as `save` does; 404 where it said nothing."""
    row = session.get(QuestionRevision, revision)
    if row is None or row.question_id != number or not row.before:
        raise UsageError(_("There is no such revision."), 404)
    return save(session, number, row.before, base, author_id, now)


def hide(session: Session, number: int, hidden: bool, author_id: int, now: datetime) -> None:
    """Take the question out of visitors' sight, or bring it back. Raises UsageError for the one that leads to help."""
    question = found(session, number)
    if question.safety and hidden:
        raise UsageError(_("This question leads people in danger to help: it stays."), 409)
    if question.hidden != hidden:
        question.hidden = hidden
        changes.record_content(session)
        _note(session, "hide" if hidden else "show", question, author_id, now)


def history(session: Session, number: int) -> Sequence[QuestionRevision]:
    """What was changed, the latest first."""
    mine = select(QuestionRevision).where(QuestionRevision.question_id == number)
    return session.scalars(mine.order_by(QuestionRevision.id.desc())).all()


def kept(session: Session) -> Mapping[int, frozenset[str]]:
    """Question -> the fields moderators have changed: what the editors' files do not overwrite."""
    told: defaultdict[int, set[str]] = defaultdict(set)
    rows = select(QuestionRevision.question_id, QuestionRevision.before, QuestionRevision.content)
    for number, before, content in session.execute(rows):
        told[number] |= {name for name, value in content.items() if before.get(name) != value}
    return {number: frozenset(names) for number, names in told.items()}


def _publish(
    session: Session, question: Question, before: Wording, told: Wording, author_id: int, now: datetime
) -> None:
    for name, value in told.items():
        if before.get(name) != value:
            wording.put(question, name, value)
    session.flush()
    if before:
        _translations_follow(question, before, told)
    row = {"version": question.version, "before": dict(before), "content": dict(told)}
    session.add(QuestionRevision(question_id=question.id, **row, author_id=author_id, made_at=now))
    session.flush()
    changes.record_content(session)


def _translations_follow(question: Question, before: Wording, told: Wording) -> None:
    """Let each translation stay with what it translates, and be read again where the words have changed."""
    answers = wording.places(before["answers"], told["answers"], "viewpoint")
    searches, wanted = ([{"query": query} for _label, query in side["searches"]] for side in (before, told))
    labels = wording.places(searches, wanted, "query")
    is_other = any(before[name] != told[name] for name in ("title", "short", "answers", "searches"))
    for text in question.texts:
        text.answers = [_at(text.answers, place, []) for place in answers]
        text.searches = [_at(text.searches, place, "") for place in labels]
        text.reviewed = text.reviewed and not is_other


def _at(there: Sequence[Any], place: int | None, nothing: Any) -> Any:
    return there[place] if place is not None and place < len(there) else nothing


def _claim(session: Session, question: Question) -> None:
    """Give the question its next version, which nobody else can take. Raises Outdated when somebody did."""
    ours = update(Question).where(Question.id == question.id, Question.version == question.version)
    taken = ours.values(version=question.version + 1).returning(Question.version)
    if session.execute(taken.execution_options(synchronize_session=False)).one_or_none() is None:
        raise Outdated(wording.wording(found(session, question.id)))
    session.refresh(question, ["version"])


def _known(session: Session, related: Sequence[str]) -> None:
    there = set(session.scalars(select(Question.slug).where(Question.slug.in_(related))))
    if missing := [slug for slug in related if slug not in there]:
        raise UsageError(_("There is no question “{slug}”.").format(slug=missing[0]))


def _free(session: Session, title: str) -> str:
    """A slug nobody has."""
    base = slugs.base(title)
    taken = set(session.scalars(select(Question.slug).where(Question.slug.startswith(base, autoescape=True))))
    return next(slug for n in count(1) if (slug := base if n == 1 else f"{base}-{n}") not in taken)


def _note(session: Session, action: str, question: Question, account_id: int, now: datetime, **detail: Any) -> None:
    about = f"question:{question.slug}"
    session.add(AuditEntry(at=now, account_id=account_id, action=action, object=about, detail=detail))
    session.flush()
