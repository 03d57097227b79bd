"""How often somebody may do a thing, counted in one small file: for all processes together, and over a restart.

Who it was is kept as a keyed hash only, and no longer than the limit lasts.
"""

import hashlib
import hmac
import math
import threading
import time
from pathlib import Path
from typing import cast

import pysqlite3.dbapi2 as sqlite
from limits import parse
from limits.storage import MovingWindowSupport, Storage
from limits.strategies import MovingWindowRateLimiter

from referral.written import owned

SCHEME = "referral+sqlite"

PATIENCE, RETRY = 5.0, 0.01
"""Seconds that somebody waits for who writes, and between two looks."""

TABLE = """
    CREATE TABLE IF NOT EXISTS entry (key TEXT NOT NULL, at REAL NOT NULL, until REAL NOT NULL);
    CREATE INDEX IF NOT EXISTS entry_key ON entry (key, at);
    CREATE INDEX IF NOT EXISTS entry_until ON entry (until);
"""


class FileStorage(Storage, MovingWindowSupport):
    """Storage of the library `limits` in an SQLite file."""

    STORAGE_SCHEME = [SCHEME]  # noqa: RUF012 - the library's registry reads it so

    def __init__(self, uri: str, wrap_exceptions: bool = False, **options: float | str | bool) -> None:
        super().__init__(uri, wrap_exceptions, **options)
        self._path = uri.partition("://")[2]
        self._mine = threading.local()

    @property
    def base_exceptions(self) -> type[Exception]:
        """What the file may raise."""
        return cast(type[Exception], sqlite.Error)

    def acquire_entry(self, key: str, limit: int, expiry: int, amount: int = 1) -> bool:
        """Whether `amount` more fit into `limit` within the last `expiry` seconds; counts them if so."""
        now = time.time()
        with self._open() as file:
            file.execute("BEGIN IMMEDIATE")
            file.execute("DELETE FROM entry WHERE until <= ?", (now,))
            there = file.execute("SELECT count(*) FROM entry WHERE key = ? AND at > ?", (key, now - expiry)).fetchone()
            fits = bool(there[0] + amount <= limit)
            if fits:
                file.executemany("INSERT INTO entry VALUES (?, ?, ?)", [(key, now, now + expiry)] * amount)
        return fits

    def give_back(self, key: str) -> None:
        """Count the last entry of `key` no more."""
        last = "SELECT max(rowid) FROM entry WHERE key = ?"
        with self._open() as file:
            file.execute(f"DELETE FROM entry WHERE rowid = ({last})", (key,))

    def get_moving_window(self, key: str, limit: int, expiry: int) -> tuple[float, int]:
        """(when the oldest entry of the last `expiry` seconds was counted, how many there are)."""
        now = time.time()
        with self._open() as file:
            oldest, there = file.execute(
                "SELECT min(at), count(*) FROM entry WHERE key = ? AND at > ?", (key, now - expiry)
            ).fetchone()
        return (now if oldest is None else oldest), there

    def incr(self, key: str, expiry: int, amount: int = 1) -> int:
        """Count `amount` more; returns how many there are."""
        now = time.time()
        with self._open() as file:
            file.executemany("INSERT INTO entry VALUES (?, ?, ?)", [(key, now, now + expiry)] * amount)
        return self.get(key)

    def get(self, key: str) -> int:
        """How many are counted."""
        with self._open() as file:
            found = file.execute("SELECT count(*) FROM entry WHERE key = ? AND until > ?", (key, time.time()))
            return int(found.fetchone()[0])

    def get_expiry(self, key: str) -> float:
        """When the first of them is forgotten, seconds since 1970."""
        with self._open() as file:
            found = file.execute("SELECT min(until) FROM entry WHERE key = ?", (key,)).fetchone()[0]
        return time.time() if found is None else float(found)

    def check(self) -> bool:
        """Whether the file can be read."""
        with self._open() as file:
            return bool(file.execute("SELECT 1").fetchone())

    def reset(self) -> int | None:
        """Forget everything; returns how much that was."""
        with self._open() as file:
            return int(file.execute("DELETE FROM entry").rowcount)

    def clear(self, key: str) -> None:
        """Forget what was counted under `key`."""
        with self._open() as file:
            file.execute("DELETE FROM entry WHERE key = ?", (key,))

    def _open(self) -> sqlite.Connection:
        """This thread's connection; as a context, one transaction."""
        if not hasattr(self._mine, "file"):
            Path(self._path).parent.mkdir(parents=True, exist_ok=True)
            owned(Path(self._path))
            file = sqlite.connect(self._path, timeout=PATIENCE, isolation_level=None)
            _begin(file)
            self._mine.file = file
        return self._mine.file


def _begin(file: sqlite.Connection) -> None:
    """Make the file what it is to be, whoever does so at the same moment: for this SQLite waits for nobody."""
    ends = time.monotonic() + PATIENCE
    while True:
        try:
            file.execute("PRAGMA journal_mode=WAL")
            file.executescript(TABLE)
            return
        except sqlite.OperationalError:
            if time.monotonic() > ends:
                raise
            time.sleep(RETRY)


class Limits:
    """The counts of one installation."""

    def __init__(self, file: Path, secret: str) -> None:
        self._storage = FileStorage(f"{SCHEME}://{file}")
        self._strategy = MovingWindowRateLimiter(self._storage)
        self._secret = secret.encode()

    def hit(self, rule: str, *who: str) -> int:
        """Count one more for `who` under `rule` ("10 per 5 minutes"); returns the seconds to wait, 0 when it fits."""
        limit, key = parse(rule), self._hidden(*who)
        if self._strategy.hit(limit, key):
            return 0
        return max(1, math.ceil(self._strategy.get_window_stats(limit, key).reset_time - time.time()))

    def give_back(self, rule: str, *who: str) -> None:
        """Count one less for `who` under `rule`: what was counted turned out to be no flood."""
        self._storage.give_back(parse(rule).key_for(self._hidden(*who)))

    def _hidden(self, *who: str) -> str:
        return hmac.digest(self._secret, "\0".join(who).encode(), hashlib.sha256).hex()
