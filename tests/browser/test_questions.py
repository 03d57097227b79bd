"""The editor of questions, an answer under one's own name and the public page, in a browser."""

from collections.abc import Iterator
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from flask import Flask
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from referral.guidance import answers
from referral.model import Question
from tests.client import CheckingClient
from tests.live import DESK, PHONE
from tests.make import NOW, make_account, make_listing
from tests.moderation.people import signed_in

pytestmark = pytest.mark.browser

ASKED = "why-wont-my-partner-go-to-therapy-with-me"


@pytest.fixture
def paths(app: Flask, client: CheckingClient, engine: Engine) -> list[str]:
    """Every page of this feature; the moderator has a listing too, and somebody else's answer is published."""
    with Session(engine) as session:
        number = session.scalars(select(Question.id).where(Question.slug == ASKED)).one()
        author = make_account(session).id
        other = make_listing(session, name="Ada Example")
        row = answers.propose(session, ASKED, other.id, "Ask for *one* meeting.", "en", author, NOW)
        answers.approve(session, row.id, make_account(session, "moderator").id, NOW)
        waits = answers.propose(session, "can-i-come-alone", other.id, "Yes.", "en", author, NOW)
        session.commit()
        return [f"/questions/{ASKED}", f"/questions/{ASKED}/thanks", f"/search?question={ASKED}",
                "/moderation/questions", "/moderation/questions/new", f"/moderation/questions/{number}",
                f"/moderation/questions/{number}/history", f"/moderation/answers/{waits.id}", "/moderation",
                "/listing/answers", f"/listing/answers/{ASKED}"]  # fmt: skip


@pytest.fixture
def moderator(chromium: Any, site: str, client: CheckingClient, engine: Engine) -> Iterator[Any]:
    """The browser of a moderator who is listed too."""
    with Session(engine) as session:
        mine = make_listing(session, name="Mo Example")
        id = make_account(session, "moderator", practitioner_id=mine.practitioner_id).id
        session.commit()
    held = signed_in(client, engine, id).get_cookie("session")
    assert held is not None
    with chromium.new_context(viewport=DESK) as opened:
        opened.add_cookies([{"name": "session", "value": held.value, "url": site}])
        yield opened.new_page()


def test_every_page_can_be_used_by_everybody(moderator: Any, site: str, paths: list[str]) -> None:
    for path in paths:
        for size in (DESK, PHONE):
            moderator.set_viewport_size(size)
            assert moderator.goto(site + path).status == 200
            found = Axe().run(moderator).response["violations"]
            assert [(path, one["id"], one["nodes"][0]["html"]) for one in found] == []
            wide = moderator.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
            assert (path, wide) == (path, 0)


def test_a_moderator_changes_a_question_and_a_visitor_says_it_helped(
    moderator: Any, site: str, paths: list[str]
) -> None:
    moderator.goto(site + paths[5])
    moderator.get_by_label("Question", exact=True).fill("Why does my partner say no?")
    with moderator.context.expect_page() as opened:
        moderator.get_by_role("button", name="Preview").click()
    opened.value.get_by_role("heading", name="Why does my partner say no?").wait_for()
    moderator.get_by_role("button", name="Save").click()
    moderator.get_by_text("Saved. Visitors see it now.").wait_for()

    moderator.goto(site + paths[0])
    moderator.get_by_role("heading", name="Why does my partner say no?").wait_for()
    moderator.get_by_role("button", name="Yes").click()

    moderator.get_by_role("heading", name="Thank you").wait_for()
