"""Killed just after somebody left, the next start of a server leaves nothing of them on the disk."""

import sqlite3
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from referral.config import ROOT
from referral.listings import forgetting
from tests.conftest import FILE
from tests.editing.test_standing import holding
from tests.journeys.test_kill import environment, free_port, run  # noqa: F401 - a fixture among them
from tests.journeys.test_stop import group, listens

pytestmark = pytest.mark.slow

LEAVING = """
import sys
from dataclasses import replace
from pathlib import Path
from referral import create_app, utc_now
from referral.db import writing
from referral.listings import forgetting, indexing, published, revisions

rooms = create_app().extensions["referral"]
with writing(rooms.engine) as session:
    there = next(published.each(session))
    revisions.submit(session, there.id, replace(there.content, bio="Qzyrx words."), there.version, None, utc_now())
    session.commit()
with writing(rooms.engine) as session:
    indexing.rebuild(session, rooms.index, utc_now().date())
(rooms.config.data / "mail").mkdir(exist_ok=True)
with writing(rooms.engine) as session:
    forgetting.begin(rooms.config.data)
    revisions.erase(session, [there.id], utc_now(), "left")
    session.commit()
print(there.content.public_id, flush=True)
sys.stdin.read()
"""
"""What the page of leaving does, up to the answer; then the process is killed."""


@pytest.fixture
def killed(environment: dict[str, str], tmp_path: Path) -> Iterator[str]:  # noqa: F811 - the fixture
    """The public id of somebody whose words are still on the disk, in an installation where nothing runs."""
    run(environment, "setup", "--demo", "40")
    with subprocess.Popen(
        [sys.executable, "-c", LEAVING], cwd=ROOT, env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as process:
        assert process.stdout is not None
        public_id = process.stdout.readline().decode().strip()
        process.kill()
    assert public_id and (tmp_path / forgetting.PENDING).exists()
    assert holding(tmp_path / "index", b"zyrx") != []
    yield public_id


def test_the_next_start_sweeps_after_who_left(
    environment: dict[str, str],  # noqa: F811 - the fixture
    killed: str,
    tmp_path: Path,
) -> None:
    (tmp_path / "photos" / killed).mkdir(parents=True)
    (tmp_path / "photos" / killed / "qzyrx.webp").write_bytes(b"zyrx")
    port = free_port()
    with group(environment, "serve", "--port", str(port)):
        listens(port)
        began = time.monotonic()
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/", timeout=10) as answer:
            assert answer.status == 200
        first = time.monotonic() - began
        for _ in range(240):
            if not (tmp_path / forgetting.PENDING).exists():
                break
            time.sleep(0.25)
        with suppress(FileNotFoundError), sqlite3.connect(tmp_path / FILE) as file:
            file.execute("PRAGMA wal_checkpoint(TRUNCATE)")

    print(f"first page after {first:.2f} s")
    assert not (tmp_path / forgetting.PENDING).exists()
    assert holding(tmp_path, b"zyrx") == [] and first < 3
    assert forgetting.erased(tmp_path) == {killed}
