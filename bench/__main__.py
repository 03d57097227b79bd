"""`make bench`: every bench in one run, a table on the terminal, `bench/results.json` and the figures in the docs.

    .venv/bin/python -m bench [index|page|http|places …] [--count N] [--engines tantivy,postgis]

Run in part, it replaces its own rows and keeps the others.
"""

import argparse
import json
import signal
import sys
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from rich.console import Console
from rich.table import Table

from bench import compare, http, page, places, report

RESULTS = Path(__file__).parent / "results.json"

Row = dict[str, object]

COLUMNS = ("bench", "engine", "corpus", "class", "p50_ms", "p95_ms", "p99_ms", "ratio")

SMALL, USUAL = 2_000, 100_000


def main() -> None:
    """Run what was asked for, all by default."""
    parser = argparse.ArgumentParser(prog="python -m bench")
    parser.add_argument("only", nargs="*", choices=["index", "page", "http", "places", []], help="default: all")
    parser.add_argument("--count", type=int, help="listings (index: 2000 and 100000, page: 2000, http: 100000)")
    parser.add_argument("--engines", default="", help="of the index: embedded, tantivy, sqlite, postgis, whoosh")
    asked = parser.parse_args()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))  # else what was started would go on
    for name, run in _benches(asked.count, [one for one in asked.engines.split(",") if one]).items():
        if not asked.only or name in asked.only:
            rows = run()
            _console().print(table(rows))
            RESULTS.write_text(json.dumps(_merged(_kept(), rows), indent=1) + "\n")
    report.write(_kept())


def _console() -> Console:
    """A file is as wide as the table needs."""
    console = Console()
    return console if console.is_terminal else Console(width=200)


def _benches(count: int | None, engines: Sequence[str]) -> dict[str, Callable[[], list[Row]]]:
    """Name -> what makes its rows."""
    counts = [count] if count else [SMALL, USUAL]
    return {
        "index": lambda: [row for listings in counts for row in compare.run(listings, engines)],
        "page": lambda: page.run(count or SMALL),
        "http": lambda: http.run(count or USUAL),
        "places": places.run,
    }


def _kept() -> list[Row]:
    """The rows of earlier runs."""
    return list(json.loads(RESULTS.read_text())) if RESULTS.exists() else []


def _merged(before: Iterable[Row], rows: Iterable[Row]) -> list[Row]:
    """`rows`, then those of `before` that are of another bench, corpus or engine."""
    rows = list(rows)
    fresh = {(row["bench"], row["corpus"], row["engine"]) for row in rows}
    return rows + [row for row in before if (row["bench"], row["corpus"], row["engine"]) not in fresh]


def table(rows: Sequence[Row]) -> Table:
    """The rows one below the other; the index's side by side, each median with its ratio to the plain arrays."""
    if any(row["bench"] == "index" for row in rows):
        return _side_by_side([row for row in rows if row["bench"] == "index"])
    made = Table(*COLUMNS[:4])
    for name in COLUMNS[4:]:
        made.add_column(name.replace("_", " "), justify="right")
    for one in rows:
        made.add_row(*(str(one[k]) if one[k] is not None else "" for k in COLUMNS))
    return made


def _side_by_side(rows: Sequence[Row]) -> Table:
    engines = list(dict.fromkeys(str(row["engine"]) for row in rows))
    made = Table("corpus", "class, median ms (ratio)")
    for engine in engines:
        made.add_column(engine, justify="right")
    told = {(row["corpus"], row["class"], row["engine"]): f"{row['p50_ms']} ({row['ratio']})" for row in rows}
    for corpus, kind in dict.fromkeys((str(row["corpus"]), str(row["class"])) for row in rows):
        made.add_row(corpus, kind, *(told.get((corpus, kind, engine), "") for engine in engines))
    return made


if __name__ == "__main__":
    main()
