"""Read-only access to the gazetteer file: one connection per thread, a small cache each, the file shared by all.

Nothing here interprets what was typed.
"""

import os
import threading
from collections.abc import Callable, Hashable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple, TypeVar, cast

import pysqlite3

from referral.errors import UsageError
from referral.places.records import SELECT, Record, padded, record
from referral.places.schema import DEGREE, KINDS, RUNS, SCHEMA

Value = TypeVar("Value")

CACHE_KB = 4_000
"""Of each connection; the system keeps the rest once for all processes. Mapped into memory, the pages touched would
count as each process's own: 140 MB after a few hundred lines, for a tenth less time."""

BEST = 64
"""Rows of a name that are read at once: few names have more."""

AREAS = KINDS.index("county")
"""The first of the kinds that are areas."""


class Named(NamedTuple):
    """A place under one of its names."""

    rank: int
    """`-100 *` the score of that name."""
    place: int
    country: str
    kind: int


@dataclass(frozen=True, slots=True)
class PostcodeRecord:
    """A postcode of one country."""

    code: str
    country: str
    written: str
    lat: float
    lon: float
    place: int
    """The town it belongs to."""


STATEMENT = 6
"""Steps that a statement costs, besides one for every few rows: it takes as long as so many things asked again."""
ROWS = 4
"""Rows that are read, or names that are weighed, in a step."""

TOWN_NAMES = 4096
"""Names of towns in other languages kept in memory."""


class Exhausted(Exception):
    """A line took more steps than any sensible line needs."""


class Store:
    """An open gazetteer file."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._local = threading.local()
        self._region_names: dict[str, dict[str, str]] = {}
        self._town_name = lru_cache(maxsize=TOWN_NAMES)(self._look_for_town_name)
        if not path.exists():
            raise UsageError(f"The gazetteer {path} is missing; `flask places build` makes it.")
        try:
            found = self.rows("SELECT value FROM meta WHERE key = 'schema'")
        except pysqlite3.DatabaseError as damage:
            raise UsageError(f"{path} is not a gazetteer; `flask places build` makes one.") from damage
        if not found or found[0][0] != str(SCHEMA):
            raise UsageError(f"The gazetteer {path} is of another version; run `flask places build` again.")

    @contextmanager
    def allowed(self, steps: int) -> Iterator[None]:
        """Raise Exhausted when what is done inside, on this thread, takes more than so many steps."""
        self._local.left, self._local.kept = steps, {}
        try:
            yield
        finally:
            self._local.left = self._local.kept = None

    def spend(self, steps: int = 1) -> None:
        """Count steps of work: a thing asked for, again or not, a way to read the line, rows that are looked through.

        Whatever is done for each of many takes a step, so that the work for a line is bounded whatever it says.
        """
        left = getattr(self._local, "left", None)
        if left is not None:
            self._local.left = left - steps
            if left < steps:
                raise Exhausted

    def once(self, key: Hashable, look: Callable[[], Value]) -> Value:
        """What `look` finds; inside one `allowed` it looks only once for a key."""
        kept = self._kept()
        if kept is None:
            return look()
        self.spend()
        if key not in kept:
            kept[key] = look()
        return cast(Value, kept[key])

    def _kept(self) -> dict[Hashable, Any] | None:
        return getattr(self._local, "kept", None)

    def rows(self, sql: str, values: Sequence[object] = ()) -> Sequence[tuple[object, ...]]:
        """The rows of one query."""
        return self._read(sql, values)

    def stream(self, sql: str, values: Sequence[object] = ()) -> Iterator[tuple[object, ...]]:
        """The rows of one query, as they are read."""
        yield from self._connection().execute(sql, values)

    def _connection(self) -> pysqlite3.Connection:
        """This thread's own connection; a forked child opens its own."""
        if getattr(self._local, "process", None) != os.getpid():
            uri = f"{self.path.absolute().as_uri()}?mode=ro&immutable=1"
            self._local.connection = pysqlite3.connect(uri, uri=True, check_same_thread=False, cached_statements=64)
            self._local.connection.execute(f"PRAGMA cache_size = -{CACHE_KB}")
            self._local.process = os.getpid()
        self.spend(STATEMENT)
        return self._local.connection

    def _read(self, sql: str, values: Sequence[object]) -> list[tuple[Any, ...]]:
        """The rows of one query, counted."""
        rows = cast(list[tuple[Any, ...]], self._connection().execute(sql, values).fetchall())
        self.spend(len(rows) // ROWS)
        return rows

    def named(self, folded: str, limit: int = 40, *, country: str | None = None) -> list[Named]:
        """The places called `folded`, the most prominent first."""
        known = self._best(folded)
        if len(known) == BEST and (country is not None or limit > BEST):
            where = "folded = ?" if country is None else "folded = ? AND country = ?"
            values = (folded, limit) if country is None else (folded, country, limit)
            return self._names(where, values)
        return known[:limit] if country is None else [n for n in known if n.country == country][:limit]

    def areas(self, folded: str, limit: int = 12) -> list[Named]:
        """The areas of every kind called `folded`, the most prominent first."""
        known = self._best(folded)
        if len(known) == BEST:
            return self._names("folded = ? AND kind >= 2", (folded, limit))
        return [n for n in known if n.kind >= AREAS][:limit]

    def _best(self, folded: str) -> list[Named]:
        """The first of that name, whatever is asked of them: one line asks for the same words as many things."""
        return self.once(("named", folded), lambda: self._look_up(folded))

    def _look_up(self, folded: str) -> list[Named]:
        if folded.count(" ") > 1 and not self.goes_on(" ".join(folded.split(" ", 2)[:2])):
            return []
        return self._names("folded = ?", (folded, BEST))

    def goes_on(self, words: str) -> bool:
        """Whether there are longer names that begin with these words; else no longer run of a line is one."""
        return self.once(("goes on", words), lambda: self._goes_on(words))

    def _goes_on(self, words: str) -> bool:
        sql = "SELECT 1 FROM name WHERE folded >= ? AND folded < ? LIMIT 1"
        return self._connection().execute(sql, (f"{words} ", f"{words}!")).fetchone() is not None

    def _names(self, where: str, values: tuple[object, ...]) -> list[Named]:
        sql = f"SELECT rank, place, country, kind FROM name WHERE {where} ORDER BY rank LIMIT ?"
        return [Named(*row) for row in self._read(sql, values)]

    def starting(self, prefix: str, limit: int, *, villages: bool = False) -> list[Named]:
        """Places with a name that begins with `prefix`, in order of names; the caller ranks."""
        return self.between(prefix, prefix + "\U0010ffff", limit, villages=villages)

    def between(self, first: str, end: str, limit: int, *, villages: bool = False) -> list[Named]:
        """Places with a name from `first` up to `end`, in order of names."""
        kind = "=" if villages else "!="
        sql = f"SELECT rank, place, country, kind FROM name WHERE folded >= ? AND folded < ? AND kind {kind} 1 LIMIT ?"
        return [Named(*row) for row in self._read(sql, (first, end, limit))]

    def begun_names(self, prefix: str, ids: Sequence[int]) -> dict[int, str]:
        """Of these places the best folded name of each that begins with `prefix`."""
        marks = ",".join("?" * len(ids))
        sql = f"""SELECT place, folded, min(rank) FROM name WHERE folded >= ? AND folded < ? AND place IN ({marks})
            GROUP BY place"""
        return {row[0]: row[1] for row in self._read(sql, (prefix, prefix + "\U0010ffff", *ids))}

    def names_from(self, prefix: str, limit: int, least: float) -> list[str]:
        """Folded names that begin with `prefix` and score at least so much, in their order."""
        sql = "SELECT DISTINCT folded FROM name WHERE folded >= ? AND folded < ? AND rank <= ? LIMIT ?"
        values = (prefix, prefix + "\U0010ffff", round(-100 * least), limit)
        return [row[0] for row in self._read(sql, values)]

    def head(self, prefix: str, country: str = "") -> bytes | None:
        """The stored best places for a short prefix, packed as in `heads`, or None when there are few enough."""
        sql = "SELECT places FROM head WHERE prefix = ? AND country = ?"
        row = self._connection().execute(sql, (prefix, country)).fetchone()
        return cast(bytes, row[0]) if row else None

    def records(self, ids: Sequence[int]) -> dict[int, Record]:
        """The places of these row numbers."""
        known = self.once("records", dict[int, Record])
        if asked := [id_ for id_ in ids if id_ not in known]:
            asked = padded(asked, 1 << (len(asked) - 1).bit_length())
            rows = self._read(f"{SELECT} WHERE p.id IN ({','.join('?' * len(asked))})", asked)
            known |= {row[0]: record(row, self.spoken) for row in rows}
        return {id_: known[id_] for id_ in ids if id_ in known}

    def by_code(self, code: str) -> Record | None:
        """The area with this code."""
        row = self._connection().execute(f"{SELECT} WHERE p.code = ? AND p.code IS NOT NULL", (code,)).fetchone()
        return record(row, self.spoken) if row else None

    def postcodes(self, code: str) -> list[PostcodeRecord]:
        """The postcode in every country that has it."""
        return self.once(("postcodes", code), lambda: self._postcodes(code))

    def _postcodes(self, code: str) -> list[PostcodeRecord]:
        sql = "SELECT code, country, written, lat, lon, place FROM postcode WHERE code = ?"
        return [_postcode(row) for row in self._read(sql, (code,))]

    def postcodes_from(self, begun: str, country: str, limit: int) -> list[PostcodeRecord]:
        """The first postcodes of a country that begin so."""
        sql = (
            "SELECT code, country, written, lat, lon, place FROM postcode WHERE code >= ? AND code < ? AND country = ?"
        )
        rows = self._read(f"{sql} ORDER BY code LIMIT ?", (begun, begun + "\U0010ffff", country, limit))
        return [_postcode(row) for row in rows]

    def run(self, code: str) -> PostcodeRecord | None:
        """The first postcode of the run that this one lies in, see `RUNS`; runs never cross a first digit."""
        sql = "SELECT code, country, written, lat, lon, place FROM postcode INDEXED BY postcode_run"
        where = f"WHERE country = '{RUNS}' AND code <= ? AND code >= ? ORDER BY code DESC LIMIT 1"
        row = self._connection().execute(f"{sql} {where}", (code, code[:1])).fetchone()
        return _postcode(row) if row else None

    def in_cells(self, runs: Sequence[tuple[int, int]]) -> list[tuple[int, float, float]]:
        """Row number and point of every town in these runs of grid cells, each from its first to its last."""
        within = " OR ".join(["c.cell BETWEEN ? AND ?"] * len(runs))
        sql = f"SELECT p.id, p.lat, p.lon FROM cell c JOIN place p ON p.id = c.place WHERE {within}"
        rows = self._connection().execute(sql, [number for run in runs for number in run])
        return [(id_, lat / DEGREE, lon / DEGREE) for id_, lat, lon in rows]

    def is_word(self, folded: str) -> bool:
        """Whether our own pages use this word."""
        return self._connection().execute("SELECT 1 FROM word WHERE folded = ?", (folded,)).fetchone() is not None

    def known_spellings(self, least: float) -> int:
        """How many spellings score at least so much; theirs are the numbers below."""
        sql = "SELECT words FROM spelling_count WHERE rank <= ? ORDER BY rank DESC LIMIT 1"
        row = self._connection().execute(sql, (round(-100 * least),)).fetchone()
        return int(row[0]) if row else 0

    def spellings(self, ids: Sequence[int]) -> list[str]:
        """The folded names of these spelling numbers."""
        marks = ",".join("?" * len(ids))
        return [row[0] for row in self._read(f"SELECT folded FROM spelling WHERE id IN ({marks})", list(ids))]

    def deletions(self, buckets: Sequence[int]) -> dict[int, bytes]:
        """The packed entries of these buckets."""
        marks = ",".join("?" * len(buckets))
        sql = f"SELECT bucket, entries FROM deletion WHERE bucket IN ({marks})"
        self.spend(len(buckets) // ROWS)
        return dict(self._read(sql, list(buckets)))

    def spoken(self, place: str, language: str) -> str:
        """What a region (its code) or a town (its number) is called in a language; empty where nobody has said."""
        if place.isdigit():
            return self._town_name(int(place), language)
        if language not in self._region_names:
            asked = self._connection().execute("SELECT code, name FROM region_name WHERE language = ?", (language,))
            self._region_names[language] = dict(asked.fetchall())
        return self._region_names[language].get(place, "")

    def _look_for_town_name(self, number: int, language: str) -> str:
        sql = "SELECT name FROM town_name WHERE place = ? AND language = ?"
        row = self._connection().execute(sql, (number, language)).fetchone()
        return str(row[0]) if row else ""

    def towns(self, country: str, min_population: int) -> Iterator[Record]:
        """The towns of a country with at least so many people, in the order of their row numbers."""
        sql = f"{SELECT} WHERE p.kind = 0 AND p.country = ? AND p.population >= ? ORDER BY p.id"
        for row in self._connection().execute(sql, (country, min_population)):
            yield record(row, self.spoken)


def _postcode(row: tuple[str, str, str, int, int, int]) -> PostcodeRecord:
    code, country, written, lat, lon, place = row
    return PostcodeRecord(code, country, written, lat / DEGREE, lon / DEGREE, place)
