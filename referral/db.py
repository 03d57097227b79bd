"""How the database is reached: the engine with its safety settings, sessions, and migrations."""

import json
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pysqlite3
from sqlalchemy import Engine, create_engine, event, inspect, text
from sqlalchemy.engine import Connection
from sqlalchemy.engine.interfaces import DBAPIConnection, DBAPICursor
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.orm import Session
from sqlalchemy.pool import ConnectionPoolEntry
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import ReturnTypeFromArgs

from referral.config import ROOT
from referral.errors import UsageError
from referral.written import owned

if TYPE_CHECKING:
    from alembic.config import Config as AlembicConfig

SAFE_SQLITE = (3, 51, 3)
"""Older ones can lose commits in WAL mode with several connections: https://sqlite.org/wal.html#walresetbug"""

PATIENCE = 5.0
"""Seconds that somebody waits for who writes."""

RETRY = 0.02
"""Seconds between two tries to empty the log."""

PRAGMAS = {
    "journal_mode": "WAL",
    "synchronous": "FULL",  # NORMAL lost acknowledged rows at a power cut
    "busy_timeout": round(PATIENCE * 1000),
    "foreign_keys": "ON",
    "secure_delete": "ON",  # what was erased is overwritten
    "trusted_schema": "OFF",
    "cache_size": -16000,
}
"""Set on every connection; see the section on what every change keeps in docs/architecture.md."""


def open_engine(url: str) -> Engine:
    """The engine for `url`.

    Raises UsageError when the SQLite below is too old to be trusted.
    """
    if not url.startswith("sqlite"):
        return create_engine(url, pool_pre_ping=True, hide_parameters=True)
    if pysqlite3.dbapi2.sqlite_version_info < SAFE_SQLITE:
        raise UsageError(f"SQLite {pysqlite3.dbapi2.sqlite_version} is too old; 3.51.3 or newer is needed.")
    database = url.removeprefix("sqlite:///")
    Path(database).parent.mkdir(parents=True, exist_ok=True)
    engine = create_engine(url, module=pysqlite3.dbapi2, json_serializer=_json, hide_parameters=True)
    if (file := engine.url.database) and file != ":memory:":
        event.listen(engine, "do_connect", lambda *_any: owned(Path(file)))
    event.listen(engine, "connect", _configure)
    event.listen(engine, "begin", _begin)
    return engine


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _configure(connection: DBAPIConnection, _: ConnectionPoolEntry) -> None:
    """Set the pragmas, and leave BEGIN to us: the driver's own would be a deferred one."""
    setattr(connection, "isolation_level", None)  # noqa: B010 - the protocol does not declare it
    make: Callable[..., object] = getattr(connection, "create_function")  # noqa: B009 - nor this
    make("lowered", 1, lambda text: text and text.lower(), deterministic=True)
    cursor = connection.cursor()
    for name, value in PRAGMAS.items():
        cursor.execute(f"PRAGMA {name}={value}")
    cursor.close()


class lowered(ReturnTypeFromArgs[str]):
    """A text in lower case, whatever its letters: what SQLite has knows those from A to Z alone."""

    inherit_cache = True


@compiles(lowered, "postgresql")
def _lower(element: lowered, compiler: SQLCompiler, **said: Any) -> str:
    return f"lower({compiler.process(element.clauses, **said)})"


def _begin(connection: Connection) -> None:
    """Writers take the lock at once, so that none fails half-way; readers say so with `reading`."""
    reading = connection.get_execution_options().get("reading", False)
    connection.exec_driver_sql("BEGIN" if reading else "BEGIN IMMEDIATE")


def of_one_moment(engine: Engine) -> Engine:
    """The engine for who only reads: all of a transaction sees one moment of the database, and waits for no writer.

    SQLite does so by itself; PostgreSQL would show each statement what was committed before it.
    """
    if engine.dialect.name == "postgresql":
        return engine.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)
    return engine.execution_options(reading=True)


@contextmanager
def reading(engine: Engine) -> Iterator[Session]:
    """A session that sees one moment of the database and never waits for a writer."""
    with Session(of_one_moment(engine)) as session:
        yield session


@contextmanager
def writing(engine: Engine) -> Iterator[Session]:
    """A session of one write transaction: the caller commits, anything uncommitted is undone."""
    with Session(engine) as session:
        yield session


def checkpoint(engine: Engine) -> bool:
    """Bring what was written into the database's file and empty the log beside it; whether all of it could be.

    What was erased stands in that log until then. Tries for as long as others wait for a lock, but holds none: left to
    SQLite, who reads an older moment and then wants to write would wait for us, and we for them.
    """
    if engine.dialect.name != "sqlite":
        return True
    until = time.monotonic() + PATIENCE
    connection = engine.raw_connection()
    cursor = connection.cursor()
    cursor.execute("PRAGMA busy_timeout=0")
    try:
        while not (emptied := _emptied(cursor)) and time.monotonic() < until:
            time.sleep(RETRY)
        return emptied
    finally:
        cursor.execute(f"PRAGMA busy_timeout={PRAGMAS['busy_timeout']}")
        connection.close()


def _emptied(cursor: DBAPICursor) -> bool:
    cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    row = cursor.fetchone()
    return row is not None and row[0] == 0


def migrations() -> "AlembicConfig":
    """Alembic's settings: the scripts lie in `migrations/`."""
    from alembic.config import Config as AlembicConfig  # a third of a second that most starts need not spend

    config = AlembicConfig()
    config.set_main_option("script_location", str(ROOT / "migrations"))
    return config


def upgrade(engine: Engine, revision: str = "head") -> None:
    """Bring the tables to `revision`, in one transaction: killed half-way, nothing has happened.

    Raises UsageError where a later version of the code made them.
    """
    if (_version(engine) or "") > _newest():
        raise UsageError(
            "A later version of this code made the tables: nothing was changed. Take that version again, or put back a "
            "copy that was made before it."
        )
    _migrate(engine, "upgrade", revision)


def downgrade(engine: Engine, revision: str) -> None:
    """Take the tables back to `revision`, in one transaction."""
    _migrate(engine, "downgrade", revision)


def _migrate(engine: Engine, direction: str, revision: str) -> None:
    from alembic import command

    with engine.begin() as connection:
        config = migrations()
        config.attributes["connection"] = connection
        getattr(command, direction)(config, revision)


def is_current(engine: Engine) -> bool:
    """Whether the tables are those this code was written for: the number of the newest migration stands in them."""
    return _version(engine) == _newest()


def _newest() -> str:
    return max(path.name[:4] for path in (ROOT / "migrations" / "versions").glob("[0-9]*.py"))


def _version(engine: Engine) -> str | None:
    """The number of the last migration the tables have seen; None where there are none."""
    with of_one_moment(engine).connect() as connection:
        if not inspect(connection).has_table("alembic_version"):
            return None
        number: str | None = connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
        return number
