"""Questions in other languages."""

import tomllib
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from referral.guidance import questions, translations
from referral.model import Question, QuestionText
from referral.text import speaking
from tests.client import CheckingClient
from tests.make import make_account

NOW = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)

FINNISH = """
title = "Voinko tulla yksin?"
short = "Kyllä."
searches = ["Yksin", "Istunnot"]
reviewed = {reviewed}

[[answers]]
viewpoint = "Jos kumppani ei tule"
body = "{body}"
"""


def written(folder: Path, body: str = "Voit aloittaa.", reviewed: str = "false") -> Path:
    for path in questions.TEXTS.glob("can-i-come-alone.toml"):
        (folder / path.name).write_bytes(path.read_bytes())
    (folder / "fi").mkdir(exist_ok=True)
    (folder / "fi" / "can-i-come-alone.toml").write_text(FINNISH.format(body=body, reviewed=reviewed), "utf-8")
    return folder


def only(session: Session) -> QuestionText:
    session.expire_all()
    return session.scalars(select(QuestionText)).one()


def test_a_question_is_shown_in_the_language_of_the_moment(session: Session, tmp_path: Path) -> None:
    questions.load(session, written(tmp_path))

    found = questions.question(session, "can-i-come-alone")
    assert found is not None
    with speaking("fi", "/fi"):
        line = questions.line(found)

    assert (line.title, line.language, line.url) == ("Voinko tulla yksin?", "fi", "/fi/questions/can-i-come-alone")


def test_one_that_nobody_translated_is_shown_in_english_and_says_so(session: Session, tmp_path: Path) -> None:
    questions.load(session, written(tmp_path))

    with speaking("sv", "/sv"):
        (line,) = map(questions.line, questions.all_questions(session))

    assert (line.title, line.language) == ("Can I come alone?", "en")


def test_what_was_reviewed_stays_so_until_its_file_changes(session: Session, tmp_path: Path) -> None:
    questions.load(session, written(tmp_path))
    account = make_account(session, role="moderator")
    translations.review(session, only(session).id, account.id, NOW)

    questions.load(session, tmp_path)
    assert only(session).reviewed and translations.unreviewed(session) == []

    questions.load(session, written(tmp_path, body="Aivan toinen."))
    assert not only(session).reviewed and only(session).answers[0][1] == "Aivan toinen."
    assert [row[0] for row in translations.unreviewed(session)] == ["fi"]


def test_a_file_may_say_itself_that_it_was_reviewed(session: Session, tmp_path: Path) -> None:
    questions.load(session, written(tmp_path, reviewed="true"))

    assert only(session).reviewed


def test_a_translation_goes_with_its_file(session: Session, tmp_path: Path) -> None:
    questions.load(session, written(tmp_path))
    (tmp_path / "fi" / "can-i-come-alone.toml").unlink()

    questions.load(session, tmp_path)

    assert session.scalar(select(Question.slug)) == "can-i-come-alone"
    assert session.scalars(select(QuestionText)).all() == []


@pytest.mark.parametrize("path", sorted(questions.TEXTS.glob("*/*.toml")), ids=lambda p: f"{p.parent.name}/{p.stem}")
def test_a_translation_says_as_much_as_the_english_text(path: Path) -> None:
    told = tomllib.loads(path.read_text("utf-8"))
    english = tomllib.loads((questions.TEXTS / path.name).read_text("utf-8"))

    assert all(isinstance(label, str) and label for label in told["searches"])
    assert len(told["searches"]) == len(english["searches"])
    assert len(told["answers"]) == len(english["answers"])
    for one, other in zip(told["answers"], english["answers"], strict=True):
        assert one["body"].count("](") == other["body"].count("](")
        assert bool(one["viewpoint"]) == bool(other["viewpoint"])


@pytest.mark.parametrize(("language", "words"), [("", "adapted from"), ("/de", "angelehnt an"), ("/he", "מעובד לפי")])
def test_where_an_answer_comes_from_is_told_apart_from_the_language_of_the_page(
    client: CheckingClient, language: str, words: str
) -> None:
    page = client.get(f"{language}/questions/is-it-too-late-for-us")

    source = "imagocounselling.org.au"
    assert f'{words} <span class="whole"><bdi lang="en" dir="ltr">{source}</bdi></span>' in page.text
