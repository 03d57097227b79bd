"""A PostgreSQL database for every test, in the place of SQLite: where REFERRAL_TEST_DATABASE names a server.

Without it nothing here is used. The tables are made once, in a database that the others are copied from.
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from uuid import uuid4

import pytest
from filelock import FileLock
from sqlalchemy import create_engine, make_url, text

from referral import db
from referral.config import ROOT

SERVER = os.environ.get("REFERRAL_TEST_DATABASE", "")
"""Such as postgresql+psycopg:///postgres?host=/tmp/pg: somebody there who may create databases."""

ONLY_SQLITE = pytest.mark.skipif(bool(SERVER), reason="looks into the file of SQLite, or asks how it plans")

ONLY_POSTGRES = pytest.mark.skipif(
    not SERVER, reason="Looks into the files of PostgreSQL; REFERRAL_TEST_DATABASE names none."
)

PATTERN = "referral_pattern"


@contextmanager
def database() -> Iterator[str]:
    """The address of a database with every table and nothing in it, gone afterwards."""
    name = f"referral_{uuid4().hex}"
    with FileLock(ROOT / "var" / "tests-postgres.lock"):
        _say(f"CREATE DATABASE {name} TEMPLATE {_pattern()}")
    try:
        yield _address(name)
    finally:
        _say(f"DROP DATABASE {name} WITH (FORCE)")


def _pattern() -> str:
    """The database with the tables as this code needs them, made where it is missing."""
    newest = max(path.name[:4] for path in (ROOT / "migrations" / "versions").glob("[0-9]*.py"))
    name = f"{PATTERN}_{newest}"
    if not _say(f"SELECT 1 FROM pg_database WHERE datname = '{name}'"):
        _say(f"CREATE DATABASE {name}")
        engine = db.open_engine(_address(name))
        db.upgrade(engine)
        engine.dispose()
    return name


def _address(name: str) -> str:
    return make_url(SERVER).set(database=name).render_as_string(hide_password=False)


def _say(statement: str) -> bool:
    """Whether the server answered with anything."""
    engine = create_engine(SERVER, isolation_level="AUTOCOMMIT")
    try:
        with engine.connect() as connection:
            result = connection.execute(text(statement))
            return result.returns_rows and result.first() is not None
    finally:
        engine.dispose()
