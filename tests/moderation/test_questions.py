"""The editor of questions: listed, written, previewed, saved over nobody, gone back on."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from referral.guidance import counts
from referral.guidance.questions import TEXTS
from referral.model import Question
from tests.client import CheckingClient, parse
from tests.make import TODAY, make_account
from tests.moderation.people import signed_in
from tests.people import Write

EDITOR = "/moderation/questions"
ALONE = "can-i-come-alone"


@pytest.fixture
def mod(client: CheckingClient, engine: Engine) -> CheckingClient:
    with Session(engine) as session:
        id = make_account(session, "moderator").id
        session.commit()
    return signed_in(client, engine, id)


@pytest.fixture
def number(app: Any, engine: Engine) -> int:
    with Session(engine) as session:
        return session.scalars(select(Question.id).where(Question.slug == ALONE)).one()


def form(page: str, **changed: str) -> dict[str, str]:
    """What a browser would send of the editor's form."""
    names = {"input", "textarea", "select"}
    fields: dict[str, str] = {}
    for one in parse(page)[0].iter():
        kind, name = str(one.tag).rpartition("}")[2], one.get("name")
        if kind not in names or not name or one.get("type") == "checkbox":
            continue
        chosen = [o.get("value", "") for o in one if o.get("selected") is not None]
        fields[name] = (
            (one.text or "").lstrip("\n")
            if kind == "textarea"
            else one.get("value", "")
            if kind == "input"
            else (chosen or [""])[0]
        )
    return {**fields, **changed}


def test_every_question_is_listed_with_what_was_said_of_it(mod: CheckingClient, write: Write, number: int) -> None:
    write(lambda s: counts.note(s, number, True, TODAY - timedelta(weeks=1)))

    page = mod.get(EDITOR).text

    assert (
        page.count("What changed, and when") == len(list(TEXTS.glob("*.toml"))) and "yes under 10, no under 10" in page
    )


def test_a_question_is_saved_as_it_stands_in_the_form(mod: CheckingClient, number: int) -> None:
    sent = form(mod.get(f"{EDITOR}/{number}").text)
    assert mod.post(f"{EDITOR}/{number}", data=sent).status_code == 303
    assert " | /search?" in sent["searches"]  # as the hint above them shows it
    assert "as the editors wrote it" in mod.get(f"{EDITOR}/{number}/history").text

    done = mod.post(f"{EDITOR}/{number}", data={**sent, "title": "Alone?", "drawing": "door", "caption": "Ajar"})

    page = mod.get(f"/questions/{ALONE}").text
    assert done.status_code == 303 and "<h1" in page and "Alone?" in page
    assert "<figcaption" in page and "A door that stands ajar" in page


def test_a_preview_shows_what_was_typed_and_keeps_nothing(mod: CheckingClient, number: int) -> None:
    sent = form(mod.get(f"{EDITOR}/{number}").text, title="Alone?")

    page = mod.post(f"{EDITOR}/preview", data=sent)

    assert page.status_code == 200 and "Alone?" in page.text and 'name="needed"' not in page.text
    assert "Alone?" not in mod.get(f"/questions/{ALONE}").text


def test_two_who_change_the_same_question_lose_nothing(mod: CheckingClient, number: int) -> None:
    sent = form(mod.get(f"{EDITOR}/{number}").text)
    mod.post(f"{EDITOR}/{number}", data={**sent, "short": "Theirs."})

    late = mod.post(f"{EDITOR}/{number}", data={**sent, "short": "Mine."})

    assert late.status_code == 409 and "Theirs." in late.text and "Mine.</textarea>" in late.text
    assert mod.post(f"{EDITOR}/{number}", data=form(late.text)).status_code == 303
    assert "Mine." in mod.get(f"/questions/{ALONE}").text


def test_what_was_changed_is_shown_and_gone_back_on(mod: CheckingClient, number: int) -> None:
    mod.post(f"{EDITOR}/{number}", data=form(mod.get(f"{EDITOR}/{number}").text, title="Alone?"))
    past = mod.get(f"{EDITOR}/{number}/history").text
    assert "<ins>Alone?</ins>" in past
    way = past.partition(f'action="{EDITOR}/{number}/history/')[2].partition("/")[0]

    done = mod.post_form(f"{EDITOR}/{number}/history/{way}/revert", base="2")

    assert done.status_code == 303 and "Can I come alone?" in mod.get(f"/questions/{ALONE}").text
    assert mod.post_form(f"{EDITOR}/{number}/history/{way}/revert", base="1").status_code == 409


def test_a_new_question_gets_answers_one_by_one_and_is_hidden_again(mod: CheckingClient) -> None:
    told = {"title": "What is new?", "short": "This.", "topic": "starting", "answers-0-body": "One."}
    sent = {**form(mod.get(f"{EDITOR}/new").text), **told}
    longer = mod.post(EDITOR, data={**sent, "more": "answers"})
    assert longer.status_code == 200 and "answers-1-body" in longer.text and "One." in longer.text
    assert mod.post(EDITOR, data={**sent, "title": ""}).status_code == 400
    assert mod.post(EDITOR, data={**sent, "answers-0-reviewed_on": "soon"}).status_code == 400

    done = mod.post(EDITOR, data=form(longer.text))

    assert done.status_code == 303 and "One." in mod.get("/questions/what-is-new").text
    number = mod.get(EDITOR).text.partition(">What is new?")[0].rpartition(f"{EDITOR}/")[2].strip('"').partition('"')[0]
    assert mod.post_form(f"{EDITOR}/{number}/hide").status_code == 303
    assert mod.get("/questions/what-is-new").status_code == 404
    mod.post_form(f"{EDITOR}/{number}/show")
    assert mod.get("/questions/what-is-new").status_code == 200


def test_every_empty_field_is_marked_and_led_to(mod: CheckingClient) -> None:
    page = mod.post(EDITOR, data=form(mod.get(f"{EDITOR}/new").text)).text

    note = page.partition('class="note mend"')[2].partition("</div>")[0]
    for field in ("title", "short", "answers-0-body"):
        assert f'<a href="#{field}">' in note
        assert f'id="{field}-wrong"' in page
    assert page.count('aria-invalid="true"') == 3


def test_a_half_written_answer_is_marked_where_it_lacks_something(mod: CheckingClient) -> None:
    told = {"title": "What is new?", "short": "This.", "topic": "starting", "answers-0-viewpoint": "As a couple"}
    sent = {**form(mod.get(f"{EDITOR}/new").text), **told, "answers-0-author": "", "answers-0-reviewed_on": ""}

    page = mod.post(EDITOR, data=sent).text

    note = page.partition('class="note mend"')[2].partition("</div>")[0]
    assert [f'<a href="#answers-0-{name}">' in note for name in ("body", "author", "reviewed_on")] == [True] * 3


def test_what_is_not_there_is_404(mod: CheckingClient) -> None:
    assert {mod.get(f"{EDITOR}/999").status_code, mod.get(f"{EDITOR}/999/history").status_code} == {404}
    assert mod.post_form(f"{EDITOR}/999/hide").status_code == 404
