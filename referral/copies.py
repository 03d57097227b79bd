"""A copy of all that cannot be made anew, in one file: the database, the photos, the secret key. And back again.

The index and the places are made anew. Only where the database is SQLite: PostgreSQL has tools of its own.
"""

import hashlib
import json
import re
import shutil
import tarfile
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from pathlib import Path
from typing import Any

import pysqlite3.dbapi2 as sqlite
from sqlalchemy import delete, make_url, select

from referral import db, model, written
from referral.alone import alone
from referral.config import SECRET, Config
from referral.errors import UsageError
from referral.listings import forgetting, photos, revisions
from referral.mail import unwanted as refused

DATABASE, SUMS = "referral.sqlite", "sums.json"
_NAME = re.compile(rf"{re.escape(DATABASE)}|{SECRET}|photos/[A-Za-z0-9]+/[A-Za-z0-9-]+\.[a-z]+")
_BUSY = (5, 6)
"""SQLite: somebody else has the database open."""


@dataclass(frozen=True, slots=True)
class Report:
    """What a copy holds, or what was put back."""

    photos: int
    erased: int = 0
    """People the copy still knew, who had been erased since."""
    unwanted: int = 0
    """Letters the copy did not know to be unwanted: the marks of who said so since."""


def make(config: Config, path: Path) -> Report:
    """Write a copy to `path`, also while others write: of one moment, its owner's alone, whole or not at all."""
    database, stage = _file(config), path.with_name(f".{path.name}.d")
    if not database.exists():
        raise UsageError(f"There is no database in {config.data} yet.")
    sums: dict[str, str] = {}
    with written.whole(path) as beside, _scratch(stage), tarfile.open(beside, "w") as tar:
        _snapshot(database, stage / DATABASE)
        for name, file in _parts(config, stage / DATABASE):
            if (content := _opened(file)) is not None:
                with content:
                    sums[name] = hashlib.file_digest(content, "sha256").hexdigest()
                    content.seek(0)
                    tar.addfile(_member(name, file.stat().st_size), content)
        said = json.dumps(sums).encode()
        tar.addfile(_member(SUMS, len(said)), BytesIO(said))
    return Report(sum(name.startswith("photos/") for name in sums))


def put_back(
    config: Config,
    path: Path,
    now: datetime,
    *,
    replace: bool = False,
    erased: Iterable[str] = (),
    unwanted: Iterable[str] = (),
) -> Report:
    """Let the data folder hold what the copy holds. Until it was unpacked, checked and swept, nothing is changed.

    Who was erased since stays erased: `erased` are their public ids, besides those the data folder knows of; who wanted
    no letters gets none: `unwanted` are their marks, likewise. Everybody signs in anew. There is no index afterwards.
    Raises UsageError while the directory is served, for a file that is no whole copy, and where there is a database
    already unless `replace`.
    """
    database, stage = _file(config), config.data / ".restoring"
    if database.exists() and not replace:
        raise UsageError(f"There is a directory in {config.data} already. With --replace the copy takes its place.")
    with _nobody_else(config, database) as held, _scratch(stage):
        _unpack(path, stage)
        known = {*erased, *forgetting.erased(config.data), *_erased(held)}
        marks = {*unwanted, *refused.listed(config.data), *_said(held, "SELECT mark FROM unsubscribed")}
        gone, more = _forget(stage, known, marks, now)
        kept = _move(stage, config, database)
        photos.forget(config.photos_folder, known)
    return Report(kept, gone, more)


def _file(config: Config) -> Path:
    url = make_url(config.database_url)
    if url.get_backend_name() != "sqlite" or not url.database:
        raise UsageError("This database is copied with pg_dump: see “Keeping a copy” in docs/running.md.")
    return Path(url.database)


@contextmanager
def _scratch(folder: Path) -> Iterator[None]:
    """With an empty folder of our own; what a killed process left there goes first."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(mode=0o700, parents=True)
    try:
        yield
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _snapshot(database: Path, target: Path) -> None:
    """One moment of a database that others go on writing to, as one file that nothing stands beside."""
    with closing(sqlite.connect(database)) as source, closing(sqlite.connect(target)) as copy:
        source.backup(copy)
        copy.execute("PRAGMA journal_mode=DELETE")
    _check(target)


def _check(database: Path) -> None:
    with closing(sqlite.connect(database)) as opened:
        if opened.execute("PRAGMA quick_check(1)").fetchone() != ("ok",):
            raise UsageError("The database is damaged: there would be no use in a copy of it.")


def _parts(config: Config, snapshot: Path) -> Iterator[tuple[str, Path]]:
    """(name, file) of all a copy holds; photos after the database that names them, for none is ever changed."""
    yield DATABASE, snapshot
    yield SECRET, config.data / SECRET
    for file in sorted(config.photos_folder.glob("*/*")):
        if _NAME.fullmatch(name := f"photos/{file.parent.name}/{file.name}"):
            yield name, file


def _opened(file: Path) -> Any:
    """The file, open; None when it is not there, or no more."""
    try:
        return file.open("rb")
    except FileNotFoundError:
        return None


def _member(name: str, size: int) -> tarfile.TarInfo:
    member = tarfile.TarInfo(name)
    member.size, member.mode = size, 0o600
    return member


def _unpack(path: Path, stage: Path) -> None:
    """Every file of the copy into `stage`; UsageError unless all are there and as they were."""
    try:
        with tarfile.open(path, "r:") as tar:
            found = dict(_laid_out(tar, stage))
        whole = json.loads((stage / SUMS).read_bytes()) == found and DATABASE in found
    except (tarfile.TarError, OSError, ValueError) as error:
        if isinstance(error, OSError) and error.errno is not None and error.filename != str(stage / SUMS):
            raise
        whole = False
    if not whole:
        raise UsageError(f"{path} is no whole copy of a directory: nothing was changed.")
    _check(stage / DATABASE)


def _laid_out(tar: tarfile.TarFile, stage: Path) -> Iterator[tuple[str, str]]:
    """(name, SHA-256) of each file of the copy but the sums; no other name is written anywhere."""
    for member in tar:
        content = tar.extractfile(member) if member.isreg() else None
        if content is None or not (member.name == SUMS or _NAME.fullmatch(member.name)):
            raise ValueError(member.name)
        target = stage / member.name
        target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        target.touch(mode=0o600)
        with target.open("w+b") as file:
            shutil.copyfileobj(content, file)
            file.seek(0)
            if member.name != SUMS:
                yield member.name, hashlib.file_digest(file, "sha256").hexdigest()
        written.keep(target)


@contextmanager
def _nobody_else(config: Config, database: Path) -> Iterator[Any]:
    """The database, if there is one, while nobody else has it open, and nobody can open it."""
    busy = UsageError("The directory is served, or a command is at work: stop that first. Nothing was changed.")
    with alone(config.data / "letters.lock") as ours:
        if not ours:
            raise busy
        if not database.exists():
            yield None
            return
        with closing(sqlite.connect(database, timeout=0, isolation_level=None)) as held:
            try:
                mode = held.execute("PRAGMA journal_mode=DELETE").fetchone()
                held.execute("BEGIN EXCLUSIVE")
            except sqlite.DatabaseError as error:
                if (getattr(error, "sqlite_errorcode", 0) & 0xFF) in _BUSY:
                    raise busy from None
            else:
                if mode != ("delete",):
                    raise busy
            yield held  # one that cannot be opened at all is replaced all the same


def _erased(held: Any) -> set[str]:
    """Public ids of who was erased, as the database knows them that is replaced."""
    asked = "SELECT object FROM audit_entry WHERE action = 'erase' AND json_extract(detail, '$.reason') IS NOT ?"
    return {one.removeprefix("listing:") for one in _said(held, asked, forgetting.INVENTED)}


def _said(held: Any, asked: str, *values: str) -> set[str]:
    """What the database that is replaced answers; nothing where it cannot, or there is none."""
    try:
        return {row[0] for row in held.execute(asked, values).fetchall()} if held else set()
    except sqlite.DatabaseError:
        return set()


def _forget(stage: Path, erased: set[str], unwanted: set[str], now: datetime) -> tuple[int, int]:
    """Bring the unpacked database to this code's tables, erase anew who was erased, sign everybody out.

    How many were erased, and how many marks of unwanted letters came back.
    """
    engine = db.open_engine(f"sqlite:///{stage / DATABASE}")
    try:
        if not db.is_current(engine):
            db.upgrade(engine)
        with db.writing(engine) as session:
            listing = model.Listing
            back = session.scalars(select(listing.id).where(listing.public_id.in_(erased))).all()
            revisions.erase(session, back, now, "erased before")
            session.execute(delete(model.SignIn))
            session.execute(delete(model.Token))
            more = refused.bring_back(session, unwanted, now.date())
            refused.remember(stage, refused.known(session))
            session.commit()
        photos.forget(stage / "photos", erased)
        forgetting.remember(engine, stage, erased)
        db.checkpoint(engine)
    finally:
        engine.dispose()
    return len(back), more


def _move(stage: Path, config: Config, database: Path) -> int:
    """Put everything in its place, the database last: killed before that, the old one is there, without an index."""
    kept = 0
    with written.whole(database) as beside:
        shutil.copyfile(stage / DATABASE, beside)  # it may live on another disk: before anything is changed
        for file in (stage / "photos").glob("*/*"):
            target = config.photos_folder / file.parent.name / file.name
            target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            file.replace(target)
            kept += 1
        shutil.rmtree(config.index_folder, ignore_errors=True)
        for name in (forgetting.ERASED, refused.FILE, SECRET):
            if (stage / name).exists():
                (stage / name).replace(config.data / name)
        for end in ("-wal", "-shm", "-journal"):  # SQLite would write what it holds into the copy
            database.with_name(database.name + end).unlink(missing_ok=True)
    return kept
