"""The database is opened safely, and an old SQLite is refused."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path
from time import sleep

import pysqlite3
import pytest
from sqlalchemy import Engine, text
from sqlalchemy.exc import StatementError
from sqlalchemy.orm import Session

from referral import db
from referral.errors import UsageError
from referral.limiting import Limits
from referral.model import AuditEntry
from tests.postgres import ONLY_SQLITE

PRAGMAS = {"journal_mode": "wal", "synchronous": 2, "busy_timeout": 5000, "foreign_keys": 1, "secure_delete": 1,
           "trusted_schema": 0}  # fmt: skip


@pytest.mark.parametrize(("name", "value"), PRAGMAS.items())
def test_every_connection_has_the_safety_settings(engine: Engine, name: str, value: object) -> None:
    with engine.connect() as connection:
        assert connection.execute(text(f"PRAGMA {name}")).scalar() == value


def test_an_old_sqlite_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pysqlite3.dbapi2, "sqlite_version_info", (3, 51, 2))

    with pytest.raises(UsageError, match="too old"):
        db.open_engine("sqlite:////nowhere/x.sqlite")


@pytest.mark.parametrize("there", [False, True])
def test_nobody_else_on_the_machine_reads_the_database_or_the_counts(tmp_path: Path, there: bool) -> None:
    files = [tmp_path / name for name in ("referral.sqlite", "limits.sqlite")]
    for file in files if there else []:
        file.touch(mode=0o644)
    with db.open_engine(f"sqlite:///{files[0]}").begin() as connection:
        connection.execute(text("CREATE TABLE one (id INTEGER)"))
    Limits(files[1], "a secret of nobody").hit("5 per hour", "somebody")

    made = sorted(tmp_path.iterdir())

    assert {file.name for file in made} >= {"referral.sqlite", "referral.sqlite-wal", "limits.sqlite"}
    assert {oct(file.stat().st_mode & 0o777) for file in made} == {"0o600"}


def test_a_time_comes_back_in_utc(session: Session) -> None:
    at = datetime(2026, 3, 29, 1, 30, tzinfo=UTC)
    session.add(AuditEntry(at=at, action="test", object="x"))
    session.commit()

    assert session.get_one(AuditEntry, 1).at == at


def test_a_time_without_a_zone_is_refused(session: Session) -> None:
    session.add(AuditEntry(at=datetime(2026, 3, 29), action="test", object="x"))

    with pytest.raises(StatementError, match="without a zone"):
        session.flush()


def test_a_reader_is_not_kept_waiting_by_a_writer(engine: Engine) -> None:
    with db.writing(engine) as writer, db.reading(engine) as reader:
        writer.add(AuditEntry(at=datetime.now(UTC), action="test", object="x"))
        writer.flush()

        assert reader.execute(text("SELECT count(*) FROM audit_entry")).scalar() == 0


@ONLY_SQLITE
def test_who_writes_does_not_wait_while_the_log_waits_for_a_reader_to_be_emptied(engine: Engine) -> None:
    with db.writing(engine) as writer:
        writer.execute(text("CREATE TABLE some (n INTEGER)"))
        writer.commit()
    with ThreadPoolExecutor(1) as pool:
        with db.reading(engine) as reader:
            reader.execute(text("SELECT count(*) FROM some")).scalar()
            for n in range(4):
                with db.writing(engine) as writer:
                    writer.execute(text("INSERT INTO some VALUES (:n)"), {"n": n})
                    writer.commit()
                if n == 0:
                    emptied = pool.submit(db.checkpoint, engine)  # it cannot: the reader sees an older moment
                sleep(0.05)
        assert emptied.result()  # a writer that waits would do so until it has given up
