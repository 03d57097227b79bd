"""Making the gazetteer: raw rows in, one read-only SQLite file out.

Written beside the target, synced, then renamed over it; the same rows give the same bytes. It lies in the folder of
what is only needed while building, which the next build sweeps when this one was killed, and anybody may read it:
so it is not made by `written.whole`, whose files are their owner's.
"""

import gc
import os
import shutil
import signal
from collections.abc import Iterator, Mapping
from concurrent.futures import Executor, ProcessPoolExecutor
from contextlib import closing, contextmanager
from dataclasses import dataclass
from heapq import merge
from multiprocessing import active_children
from operator import itemgetter
from pathlib import Path
from types import MappingProxyType

import pysqlite3

from referral import orphans
from referral.errors import UsageError
from referral.places import names
from referral.places.area_rows import Areas
from referral.places.deriving import SETTINGS, TOWNS, VILLAGES, derive
from referral.places.gathering import Gathered, Step, gather
from referral.places.kept_areas import kept_areas
from referral.places.schema import DEGREE, INDEXES, KINDS, SCHEMA, TABLES, cell
from referral.places.sources import Sources
from referral.places.spools import Spools
from referral.written import keep

WORKERS = 2
"""Processes that work beside this one, which itself has little to do until it writes."""

PHASES = ("Writing places", "Writing postcodes", "Writing names", "Writing spellings and suggestions")


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


def build(sources: Sources, target: Path, step: Step, noted: Mapping[str, str] = MappingProxyType({})) -> Report:
    """Make the gazetteer `target` out of `sources`; whatever was there stays until the new one is whole.

    `noted` is what the file says of itself, see `makings.note`.
    """
    target.parent.mkdir(parents=True, exist_ok=True)
    _sweep(target)
    beside = target.with_name(f"{target.name}.{os.getpid()}.building")
    beside.mkdir()
    try:
        with _uncollected(), _workers() as workers:
            spools = Spools(beside)
            gathered = gather(sources, spools, workers, step)
            report = _write(sources, gathered, spools, workers, beside / "whole", step, noted)
        os.replace(beside / "whole", target)
    finally:
        shutil.rmtree(beside)
    keep(target.parent)
    step(PHASES[-1], len(PHASES), len(PHASES))
    return report


def _sweep(target: Path) -> None:
    """Delete what interrupted builds left behind."""
    for left in target.parent.glob(f"{target.name}.*.building"):
        number = left.suffixes[-2][1:]
        if number == str(os.getpid()) or not Path(f"/proc/{number}").exists():  # ours: in a container all begin alike
            shutil.rmtree(left) if left.is_dir() else left.unlink()


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


@contextmanager
def _workers() -> Iterator[Executor]:
    """The processes; when something fails they end at once, whatever they are at."""
    workers = ProcessPoolExecutor(WORKERS, initializer=_begin, initargs=(os.getpid(),))
    try:
        yield workers
    except BaseException:
        for process in active_children():
            process.kill()
        raise
    finally:
        workers.shutdown(cancel_futures=True)


def _begin(builder: int) -> None:
    """What a process does first; Ctrl-C in a terminal reaches it too, but is for the builder to act on."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    gc.disable()
    orphans.end_with(builder)


def _write(
    sources: Sources,
    gathered: Gathered,
    spools: Spools,
    workers: Executor,
    path: Path,
    step: Step,
    noted: Mapping[str, str],
) -> Report:
    """Fill every table in the order of its key, which is both fastest and smallest."""
    derived = path.with_name("derived")
    deriving = workers.submit(derive, spools, gathered.areas.names, derived)
    with closing(pysqlite3.connect(str(path), isolation_level=None)) as file:
        file.executescript(SETTINGS + "PRAGMA locking_mode = EXCLUSIVE;" + TABLES + "BEGIN;")
        file.executemany("INSERT INTO meta VALUES (?, ?)", sorted({**noted, "schema": str(SCHEMA)}.items()))
        _write_region_names(file, gathered.areas)
        for number, write in enumerate((_write_places, _write_postcodes, _write_names)):
            step(PHASES[number], number, len(PHASES))
            write(file, gathered, spools)
        step(PHASES[-1], len(PHASES) - 1, len(PHASES))
        file.executemany("INSERT INTO word VALUES (?)", ((word,) for word in sources.words()))
        deriving.result()
        _copy(file, derived)
        file.execute("COMMIT")
        file.executescript(INDEXES)
        report = _report(file, gathered.areas)
    keep(path)
    return report


def _write_places(file: pysqlite3.Connection, gathered: Gathered, spools: Spools) -> None:
    towns = (row for code in gathered.villages for row in spools.places.rows(code))
    rows = sorted([*gathered.areas.places, *towns], key=itemgetter(0))
    try:
        file.executemany("INSERT INTO place VALUES (?,?,?,?,?,?,?,?,?,?,?,?)", rows)
    except pysqlite3.IntegrityError as twice:
        raise UsageError("Two places have one number: is a country there twice?") from twice
    villages = [
        (number, name, code, region, lat, lon)
        for code, numbers in gathered.villages.items()
        for number, (name, region, lat, lon) in zip(numbers, spools.villages.rows(code), strict=True)
    ]
    villages.sort(key=itemgetter(0))
    # What is the same for all stands in the statement: a row with a None to bind takes three times as long.
    file.executemany("INSERT INTO place VALUES (?, 1, ?, ?, ?, NULL, ?, ?, 0, NULL, NULL, NULL)", villages)
    cells = sorted((cell(p[6] / DEGREE, p[7] / DEGREE), p[0]) for p in rows if p[1] == KINDS.index("city"))
    file.executemany("INSERT INTO cell VALUES (?, ?)", cells)
    called = sorted(row for code in gathered.villages for row in spools.called.rows(code))
    file.executemany("INSERT INTO town_name VALUES (?, ?, ?)", called)


def _write_region_names(file: pysqlite3.Connection, areas: Areas) -> None:
    """What regions and kept areas are called in languages with a name of their own for them; Georgien is no state."""
    regions = (
        (language, naming.code, name)
        for country, naming in ((key[0], areas.namings[key]) for key in areas.regions)
        for language, name in naming.spoken.items()
        if name != naming.names[0] and not names.is_anothers(name, country)
    )
    kept = (
        (lang, area.code, name) for area in kept_areas() for lang, name in area.spoken().items() if name != area.name
    )
    file.executemany("INSERT INTO region_name VALUES (?, ?, ?)", sorted([*regions, *kept]))


def _write_postcodes(file: pysqlite3.Connection, gathered: Gathered, spools: Spools) -> None:
    rows = [
        (*row, town if town > 0 else numbers[-1 - town])
        for code, numbers in gathered.villages.items()
        for *row, town in spools.postcodes.rows(code)
    ]
    file.executemany("INSERT INTO postcode VALUES (?,?,?,?,?,?)", sorted(rows))


def _write_names(file: pysqlite3.Connection, gathered: Gathered, spools: Spools) -> None:
    """Towns and villages come in order, so that none of the millions need be held to sort them."""
    sorted_names = spools.sorted_names
    rows = merge(sorted_names.merged(TOWNS), sorted_names.merged(VILLAGES), sorted(gathered.areas.names))
    file.executemany("INSERT OR IGNORE INTO name VALUES (?,?,?,?,?)", rows)


def _copy(file: pysqlite3.Connection, derived: Path) -> None:
    """Take over whole tables from another file, in the order of their keys."""
    file.execute("ATTACH ? AS derived", (str(derived),))
    keys = {"spelling": "id", "spelling_count": "rank", "deletion": "bucket", "head": "prefix, country"}
    for table, key in keys.items():
        file.execute(f"INSERT INTO main.{table} SELECT * FROM derived.{table} ORDER BY {key}")


def _report(file: pysqlite3.Connection, areas: Areas) -> Report:
    unjoined = tuple(areas.namings[key].code for key in areas.regions if not areas.namings[key].is_joined)
    kinds = dict(file.execute("SELECT kind, count(*) FROM place GROUP BY kind"))
    return Report(
        places={kind: kinds.get(number, 0) for number, kind in enumerate(KINDS)},
        names=file.execute("SELECT count(*) FROM name").fetchone()[0],
        postcodes=file.execute("SELECT count(*) FROM postcode").fetchone()[0],
        regions_joined=len(areas.regions) - len(unjoined),
        regions_not_joined=unjoined,
        size=file.execute("SELECT page_count * page_size FROM pragma_page_count, pragma_page_size").fetchone()[0],
    )
