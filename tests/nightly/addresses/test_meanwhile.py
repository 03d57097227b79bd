"""What others do while an address is looked up counts: an edit, a pin, an erasure, a second night, a killed one."""

import multiprocessing
import os
import signal
import time
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, select, text
from sqlalchemy.orm import Session

from index.embedded import EmbeddedIndex
from referral import changes, db
from referral.listings import checks, revisions
from referral.model import AuditEntry
from referral.model import Office as OfficeRow
from referral.nightly import addresses
from referral.nightly.night import Night
from referral.places.geocode import StreetGeocoder
from tests.make import HEAD, NOW
from tests.nightly.lookups import HOUSE, STREET, TOWN, bytes_of, listing, make, office, submit
from tests.places.servers import Server, at


def test_finding_a_place_is_no_revision_and_disturbs_no_edit(night: Night) -> None:
    id = make(night.engine)
    begun = listing(night.engine, id)
    with Session(night.engine) as session:
        past, seq = len(revisions.history(session, id)), changes.latest(session)

    addresses.addresses(night)

    wanted = replace(listing(night.engine, id).content, bio="Typed meanwhile.")
    with Session(night.engine) as session:
        assert len(revisions.history(session, id)) == past
        assert changes.latest(session) == seq + 1  # the index follows
        assert session.scalars(select(AuditEntry.action)).all()[-1] == "pinpoint"
        revisions.submit(session, id, wanted, begun.version, None, NOW)
        session.commit()
    after = listing(night.engine, id).content
    assert (after.bio, after.offices[0].lat) == ("Typed meanwhile.", HOUSE[0])


@pytest.mark.parametrize("moved_first", [True, False])
def test_a_pin_set_by_hand_is_never_overwritten(night: Night, server: Server, moved_first: bool) -> None:
    id = make(night.engine)
    pin = {"lat": 39.79, "lon": -89.64, "precision": "address", "point_source": "pin"}

    def drag() -> None:
        submit(night.engine, id, **pin)

    if moved_first:
        drag()
    else:
        server.meanwhile = drag
    counts = addresses.addresses(night)

    there = office(night.engine, id)
    assert (there.lat, there.lon, there.point_source) == (39.79, -89.64, "pin")
    assert counts["found"] == 0 and server.asked == (0 if moved_first else 1)


def test_an_address_that_was_changed_meanwhile_does_not_get_the_old_answer(night: Night, server: Server) -> None:
    id = make(night.engine)
    server.told["2 New Street"] = at(39.77, -89.66)

    def move() -> None:
        server.meanwhile = lambda: None
        submit(night.engine, id, street="2 New Street")

    server.meanwhile = move
    first = addresses.addresses(night)

    assert first["found"] == 0 and first["waiting"] == 1
    assert (office(night.engine, id).lat, office(night.engine, id).looked_up_on) == (TOWN[0], None)
    assert addresses.addresses(night)["found"] == 1
    assert office(night.engine, id).lat == 39.77


def test_what_visitors_see_counts_as_it_is_when_the_answer_comes(night: Night, server: Server) -> None:
    id = make(night.engine, address_visibility="full")
    server.meanwhile = lambda: submit(night.engine, id, address_visibility="area")

    addresses.addresses(night)

    there = office(night.engine, id)
    assert (there.lat, (there.public_lat, there.public_lon)) == (HOUSE[0], checks.coarse(*HOUSE, "area"))


def test_who_is_erased_meanwhile_leaves_nothing(night: Night, server: Server, tmp_path: Path, engine: Engine) -> None:
    id = make(night.engine, name="Ann Gone")

    def erase() -> None:
        with Session(engine) as session:
            revisions.erase(session, [id], NOW)
            session.commit()

    server.meanwhile = erase
    counts = addresses.addresses(night)

    assert counts["found"] == 0
    with Session(engine) as session:
        assert session.scalars(select(OfficeRow)).all() == []
    assert db.checkpoint(engine)
    left = bytes_of(tmp_path)
    assert not any(part in left for part in (STREET.encode(), b"Ann Gone", b"39.801234"))


def test_who_is_erased_after_being_found_leaves_nothing(night: Night, tmp_path: Path, engine: Engine) -> None:
    id = make(night.engine, name="Ann Gone")
    addresses.addresses(night)
    assert STREET.encode() in bytes_of(tmp_path)

    with Session(engine) as session:
        revisions.erase(session, [id], NOW)
        session.commit()

    assert db.checkpoint(engine)
    left = bytes_of(tmp_path)
    assert not any(part in left for part in (STREET.encode(), b"Ann Gone", b"39.801234"))


def test_nobody_waits_for_the_database_while_somebody_is_asked(night: Night, server: Server, engine: Engine) -> None:
    make(night.engine)
    waited: list[float] = []

    def write() -> None:
        begun = time.monotonic()
        with Session(engine) as session:
            session.execute(text("UPDATE change_clock SET content = content + 1"))
            session.commit()
        waited.append(time.monotonic() - begun)

    server.meanwhile = write
    counts = addresses.addresses(night)

    assert counts["found"] == 1 and waited[0] < 3  # the database would wait for five seconds, and fail


def _work(url: str, folder: Path, geocoder: StreetGeocoder, start: Any) -> None:
    """One of several processes that do the night's job at the same moment."""
    start.wait(20)
    engine = db.open_engine(url)
    addresses.addresses(Night(engine, EmbeddedIndex(folder, {}), HEAD, NOW, geocoder=lambda: geocoder))
    engine.dispose()


def test_twice_at_once_asks_for_nothing_twice(
    night: Night, geocoder: StreetGeocoder, server: Server, database_url: str, tmp_path: Path
) -> None:
    for n in range(4):
        server.told[f"{n} Long Street"] = at(39.78 + n / 1000, -89.65)
        make(night.engine, name=f"Ann Example {n}", street=f"{n} Long Street")
    night.engine.dispose()
    real = replace(geocoder, clock=time.time, sleep=time.sleep)
    together = multiprocessing.get_context("fork")
    start = together.Event()
    workers = [together.Process(target=_work, args=(database_url, tmp_path / "x", real, start)) for _ in range(2)]
    for one in workers:
        one.start()

    start.set()
    for one in workers:
        one.join(60)

    assert [one.exitcode for one in workers] == [0, 0]
    assert sorted(server.queries) == [f"{n} Long Street, 62701 Springfield, US" for n in range(4)]
    with Session(night.engine) as session:
        assert set(session.scalars(select(OfficeRow.point_source))) == {"geocoder"}


def test_killed_while_asking_the_next_goes_on(
    night: Night, geocoder: StreetGeocoder, server: Server, database_url: str, tmp_path: Path
) -> None:
    id = make(night.engine)
    night.engine.dispose()
    said, server.answer = server.told.pop(STREET), "hanging"
    together = multiprocessing.get_context("fork")
    start = together.Event()
    start.set()
    worker = together.Process(target=_work, args=(database_url, tmp_path / "x", geocoder, start))
    worker.start()
    until = time.monotonic() + 20
    while not server.queries and time.monotonic() < until:
        time.sleep(0.01)

    os.kill(worker.pid or 0, signal.SIGKILL)
    worker.join(20)
    server.answer, server.told[STREET] = "right", said
    counts = addresses.addresses(night)

    assert worker.exitcode == -signal.SIGKILL
    assert counts["found"] == 1 and server.asked == 2
    assert office(night.engine, id).lat == HOUSE[0]
