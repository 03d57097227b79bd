"""Moderators' pages in a real browser: keys, and every page looked through."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from flask import Flask
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from referral.listings import published, revisions
from referral.moderation import reports
from tests.client import CheckingClient
from tests.live import DESK, PHONE
from tests.make import NOW, make_account, make_listing
from tests.moderation.people import signed_in

pytestmark = pytest.mark.browser


@pytest.fixture
def paths(app: Flask, engine: Engine) -> list[str]:
    """A queue of three, and the pages behind it."""
    with Session(engine) as session:
        numbers = []
        for name in ("Ada Example", "Ben Example"):
            listing = make_listing(session, name=name)
            wish = replace(published.load_any(session, [listing.id])[0].content, name=f"{name} Neu", bio="New")
            numbers.append(revisions.submit(session, listing.id, wish, 1, None, NOW).revision_id)
        report = reports.report(session, listing.id, "The telephone is dead.", "v@example.org", NOW)
        pages = [f"/moderation/revisions/{numbers[0]}", f"/moderation/reports/{report}", "/moderation/log"]
        pages += ["/moderation", f"/moderation/listings/{listing.public_id}", "/therapists/ada-example/report"]
        session.commit()
    return pages


@pytest.fixture
def cookie(app: Flask, client: CheckingClient, engine: Engine) -> dict[str, Any]:
    """What a moderator's browser holds."""
    with Session(engine) as session:
        id = make_account(session, "moderator").id
        session.commit()
    held = signed_in(client, engine, id).get_cookie("session")
    assert held is not None
    return {"name": "session", "value": held.value}


@pytest.fixture
def moderator(chromium: Any, site: str, cookie: dict[str, Any]) -> Iterator[Any]:
    """A moderator's browser."""
    with chromium.new_context(viewport=DESK) as opened:
        opened.add_cookies([{**cookie, "url": site}])
        yield opened.new_page()


def test_every_page_can_be_used_by_everybody(moderator: Any, site: str, paths: list[str]) -> None:
    said: list[str] = []
    moderator.on("console", lambda m: said.append(m.text) if m.type in ("error", "warning") else None)
    for path in paths:
        for size in (DESK, PHONE):
            moderator.set_viewport_size(size)
            assert moderator.goto(site + path).status == 200
            found = Axe().run(moderator).response["violations"]
            assert [(path, one["id"], one["nodes"][0]["html"]) for one in found] == []
            wide = moderator.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
            assert (path, wide) == (path, 0)
    assert [s for s in said if "Content Security Policy" not in s] == []


def test_keys_work_when_they_are_asked_for_and_never_while_typing(moderator: Any, site: str, paths: list[str]) -> None:
    moderator.goto(f"{site}/moderation")
    moderator.keyboard.press("j")
    assert moderator.evaluate("document.activeElement.tagName") == "BODY"

    moderator.get_by_role("button", name="Use keys").click()
    moderator.keyboard.press("j")
    moderator.keyboard.press("j")
    moderator.keyboard.press("a")
    assert moderator.locator("input[name=revision]:checked").count() == 1
    moderator.keyboard.press("k")
    moderator.keyboard.press("Enter")
    moderator.get_by_role("button", name="Publish").wait_for()
    moderator.keyboard.press("r")
    moderator.keyboard.type("a jar")

    assert moderator.get_by_label("Or return it, and say what to change").input_value() == "a jar"
