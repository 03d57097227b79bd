"""Killed at any moment, the next start heals by itself, and index and database agree."""

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

import pytest

from referral.config import ROOT

pytestmark = pytest.mark.slow

FLASK = [sys.executable, "-m", "flask", "--app", "wsgi"]


@pytest.fixture
def environment(tmp_path: Path, gazetteer_file: Path) -> dict[str, str]:
    """The settings of an installation of its own."""
    return os.environ | {"REFERRAL_DATA": str(tmp_path), "REFERRAL_GAZETTEER": str(gazetteer_file)}


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


def test_a_killed_set_up_is_finished_by_the_next(environment: dict[str, str]) -> None:
    for seconds in (0.7, 1.2, 1.8, 2.6):
        kill_after(environment, seconds, "setup", "--demo", "400")

    done = run(environment, "setup", "--demo", "400")

    assert done.returncode == 0, done.stderr
    assert state(environment)["differences"] == []
    assert int(str(state(environment)["documents"])) > 300


def test_a_killed_demo_load_leaves_the_old_listings(environment: dict[str, str]) -> None:
    run(environment, "setup", "--demo", "60")
    before = state(environment)

    for seconds in (1.0, 1.5, 2.0):
        kill_after(environment, seconds, "demo", "load", "--count", "20000", "--seed", "2")

    assert state(environment) == before


def test_a_killed_rebuild_leaves_an_index_that_answers(environment: dict[str, str]) -> None:
    run(environment, "setup", "--demo", "400")
    before = state(environment)

    for seconds in (0.9, 1.3, 1.8):
        kill_after(environment, seconds, "index", "rebuild")

    assert state(environment)["documents"] == before["documents"]
    assert run(environment, "index", "rebuild").returncode == 0


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


def test_a_killed_server_serves_again(environment: dict[str, str]) -> None:
    run(environment, "setup", "--demo", "60")
    before = state(environment)
    port = free_port()
    with server(environment, port):
        pass

    with (
        server(environment, port),
        urllib.request.urlopen(f"http://127.0.0.1:{port}/api/v1/search?in=US", timeout=5) as answer,
    ):
        assert json.load(answer)["total"] > 0

    assert state(environment) == before


def test_a_server_killed_alone_leaves_nobody_at_its_port(environment: dict[str, str]) -> None:
    run(environment, "setup", "--demo", "20")
    port = free_port()
    with server(environment, port) as process:
        workers = children(process.pid)
        process.kill()
        process.wait()

        with server(environment, port) as another:  # begun while the workers of the first may still answer
            await_end(workers)
            await_answer(port)

            assert another.poll() is None


def test_a_server_told_to_stop_exits_cleanly(environment: dict[str, str]) -> None:
    run(environment, "setup", "--demo", "20")
    with server(environment, free_port()) as process:
        process.terminate()

        assert process.wait(20) == 0


def test_a_command_beside_a_server_prints_links_that_work(environment: dict[str, str]) -> None:
    port = free_port()
    with server(environment, port):
        done = run(environment, "accounts", "add", "mo@example.org", "--role", "moderator")

        link = done.stdout.split()[-1]
        with urllib.request.urlopen(link, timeout=5) as answer:
            assert answer.status == 200 and link.startswith(f"http://127.0.0.1:{port}/account/sign-in/")


def test_a_taken_port_is_one_clear_line(environment: dict[str, str]) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]

        refused = run(environment, "serve", "--port", str(port))

    assert refused.returncode == 1
    assert refused.stderr.strip().splitlines()[-1] == (
        f"Error: Port {port} is taken. Stop what runs there, or choose another: PORT=8080 make run"
    )


def test_a_broken_index_is_made_anew(environment: dict[str, str], tmp_path: Path) -> None:
    run(environment, "setup", "--demo", "60")
    for file in (tmp_path / "index").rglob("arrays"):
        file.write_bytes(b"no arrays")

    assert run(environment, "setup").returncode == 0
    assert state(environment)["differences"] == []


BEGIN = """
import os, signal, sys, time
from referral import db
from referral.listings import indexing
from referral.web import INDEXED
from index.embedded import EmbeddedIndex
from index.types import Query
from pathlib import Path
from sqlalchemy.orm import Session
from tests.make import TODAY, make_listing, make_listings
folder = Path(sys.argv[1])
engine, index = db.open_engine(f"sqlite:///{folder / 'referral.sqlite'}"), EmbeddedIndex(folder / "index", INDEXED)
def follow():
    with db.reading(engine) as session:
        indexing.follow(session, index, TODAY)
"""

READING = """
follow()
print("ready", flush=True)
while not index.find(Query(text=sys.argv[2]), TODAY).total:
    time.sleep(0.02)
    follow()
print(time.time())
"""

EDITING = """
follow()
with Session(engine) as session:
    make_listing(session, name=sys.argv[2])
    session.commit()
print(time.time(), flush=True)
os.kill(os.getpid(), signal.SIGKILL)
"""

REBUILDING = """
follow()
with Session(engine) as session:
    make_listings(session, [{"name": f"Person {n}"} for n in range(30)])
    session.commit()
indexing.STEP, indexing.FAR_BEHIND = 2, 3
documents = indexing.documents
def slowly(*given):
    for number, document in enumerate(documents(*given)):
        if number == 5:
            print("begun", flush=True)
            time.sleep(60)
        yield document
indexing.documents = slowly
follow()
time.sleep(60)
"""


def python(code: str, folder: Path, word: str = "") -> "subprocess.Popen[str]":
    """Another process over the same database and index."""
    command = [sys.executable, "-c", BEGIN + code, str(folder), word]
    return subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)


def line(process: "subprocess.Popen[str]") -> str:
    assert process.stdout is not None
    return process.stdout.readline().strip()


def ended(process: "subprocess.Popen[str]") -> int:
    """How it ended, once it did."""
    process.communicate(timeout=60)
    return process.returncode


@pytest.mark.usefixtures("engine")
def test_an_edit_of_a_process_killed_at_once_is_found_by_all_others_in_a_second(tmp_path: Path) -> None:
    for word in ("Ada", "Ben", "Cleo"):
        readers = [python(READING, tmp_path, word) for _ in range(3)]
        assert [line(reader) for reader in readers] == ["ready"] * 3

        editor = python(EDITING, tmp_path, word)
        edited = float(line(editor))
        found = [float(line(reader)) for reader in readers]

        assert max(found) - edited <= 1
        assert ended(editor) == -signal.SIGKILL and [ended(reader) for reader in readers] == [0] * 3


@pytest.mark.usefixtures("engine")
def test_a_process_killed_while_it_rebuilds_in_the_background_stands_in_nobodys_way(tmp_path: Path) -> None:
    assert ended(python(EDITING, tmp_path, "Ada")) == -signal.SIGKILL
    assert ended(python("follow()", tmp_path)) == 0
    builder = python(REBUILDING, tmp_path)
    assert line(builder) == "begun"
    builder.kill()
    assert ended(builder) == -signal.SIGKILL

    mending = "with db.reading(engine) as session:\n    print(indexing.catch_up(session, index, TODAY))\n"
    mending += "    print(index.state().documents, indexing.verify(session, index, TODAY))\n"
    mender = python(mending, tmp_path)

    assert (line(mender), line(mender), ended(mender)) == ("True", "31 []", 0)
