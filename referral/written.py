"""A file that is there whole or not at all: written beside its place, its owner's alone, then renamed."""

import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
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
        raise UsageError(f"{path} cannot be written: {(error.strerror or str(error)).lower()}.") from None
    try:
        yield beside
        keep(beside)
        beside.replace(path)
        keep(path.parent)
    finally:
        beside.unlink(missing_ok=True)


def keep(path: Path) -> None:
    """Return once the file, or the names in the folder, are on the disk."""
    opened = os.open(path, os.O_RDONLY)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)
