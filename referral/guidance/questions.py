"""Questions with their attributed answers: loaded from texts, found by topic and by what fits a search."""

import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from referral import changes
from referral.guidance import translations
from referral.model import Answer, Question, QuestionText
from referral.text import _, at

TEXTS = Path(__file__).parent / "texts"
"""One TOML file a question; the file's name is its slug."""


_TITLES = selectinload(Question.texts).load_only(QuestionText.language, QuestionText.title, QuestionText.short)
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


def topics() -> Mapping[str, str]:
    """Topic -> its heading, in the order of the page."""
    return {
        "starting": _("Starting"),
        "for_whom": _("Who it is for"),
        "method": _("What Imago is"),
        "workshops": _("Workshops"),
        "safety": _("Safety"),
        "privacy": _("Privacy"),
    }


def load(session: Session, folder: Path = TEXTS) -> int:
    """Make the editors' questions what `folder` says; returns how many there are."""
    known = {q.slug: q for q in session.scalars(select(Question).options(selectinload(Question.answers)))}
    paths = sorted(folder.glob("*.toml"))
    for path in paths:
        question = known.get(path.stem)
        if question is None:
            question = Question(slug=path.stem)
            session.add(question)
        _fill(question, tomllib.loads(path.read_text("utf-8")))
    session.flush()
    translations.load(session, folder)
    changes.record_content(session)
    return len(paths)


def _fill(question: Question, text: dict[str, Any]) -> None:
    for column in ("title", "short", "topic", "fits", "related", "searches", "safety"):
        setattr(question, column, text[column])
    question.position = text["order"]
    question.answers = [
        Answer(
            position=n,
            viewpoint=answer["viewpoint"],
            body=answer["body"].strip(),
            author=answer["author"],
            adapted_from=answer["adapted_from"],
            reviewed_on=text["reviewed_on"],
        )
        for n, answer in enumerate(text["answers"])
    ]


def all_questions(session: Session) -> Sequence[Question]:
    """Every question with its title in each language, in the order of the page, without its answers."""
    order = list(topics())
    found = session.scalars(select(Question).options(_TITLES))
    return sorted(found, key=lambda q: (order.index(q.topic), q.position, q.title))


def question(session: Session, slug: str) -> Question | None:
    """The question with its answers, or None."""
    return session.scalars(
        select(Question)
        .where(Question.slug == slug)
        .options(selectinload(Question.answers), selectinload(Question.texts))
    ).one_or_none()


def by_slug(session: Session, slugs: Iterable[str]) -> list[Question]:
    """The questions of these slugs, in this order; unknown ones are left out."""
    wanted = list(slugs)
    found = {q.slug: q for q in session.scalars(select(Question).where(Question.slug.in_(wanted)).options(_TITLES))}
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
