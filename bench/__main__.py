"""`make bench`: every bench in one run, a table on the terminal and `bench/results.json`."""

import argparse
import json
from pathlib import Path

from rich.console import Console
from rich.table import Table

from bench import index, page, places

RESULTS = Path(__file__).parent / "results.json"


def main() -> None:
    """Run what was asked for, all by default."""
    parser = argparse.ArgumentParser(prog="python -m bench")
    parser.add_argument("only", nargs="*", choices=["page", "index", "places", []], help="default: all")
    parser.add_argument("--count", type=int, help="listings (page: 2000, index: 100000)")
    asked = parser.parse_args()
    benches = {
        "page": lambda: page.run(asked.count or 2000),
        "index": lambda: index.run(asked.count or 100_000),
        "places": places.run,
    }
    rows = [row for name, run in benches.items() if not asked.only or name in asked.only for row in run()]
    RESULTS.write_text(json.dumps(rows, indent=1) + "\n")
    Console().print(table(rows))


def table(rows: list[dict[str, object]]) -> Table:
    """The rows side by side."""
    made = Table("bench", "engine", "corpus", "class")
    for name in ("p50 ms", "p95 ms", "p99 ms", "ratio"):
        made.add_column(name, justify="right")
    for one in rows:
        made.add_row(*(str(one[k]) if one[k] is not None else "" for k in one))
    return made


if __name__ == "__main__":
    main()
