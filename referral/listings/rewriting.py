"""What PostgreSQL keeps of rows that are gone: the tables that people stand in are written anew without it.

A plain VACUUM only says that the room is free; the bytes stay there, in tables and indexes. Nobody reads a table while
it is written anew, so this is for the night. SQLite overwrites what is deleted and needs none of it.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

import structlog
from sqlalchemy import Connection, Engine, Integer, Table, select, text
from sqlalchemy.exc import OperationalError

from referral.model import Account, Base, LinkCheck, Practitioner, Workshop

WAIT = "4s"
"""For a lock on a table: who comes meanwhile waits behind us."""

LONGEST = "2min"
"""For one table: nobody reads it meanwhile."""

NOTED = "pg_catalog.pg_statistic"
"""What the planner noted of columns: samples of names, addresses and words."""

SEEN = text("""
    SELECT attname FROM pg_stats AS noted
    WHERE schemaname = current_schema() AND tablename = :table AND NOT EXISTS (
        SELECT FROM pg_constraint JOIN pg_attribute ON attrelid = conrelid AND attnum = ANY (conkey)
        WHERE conrelid = to_regclass(quote_ident(:table)) AND pg_attribute.attname = noted.attname
        AND contype = 'c' AND pg_get_constraintdef(pg_constraint.oid) LIKE '%ANY%')
""")
"""Columns of which something was noted, but for those that hold one of a few words of ours: a CHECK says which."""

log = structlog.get_logger()


@dataclass(slots=True)
class _Told:
    """What the server says beside its answers, in whatever language."""

    kept: int = 0
    """Rows that are gone, but that somebody who reads an older moment may still ask for."""
    refused: bool = False

    def __call__(self, notice: Any) -> None:
        """Take note of it."""
        if notice.severity_nonlocalized == "WARNING":  # that only its owner may, and the table is skipped
            self.refused = True
        elif found := re.search(r"\d+", notice.message_detail or ""):
            self.kept += int(found[0])


@dataclass(slots=True)
class _Done:
    """What became of the tables."""

    waiting: list[str] = field(default_factory=list)
    """That were in use, or could not be written anew."""
    refused: list[str] = field(default_factory=list)
    """That are not ours."""


def keeps(engine: Engine) -> bool:
    """Whether this database leaves in its files what was deleted."""
    return engine.dialect.name == "postgresql"


def tables() -> list[Table]:
    """Those that rows of people stand in, or go with them, and those that name them."""
    every = Base.metadata.tables
    found = {kind.__tablename__ for kind in (Practitioner, Account, Workshop, LinkCheck)}
    while more := {name for name, table in every.items() if name not in found and _goes_with(table, found)}:
        found |= more
    return [every[name] for name in sorted(found)]


def _goes_with(table: Table, others: Iterable[str]) -> bool:
    return any(key.ondelete == "CASCADE" and key.column.table.name in others for key in table.foreign_keys)


def rewrite(engine: Engine) -> bool:
    """Write the tables anew, one after the other; whether nothing of what is gone is left in any that we may.

    To be repeated where a table was in use or somebody reads an older moment. What the role of the database may not is
    left, and said in the log in one line.
    """
    if not keeps(engine):
        return True
    done = _Done()
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.detach()  # nobody else is to have these settings
        connection.exec_driver_sql(f"SET lock_timeout = '{WAIT}'")
        connection.exec_driver_sql(f"SET statement_timeout = '{LONGEST}'")
        for table in tables():
            _rewrite(connection, connection.dialect.identifier_preparer.format_table(table), table, done)
        _rewrite(connection, NOTED, None, done)  # last: it holds what was noted of the others
    if done.refused:
        log.warning(
            "erased bytes stay", tables=done.refused, why="only their owner may vacuum them, see docs/running.md"
        )
    if done.waiting:
        log.warning("erased bytes wait", tables=done.waiting)
    return not done.waiting


def _rewrite(connection: Connection, name: str, table: Table | None, done: _Done) -> None:
    told = _Told()
    driver: Any = connection.connection.dbapi_connection
    driver.add_notice_handler(told)
    try:
        connection.exec_driver_sql(f"VACUUM (FULL, VERBOSE) {name}")
        if table is not None and not told.refused:
            connection.exec_driver_sql(f"ANALYZE {name}")
            _forget_noted(connection, table)
    except OperationalError as error:
        if error.connection_invalidated:
            raise
        done.waiting.append(name)
    else:
        if told.refused:
            done.refused.append(name)
        elif told.kept:
            done.waiting.append(name)
    finally:
        driver.remove_notice_handler(told)


def _forget_noted(connection: Connection, table: Table) -> None:
    """Let the planner forget a table that is empty now: ANALYZE leaves what it noted, the same type anew does not."""
    if connection.execute(select(1).select_from(table).limit(1)).first():
        return
    noted = set(connection.scalars(SEEN, {"table": table.name}))
    quote = connection.dialect.identifier_preparer.quote
    anew = [
        f"ALTER {quote(column.name)} TYPE {column.type.compile(connection.dialect)}"
        for column in table.columns
        if column.name in noted and not isinstance(column.type, Integer)  # such are keys, and name nobody
    ]
    if anew:
        connection.exec_driver_sql(f"ALTER TABLE {quote(table.name)} {', '.join(anew)}")
