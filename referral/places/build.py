"""Making the gazetteer: raw rows in, one read-only SQLite file out.

Written beside the target, synced, then renamed over it; the same rows give the same bytes.
"""

import gc
import os
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pysqlite3

from referral.places.gathering import Derived, Rows, gather
from referral.places.sources import Sources
from referral.places.store import DEGREE, INDEXES, KINDS, SCHEMA, TABLES, cell

Step = Callable[[str, int, int], None]
"""Told of progress: what is being done, how much of it is done, how much there is."""

PHASES = ("reading places and postcodes", "writing places", "writing names", "writing spellings and suggestions")


@dataclass(frozen=True, slots=True)
class Report:
    """What a build put into the file."""

    places: dict[str, int]
    """Kind → count."""
    names: int
    postcodes: int
    regions_joined: int
    """Regions with an ISO 3166-2 code."""
    regions_not_joined: tuple[str, ...]
    """The codes of the others."""
    size: int
    """Bytes of the file."""


def build(sources: Sources, target: Path, step: Step) -> Report:
    """Make the gazetteer `target` out of `sources`; whatever was there stays until the new one is whole."""
    target.parent.mkdir(parents=True, exist_ok=True)
    _sweep(target)
    beside = target.with_name(f"{target.name}.{os.getpid()}.building")
    try:
        with _uncollected():
            step(PHASES[0], 0, len(PHASES))
            with ProcessPoolExecutor(1) as other:
                rows, derived = gather(sources, other)
                _write(rows, derived, beside, step)
        os.replace(beside, target)
    finally:
        beside.unlink(missing_ok=True)
    _sync(target.parent)
    step("done", len(PHASES), len(PHASES))
    return _report(rows, target.stat().st_size)


def _sweep(target: Path) -> None:
    """Delete what interrupted builds left behind."""
    for left in target.parent.glob(f"{target.name}.*.building"):
        if not Path(f"/proc/{left.suffixes[-2][1:]}").exists():
            left.unlink(missing_ok=True)


@contextmanager
def _uncollected() -> Iterator[None]:
    """Without the garbage collector: millions of small tuples, none in cycles, made it three times slower."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def _sync(path: Path) -> None:
    number = os.open(path, os.O_RDONLY)
    try:
        os.fsync(number)
    finally:
        os.close(number)


def _write(rows: Rows, derived: "Future[Derived]", path: Path, step: Step) -> None:
    file = pysqlite3.connect(str(path), isolation_level=None)
    try:
        file.executescript(
            "PRAGMA page_size = 8192; PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA cache_size = -400000;"
            "PRAGMA locking_mode = EXCLUSIVE;" + TABLES
        )
        file.execute("BEGIN")
        file.execute("INSERT INTO meta VALUES ('schema', ?)", (str(SCHEMA),))
        _fill(file, rows, derived, step)
        file.execute("COMMIT")
        file.executescript(INDEXES)
    finally:
        file.close()
    _sync(path)


def _fill(file: pysqlite3.Connection, rows: Rows, derived: "Future[Derived]", step: Step) -> None:
    """Fill every table in the order of its key, which is both fastest and smallest."""
    step(PHASES[1], 1, len(PHASES))
    file.executemany("INSERT INTO place VALUES (?,?,?,?,?,?,?,?,?,?,?)", rows.places)
    file.executemany("INSERT INTO cell VALUES (?, ?)", _cells(rows))
    file.executemany("INSERT INTO postcode VALUES (?,?,?,?,?,?)", rows.postcodes)
    step(PHASES[2], 2, len(PHASES))
    file.executemany("INSERT OR IGNORE INTO name VALUES (?,?,?,?,?)", rows.names)
    step(PHASES[3], 3, len(PHASES))
    words, buckets, prefixes = derived.result()
    file.executemany("INSERT INTO spelling VALUES (?, ?)", enumerate(words))
    file.executemany("INSERT INTO deletion VALUES (?, ?)", buckets)
    file.executemany("INSERT INTO head VALUES (?, ?, ?)", prefixes)


def _cells(rows: Rows) -> list[tuple[int, int]]:
    return sorted((cell(p[6] / DEGREE, p[7] / DEGREE), p[0]) for p in rows.places if p[1] == KINDS.index("city"))


def _report(rows: Rows, size: int) -> Report:
    kinds = [p[1] for p in rows.places]
    unjoined = tuple(rows.namings[k].code for k in rows.regions if not rows.namings[k].is_joined)
    return Report(
        places={kind: kinds.count(n) for n, kind in enumerate(KINDS)},
        names=len(rows.names),
        postcodes=len(rows.postcodes),
        regions_joined=len(rows.regions) - len(unjoined),
        regions_not_joined=unjoined,
        size=size,
    )
