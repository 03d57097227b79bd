"""A migrated database of its own for every test. Goes when tests/conftest.py has these fixtures."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from referral import db


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[Engine]:
    """An empty database with today's tables."""
    engine = db.open_engine(f"sqlite:///{tmp_path / 'referral.sqlite'}")
    db.upgrade(engine)
    yield engine
    engine.dispose()


@pytest.fixture
def session(engine: Engine) -> Iterator[Session]:
    """One write transaction."""
    with db.writing(engine) as session:
        yield session
