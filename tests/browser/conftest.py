"""A real browser before a real server; skipped with one clear line where there is no Chromium, a failure under CI."""

import os
from collections.abc import Iterator
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from referral import setup
from referral.places.gazetteer import Gazetteer
from tests.browser.own_page import EMAIL
from tests.browser.therapists import cookie, join
from tests.conftest import NOW
from tests.live import CHROMIUM, DESK, browser, serving, visit
from tests.people import CHICAGO, EVANSTON, TORONTO, make_listing
from tests.standing import Standing, is_shared

MANY = 400


@pytest.fixture(scope="session")
def chromium() -> Iterator[Any]:
    """One browser for all tests."""
    if not CHROMIUM:
        if os.environ.get("CI") == "true":
            pytest.fail("Chromium is missing, and CI=true wants every test.")
        pytest.skip("Chromium is missing: install it to run the browser tests.")
    with browser() as launched:
        yield launched


@pytest.fixture
def site(request: pytest.FixtureRequest) -> Iterator[str]:
    """The address of a small directory around Chicago."""
    if is_shared(request.fixturenames):
        with request.getfixturevalue("standing").directory("site", _people) as app, serving(app) as address:
            yield address
    else:
        _people(request.getfixturevalue("engine"))
        with serving(request.getfixturevalue("app")) as address:
            yield address


def _people(engine: Engine) -> None:
    with Session(engine) as session:
        spoken = {"languages": ["es", "en"], "delivery": ["in_person"]}
        make_listing(session, name="Ana Ruiz", email="ana@example.org", **spoken, **CHICAGO)
        make_listing(session, name="Ben Cole", languages=["en"], delivery=["in_person", "online"], **CHICAGO)
        make_listing(session, name="Cara Dunn", languages=["en", "es"], delivery=["in_person"], **EVANSTON)
        make_listing(session, name="Eve Roy", languages=["fr"], delivery=["online"], serves=["CA-ON"], **TORONTO)
        session.commit()


@pytest.fixture
def full_site(standing: Standing, gazetteer: Gazetteer) -> Iterator[str]:
    """The address of a directory with invented people all over the world, as `make run` has them; only looked at."""

    def fill(engine: Engine) -> None:
        setup.demonstration(engine, gazetteer, MANY, NOW, lambda *_done: None)

    with standing.directory("full-site", fill) as app, serving(app) as address:
        yield address


@pytest.fixture
def ann(chromium: Any, site: str, app: Flask, engine: Engine) -> Iterator[Any]:
    """A therapist's browser, before her own page."""
    join(engine, "Ann Example", EMAIL, public_id="annexample")
    held = cookie(app, engine, EMAIL)
    with visit(chromium, site, signs_in=True, viewport=DESK) as page:
        page.context.add_cookies([{**held, "url": site}])
        page.goto(f"{site}/listing")
        yield page


@pytest.fixture
def unwatched(chromium: Any, site: str, app: Flask, engine: Engine) -> Iterator[Any]:
    """The same, where the browser may say that the server could not be reached, or refused."""
    join(engine, "Ann Example", EMAIL, public_id="annexample")
    with chromium.new_context(viewport=DESK) as context:
        context.add_cookies([{**cookie(app, engine, EMAIL), "url": site}])
        page = context.new_page()
        page.goto(f"{site}/listing")
        yield page
