"""A process killed while it edits or rebuilds is in the way of none that share its folder."""

import signal
import subprocess
import sys
from pathlib import Path

import pytest

from referral.config import ROOT

pytestmark = pytest.mark.slow


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
for word in sys.argv[2].split():
    while not index.find(Query(text=word), TODAY).total:
        time.sleep(0.02)
        follow()
    print(time.time(), flush=True)
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
    names = ["Ada", "Ben", "Cleo"]
    readers = [python(READING, tmp_path, " ".join(names)) for _ in range(3)]
    assert [line(reader) for reader in readers] == ["ready"] * 3

    for name in names:
        editor = python(EDITING, tmp_path, name)
        edited = float(line(editor))
        found = [float(line(reader)) for reader in readers]

        assert max(found) - edited <= 1
        assert ended(editor) == -signal.SIGKILL
    assert [ended(reader) for reader in readers] == [0] * 3


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
