"""Migrations: numbered, one head, up and down with the tables they promise."""

from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Engine, func, inspect, select, text
from sqlalchemy.orm import Session

from referral import db
from referral.config import ROOT
from referral.model import Base, KeptKey
from tests.coordinating.people import make_member, make_network

TABLES = Base.metadata.sorted_tables
SCRIPTS = sorted((ROOT / "migrations" / "versions").glob("*.py"))


def test_every_migration_is_numbered_in_order() -> None:
    assert [p.name[:4] for p in SCRIPTS] == [f"{n:04}" for n in range(1, len(SCRIPTS) + 1)]


def test_there_is_one_head() -> None:
    assert len(ScriptDirectory.from_config(db.migrations()).get_heads()) == 1


@pytest.mark.filterwarnings("ignore:.*expression-based index")  # SQLite does not tell of lower(email)
def test_the_tables_after_all_migrations_are_those_of_the_model(tmp_path: Path) -> None:
    engine = db.open_engine(f"sqlite:///{tmp_path / 'x.sqlite'}")
    db.upgrade(engine)

    with engine.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), Base.metadata) == []
    assert db.is_current(engine)
    engine.dispose()


def test_every_migration_goes_down_and_up_again(tmp_path: Path) -> None:
    engine = db.open_engine(f"sqlite:///{tmp_path / 'x.sqlite'}")
    db.upgrade(engine)
    db.downgrade(engine, "base")
    assert set(inspect(engine).get_table_names()) <= {"alembic_version"}

    db.upgrade(engine)

    assert set(inspect(engine).get_table_names()) - {"alembic_version"} == set(Base.metadata.tables)
    with engine.connect() as connection:
        assert connection.execute(text("SELECT id, seq FROM change_clock")).all() == [(1, 0)]
    engine.dispose()


def test_what_is_there_survives_going_up_and_down(tmp_path: Path) -> None:
    engine = db.open_engine(f"sqlite:///{tmp_path / 'x.sqlite'}")
    db.upgrade(engine)
    with Session(engine) as session:
        make_member(session, make_network(session), name="Ada Example")
        session.commit()
    before = everything(engine)

    db.downgrade(engine, "0001")
    db.upgrade(engine)

    assert {table: n for table, n in before.items() if n} == {t: n for t, n in everything(engine).items() if n}
    engine.dispose()


def test_a_key_nobody_can_make_again_outlives_going_down(tmp_path: Path) -> None:
    engine = db.open_engine(f"sqlite:///{tmp_path / 'x.sqlite'}")
    db.upgrade(engine)
    with Session(engine) as session:
        session.add(KeptKey(name="unsubscribed", wrapped="sealed"))
        session.commit()

    db.downgrade(engine, "0015")
    db.upgrade(engine)

    with Session(engine) as session:
        assert session.get_one(KeptKey, "unsubscribed").wrapped == "sealed"
    engine.dispose()


def everything(engine: Engine) -> dict[str, int]:
    """Table -> how many rows stand in it."""
    with engine.connect() as connection:
        return {t.name: connection.execute(select(func.count()).select_from(t)).scalar_one() for t in TABLES}
