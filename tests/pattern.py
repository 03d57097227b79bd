"""What tests share because making it anew takes long: a SQLite file with every table, templates as Python."""

import shutil
import tempfile
from functools import cache
from pathlib import Path

from jinja2 import BytecodeCache
from jinja2.bccache import Bucket

from referral import db, setup

_FOLDER = tempfile.TemporaryDirectory(prefix="referral-pattern-")


def copy(file: Path, *, filled: bool = False) -> None:
    """Make `file` a database with every table; `filled`: with the networks and questions of the editors, too."""
    shutil.copyfile(_made(filled), file)


@cache
def _made(filled: bool) -> Path:
    file = Path(_FOLDER.name) / ("filled.sqlite" if filled else "tables.sqlite")
    engine = db.open_engine(f"sqlite:///{file}")
    setup.database(engine) if filled else db.upgrade(engine)
    engine.dispose()  # the last connection brings SQLite's log into the file
    return file


class Templates(BytecodeCache):
    """Templates that one application of this process has compiled, for all others; told apart by what they say."""

    def __init__(self) -> None:
        self._kept: dict[str, bytes] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        """Jinja asks here before it compiles."""
        if kept := self._kept.get(bucket.key + bucket.checksum):
            bucket.bytecode_from_string(kept)

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Jinja tells here what it has compiled."""
        self._kept[bucket.key + bucket.checksum] = bucket.bytecode_to_string()


TEMPLATES = Templates()
