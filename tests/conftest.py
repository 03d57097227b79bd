"""What every test may ask for: a database, an index, the real places, an application, a client that checks."""

import os
import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from filelock import FileLock
from flask import Flask
from hypothesis import settings as tried
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from index.embedded import EmbeddedIndex
from referral import create_app, db, setup
from referral.config import ROOT, Config, from_environment
from referral.places.gazetteer import Gazetteer
from referral.progress import bar
from referral.web import INDEXED
from tests import memory, pattern, postgres
from tests.client import CheckingClient
from tests.people import Write
from tests.standing import PAGES, Standing, is_shared

tried.register_profile("no_clock", deadline=None)
tried.load_profile("no_clock")
"""How long one example takes is a matter of the machine."""

memory.write_there()

NOW = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
FILE = "referral.sqlite"
SHARED = Path(os.environ.get("REFERRAL_TEST_DATA", ROOT / "var"))
"""Where the gazetteer the tests share is kept between runs: it is the real one, and takes a minute to build."""


@pytest.fixture(scope="session")
def gazetteer_file() -> Path:
    """The real gazetteer, built once when it is missing or of another make."""
    with FileLock(SHARED / "tests-gazetteer.lock"), bar() as step:
        shared = from_environment({"REFERRAL_DATA": str(SHARED)})
        setup.gazetteer(shared, step)
        return shared.gazetteer


@pytest.fixture(scope="session")
def gazetteer(gazetteer_file: Path) -> Gazetteer:
    """The real places."""
    from referral.places.gazetteer import open_gazetteer

    return open_gazetteer(gazetteer_file)


@pytest.fixture
def database_url(tmp_path: Path) -> Iterator[str]:
    """Where a database of its own is; on the PostgreSQL server of REFERRAL_TEST_DATABASE when that is set."""
    if postgres.SERVER:
        with postgres.database() as address:
            yield address
    else:
        yield f"sqlite:///{tmp_path / FILE}"


@pytest.fixture
def environment(tmp_path: Path, gazetteer_file: Path) -> dict[str, str]:
    """The settings of an installation of its own, for processes of their own."""
    return os.environ | {"REFERRAL_DATA": str(tmp_path), "REFERRAL_GAZETTEER": str(gazetteer_file)}


@pytest.fixture
def installed(environment: dict[str, str], tmp_path: Path) -> dict[str, str]:
    """The same of one that was set up with people in it: a copy, as each set-up takes seconds."""
    pattern.install(environment, tmp_path)
    return environment


@pytest.fixture
def engine(database_url: str, tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Engine]:
    """A database of its own, with every table and nothing in it; beside an app, with its networks and questions."""
    if not postgres.SERVER:
        pattern.copy(tmp_path / FILE, filled=not PAGES.isdisjoint(request.fixturenames))
    engine = db.open_engine(database_url)
    if postgres.SERVER:
        db.upgrade(engine)
    yield engine
    engine.dispose()


@pytest.fixture
def session(engine: Engine) -> Iterator[Session]:
    """A session that may write."""
    with Session(engine) as session:
        yield session


@pytest.fixture
def index(tmp_path: Path) -> EmbeddedIndex:
    """An empty index of its own."""
    return EmbeddedIndex(tmp_path / "index", INDEXED)


@pytest.fixture
def config(tmp_path: Path, database_url: str, gazetteer_file: Path) -> Config:
    """Settings of an installation of its own."""
    return settings(tmp_path, database_url, gazetteer_file)


def settings(folder: Path, database_url: str, gazetteer: Path) -> Config:
    """Those of an installation in a folder."""
    said = {"DATA": str(folder), "DATABASE_URL": database_url, "GAZETTEER": str(gazetteer)}
    made = from_environment({f"REFERRAL_{name}": value for name, value in said.items()})
    return replace(made, search_limit="1000 per second", trusted_hosts=("localhost", "127.0.0.1"))


@pytest.fixture
def app(config: Config, engine: Engine) -> Iterator[Flask]:
    """The application over the test's own database, with the networks and questions in it."""
    app = application(config)
    rooms = app.extensions["referral"]
    if postgres.SERVER:
        setup.database(rooms.engine)
    yield app
    for thread in [one for one in threading.enumerate() if one.name == "forget"]:
        thread.join(30)  # it sweeps after somebody who was erased, and has this database open
    rooms.engine.dispose()


def application(config: Config) -> Flask:
    """One whose clock stands still, and whose pages are checked."""
    app = create_app(config, now=lambda: NOW)
    app.test_client_class, app.jinja_env.bytecode_cache = CheckingClient, pattern.TEMPLATES
    return app


@pytest.fixture(scope="session")
def standing(tmp_path_factory: pytest.TempPathFactory, gazetteer_file: Path) -> Iterator[Standing]:
    """Directories that tests of this process only look at."""

    def make(name: str) -> Flask:
        folder = tmp_path_factory.mktemp(name)
        pattern.copy(folder / FILE, filled=True)
        return application(settings(folder, f"sqlite:///{folder / FILE}", gazetteer_file))

    standing = Standing(make)
    yield standing
    standing.end()


@pytest.fixture
def write(app: Flask, engine: Engine) -> Write:
    """What does something in a transaction of its own, in the application's database."""

    def done(deed: Callable[[Session], Any]) -> Any:
        with Session(engine, expire_on_commit=False) as session:
            found = deed(session)
            session.commit()
            return found

    return done


@pytest.fixture
def client(request: pytest.FixtureRequest) -> Iterator[CheckingClient]:
    """A visitor whose every page is checked; of a directory nobody is listed in."""
    if is_shared(request.fixturenames):
        with request.getfixturevalue("standing").directory("nobody") as app:
            yield app.test_client()
    else:
        yield request.getfixturevalue("app").test_client()
