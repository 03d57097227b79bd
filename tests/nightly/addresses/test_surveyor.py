"""The server's own thread looks an address up soon after it was saved, and asks for nothing a second time."""

import time
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from index.embedded import EmbeddedIndex
from referral.nightly import surveyor
from referral.nightly.night import Night
from referral.nightly.surveyor import Surveyor
from referral.places.geocode import REST_SECONDS
from tests.make import HEAD, NOW, make_listing
from tests.nightly.lookups import HOUSE, ROUGH, STREET, make, office
from tests.places.servers import Clock, Server, asking


class World:
    """One directory with a clock that is moved by hand."""

    def __init__(self, engine: Engine, index: EmbeddedIndex, server: Server, folder: Path) -> None:
        self.now, self.clock = NOW, Clock()
        self.geocoder = asking(server, self.clock, folder)
        self.engine, self.index = engine, index
        self.surveyor, self.is_over = Surveyor(self.night, self.geocoder), False

    def night(self) -> Night:
        if self.is_over:
            raise SystemExit  # else its thread would look for the rest of all tests
        return Night(self.engine, self.index, HEAD, self.now)


@pytest.fixture
def world(engine: Engine, index: EmbeddedIndex, server: Server, tmp_path: Path) -> World:
    return World(engine, index, server, tmp_path)


@pytest.mark.filterwarnings("ignore::pytest.PytestUnhandledThreadExceptionWarning")  # how the thread is ended
def test_what_is_saved_while_it_runs_is_found_by_itself(
    world: World, server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(surveyor, "EVERY", 0.02)
    world.surveyor.start()
    time.sleep(0.2)

    id = make(world.engine)

    until = time.monotonic() + 20
    while office(world.engine, id).precision != "address" and time.monotonic() < until:
        time.sleep(0.05)
    assert office(world.engine, id).lat == HOUSE[0]
    time.sleep(0.3)
    assert server.asked == 1
    world.is_over = True
    world.surveyor.join(10)
    assert not world.surveyor.is_alive()


def test_a_quiet_directory_is_only_glanced_at(world: World, server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    make(world.engine)
    for _ in range(3):
        world.surveyor.look()  # found; what that changed; nothing
    monkeypatch.setattr("referral.nightly.addresses._sought", lambda *_: pytest.fail("nothing changed"))

    world.surveyor.look()

    assert server.asked == 1


def test_who_saved_last_comes_first(world: World, server: Server) -> None:
    for n in range(30):
        make(world.engine, name=f"Ann Example {n}", street=f"{n} Long Street", now=NOW + timedelta(minutes=n))

    world.surveyor.look()
    make(world.engine, now=NOW + timedelta(hours=1))
    world.surveyor.look()
    world.surveyor.look()

    assert [line.split(",")[0] for line in server.queries] == [
        *(f"{n} Long Street" for n in range(29, 9, -1)),
        STREET,
        *(f"{n} Long Street" for n in range(9, -1, -1)),
    ]


def test_what_could_not_be_asked_waits_for_the_next_day(world: World, server: Server) -> None:
    said, server.answer = server.told.pop(STREET), "error"
    id = make(world.engine)
    for _ in range(3):
        world.surveyor.look()
    make(world.engine, name="Bob Example", street="")  # a change of somebody else asks for nothing again
    world.surveyor.look()
    assert server.asked == 1

    server.answer, server.told[STREET], world.now = "right", said, NOW + timedelta(days=1)
    world.surveyor.look()

    assert office(world.engine, id).precision == "address"


def test_who_saves_while_the_geocoder_rests_is_looked_up_after_it(world: World, server: Server) -> None:
    said, server.answer = server.told.pop(STREET), "error"
    for n in range(3):
        make(world.engine, name=f"Bob Example {n}", street=f"{n} Other Street")
    world.surveyor.look()
    assert world.geocoder.resting()
    id = make(world.engine)
    server.answer, server.told[STREET] = "right", said
    world.surveyor.look()
    assert server.asked == 3

    world.clock.now += REST_SECONDS + 1
    world.surveyor.look()

    assert office(world.engine, id).precision == "address" and server.asked == 4


def test_a_database_that_fails_ends_no_surveyor(world: World, server: Server) -> None:
    broken = [True]

    def night() -> Night:
        if broken[0]:
            raise OSError("the disk is gone")
        return world.night()

    one = Surveyor(night, world.geocoder)
    with Session(world.engine) as session:
        id = make_listing(session, **ROUGH).id
        session.commit()

    one.look()
    broken[0] = False
    one.look()

    assert office(world.engine, id).precision == "address" and server.asked == 1
