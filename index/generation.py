"""Generations on disk: built beside the live one, switched in one step, one previous kept for those who still read it.

    folder/CURRENT        names the generation that counts
    folder/gen-4-17/      schema 4, the 17th: `arrays`, and `generation.json` that says where in it
    folder/building/      what a rebuild is writing; left over when it was killed, and removed by the next
    folder/lock           held while rebuilding; the system lets go of it when its holder dies

Files are never loaded as pickles. What cannot be read counts as nothing there: the index is then built anew.
This package knows nothing of the directory, so it puts files on the disk by itself.
"""

import fcntl
import json
import os
import secrets
import shutil
import time
import zlib
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from index.snapshot import Snapshot, load, save
from index.types import IndexBusy

SCHEMA = 9
"""Raised by every change of what the arrays mean."""

_CURRENT, _BUILDING = "CURRENT", "building"
_ARRAYS, _FACTS = "arrays", "generation.json"

_READ = 1 << 20
"""Bytes that are summed up at a time."""

Stamp = tuple[int, int]
"""Tells one CURRENT from another."""


@dataclass(frozen=True, slots=True)
class Generation:
    """One generation, opened."""

    name: str
    seq: int
    """The change of the database it reflects."""
    history: str
    """The same for generations of one history of the database; another one after it was restored."""
    snapshot: Snapshot


@contextmanager
def rebuilding(folder: Path) -> Iterator[None]:
    """Hold the folder for one rebuild. Raises IndexBusy when another has it."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    folder.chmod(0o700)
    with (folder / "lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise IndexBusy("another rebuild of the index is running") from error
        yield


def stamp(folder: str) -> Stamp | None:
    """Changes whenever another generation becomes current; None when there is none. Asked before every search."""
    try:
        found = os.stat(f"{folder}/{_CURRENT}")
    except OSError:
        return None
    return found.st_ino, found.st_mtime_ns


def new_history() -> str:
    """A name that no other history has."""
    return secrets.token_hex(8)


def write(folder: Path, snapshot: Snapshot, seq: int, facets: Sequence[str], history: str) -> None:
    """Make `snapshot` the current generation; one that fails leaves nothing behind. The caller holds `rebuilding`."""
    building = folder / _BUILDING
    name = f"gen-{SCHEMA}-{max((_number(path) for path in _generations(folder)), default=0) + 1}"
    try:
        _put(building, snapshot, {"seq": seq, "history": history, "facets": facets})
        building.rename(folder / name)
        _switch(folder, name)
    except BaseException:
        shutil.rmtree(building, ignore_errors=True)
        if _current(folder) != name:
            shutil.rmtree(folder / name, ignore_errors=True)
        raise


def _put(building: Path, snapshot: Snapshot, facts: Mapping[str, object]) -> None:
    """Write all files of a generation, down to the disk."""
    shutil.rmtree(building, ignore_errors=True)
    building.mkdir(mode=0o700)
    with (building / _ARRAYS).open("wb") as file:
        layout = save(snapshot, file)
        size = file.tell()
    found = {"columns": snapshot.columns, "languages": snapshot.languages, "layout": layout, "size": size}
    (building / _FACTS).write_text(json.dumps({**facts, **found, "sum": _sum(building / _ARRAYS)}))
    for path in (building / _ARRAYS, building / _FACTS, building):
        _sync(path)


def is_sound(folder: Path, name: str, rest: float = 0.0) -> bool:
    """Whether the bytes of a generation are those that were written: all of them are read, with a `rest` in seconds
    after each million.

    One of the time before they were summed up is taken as it is.
    """
    try:
        facts = json.loads((folder / name / _FACTS).read_text())
        return "sum" not in facts or bool(facts["sum"] == _sum(folder / name / _ARRAYS, rest))
    except (OSError, ValueError):
        return False


def _sum(path: Path, rest: float = 0.0) -> int:
    """The CRC 32 of a file."""
    found = 0
    with path.open("rb") as file:
        while part := file.read(_READ):
            found = zlib.crc32(part, found)
            if rest:
                time.sleep(rest)
    return found


def read(folder: Path, facets: Sequence[str]) -> Generation | None:
    """The current generation, memory-mapped; None when there is none that this program can read."""
    name = _current(folder)
    while name is not None:
        try:
            return _open(folder / name, facets)
        except (OSError, ValueError, KeyError, TypeError):
            later = _current(folder)  # two rebuilds may have passed since CURRENT was read
            name = later if later != name else None
    return None


def before(folder: Path, name: str, facets: Sequence[str]) -> Generation | None:
    """The generation that is kept beside `name`, where it can be read and its bytes are those that were written."""
    for path in _generations(folder):
        if path.name != name and path.name.startswith(f"gen-{SCHEMA}-") and is_sound(folder, path.name):
            with suppress(OSError, ValueError, KeyError, TypeError):
                return _open(path, facets)
    return None


def _open(path: Path, facets: Sequence[str]) -> Generation:
    facts = json.loads((path / _FACTS).read_text())
    if facts["facets"] != list(facets) or (path / _ARRAYS).stat().st_size != facts["size"]:
        raise ValueError(f"{path.name} is damaged or of other facets")
    columns = tuple((facet, term) for facet, term in facts["columns"])
    snapshot = load(path / _ARRAYS, facts["layout"], columns=columns, languages=tuple(facts["languages"]))
    return Generation(path.name, facts["seq"], facts["history"], snapshot)


def _current(folder: Path) -> str | None:
    """The name in CURRENT, if it is one of this schema."""
    try:
        name = (folder / _CURRENT).read_text().strip()
    except (OSError, ValueError):
        return None
    return name if name.startswith(f"gen-{SCHEMA}-") and "/" not in name else None


def _switch(folder: Path, name: str) -> None:
    """Let CURRENT name another generation, and remove all but that and the one before."""
    before = _current(folder)
    beside = folder / f"{_CURRENT}.new"
    beside.write_text(name)
    _sync(beside)
    _sync(folder)
    os.replace(beside, folder / _CURRENT)
    _sync(folder)
    for path in _generations(folder):
        if path.name not in (name, before):
            shutil.rmtree(path, ignore_errors=True)


def _generations(folder: Path) -> list[Path]:
    return [path for path in folder.glob("gen-*-*") if path.is_dir()]


def _number(path: Path) -> int:
    last = path.name.rpartition("-")[2]
    return int(last) if last.isascii() and last.isdigit() else 0


def _sync(path: Path) -> None:
    """Put a file or folder on the disk for good."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
