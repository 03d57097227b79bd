"""What it costs a fresh process to open a generation of the index: milliseconds, and memory of its own."""

import subprocess
import sys
from pathlib import Path

_OPENING = """
import sys, time
from pathlib import Path
from bench.invented import FACETS, TODAY, Corpus
from bench.opening import own_mb
from index.embedded import EmbeddedIndex
from index.types import Circle, Query
towns = Corpus(0).towns[:200]
queries = [Query(circles=(Circle(*spot, 50),)) for _, spot in towns] + [Query(area=code) for code, _ in towns]
before, began = own_mb(), time.perf_counter()
index = EmbeddedIndex(Path(sys.argv[1]) / "index", FACETS)
print((time.perf_counter() - began) * 1000, own_mb() - before)
for query in queries:
    index.find(query, TODAY)
print(own_mb() - before)
"""


def sentence(folder: Path) -> str:
    """How long a fresh process takes to open the index in `folder`, and what memory of its own that costs it.

    Pages of the generation itself are in memory once, for all processes, and are not counted.
    """
    command = [sys.executable, "-c", _OPENING, str(folder)]
    told = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    ms, opened, asked = map(float, told.split())
    return f"opened in {ms:.1f} ms; own memory: {opened:.1f} MB, after 400 questions {asked:.1f} MB"


def own_mb() -> float:
    """MB that this process alone has, and would still have if no file were mapped."""
    rollup = Path("/proc/self/smaps_rollup").read_text()
    held = dict(line.split(":", 1) for line in rollup.splitlines()[1:])
    return sum(int(held[name].split()[0]) for name in ("Private_Dirty", "Swap")) / 1024
