"""Questions with their attributed answers: loaded from texts, found by topic and by what fits a search."""

import tomllib
from collections.abc import Iterable, Sequence, Set
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from referral import changes
from referral.guidance import keeping, translations, wording
from referral.guidance.topics import topics
from referral.model import Question, QuestionText
from referral.text import at

TEXTS = Path(__file__).parent / "texts"
"""One TOML file a question; the file's name is its slug."""


_TITLES = selectinload(Question.texts).load_only(
    QuestionText.language, QuestionText.title, QuestionText.short, QuestionText.asked
)
"""Of the translations what lists show: their answers would be megabytes."""


@dataclass(frozen=True, slots=True)
class QuestionLine:
    """A question, as a list shows it."""

    slug: str
    url: str
    title: str
    short: str
    topic: str
    language: str
    """What its words are in: English where nobody has translated it yet."""


def load(session: Session, folder: Path = TEXTS) -> int:
    """Make the editors' questions what `folder` says, but for what moderators changed; returns how many there are."""
    loaded = (selectinload(Question.answers), selectinload(Question.texts))
    known = {q.slug: q for q in session.scalars(select(Question).options(*loaded))}
    kept = keeping.kept(session)
    paths = sorted(folder.glob("*.toml"))
    for path in paths:
        question = known.get(path.stem)
        if question is None:
            question = Question(slug=path.stem)
            session.add(question)
        _fill(question, tomllib.loads(path.read_text("utf-8")), kept.get(question.id, frozenset()))
    session.flush()
    translations.load(session, folder)
    changes.record_content(session)
    return len(paths)


def _fill(question: Question, text: dict[str, Any], kept: Set[str]) -> None:
    for column in ("fits", "safety"):
        setattr(question, column, text[column])
    question.position = text["order"]
    for name, value in _said(text).items():
        if name not in kept:
            wording.put(question, name, value)


def _said(text: dict[str, Any]) -> dict[str, Any]:
    """What a file says, as moderators would write it."""
    may = {"asked": [], "drawing": "", "caption": "", "alt": ""}
    day = str(text["reviewed_on"])
    answers = [
        {"adapted_from": "", **answer, "body": answer["body"].strip(), "reviewed_on": day} for answer in text["answers"]
    ]
    return {**{name: text.get(name, may.get(name)) for name in wording.FIELDS}, "answers": answers}


def all_questions(session: Session) -> Sequence[Question]:
    """Every question with its title in each language, in the order of the page, without its answers."""
    return _in_order(session.scalars(select(Question).where(Question.hidden.is_(False)).options(_TITLES)))


def all_of_them(session: Session) -> Sequence[Question]:
    """The same with those nobody sees, and without translations: for who keeps them."""
    return _in_order(session.scalars(select(Question)))


def _in_order(found: Iterable[Question]) -> Sequence[Question]:
    order = list(topics())
    return sorted(found, key=lambda q: (order.index(q.topic), q.position, q.title))


def question(session: Session, slug: str) -> Question | None:
    """The question with its answers, or None when there is none to be seen."""
    return session.scalars(
        select(Question)
        .where(Question.slug == slug, Question.hidden.is_(False))
        .options(selectinload(Question.answers), selectinload(Question.texts))
    ).one_or_none()


def by_slug(session: Session, slugs: Iterable[str]) -> list[Question]:
    """The questions of these slugs, in this order; unknown ones are left out."""
    wanted = list(slugs)
    seen = select(Question).where(Question.slug.in_(wanted), Question.hidden.is_(False)).options(_TITLES)
    found = {q.slug: q for q in session.scalars(seen)}
    return [found[s] for s in wanted if s in found]


def fitting(questions: Iterable[Question], situations: Sequence[str], limit: int = 3) -> list[Question]:
    """The questions for these situations, the first situation's first; each once."""
    pool = list(questions)
    found = [q for s in situations for q in pool if s in q.fits]
    return list(dict.fromkeys(found))[:limit]


def line(question: Question) -> QuestionLine:
    """The question as a list shows it."""
    said = translations.headline(question)
    return QuestionLine(
        question.slug, at(f"/questions/{question.slug}"), said.title, said.short, question.topic, said.language
    )
