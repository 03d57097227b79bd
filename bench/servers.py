"""Servers on loopback that run as long as a block, in processes of their own; none survives it."""

import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from bench import directory
from referral.bodies import PLACES
from referral.config import ROOT


@dataclass(frozen=True, slots=True)
class Site:
    """A server that runs."""

    address: str
    process: int


@contextmanager
def served(count: int, paths: Path) -> Iterator[Site]:
    """The app as `flask serve` serves it."""
    port = _free_port()
    command = [sys.executable, "-m", "flask", "--app", "wsgi", "serve", "--port", str(port), "--demo", "0"]
    with _running(command, directory.environment(count), port, paths) as site:
        yield site


@contextmanager
def floor_served(count: int, paths: Path, kind: str) -> Iterator[Site]:
    """A floor, "rows" or "values", under the same server with the same settings."""
    port = _free_port()
    command = [sys.executable, "-m", "granian", "--interface", "wsgi", "--host", "127.0.0.1", "--port", str(port)]
    command += ["--workers", "1", "--blocking-threads", str(PLACES), "--no-ws", "--log-level", "warning"]
    command += ["--backpressure", "64", "--factory", "bench.floor:begun"]
    settings = {"BENCH_FLOOR": kind, "BENCH_COUNT": str(count), "BENCH_PATHS": str(paths)}
    with _running(command, settings, port, paths) as site:
        yield site


@contextmanager
def _running(command: list[str], settings: dict[str, str], port: int, paths: Path) -> Iterator[Site]:
    """A server of ours, from its first answer to the end of the block."""
    process = subprocess.Popen(
        command,
        cwd=ROOT,
        env={**os.environ, **settings},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    site = Site(f"http://127.0.0.1:{port}", process.pid)
    try:
        _wait(process, site.address + paths.read_text().split()[0])
        yield site
    finally:
        process.terminate()
        process.wait(20)


def _wait(process: subprocess.Popen[bytes], address: str, seconds: float = 180) -> None:
    end = time.monotonic() + seconds
    while time.monotonic() < end and process.poll() is None:
        try:
            urllib.request.urlopen(address, timeout=30).read()
            return
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            time.sleep(0.5)
    raise RuntimeError(f"{address} did not answer")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def cpu_ms(process: int) -> float:
    """What a server and its workers, a session of their own, have taken so far."""
    ticks = 0
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            told = stat.read_text().rpartition(")")[2].split()
        except OSError:
            continue  # ended meanwhile
        ticks += int(told[11]) + int(told[12]) if told[3] == str(process) else 0
    return ticks * 1000 / os.sysconf("SC_CLK_TCK")
