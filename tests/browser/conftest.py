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
from tests.conftest import NOW
from tests.live import CHROMIUM, browser, serving
from tests.people import CHICAGO, EVANSTON, TORONTO, make_listing

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
def site(app: Flask, engine: Engine) -> Iterator[str]:
    """The address of a small directory around Chicago."""
    with Session(engine) as session:
        spoken = {"languages": ["es", "en"], "delivery": ["in_person"]}
        make_listing(session, name="Ana Ruiz", email="ana@example.org", **spoken, **CHICAGO)
        make_listing(session, name="Ben Cole", languages=["en"], delivery=["in_person", "online"], **CHICAGO)
        make_listing(session, name="Cara Dunn", languages=["en", "es"], delivery=["in_person"], **EVANSTON)
        make_listing(session, name="Eve Roy", languages=["fr"], delivery=["online"], serves=["CA-ON"], **TORONTO)
        session.commit()
    with serving(app) as address:
        yield address


@pytest.fixture
def full_site(app: Flask, engine: Engine, gazetteer: Gazetteer) -> Iterator[str]:
    """The address of a directory with invented people all over the world, as `make run` has them."""
    setup.demonstration(engine, gazetteer, MANY, NOW, lambda *_done: None)
    with serving(app) as address:
        yield address
