"""Killed at any moment, the next start heals by itself, and index and database agree."""

import json
import socket
import urllib.request
from pathlib import Path

import pytest

from tests.journeys.processes import await_answer, await_end, children, free_port, kill_after, run, server, state

pytestmark = pytest.mark.slow


def test_a_killed_set_up_is_finished_by_the_next(environment: dict[str, str]) -> None:
    for seconds in (0.7, 1.2, 1.8, 2.6):
        kill_after(environment, seconds, "setup", "--demo", "400")

    done = run(environment, "setup", "--demo", "400")

    assert done.returncode == 0, done.stderr
    assert state(environment)["differences"] == []
    assert int(str(state(environment)["documents"])) > 300


def test_a_killed_demo_load_leaves_the_old_listings(installed: dict[str, str]) -> None:
    before = state(installed)

    for seconds in (1.0, 1.5, 2.0):
        kill_after(installed, seconds, "demo", "load", "--count", "20000", "--seed", "2")

    assert state(installed) == before


def test_a_killed_rebuild_leaves_an_index_that_answers(installed: dict[str, str]) -> None:
    before = state(installed)

    for seconds in (0.9, 1.3, 1.8):
        kill_after(installed, seconds, "index", "rebuild")

    assert state(installed)["documents"] == before["documents"]
    assert run(installed, "index", "rebuild").returncode == 0


def test_a_killed_server_serves_again(installed: dict[str, str]) -> None:
    before = state(installed)
    port = free_port()
    with server(installed, port):
        pass

    with (
        server(installed, port),
        urllib.request.urlopen(f"http://127.0.0.1:{port}/api/v1/search?in=US", timeout=5) as answer,
    ):
        assert json.load(answer)["total"] > 0

    assert state(installed) == before


def test_a_server_killed_alone_leaves_nobody_at_its_port(installed: dict[str, str]) -> None:
    port = free_port()
    with server(installed, port) as process:
        workers = children(process.pid)
        process.kill()
        process.wait()

        with server(installed, port) as another:  # begun while the workers of the first may still answer
            await_end(workers)
            await_answer(port)

            assert another.poll() is None


def test_a_server_told_to_stop_exits_cleanly(installed: dict[str, str]) -> None:
    with server(installed, free_port()) as process:
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


def test_a_broken_index_is_made_anew(installed: dict[str, str], tmp_path: Path) -> None:
    for file in (tmp_path / "index").rglob("arrays"):
        file.write_bytes(b"no arrays")

    assert run(installed, "setup").returncode == 0
    assert state(installed)["differences"] == []
