"""A copy holds all that cannot be made anew, and nobody who was erased comes back with it."""

import stat
import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import Engine, func, select
from sqlalchemy.orm import Session

from index.embedded import EmbeddedIndex
from referral import copies, db, model
from referral.config import Config
from referral.errors import UsageError
from referral.listings import forgetting, indexing, published, revisions
from referral.web import INDEXED
from tests.make import NOW, TODAY, make_listing, make_listings
from tests.postgres import ONLY_SQLITE

pytestmark = ONLY_SQLITE


@pytest.fixture
def elsewhere(config: Config, tmp_path: Path) -> Config:
    """The settings of another machine, with nothing in its data folder."""
    data = tmp_path / "elsewhere"
    data.mkdir()
    return replace(config, data=data, database_url=f"sqlite:///{data / copies.DATABASE}")


@pytest.fixture
def copy(engine: Engine, config: Config, tmp_path: Path) -> Iterator[Path]:
    """A copy of a directory of Ada with a photo, and Ben."""
    with Session(engine) as session:
        make_listing(session, name="Ada Example", public_id="adaadaadaada")
        make_listing(session, name="Ben Example", public_id="benbenbenben")
        session.commit()
    photo = config.photos_folder / "adaadaadaada" / "f00-320.jpg"
    photo.parent.mkdir(parents=True)
    photo.write_bytes(b"a picture")
    path = tmp_path / "copy.tar"
    copies.make(config, path)
    yield path


def names(config: Config) -> list[str]:
    engine = db.open_engine(config.database_url)
    with db.reading(engine) as session:
        found = [one.content.name for one in published.each(session, public=False)]
    engine.dispose()
    return found


def test_a_copy_is_its_owners_alone_and_put_back_is_the_same(copy: Path, config: Config, elsewhere: Config) -> None:
    report = copies.put_back(elsewhere, copy, NOW)

    assert (stat.S_IMODE(copy.stat().st_mode), report) == (0o600, copies.Report(photos=1))
    assert names(elsewhere) == ["Ada Example", "Ben Example"]
    assert (elsewhere.photos_folder / "adaadaadaada" / "f00-320.jpg").read_bytes() == b"a picture"
    assert (elsewhere.data / "secret_key").read_bytes() == (config.data / "secret_key").read_bytes()
    assert sorted(p.name for p in copy.parent.glob(".*")) == sorted(p.name for p in elsewhere.data.glob(".*")) == []


def test_what_was_put_back_can_be_searched_after_the_index_is_made_anew(copy: Path, elsewhere: Config) -> None:
    copies.put_back(elsewhere, copy, NOW)

    engine, index = db.open_engine(elsewhere.database_url), EmbeddedIndex(elsewhere.index_folder, INDEXED)
    with db.reading(engine) as session:
        indexing.rebuild(session, index, TODAY)
        assert (indexing.verify(session, index, TODAY), index.state().documents) == ([], 2)
    engine.dispose()


def test_a_copy_made_while_others_write_is_of_one_moment(engine: Engine, config: Config, elsewhere: Config) -> None:
    begun, stop = threading.Event(), threading.Event()

    def write() -> None:
        while not stop.is_set():
            with Session(engine) as session:
                make_listings(session, [{"name": "One of two"}, {"name": "Two of two"}])
                session.commit()
            begun.set()

    writer = threading.Thread(target=write)
    writer.start()
    try:
        assert begun.wait(60)
        for _ in range(5):
            copies.make(config, config.data / "copy.tar")
    finally:
        stop.set()
        writer.join()
    copies.put_back(elsewhere, config.data / "copy.tar", NOW)

    found = names(elsewhere)
    assert found and found.count("One of two") == found.count("Two of two")


@pytest.mark.parametrize("told", ["folder", "database", "file"])
def test_who_was_erased_since_stays_erased(
    copy: Path, engine: Engine, config: Config, elsewhere: Config, index: EmbeddedIndex, told: str
) -> None:
    with Session(engine) as session:
        number = session.scalars(select(model.Listing.id).where(model.Listing.public_id == "adaadaadaada")).all()
        revisions.erase(session, number, NOW, "left")
        session.commit()
    if told == "folder":
        forgetting.begin(config.data)
        forgetting.sweep(engine, index, config.data, TODAY)
    engine.dispose()
    if told == "folder":
        (config.data / copies.DATABASE).unlink()

    there = elsewhere if told == "file" else config
    report = copies.put_back(there, copy, NOW, replace=True, erased=["adaadaadaada"] if told == "file" else ())

    assert (report.erased, names(there), forgetting.erased(there.data)) == (1, ["Ben Example"], {"adaadaadaada"})
    assert not list(there.photos_folder.glob("adaadaadaada/*"))
    assert b"Ada Example" not in (there.data / copies.DATABASE).read_bytes()


def test_invented_people_who_made_room_come_back(copy: Path, engine: Engine, config: Config) -> None:
    with Session(engine) as session:
        every = session.scalars(select(model.Listing.id)).all()
        revisions.erase(session, every, NOW, forgetting.INVENTED)
        session.commit()
    forgetting.remember(engine, config.data)
    engine.dispose()

    report = copies.put_back(config, copy, NOW, replace=True)

    assert (report.erased, names(config)) == (0, ["Ada Example", "Ben Example"])
    assert forgetting.erased(config.data) == set()


def test_nobody_is_signed_in_after_it(copy: Path, elsewhere: Config) -> None:
    copies.put_back(elsewhere, copy, NOW)

    engine = db.open_engine(elsewhere.database_url)
    with db.reading(engine) as session:
        assert session.scalar(select(func.count()).select_from(model.SignIn)) == 0
    engine.dispose()


def test_a_directory_that_is_there_is_replaced_only_when_asked_for(copy: Path, engine: Engine, config: Config) -> None:
    engine.dispose()

    with pytest.raises(UsageError, match="--replace"):
        copies.put_back(config, copy, NOW)

    assert names(config) == ["Ada Example", "Ben Example"]


def test_nothing_is_put_back_while_somebody_has_the_database_open(copy: Path, engine: Engine, config: Config) -> None:
    with Session(engine) as session:
        make_listing(session, name="Cy Later")
        session.commit()

        with pytest.raises(UsageError, match="is served"):
            copies.put_back(config, copy, NOW, replace=True)
    engine.dispose()

    assert "Cy Later" in names(config)
    copies.put_back(config, copy, NOW, replace=True)
    assert "Cy Later" not in names(config)


@pytest.mark.parametrize("damage", ["short", "changed", "none"])
def test_what_is_no_whole_copy_changes_nothing(copy: Path, engine: Engine, config: Config, damage: str) -> None:
    engine.dispose()
    whole = copy.read_bytes()
    damaged = {"short": whole[: len(whole) // 2], "changed": whole.replace(b"a picture", b"A picture"), "none": b"?"}
    copy.write_bytes(damaged[damage])

    with pytest.raises(UsageError, match="no whole copy"):
        copies.put_back(config, copy, NOW, replace=True)

    assert names(config) == ["Ada Example", "Ben Example"]


def test_what_a_broken_database_left_behind_does_not_run_into_the_copy(
    copy: Path, engine: Engine, config: Config
) -> None:
    database = config.data / copies.DATABASE
    with Session(engine) as session:
        make_listing(session, name="Cleo Example", public_id="cleocleocleo")
        session.commit()
    log = database.with_name(f"{database.name}-wal").read_bytes()  # as a killed process leaves it
    engine.dispose()
    database.unlink()
    database.with_name(f"{database.name}-wal").write_bytes(log)

    copies.put_back(config, copy, NOW)

    assert log and names(config) == ["Ada Example", "Ben Example"]
