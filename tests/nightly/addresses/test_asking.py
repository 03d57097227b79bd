"""Addresses are looked up by a geocoder on this machine, good or hostile: who is asked for, and how often."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from referral import nightly
from referral.listings import pinpointing
from referral.nightly import addresses
from referral.nightly.night import Night
from referral.places.geocode import REST_SECONDS, configured
from tests.make import NOW, TODAY, make_content
from tests.nightly.lookups import HOUSE, ROUGH, STREET, TOWN, later, listing, make, office
from tests.places.servers import Clock, Server, at


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


def test_dates_are_of_the_night_that_was_given(night: Night) -> None:
    id = make(night.engine)

    addresses.addresses(replace(night, now=datetime(2027, 2, 1, tzinfo=UTC)))

    assert office(night.engine, id).looked_up_on == date(2027, 2, 1)
