"""Told to stop, a server ends at once and cleanly, and a set-up leaves nobody behind."""

import os
import shutil
import signal
import subprocess
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pysqlite3
import pytest

from referral import setup
from referral.errors import UsageError
from tests.conftest import SHARED
from tests.journeys.processes import free_port, group, listens

pytestmark = pytest.mark.slow

AT_ONCE = 3.0
"""Seconds; alone it takes a tenth of one. What refuses is killed after ten."""


def read_until(process: "subprocess.Popen[str]", word: str) -> None:
    """What it says, to the line that holds `word`."""
    assert process.stdout is not None
    said = []
    for line in process.stdout:
        said.append(line)
        if word in line:
            return
    pytest.fail("".join(said))


def stopped(process: "subprocess.Popen[str]", number: int) -> str:
    """What the server says once the whole group was told to stop, as a terminal and a service manager do."""
    told = time.monotonic()
    os.killpg(process.pid, number)
    said = process.communicate(timeout=60)[0]
    assert (process.returncode, time.monotonic() - told < AT_ONCE) == (0, True), said
    return said


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_server_that_has_served_ends_at_once(installed: dict[str, str], number: int) -> None:
    for _ in range(3):  # which thread is told is for the system to choose
        port = free_port()
        with group(installed, "serve", "--port", str(port)) as process:
            listens(port)
            for path in ("/", "/readyz", "/search?q=Chicago"):
                urllib.request.urlopen(f"http://127.0.0.1:{port}{path}", timeout=10).close()

            said = stopped(process, number)

        assert "refused" not in said and "Traceback" not in said


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_server_that_has_served_nothing_ends_at_once(installed: dict[str, str], number: int) -> None:
    port = free_port()
    with group(installed, "serve", "--port", str(port)) as process:
        listens(port)

        assert "Traceback" not in stopped(process, number)


def test_a_server_slower_than_its_worker_to_hear_the_word_ends_cleanly(installed: dict[str, str]) -> None:
    for _ in range(5):
        port = free_port()
        with group(installed, "serve", "--port", str(port)) as process:
            listens(port)
            os.kill(process.pid, signal.SIGSTOP)
            os.killpg(process.pid, signal.SIGTERM)
            time.sleep(0.3)  # as on a busy machine: the worker could end before who started it knows of anything

            assert "Unexpected" not in stopped(process, signal.SIGCONT)


def test_a_server_is_stopped_while_it_starts(installed: dict[str, str]) -> None:
    for moment in (0.0, 0.1, 0.2, 0.4):
        with group(installed, "serve", "--port", str(free_port())) as process:
            read_until(process, "Ctrl-C")
            time.sleep(moment)
            told = time.monotonic()
            os.killpg(process.pid, signal.SIGINT)
            process.communicate(timeout=60)

            assert time.monotonic() - told < AT_ONCE


def test_what_a_server_counted_is_in_the_file_once_it_ended(installed: dict[str, str], tmp_path: Path) -> None:
    port = free_port()
    with group(installed, "serve", "--port", str(port)) as process:
        listens(port)
        urllib.request.urlopen(f"http://127.0.0.1:{port}/search?q=Chicago", timeout=10).close()
        stopped(process, signal.SIGINT)

    assert not (tmp_path / "referral.sqlite-wal").exists()
    with pysqlite3.connect(str(tmp_path / "referral.sqlite")) as file:
        assert file.execute("SELECT sum(shown) FROM weekly_count").fetchone()[0]


@pytest.fixture
def building(environment: dict[str, str], tmp_path: Path) -> Iterator["subprocess.Popen[str]"]:
    """A build of the real places, in the midst of what its other processes do."""
    if (SHARED / "downloads").exists():
        shutil.copytree(SHARED / "downloads", tmp_path / "downloads")
    settings = environment | {"REFERRAL_GAZETTEER": str(tmp_path / "places.sqlite")}
    with group(settings, "places", "build") as process:
        read_until(process, "Matching postcodes")
        yield process


def alive(leader: int) -> bool:
    """Whether anybody of the group is, two seconds from now at the latest."""
    until = time.monotonic() + 2
    while _processes(leader):
        if time.monotonic() > until:
            return True
        time.sleep(0.05)
    return False


def _processes(leader: int) -> list[str]:
    listed = subprocess.run(["ps", "-A", "-o", "pgid=,stat=,args="], capture_output=True, text=True, check=True)
    split = (line.split(None, 2) for line in listed.stdout.splitlines())
    return [args for pgid, state, *args in split if int(pgid) == leader and not state.startswith("Z")]


@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGTERM])
def test_a_build_at_work_is_named_and_killed_leaves_nobody_and_no_lock(
    building: "subprocess.Popen[str]", tmp_path: Path, number: int
) -> None:
    with pytest.raises(UsageError, match=f"process {building.pid}"), setup.alone(tmp_path):
        pass
    building.send_signal(number)
    building.wait(10)

    assert not alive(building.pid)
    with setup.alone(tmp_path):
        pass


def test_a_build_is_ended_by_ctrl_c_without_a_trace(building: "subprocess.Popen[str]", tmp_path: Path) -> None:
    told = time.monotonic()
    os.killpg(building.pid, signal.SIGINT)

    said = building.communicate(timeout=60)[0]

    assert time.monotonic() - told < AT_ONCE
    assert (said.strip(), building.returncode) == ("Aborted!", 1)
    assert not alive(building.pid)
    assert list(tmp_path.glob("places.sqlite*")) == []
