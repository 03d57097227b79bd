"""Addresses are looked up by a geocoder on this machine, good or hostile; what it says reaches only whom it should."""

import multiprocessing
import os
import signal
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import Engine, select, text
from sqlalchemy.orm import Session

from index.embedded import EmbeddedIndex
from referral import changes, db, nightly
from referral.listings import checks, imports, pinpointing, published, revisions
from referral.listings.content import Office
from referral.listings.indexing import document, follow
from referral.listings.published import Published
from referral.model import AuditEntry
from referral.model import Office as OfficeRow
from referral.nightly import addresses
from referral.nightly.night import Night
from referral.places.geocode import REST_SECONDS, StreetGeocoder, configured
from tests.client import CheckingClient
from tests.make import HEAD, NOW, TODAY, make_content, make_listing
from tests.places.servers import Clock, Server, asking, at, serving

TOWN = (39.7817, -89.6501)
HOUSE = (39.801234, -89.643211)
"""In Springfield, Illinois, two kilometres from its middle."""

STREET = "17 Example Street"
ROUGH: dict[str, Any] = {"street": STREET, "postcode": "62701", "precision": "locality"}


@pytest.fixture
def server() -> Iterator[Server]:
    with serving() as server:
        server.told[STREET] = at(*HOUSE)
        yield server


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def geocoder(server: Server, clock: Clock, tmp_path: Path) -> StreetGeocoder:
    return asking(server, clock, tmp_path)


@pytest.fixture
def night(engine: Engine, index: EmbeddedIndex, geocoder: StreetGeocoder) -> Night:
    return Night(engine, index, HEAD, NOW, geocoder=lambda: geocoder)


def later(night: Night, days: int) -> Night:
    return replace(night, now=night.now + timedelta(days))


def make(engine: Engine, **fields: Any) -> int:
    with Session(engine) as session:
        id = make_listing(session, **({} if "offices" in fields else ROUGH) | fields).id
        session.commit()
        return id


def listing(engine: Engine, id: int) -> Published:
    with Session(engine) as session:
        return published.load_any(session, [id])[0]


def office(engine: Engine, id: int) -> Office:
    return listing(engine, id).content.offices[0]


def submit(engine: Engine, id: int, **changed: Any) -> None:
    """What the therapist saves of the first office."""
    with Session(engine) as session:
        there = published.load_any(session, [id])[0]
        offices = (replace(there.content.offices[0], **changed),)
        revisions.submit(session, id, replace(there.content, offices=offices), there.version, None, NOW)
        session.commit()


def test_an_address_is_found_and_stands_there_from_then_on(night: Night, server: Server) -> None:
    id = make(night.engine)

    counts = addresses.addresses(night)

    there = office(night.engine, id)
    assert counts == {"found": 1, "not found": 0, "unavailable": 0, "waiting": 0}
    assert server.queries == [f"{STREET}, 62701 Springfield, US"]
    assert (there.lat, there.lon, there.precision, there.point_source) == (*HOUSE, "address", "geocoder")
    assert there.looked_up_on == TODAY
    assert addresses.addresses(night)["found"] == 0 and server.asked == 1


def test_nothing_is_asked_without_the_setting(night: Night, server: Server) -> None:
    id = make(night.engine)
    before = listing(night.engine, id)

    reports = {r.job: r for r in nightly.run(Night(night.engine, night.index, night.head, NOW))}

    assert reports["addresses"].counts == {} and not reports["addresses"].failed
    assert server.asked == 0 and listing(night.engine, id) == before


def test_the_night_counts_it_among_its_jobs(night: Night) -> None:
    make(night.engine)

    reports = {r.job: r.counts for r in nightly.run(replace(night, look=lambda _url: pytest.fail("no links here")))}

    assert reports["addresses"]["found"] == 1


def test_a_setting_that_cannot_be_used_fails_one_job_and_no_other(night: Night, tmp_path: Path) -> None:
    wrong = replace(night, geocoder=lambda: configured("nobody knows", tmp_path, "tests"))

    reports = nightly.run(wrong)

    [(job, said)] = [(r.job, r.failed) for r in reports if r.failed]
    assert job == "addresses" and said.startswith("REFERRAL_GEOCODER names no geocoder we can use: nobody knows")


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


@pytest.mark.parametrize("answer", ["nothing", "elsewhere", "the town"])
def test_what_is_not_there_is_remembered_for_half_a_year(night: Night, server: Server, answer: str) -> None:
    server.told.clear()
    server.answer = answer
    id = make(night.engine)

    first = addresses.addresses(night)
    again = addresses.addresses(later(night, 179))

    assert first["not found"] == 1 and again == {"found": 0, "not found": 0, "unavailable": 0, "waiting": 0}
    there = office(night.engine, id)
    assert ((there.lat, there.lon), there.precision, there.looked_up_on) == (TOWN, "locality", TODAY)

    server.told[STREET] = at(*HOUSE)

    assert addresses.addresses(later(night, 180))["found"] == 1


@pytest.mark.parametrize(("lat", "found"), [(39.7817 + 0.35, 1), (39.7817 + 0.37, 0), (-39.8, 0)])
def test_an_answer_has_to_lie_near_the_town(night: Night, server: Server, lat: float, found: int) -> None:
    server.told[STREET] = at(lat, TOWN[1])  # 0.36 degrees are 40 km
    id = make(night.engine)

    counts = addresses.addresses(night)

    assert (counts["found"], counts["not found"]) == (found, 1 - found)
    assert office(night.engine, id).lat == pytest.approx(lat if found else TOWN[0])


@pytest.mark.parametrize("answer", ["off the earth", "html", "error", "nan", "long", "hanging"])
def test_who_cannot_be_asked_is_asked_the_next_night(
    night: Night, server: Server, clock: Clock, answer: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("referral.places.geocode.TIMEOUT_SECONDS", 0.2 if answer == "hanging" else 10)
    id, said = make(night.engine), server.told.pop(STREET)
    server.answer = answer
    assert addresses.addresses(night) == {"found": 0, "not found": 0, "unavailable": 1, "waiting": 1}
    assert office(night.engine, id).looked_up_on is None

    server.answer, server.told[STREET], clock.now = "right", said, clock.now + 86_400

    assert addresses.addresses(later(night, 1))["found"] == 1


def test_a_server_that_is_down_is_asked_three_times_a_night(night: Night, server: Server, clock: Clock) -> None:
    server.told.clear()
    server.answer = "error"
    for n in range(6):
        make(night.engine, name=f"Ann Example {n}", street=f"{n} Other Street")

    counts = addresses.addresses(night)
    clock.now += REST_SECONDS - 60

    assert counts["unavailable"] == 3 and counts["waiting"] == 6 and server.asked == 3
    assert addresses.addresses(night)["unavailable"] == 0 and server.asked == 3


def test_addresses_a_server_chokes_on_do_not_keep_it_from_the_others(
    night: Night, server: Server, clock: Clock
) -> None:
    server.answer = "error"
    for n in range(3):
        make(night.engine, name=f"Bob Example {n}", street=f"{n} Poison Street", now=NOW + timedelta(hours=1))
    id = make(night.engine)

    for days in range(8):
        clock.now += 86_400
        addresses.addresses(later(night, days))

    assert office(night.engine, id).precision == "address"


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


def bytes_of(folder: Path) -> bytes:
    """Everything that lies in a folder, names too."""
    return b"".join(str(path).encode() + path.read_bytes() for path in folder.rglob("*") if path.is_file())


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


def test_two_in_one_house_are_asked_for_once(night: Night, server: Server) -> None:
    ids = [make(night.engine, name=f"Ann Example {n}") for n in range(3)]

    assert addresses.addresses(night)["found"] == 3
    assert server.asked == 1 and {office(night.engine, id).lat for id in ids} == {HOUSE[0]}


def test_two_who_share_an_address_nobody_knows_are_asked_for_once(night: Night, server: Server) -> None:
    server.told[STREET] = b"[]"
    for n in range(2):
        make(night.engine, name=f"Ann Example {n}")

    assert addresses.addresses(night)["not found"] == 2 and server.asked == 1


CONTENTS = {
    "public": {},
    "unconfirmed": {"status": "unconfirmed"},
    "waiting, agreed": {"status": "pending", "consented_on": TODAY},
    "waiting, imported": {"status": "pending"},
    "paused, agreed": {"status": "paused", "consented_on": TODAY},
    "removed": {"status": "removed", "consented_on": TODAY},
    "town only": {"address_visibility": "none"},
    "whole address": {"address_visibility": "full"},
    "no street": {"street": ""},
    "no point": {"lat": None, "lon": None},
    "exact": {"precision": "address"},
    "point of its own": {"precision": ""},
    "by postcode": {"precision": "postcode"},
}
ASKED = {"public", "unconfirmed", "waiting, agreed", "paused, agreed", "whole address", "by postcode"}


@pytest.mark.parametrize("kind", sorted(CONTENTS))
def test_only_who_agreed_and_shows_more_than_the_town_is_asked_for(night: Night, server: Server, kind: str) -> None:
    content = make_content(**{**ROUGH, **CONTENTS[kind]})
    make(night.engine, **CONTENTS[kind])

    addresses.addresses(night)

    assert (server.asked == 1) == (kind in ASKED)
    assert pinpointing.is_sought(content, content.offices[0], TODAY) == (kind in ASKED)


def test_a_postcode_with_its_town_is_asked_for_as_people_write_it(night: Night, server: Server) -> None:
    make(night.engine, postcode="")

    addresses.addresses(night)

    assert server.queries == [f"{STREET}, Springfield, US"]


def test_an_office_in_several_places_is_looked_up_for_each(night: Night, server: Server) -> None:
    server.told["2 Other Street"] = at(39.77, -89.66)
    rough = {"country": "US", "locality": "Springfield", "precision": "locality", "lat": TOWN[0], "lon": TOWN[1]}
    id = make(night.engine, offices=[{**rough, "street": STREET}, {**rough, "street": "2 Other Street"}, rough])

    addresses.addresses(night)

    assert [one.lat for one in listing(night.engine, id).content.offices] == [HOUSE[0], 39.77, TOWN[0]]


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


PAGES = (
    "/search?place=4250542",
    "/api/v1/search?place=4250542",
    "/api/v1/map?place=4250542",
    "/api/v1/therapists/annexample",
    "/therapists/ann-example",
    "/shortlist?t=annexample",
)
"""Where a visitor meets her: Springfield, Illinois."""


@pytest.mark.parametrize("visibility", ["area", "none", "full"])
def test_the_exact_place_is_seen_only_where_the_address_is(
    client: CheckingClient, app: Flask, engine: Engine, server: Server, geocoder: StreetGeocoder, visibility: str
) -> None:
    id = make(engine, name="Ann Example", public_id="annexample", address_visibility="area")
    here = app.extensions["referral"]

    addresses.addresses(Night(engine, here.index, HEAD, NOW, geocoder=lambda: geocoder))
    if visibility != "area":
        submit(engine, id, address_visibility=visibility)
    pages = {path: client.get(path).text for path in PAGES}

    assert all("Ann" in page or "ann-example" in page for page in pages.values())
    assert STREET not in str(pages) or visibility == "full"
    exact = [path for path, page in pages.items() if "39.8012" in page or "-89.6432" in page]
    assert bool(exact) == (visibility == "full"), exact
    told = document(listing(engine, id), TODAY)
    assert told.points == (checks.coarse(*HOUSE, visibility),)
    with db.reading(engine) as session:
        follow(session, here.index, TODAY)
    assert here.index.differences([told], TODAY) == []
    kept = bytes_of(here.config.index_folder)
    assert (visibility == "full") or (b"39.801234" not in kept and STREET.encode() not in kept)


def imported(night: Night, folder: Path, header: str, row: str) -> Office:
    """The first office after a file of one row was taken over."""
    file = folder / "roster.csv"
    file.write_text(f"{header}\n{row}\n", "utf-8")
    with Session(night.engine) as session:
        report = imports.run(session, file, "", "test", None, NOW)
        assert not report.bad, report.bad
        session.commit()
        return published.by_public_ids(session, ["annexample"])[0].content.offices[0]


def test_an_import_with_another_address_takes_the_place_of_the_old_away(night: Night, tmp_path: Path) -> None:
    make(night.engine, public_id="annexample", name="Ann Example")
    addresses.addresses(night)
    header = "public_id,name,locality,postcode,street,country"

    same = imported(night, tmp_path, header, f"annexample,Ann Example,Springfield,62701,{STREET},US")
    other = imported(night, tmp_path, header, "annexample,Ann Example,Springfield,62701,2 New Street,US")

    assert (same.lat, same.point_source) == (HOUSE[0], "geocoder")
    assert (other.lat, other.point_source, other.looked_up_on) == (None, "", None)


def test_a_point_an_import_brings_was_not_looked_up(night: Night, tmp_path: Path) -> None:
    make(night.engine, public_id="annexample", name="Ann Example")
    addresses.addresses(night)

    there = imported(night, tmp_path, "public_id,name,country,lat,lon", "annexample,Ann Example,US,39.77,-89.66")

    assert (there.lat, there.point_source, there.looked_up_on) == (39.77, "", None)


def test_dates_are_of_the_night_that_was_given(night: Night) -> None:
    id = make(night.engine)

    addresses.addresses(replace(night, now=datetime(2027, 2, 1, tzinfo=UTC)))

    assert office(night.engine, id).looked_up_on == date(2027, 2, 1)
