"""When the storage fails: what an error of the database means for who waits, and whether it can be trusted again."""

import errno
from threading import Lock
from time import monotonic

from sqlalchemy import Engine, event
from sqlalchemy.engine import ExceptionContext
from sqlalchemy.exc import DBAPIError, SQLAlchemyError

LATER = 503
"""HTTP: not now; the same may work in a minute."""

FULL = 507
"""HTTP: there is no room to keep it."""

_SQLITE = {13: FULL, 5: LATER, 6: LATER, 8: LATER, 10: LATER, 11: LATER, 14: LATER, 26: LATER}
"""SQLite's primary result codes (https://sqlite.org/rescode.html): full; busy, locked, read-only, input or output,
corrupt, cannot open, not a database."""

_POSTGRESQL = {"53100": FULL, "25006": LATER, "55P03": LATER, "57014": LATER}
"""PostgreSQL's codes (appendix A of its manual): disk full; read-only, lock not had, took too long."""

_POSTGRESQL_CLASSES = {"08", "53", "57", "58"}
"""No connection, too little of something, an operator intervenes, the machine fails."""

_RACED = {"23505", "40001", "40P01"}
"""Another transaction of the same moment was first: PostgreSQL's codes for something unique that is there already, for
moments that do not fit together, for two that wait for each other."""

_RACED_IN_SQLITE = "UNIQUE constraint failed"
"""The same of SQLite, whose driver tells of a constraint only which by its message."""

_SYSTEM = {errno.ENOSPC: FULL, errno.EDQUOT: FULL, errno.EROFS: LATER, errno.EIO: LATER}
"""The system's own error numbers, for files that are no database."""

_BROKEN = {10, 11, 26}
"""SQLite's codes after which the file is looked at before it is trusted again."""

_AGAIN_SECONDS = 5.0


def status(error: DBAPIError) -> int | None:
    """LATER or FULL when the storage failed; None when the mistake is ours."""
    sqlstate = getattr(error.orig, "sqlstate", None)
    if sqlstate:
        return _POSTGRESQL.get(sqlstate) or (LATER if sqlstate[:2] in _POSTGRESQL_CLASSES else None)
    if code := _code(error.orig):
        return _SQLITE.get(code)
    return LATER if error.connection_invalidated or type(error.orig).__name__ == "OperationalError" else None


def of_a_file(error: BaseException) -> int | None:
    """The same of a file beside the database: what is counted, a photo."""
    return _SYSTEM.get(getattr(error, "errno", None) or 0) or _SQLITE.get(_code(error))


def was_raced(error: DBAPIError) -> bool:
    """Whether the same, tried anew, may well succeed or be answered: somebody else was first."""
    sqlstate = getattr(error.orig, "sqlstate", None)
    return sqlstate in _RACED if sqlstate else str(error.orig).startswith(_RACED_IN_SQLITE)


def is_too_large(error: DBAPIError) -> bool:
    """Whether there was a number that no column of PostgreSQL holds; SQLite's driver raises OverflowError."""
    return getattr(error.orig, "sqlstate", None) == "22003"


def sentence(error: BaseException) -> str | None:
    """What to tell who gave a command; None when the storage is not to blame."""
    if isinstance(error, DBAPIError) and _unreachable(error):
        said = next(iter(str(error.orig).strip().splitlines()), "")
        return f"The database does not answer: nothing was changed. {said}".strip()
    failed = status(error) if isinstance(error, DBAPIError) else of_a_file(error)
    if failed == FULL:
        return "The disk is full: nothing was changed. Make room, then try again."
    if failed == LATER:
        return "The database or its folder cannot be written to just now: nothing was changed."
    return None


def _unreachable(error: DBAPIError) -> bool:
    """Whether there is no connection to a server: it is away, refuses us, or is going away."""
    sqlstate = getattr(error.orig, "sqlstate", None) or ""
    if sqlstate:
        return sqlstate[:2] in ("08", "28") or sqlstate[:4] == "57P0"
    return not _code(error.orig) and status(error) == LATER


def _code(error: BaseException | None) -> int:
    """SQLite's primary result code; 0 when it is no error of SQLite."""
    return getattr(error, "sqlite_errorcode", 0) & 0xFF


class Health:
    """Whether the database of this process can be trusted: not after it failed to read or write its file, until it was
    opened anew, read through and written to."""

    def __init__(self, engine: Engine) -> None:
        self.engine, self._broken, self._looked, self._looking = engine, False, 0.0, Lock()
        if engine.dialect.name == "sqlite":
            event.listen(engine, "handle_error", self._note)

    def _note(self, context: ExceptionContext) -> None:
        self._broken |= _code(context.original_exception) in _BROKEN

    def sound(self) -> bool:
        """Whether all is well; looks at most every few seconds while it is not."""
        with self._looking:
            if self._broken and monotonic() - self._looked >= _AGAIN_SECONDS:
                self._broken = not self._opened_anew()
                self._looked = monotonic()
            return not self._broken

    def _opened_anew(self) -> bool:
        self.engine.dispose()
        try:
            with self.engine.begin() as connection:
                version = connection.exec_driver_sql("PRAGMA user_version").scalar()
                connection.exec_driver_sql(f"PRAGMA user_version={version}")  # written, though it changes nothing
                return connection.exec_driver_sql("PRAGMA quick_check(1)").scalar() == "ok"
        except SQLAlchemyError:
            return False
