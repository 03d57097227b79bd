"""The pages of coordinators and moderators on a phone, each in one language: nothing English, nothing too wide."""

from collections.abc import Iterator
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from referral.catalogues import keeping as catalogues
from referral.networks import facts, keeping
from tests.browser.therapists import cookie
from tests.coordinating.people import make_member, make_network
from tests.live import PHONE
from tests.make import NOW, TODAY, make_account
from tests.site.test_languages import strays

pytestmark = pytest.mark.browser

HOME = "/coordination/imago-example"

KEPT = {"The editors"}
"""What stands in the fields of a question is its English original: that is what is edited."""


@pytest.fixture
def paths(app: Flask, engine: Engine) -> dict[str, list[str]]:
    """Address of an account -> the pages it keeps, each with something on it."""
    with Session(engine) as session:
        net = make_network(session)
        member = make_member(session, net, name="Ben Example")
        applied = make_member(session, net, name="Ada Example", applied=True, status="pending", consented_on=TODAY)
        me = make_account(session, "coordinator", email="co@example.org", networks=[net.slug])
        make_account(session, "moderator", email="mo@example.org")
        asked = {**facts.facts(net), "offers": "X", "training": "Y", "areas": ["CA-ON"], "languages": ["he", "en"]}
        keeping.submit(session, net.id, asked, 1, me.id, NOW)
        waits = keeping.waiting(session, net.id)
        assert waits is not None
        known = [f"{HOME}/members/{one.public_id}" for one in (member, applied)]
        kept = {
            "co@example.org": [
                "/coordination",
                HOME,
                f"{HOME}/facts",
                f"{HOME}/import",
                f"{HOME}/workshops/new",
                *known,
            ],
            "mo@example.org": [
                "/moderation",
                f"/moderation/networks/{waits.id}",
                f"/moderation/listings/{member.public_id}",
                *(
                    f"/moderation/{name}"
                    for name in ("questions", "questions/1", "questions/1/history", "questions/new")
                ),
                *(f"/moderation/{name}" for name in ("translations", "links", "log")),
            ],
        }
        session.commit()
    return kept


@pytest.mark.parametrize("language", ["de", "he", "ko"])
def test_pages_of_those_who_keep_it_speak_one_language(
    chromium: Any, site: str, app: Flask, engine: Engine, paths: dict[str, list[str]], language: str
) -> None:
    wanted = catalogues.template()

    for who, where in paths.items():
        with chromium.new_context(viewport=PHONE) as opened:
            opened.add_cookies([{**cookie(app, engine, who), "url": site}])
            for path, page in pages(opened.new_page(), f"{site}/{language}", where):
                html = page.locator("html")
                assert html.get_attribute("dir") == ("rtl" if language == "he" else "ltr"), path
                assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0, path
                assert set(strays(page.content(), language, wanted)) <= KEPT, path


def pages(page: Any, base: str, paths: list[str]) -> Iterator[tuple[str, Any]]:
    """Each of them as it is shown."""
    for path in paths:
        assert page.goto(base + path).status == 200, path
        yield path, page
