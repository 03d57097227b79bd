"""Generations on disk: a reader always has a whole one, whatever happens to the files and to those who write them."""

import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path
from random import Random

import pytest

from index import generation
from index.embedded import EmbeddedIndex
from index.types import IndexBusy, IndexDamaged, Query
from tests.index.make import FACETS, TODAY, make_document

DOCUMENTS = [make_document(n, points=((n % 80, n % 170),), texts={"name": f"Ann {n}"}) for n in range(300)]
ROOT = Path(__file__).parents[2]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    EmbeddedIndex(tmp_path / "index", FACETS).rebuild(DOCUMENTS, 7)
    return tmp_path / "index"


def run(code: str, folder: Path) -> "subprocess.Popen[str]":
    """Another process that has `index`, an EmbeddedIndex, and `documents`."""
    begin = f"""
import sys
from pathlib import Path
from index.embedded import EmbeddedIndex
from tests.index.make import FACETS, TODAY, Query, make_document
documents = [make_document(n, points=((n % 80, n % 170),), texts={{"name": f"Ann {{n}}"}}) for n in range(300)]
index = EmbeddedIndex(Path({str(folder)!r}), FACETS)
"""
    return subprocess.Popen(
        [sys.executable, "-W", "error", "-c", begin + code], cwd=ROOT, stdout=subprocess.PIPE, text=True
    )


def test_a_reopened_index_holds_what_was_built(folder: Path) -> None:
    index = EmbeddedIndex(folder, FACETS)

    assert index.state().seq == 7
    assert index.find(Query(), TODAY).total == 300
    assert index.differences(DOCUMENTS, TODAY) == []


def test_the_folder_is_for_its_owner_only(folder: Path) -> None:
    assert folder.stat().st_mode & 0o777 == 0o700
    assert all(path.stat().st_mode & 0o077 == 0 for path in folder.glob("gen-*"))


def test_one_previous_generation_is_kept(folder: Path) -> None:
    index, schema = EmbeddedIndex(folder, FACETS), f"gen-{generation.SCHEMA}"

    for seq in (8, 9, 10):
        index.rebuild(DOCUMENTS[:seq], seq)

    assert sorted(path.name for path in folder.glob("gen-*")) == [
        f"gen-{generation.SCHEMA}-3",
        f"gen-{generation.SCHEMA}-4",
    ]
    assert index.state().generation == f"{schema}-4"


@pytest.mark.parametrize("name", ["arrays", "generation.json", "CURRENT"])
@pytest.mark.parametrize("damage", ["missing", "empty", "half", "garbage", "a folder"])
def test_a_damaged_file_means_to_be_rebuilt(folder: Path, name: str, damage: str) -> None:
    path = next(folder.rglob(name))
    whole = path.read_bytes()
    path.unlink()
    if damage == "a folder":
        path.mkdir()
    elif damage != "missing":
        path.write_bytes({"empty": b"", "half": whole[: len(whole) // 2], "garbage": b"\x80" * 100}[damage])

    index = EmbeddedIndex(folder, FACETS)

    assert index.state().seq == 0
    assert index.find(Query(text="ann"), TODAY).total == 0


@pytest.mark.parametrize("loss", ["missing", "of a generation that is gone"])
def test_who_holds_a_generation_answers_from_it_when_the_disk_loses_it(folder: Path, loss: str) -> None:
    index = EmbeddedIndex(folder, FACETS)
    index.follow([make_document(1000, texts={"name": "Ann"})], [], 8)

    beside = folder / "beside"
    beside.write_text(f"gen-{generation.SCHEMA}-99")
    (folder / "CURRENT").unlink() if loss == "missing" else beside.replace(folder / "CURRENT")
    time.sleep(0.01)

    assert index.find(Query(text="ann"), TODAY).total == 301
    assert (
        index.state().is_lost
        and index.state().seq == 8
        and not index.differences([*DOCUMENTS, make_document(1000, texts={"name": "Ann"})], TODAY)
    )

    index.rebuild(DOCUMENTS, 8)
    assert not index.state().is_lost and index.find(Query(text="ann"), TODAY).total == 300


def test_a_rebuild_that_fails_leaves_no_half_of_itself_on_a_full_disk(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    index = EmbeddedIndex(folder, FACETS)
    monkeypatch.setattr(generation, "_sync", full)

    with pytest.raises(OSError, match="No space"):
        index.rebuild(DOCUMENTS, 8)

    assert not (folder / "building").exists() and index.state().seq == 7


def test_bytes_that_changed_on_the_disk_are_found_out(folder: Path) -> None:
    path = next(folder.rglob("arrays"))
    turned = bytearray(path.read_bytes())
    for at in range(0, len(turned), 97):
        turned[at] ^= 16
    path.write_bytes(turned)
    index = EmbeddedIndex(folder, FACETS)

    said = f"gen-{generation.SCHEMA}-1 is damaged: its bytes are not those that were written."
    assert index.differences(DOCUMENTS, TODAY) == [said]
    assert index.state().is_lost and index.state().documents == 0


def test_a_question_that_damaged_bytes_cannot_answer_is_refused_and_not_answered_wrongly(folder: Path) -> None:
    path, turned = next(folder.rglob("arrays")), Random(2)
    whole = bytearray(path.read_bytes())
    for _ in range(400):
        whole[turned.randrange(len(whole))] ^= 1 << turned.randrange(8)
    path.write_bytes(whole)
    index = EmbeddedIndex(folder, FACETS)

    with pytest.raises(IndexDamaged):
        index.find(Query(text="ann"), TODAY)

    assert index.state().is_lost and index.state().generation == ""
    assert index.rebuild(DOCUMENTS, 8).documents == 300
    assert index.find(Query(text="ann"), TODAY).total == 300


def test_a_damaged_index_is_mended_by_a_rebuild(folder: Path) -> None:
    next(folder.rglob("arrays")).unlink()

    EmbeddedIndex(folder, FACETS).rebuild(DOCUMENTS, 8)

    assert EmbeddedIndex(folder, FACETS).differences(DOCUMENTS, TODAY) == []


def test_a_generation_of_another_schema_is_not_read(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(generation, "SCHEMA", generation.SCHEMA + 1)

    assert EmbeddedIndex(folder, FACETS).state().seq == 0


def test_a_generation_of_other_facets_is_not_read(folder: Path) -> None:
    assert EmbeddedIndex(folder, {**FACETS, "cost": "any"}).state().seq == 0


def test_a_second_rebuild_is_told_that_one_is_running(folder: Path) -> None:
    index = EmbeddedIndex(folder, FACETS)

    with generation.rebuilding(folder), pytest.raises(IndexBusy):
        index.rebuild(DOCUMENTS, 9)

    assert index.rebuild(DOCUMENTS, 9).seq == 9


@pytest.mark.parametrize("moment", ["taking documents", "writing"])
def test_a_killed_rebuild_leaves_the_old_generation_and_no_lock(folder: Path, moment: str) -> None:
    hang = "import time; print('begun', flush=True); time.sleep(60)"
    if moment == "taking documents":
        code = f"def slowly():\n    yield from documents[:5]\n    {hang}\nindex.rebuild(slowly(), 9)"
    else:
        code = f"from index import generation\ndef hang(*_):\n    {hang}\ngeneration._switch = hang\n"
        code += "index.rebuild(documents, 9)"
    other = run(code, folder)
    assert other.stdout and other.stdout.readline() == "begun\n"
    with pytest.raises(IndexBusy):
        EmbeddedIndex(folder, FACETS).rebuild(DOCUMENTS, 8)

    os.kill(other.pid, signal.SIGKILL)
    other.communicate()

    index = EmbeddedIndex(folder, FACETS)
    assert index.state().seq == 7
    assert index.rebuild(DOCUMENTS[:10], 10).documents == 10
    assert not (folder / "building").exists()


def test_readers_never_see_an_error_while_generations_change(folder: Path) -> None:
    readers = [
        run(
            "n = 0\nprint('ready', flush=True)\nwhile index.state().seq < 67:\n"
            "    answer = EmbeddedIndex(Path(index._folder), FACETS).find(Query(text='ann'), TODAY)\n"
            "    assert answer.total == 300, answer.total\n"
            "    assert index.find(Query(per_page=300), TODAY).total == 300\n    n += 1\nprint(n)",
            folder,
        )
        for _ in range(4)
    ]
    assert [reader.stdout and reader.stdout.readline() for reader in readers] == ["ready\n"] * 4
    index = EmbeddedIndex(folder, FACETS)

    for seq in range(8, 68):
        index.rebuild(DOCUMENTS, seq)

    read = [reader.communicate(timeout=60)[0] for reader in readers]
    assert [reader.returncode for reader in readers] == [0] * 4
    assert all(int(text) > 0 for text in read)


def test_threads_may_ask_while_others_change_and_rebuild(folder: Path) -> None:
    index, errors, ends = EmbeddedIndex(folder, FACETS), [], time.monotonic() + 2

    def ask() -> None:
        while time.monotonic() < ends:
            total = index.find(Query(text="ann", per_page=400), TODAY).total
            if total not in (300, 301):
                errors.append(total)

    threads = [threading.Thread(target=ask) for _ in range(4)]
    for thread in threads:
        thread.start()
    seq = 8
    while time.monotonic() < ends:
        index.follow([make_document(1000, texts={"name": "Ann"})], [], seq)
        index.follow([], [1000], seq + 1)
        if seq % 20 == 0:
            index.rebuild(DOCUMENTS, seq + 1)
        seq += 2
    for thread in threads:
        thread.join()

    assert errors == []
    assert index.differences(DOCUMENTS, TODAY) == []
