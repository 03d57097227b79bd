"""Moderators keep the questions: nothing of theirs is overwritten, nothing typed is lost, everything can be undone."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from referral import changes
from referral.errors import UsageError
from referral.guidance import keeping, questions, wording
from referral.model import AuditEntry, Question, QuestionText
from tests.make import NOW, make_account

ALONE = "can-i-come-alone"


def said(session: Session, slug: str = ALONE) -> dict[str, Any]:
    session.expire_all()
    return wording.wording(keeping.found(session, number(session, slug)))


def number(session: Session, slug: str = ALONE) -> int:
    return session.scalars(select(Question.id).where(Question.slug == slug)).one()


@pytest.fixture
def me(session: Session) -> int:
    questions.load(session)
    return make_account(session, "moderator").id


def test_a_change_is_seen_counted_and_noted(session: Session, me: int) -> None:
    before = changes.clock(session).content

    version = keeping.save(session, number(session), {**said(session), "title": "Alone?"}, 1, me, NOW)

    assert (version, said(session)["title"]) == (2, "Alone?")
    assert changes.clock(session).content > before
    entry = session.scalars(select(AuditEntry)).one()
    assert (entry.action, entry.object, entry.detail) == ("save", f"question:{ALONE}", {"fields": ["title"]})


def test_what_changes_nothing_writes_nothing(session: Session, me: int) -> None:
    assert keeping.save(session, number(session), said(session), 1, me, NOW) == 1
    assert keeping.history(session, number(session)) == []


def test_who_began_before_somebody_else_saved_reads_both(session: Session, me: int) -> None:
    wish = {**said(session), "short": "Mine."}
    keeping.save(session, number(session), {**said(session), "short": "Theirs."}, 1, me, NOW)

    with pytest.raises(keeping.Outdated) as late:
        keeping.save(session, number(session), wish, 1, me, NOW)

    assert late.value.current["short"] == "Theirs." and said(session)["short"] == "Theirs."


def test_files_leave_what_moderators_changed_and_bring_the_rest(session: Session, me: int, tmp_path: Path) -> None:
    keeping.save(session, number(session), {**said(session), "title": "Alone?"}, 1, me, NOW)
    file = (questions.TEXTS / f"{ALONE}.toml").read_text("utf-8")
    (tmp_path / f"{ALONE}.toml").write_text(file.replace('short = "', 'short = "New: '), "utf-8")
    (tmp_path / "brand-new.toml").write_text(file.replace('title = "', 'title = "New: '), "utf-8")

    questions.load(session, tmp_path)

    assert said(session)["title"] == "Alone?" and said(session)["short"].startswith("New: ")
    assert said(session, "brand-new")["title"].startswith("New: ")


def test_what_was_changed_can_be_gone_back_on(session: Session, me: int) -> None:
    first = said(session)
    answers = [*first["answers"], {**first["answers"][0], "viewpoint": "Another view", "body": "Other words."}]
    keeping.save(session, number(session), {**first, "answers": answers}, 1, me, NOW)
    (revision,) = keeping.history(session, number(session))

    keeping.go_back(session, number(session), revision.id, 2, me, NOW + timedelta(hours=1))

    assert said(session) == first
    assert len(keeping.history(session, number(session))) == 2


def test_translations_stay_with_the_answer_they_translate_and_are_read_again(session: Session, me: int) -> None:
    german = select(QuestionText).where(QuestionText.language == "de", QuestionText.question_id == number(session))
    text = session.scalars(german).one()
    text.reviewed, (old, *_rest) = True, [one[0] for one in text.answers]
    new = {**said(session)["answers"][0], "viewpoint": "First of all", "body": "Quite new."}

    keeping.save(session, number(session), {**said(session), "answers": [new, *said(session)["answers"]]}, 1, me, NOW)

    text = session.scalars(german).one()
    assert (text.answers[0], text.answers[1][0], text.reviewed) == ([], old, False)


def test_a_new_question_has_a_name_of_its_own_and_one_that_is_hidden_is_not_seen(session: Session, me: int) -> None:
    one = keeping.add(session, said(session), me, NOW)
    assert one.slug == f"{ALONE}-2" and questions.question(session, one.slug) is not None

    keeping.hide(session, one.id, True, me, NOW)

    assert questions.question(session, one.slug) is None
    assert one.slug not in {q.slug for q in questions.all_questions(session)}
    assert questions.by_slug(session, [one.slug]) == []
    assert one.slug in {q.slug for q in questions.all_of_them(session)}


def test_the_question_that_leads_to_help_is_never_hidden(session: Session, me: int) -> None:
    safe = number(session, "when-is-couple-therapy-not-the-right-first-step")

    with pytest.raises(UsageError, match="stays"):
        keeping.hide(session, safe, True, me, NOW)


@pytest.mark.parametrize(
    "wrong",
    [
        {"title": " "},
        {"topic": "weather"},
        {"drawing": "cat"},
        {"answers": []},
        {"searches": [["Somewhere else", "https://evil.example/?q=1"]]},
        {"related": ["no-such-question"]},
        {"asked": ["x"] * 13},
    ],
    ids=lambda w: next(iter(w)),
)
def test_what_cannot_be_said_is_not_kept(session: Session, me: int, wrong: dict[str, Any]) -> None:
    with pytest.raises(UsageError):
        keeping.save(session, number(session), {**said(session), **wrong}, 1, me, NOW)

    assert keeping.history(session, number(session)) == []
