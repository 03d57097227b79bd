"""What tests share because making it anew takes long: a SQLite file with every table, an installation, templates."""

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from jinja2 import BytecodeCache
from jinja2.bccache import Bucket

from referral import db, setup
from referral.config import ROOT

PEOPLE = 400
"""Listings of an installation that tests begin with."""


@cache
def _folder() -> "tempfile.TemporaryDirectory[str]":
    return tempfile.TemporaryDirectory(prefix="referral-pattern-")


def copy(file: Path, *, filled: bool = False) -> None:
    """Make `file` a database with every table; `filled`: with the networks and questions of the editors, too."""
    shutil.copyfile(_made(filled), file)


@cache
def _made(filled: bool) -> Path:
    file = Path(_folder().name) / ("filled.sqlite" if filled else "tables.sqlite")
    engine = db.open_engine(f"sqlite:///{file}")
    setup.database(engine) if filled else db.upgrade(engine)
    engine.dispose()  # the last connection brings SQLite's log into the file
    return file


def install(environment: Mapping[str, str], folder: Path) -> None:
    """Make `folder` a data folder with people in it, as the command leaves it that sets one up."""
    shutil.copytree(_installed(environment["REFERRAL_GAZETTEER"]), folder, dirs_exist_ok=True)


@cache
def _installed(gazetteer: str) -> Path:
    folder = Path(_folder().name) / "installed"
    settings = os.environ | {"REFERRAL_DATA": str(folder), "REFERRAL_GAZETTEER": gazetteer}
    command = [sys.executable, "-m", "flask", "--app", "wsgi", "setup", "--demo", str(PEOPLE)]
    subprocess.run(command, cwd=ROOT, env=settings, check=True, capture_output=True)
    return folder


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
