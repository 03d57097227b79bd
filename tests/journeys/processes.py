"""The commands and the server as processes of their own, for tests that kill, stop or starve them."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from referral.config import ROOT

FLASK = [sys.executable, "-m", "flask", "--app", "wsgi"]


def run(
    environment: dict[str, str], *command: str, first: Callable[[], None] | None = None
) -> subprocess.CompletedProcess[str]:
    """The command, to its end. `first` runs in its process."""
    return subprocess.run(
        [*FLASK, *command],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
        preexec_fn=first,
    )


def kill_after(environment: dict[str, str], seconds: float, *command: str) -> None:
    """Start the command and kill it, so that it can say goodbye to nobody."""
    with subprocess.Popen(
        [*FLASK, *command], cwd=ROOT, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    ) as process:
        try:
            process.wait(seconds)
        except subprocess.TimeoutExpired:
            process.kill()


def state(environment: dict[str, str]) -> dict[str, object]:
    """What `index verify` says; it exits with 1 on any difference."""
    verified = run(environment, "index", "verify", "--json")
    assert verified.returncode == 0, verified.stdout + verified.stderr
    found: dict[str, object] = json.loads(verified.stdout.splitlines()[-1])
    return found


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port


def await_answer(port: int) -> None:
    """Return once somebody answers there."""
    for _ in range(400):
        with suppress(OSError):
            urllib.request.urlopen(f"http://127.0.0.1:{port}/readyz", timeout=2).close()
            return
        time.sleep(0.05)
    raise AssertionError(f"nobody answers at port {port}")


def children(pid: int) -> list[int]:
    """The processes that one has started and that still run."""
    return [int(n) for found in Path(f"/proc/{pid}/task").glob("*/children") for n in found.read_text().split()]


def runs(pid: int) -> bool:
    """Whether there is such a process that has not ended."""
    try:
        return " Z " not in Path(f"/proc/{pid}/stat").read_text()
    except OSError:
        return False


def await_end(pids: list[int]) -> None:
    """Return once none of these processes runs any more."""
    assert pids
    for _ in range(200):
        if not any(map(runs, pids)):
            return
        time.sleep(0.05)
    raise AssertionError(f"of {pids} some outlive the server that started them")


@contextmanager
def server(environment: dict[str, str], port: int) -> Iterator[subprocess.Popen[bytes]]:
    """The real server, once it answers; killed at the end with everything it started."""
    process = subprocess.Popen(
        [*FLASK, "serve", "--port", str(port)],
        cwd=ROOT,
        env=environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        await_answer(port)
        yield process
    finally:
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()


@contextmanager
def group(environment: dict[str, str], *command: str) -> Iterator["subprocess.Popen[str]"]:
    """The command in a process group of its own, as in a terminal; nothing of it is left at the end."""
    process = subprocess.Popen(
        [*FLASK, *command],
        cwd=ROOT,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
        preexec_fn=_hears_ctrl_c,
    )
    try:
        yield process
    finally:
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.communicate()


def _hears_ctrl_c() -> None:
    """Tests that run in the background of a shell are deaf to it, and so is what they start."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


def listens(port: int) -> None:
    """Wait until somebody does, without asking for anything."""
    for _ in range(400):
        with suppress(OSError), socket.create_connection(("127.0.0.1", port), 1):
            return
        time.sleep(0.05)
