"""The index beside other engines: one corpus, one run, every answer checked before anything is timed.

`ratio` is an engine's median over that of the plain arrays in the same class. The engines take turns, a round of one
class each, so that a noisy minute of the machine hits all of them. Each question counts once, with the median of its
rounds: on a shared machine the percentiles would else be those of its other guests.
"""

import gc
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path

from bench import checks, opening, timing
from bench.corpus import Sample
from bench.engines import Ask, Engine, cluster
from bench.engines.arrays import Arrays
from bench.engines.ours import Ours
from bench.queries import asked
from index.types import Query

ROUNDS = 16
"""Rounds of all questions of a class; the first only warms up, with a few of them. So many, because a question that is
interrupted in half of its rounds counts as slow: in five rounds, a few of 200 are on a busy machine.
"""

WARM = 20

SECONDS = 3.0
"""After so long an engine's turns in a class are over, however few questions it has answered."""

WHOOSH_MOST = 100_000
"""Listings that Whoosh is given at most: it takes minutes to take them in."""

Row = dict[str, object]


def run(count: int, only: Sequence[str] = ()) -> list[Row]:
    """Rows for a corpus of `count`; with `only`, of those engines, and of the arrays they are measured by."""
    with tempfile.TemporaryDirectory(prefix="bench-") as folder, ExitStack() as opened:
        sample = Sample(count)
        queries = asked(sample)
        built: dict[str, float] = {}
        engines = list(_engines(sample, Path(folder), only, built, opened))
        sample.forget()
        with _quiet():
            spent = {kind: _spent(kind, engines, some) for kind, some in queries.items()}
    rows = [
        timing.row("build", name, f"{count} listings", "whole", [seconds * 1000]) for name, seconds in built.items()
    ]
    rows += [row for kind, by_engine in spent.items() for row in _rows(f"{count} listings", kind, by_engine)]
    return [row for row in rows if not only or str(row["engine"]).startswith((Arrays.name, *only))]


def _engines(
    sample: Sample, folder: Path, only: Sequence[str], built: dict[str, float], opened: ExitStack
) -> Iterator[Engine]:
    """The plain arrays first, then all that can be had here."""
    for name, make in _makers(sample, folder).items():
        if only and name not in (Ours.name, *only):
            continue
        began = time.perf_counter()
        engine = make()
        opened.callback(engine.close)
        built[engine.name] = time.perf_counter() - began
        print(f"{sample.count} listings in {engine.name}: {built[engine.name]:.1f} s", flush=True)
        if isinstance(engine, Ours):
            print(opening.sentence(folder), flush=True)
            yield Arrays(engine.index)
        yield engine


def _makers(sample: Sample, folder: Path) -> Mapping[str, Callable[[], Engine]]:
    """Name -> how it is made; an engine that is missing here is said once."""
    made: dict[str, Callable[[], Engine]] = {Ours.name: lambda: Ours(sample, folder)}
    try:
        from bench.engines.tantivy import Tantivy

        made["tantivy"] = lambda: Tantivy(sample, folder)
    except ImportError:
        print("tantivy is left out: pip install --require-hashes -r requirements-bench.txt")
    from bench.engines.sqlite import Sqlite

    made["sqlite"] = lambda: Sqlite(sample, folder)
    if cluster.has_postgis():
        from bench.engines.postgis import Postgis

        made["postgis"] = lambda: Postgis(sample)
    else:
        print(f"PostGIS is left out: {cluster.INSTALL}")
    if sample.count <= WHOOSH_MOST:
        from bench.engines.whoosh import Whoosh

        made["whoosh"] = lambda: Whoosh(sample, folder)
    else:
        print(f"Whoosh by the book is left out above {WHOOSH_MOST} listings.")
    return made


@contextmanager
def _quiet() -> Iterator[None]:
    """What was built stays out of the collector's way, as in the served process (`wsgi.py`)."""
    gc.collect()
    gc.freeze()
    try:
        yield
    finally:
        gc.unfreeze()


def _spent(kind: str, engines: list[Engine], queries: list[Query]) -> dict[str, list[float]]:
    """Engine -> milliseconds of its questions; those whose answers are wrong are left out, and said."""
    asks = {engine.name: ask for engine in checks.right(kind, engines, queries) if (ask := engine.asks(kind))}
    taken: dict[str, list[list[float]]] = {name: [[] for _ in queries] for name in asks}
    for turn in range(ROUNDS):
        for name, ask in asks.items():
            if sum(map(sum, taken[name])) < SECONDS * 1000:
                took = _turn(ask, queries if turn else queries[:WARM], SECONDS)
                for held, ms in zip(taken[name], took if turn else [], strict=False):
                    held.append(ms)
    return {name: [timing.median(held) for held in some if held] for name, some in taken.items()}


def _turn(ask: Ask, queries: Sequence[Query], seconds: float) -> list[float]:
    """Milliseconds of each question, until so many seconds have passed."""
    took, end = [], time.perf_counter() + seconds
    for query in queries:
        began = time.perf_counter()
        ask(query)
        now = time.perf_counter()
        took.append((now - began) * 1000)
        if now > end:
            break
    return took


def _rows(corpus: str, kind: str, spent: Mapping[str, list[float]]) -> Iterator[Row]:
    floor = timing.median(spent[Arrays.name])
    for name, took in spent.items():
        yield timing.row("index", name, corpus, kind, took, floor)
