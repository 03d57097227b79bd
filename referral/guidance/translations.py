"""Questions in other languages: loaded from texts, and marked until a native speaker has read them.

The only writer of QuestionText. It holds words alone: order, links, authors and dates are the question's own.
"""

import hashlib
import tomllib
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from pathlib import Path

from sqlalchemy import delete, insert, select
from sqlalchemy.orm import Session

from referral import changes
from referral.errors import UsageError
from referral.model import AuditEntry, Question, QuestionText
from referral.text import DEFAULT, N_, _, language

EDITORS = N_("The editors")
"""Who gives an answer that nobody gives under their own name."""


@dataclass(frozen=True, slots=True)
class Headline:
    """A question and its short answer as they are shown: in the language of the moment where there are any."""

    title: str
    short: str
    language: str


def load(session: Session, folder: Path) -> None:
    """Make the translations what `folder`/<language>/<slug>.toml say. The caller commits.

    A file that has not changed since it was loaded is not read: what was reviewed or rewritten here since stays.
    """
    ids = {slug: id for id, slug in session.execute(select(Question.id, Question.slug))}
    known = {
        (question, language): (id, digest)
        for id, question, language, digest in session.execute(
            select(QuestionText.id, QuestionText.question_id, QuestionText.language, QuestionText.digest)
        )
    }
    files = {(ids[p.stem], p.parent.name): p for p in sorted(folder.glob("*/*.toml")) if p.stem in ids}
    fresh = {key: (path, _digest(path)) for key, path in files.items()}
    changed = {key: told for key, told in fresh.items() if known.get(key, (0, ""))[1] != told[1]}
    old = [id for key, (id, digest) in known.items() if key in changed or (digest and key not in files)]
    if old:
        session.execute(delete(QuestionText).where(QuestionText.id.in_(old)))
    if changed:
        session.execute(insert(QuestionText), [_row(*key, *told) for key, told in changed.items()])


def _digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def _row(question_id: int, language: str, path: Path, digest: str) -> dict[str, object]:
    return {"question_id": question_id, "language": language, "digest": digest, **_words(path, digest)}


@lru_cache(maxsize=1024)
def _words(path: Path, digest: str) -> dict[str, object]:
    """What the file says; `digest` stands here because that changes with it."""
    told = tomllib.loads(path.read_text("utf-8"))
    return {
        "title": told["title"],
        "short": told["short"],
        "searches": list(told["searches"]),
        "answers": [[answer["viewpoint"], answer["body"].strip()] for answer in told["answers"]],
        "asked": list(told.get("asked", [])),
        "caption": told.get("caption", ""),
        "alt": told.get("alt", ""),
        "reviewed": bool(told.get("reviewed", False)),
    }


def here(question: Question) -> QuestionText | None:
    """The words of `question` in the language of the moment; None where it is English, or there are none yet."""
    spoken = language()
    return next((text for text in question.texts if text.language == spoken), None) if spoken != DEFAULT else None


def headline(question: Question) -> Headline:
    """What a list shows of `question`, in the language of the moment, else in English."""
    text = here(question)
    if text is None:
        return Headline(question.title, question.short, DEFAULT)
    return Headline(text.title, text.short, text.language)


def unreviewed(session: Session) -> list[tuple[str, int, str, str]]:
    """(language, number, slug, title) of every translation that no native speaker has read, by language."""
    found = session.execute(
        select(QuestionText.language, QuestionText.id, Question.slug, QuestionText.title)
        .join(Question, Question.id == QuestionText.question_id)
        .where(~QuestionText.reviewed)
        .order_by(QuestionText.language, Question.position, Question.slug)
    )
    return [(language, number, slug, title) for language, number, slug, title in found]


def review(session: Session, number: int, by_id: int, now: datetime) -> str:
    """Note that a native speaker has read this translation; returns its language. The caller commits.

    Raises UsageError when there is none.
    """
    text = session.get(QuestionText, number)
    if text is None:
        raise UsageError(_("There is no such translation."), 404)
    text.reviewed = True
    changes.record_content(session)
    session.add(AuditEntry(at=now, account_id=by_id, action="review", object=f"translation:{number}", detail={}))
    return text.language
