"""Files that are their owner's alone; one that is whole or not there is written beside its place, then renamed."""

import fcntl
import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from referral.errors import UsageError


@contextmanager
def whole(path: Path) -> Iterator[Path]:
    """A new empty file to fill, which takes the place of `path` when the block ends well, and is gone when it does not.

    It is on the disk before it is renamed. Raises UsageError when no file can be made there.
    """
    beside = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    try:
        os.close(os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
    except OSError as error:
        raise _unwritable(path, error) from None
    try:
        yield beside
        keep(beside)
        beside.replace(path)
        keep(path.parent)
    finally:
        beside.unlink(missing_ok=True)


def lines(path: Path) -> set[str]:
    """The words of a list, one a line; none where there is no such file."""
    return set(path.read_text().split()) if path.exists() else set()


@contextmanager
def changed(path: Path) -> Iterator[set[str]]:
    """The lines of a list, to be changed within the block; whoever else changes it meanwhile waits, and loses nothing.

    Raises UsageError when no file can be made there.
    """
    try:
        lock = path.with_name(f"{path.name}.lock").open("a")
    except OSError as error:
        raise _unwritable(path, error) from None
    with lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        there = lines(path)
        before = frozenset(there)
        yield there
        if there != before:
            with whole(path) as beside:
                beside.write_text("".join(f"{one}\n" for one in sorted(there)))


def keep(path: Path) -> None:
    """Return once the file, or the names in the folder, are on the disk."""
    opened = os.open(path, os.O_RDONLY)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)


def owned(path: Path) -> None:
    """See that the database `path` and what stands beside it can be read by their owner alone; made empty if need be.

    One that is there is not opened: closing it again would end the locks this process holds on it.
    """
    with suppress(OSError):  # who may not do so finds out when they use it
        if not path.exists():
            os.close(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
        for one in (path, *(path.with_name(path.name + ending) for ending in ("-wal", "-shm"))):
            if one.exists() and one.stat().st_mode & 0o077:
                one.chmod(0o600)


def owned_folder(folder: Path) -> None:
    """Make the folder, if need be, and let nobody but its owner look into it."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    if folder.stat().st_mode & 0o077:
        folder.chmod(0o700)


def _unwritable(path: Path, error: OSError) -> UsageError:
    return UsageError(f"{path} cannot be written: {(error.strerror or str(error)).lower()}.")
