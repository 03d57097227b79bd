"""The page over loopback: the served app beside the same pages from rows in memory, asked by wrk.

    .venv/bin/python -m bench.http [--count 100000]

All run under granian with the settings of `flask serve`: one worker, four threads. `ratio` is the throughput over that
of the floor of rows (`bench/floor.py`), `cpu_ms` the processor's time for one request, which other guests of the
machine change less. Asked three times: 1,200 addresses in turn, so that no page is remembered and nearly every card is
drawn anew; 900 that show the same cards in three ways, so that these are kept and the pages are not; and 40, whose
pages are remembered.
"""

import argparse
import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import Path
from statistics import median

from bench import directory, share
from bench.servers import Site, cpu_ms, floor_served, served

CONNECTIONS, SECONDS, ROUNDS = 4, 8, 3

SCRIPT = """
local paths, at = {}, tonumber(os.getenv("BENCH_FROM"))
for line in io.lines(os.getenv("BENCH_PATHS")) do paths[#paths + 1] = line end
request = function() at = at % #paths + 1; return wrk.format("GET", paths[at]) end
done = function(summary, latency)
  local e = summary.errors
  local failed = e.connect + e.read + e.write + e.status + e.timeout
  print(string.format("told %d %d %d %d %f %f %f", summary.requests, summary.duration, summary.bytes, failed,
    latency:percentile(50), latency:percentile(95), latency:percentile(99)))
end
"""


@dataclass(frozen=True, slots=True)
class Load:
    """What wrk saw."""

    per_second: float
    size: int
    """Bytes of an answer, headers too."""
    p50: float
    """Milliseconds, with four asking at once."""
    p95: float
    p99: float
    cpu_ms: float
    """Milliseconds of processor that the server took for one: what a busy machine does not change."""


def run(count: int = 100_000) -> list[dict[str, object]]:
    """Rows for a directory of `count` listings; none where wrk is missing."""
    if not shutil.which("wrk"):
        print("The page over loopback is left out: apt-get install wrk")
        return []
    app = directory.opened(count)
    many = directory.addresses(app)
    with tempfile.TemporaryDirectory() as held:
        folder = Path(held)
        every = directory.written(many, folder / "many")
        known = directory.written(directory.of_known(many), folder / "known")
        few = directory.written(many[: directory.FEW], folder / "few")
        both = directory.written([*many, *directory.of_known(many)], folder / "both")
        (folder / "ask.lua").write_text(SCRIPT)
        with (
            served(count, every) as ours,
            floor_served(count, both, "rows") as rows_floor,
            floor_served(count, both, "values") as values_floor,
        ):
            sites = {"rows in memory": rows_floor, "finished values": values_floor, "served app": ours}
            rows = [
                row
                for name, paths in (("cards drawn anew", every), ("cards kept", known), ("pages kept", few))
                for row in _asked(f"{count} listings", f"near 80 km, {name}", sites, paths, folder)
            ]
    return rows + share.rows(app, many, f"{count} listings")


def _asked(corpus: str, kind: str, sites: Mapping[str, Site], paths: Path, folder: Path) -> Iterator[dict[str, object]]:
    """All in turns, so that a noisy minute hits all; the first is the floor that the others are measured by."""
    for site in sites.values():
        _once(site, paths)
    turns = [{name: _wrk(site, paths, folder, turn) for name, site in sites.items()} for turn in range(1, ROUNDS + 1)]
    base = median(load.per_second for load in [turn[next(iter(sites))] for turn in turns])
    for name in sites:
        yield _row(name, corpus, kind, [turn[name] for turn in turns], base)


def _once(site: Site, paths: Path) -> None:
    """Every address once, in their order, so that what can be kept is."""
    host = HTTPConnection(site.address.partition("//")[2], timeout=30)
    for path in paths.read_text().split():
        host.request("GET", path)
        host.getresponse().read()
    host.close()


def _row(engine: str, corpus: str, kind: str, loads: Sequence[Load], base: float) -> dict[str, object]:
    middle = sorted(loads, key=lambda load: load.per_second)[len(loads) // 2]
    return {
        "bench": "http", "engine": engine, "corpus": corpus, "class": kind,
        "p50_ms": round(middle.p50, 2), "p95_ms": round(middle.p95, 2), "p99_ms": round(middle.p99, 2),
        "ratio": round(middle.per_second / base, 2), "per_second": round(middle.per_second, 1),
        "cpu_ms": round(median(load.cpu_ms for load in loads), 2), "bytes": middle.size,
    }  # fmt: skip


def _wrk(site: Site, paths: Path, folder: Path, turn: int, seconds: int = SECONDS) -> Load:
    """One run, which begins elsewhere each turn; raises RuntimeError when an answer was not 200."""
    begin, before = directory.MANY * turn // (ROUNDS + 1), cpu_ms(site.process)
    done = subprocess.run(
        ["wrk", "-t1", f"-c{CONNECTIONS}", f"-d{seconds}s", "--timeout", "10s", "-s", folder / "ask.lua", site.address],
        env={**os.environ, "BENCH_PATHS": str(paths), "BENCH_FROM": str(begin)},
        capture_output=True,
        text=True,
        check=True,
    )
    told = next(line for line in done.stdout.splitlines() if line.startswith("told")).split()[1:]
    requests, took, size, failed, p50, p95, p99 = map(float, told)
    if failed or not requests:
        raise RuntimeError(f"{failed:.0f} of {requests:.0f} requests to {site.address} failed")
    cpu = (cpu_ms(site.process) - before) / requests
    return Load(requests / took * 1e6, round(size / requests), p50 / 1000, p95 / 1000, p99 / 1000, cpu)


def main() -> None:
    """Print the rows."""
    parser = argparse.ArgumentParser(prog="python -m bench.http")
    parser.add_argument("--count", type=int, default=100_000)
    for row in run(parser.parse_args().count):
        print(row)


if __name__ == "__main__":
    main()
