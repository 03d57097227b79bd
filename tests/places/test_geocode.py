"""A network geocoder that says everything a hostile or broken server can say, on this machine only."""

import socket
import threading
import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

import pytest

from referral.errors import UsageError
from referral.places.answers import Address, country_said
from referral.places.gazetteer import Gazetteer
from referral.places.geocode import REST_SECONDS, Resting, StreetGeocoder, Unavailable, configured
from tests.places.servers import ANSWERS, DRIPS, Clock, Server, asking, at, feature, serving

NOT_THERE = ["nothing", "elsewhere", "no country", "the town", "the postcode"]


@pytest.fixture
def server() -> Iterator[Server]:
    with serving() as server:
        yield server


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def geocoder(server: Server, clock: Clock, tmp_path: Path) -> StreetGeocoder:
    return asking(server, clock, tmp_path)


def test_an_address_is_asked_for_with_who_we_are(geocoder: StreetGeocoder, server: Server) -> None:
    assert geocoder.locate("Marienplatz 1", "DE") == Address(48.137, 11.575)

    assert (server.queries, server.agents) == (["Marienplatz 1, DE"], {"tests of the directory"})
    assert geocoder.host == f"127.0.0.1:{server.server_port}"


def test_nothing_of_an_address_is_kept(geocoder: StreetGeocoder) -> None:
    geocoder.locate("Marienplatz 1", "DE")

    kept = b"".join(path.read_bytes() + str(path).encode() for path in geocoder.folder.rglob("*") if path.is_file())
    assert kept and not any(part in kept for part in (b"Marienplatz", b"48.137", b"11.575"))


@pytest.mark.parametrize("answer", NOT_THERE)
def test_no_address_in_the_country_is_no_place(geocoder: StreetGeocoder, server: Server, answer: str) -> None:
    server.answer = answer

    assert geocoder.locate("Marienplatz 1", "DE") is None


@pytest.mark.parametrize(("lies_in", "found"), [("DE", True), ("FR", False), ("", False)])
def test_who_names_no_country_is_asked_about_by_the_point(
    geocoder: StreetGeocoder, server: Server, lies_in: str, found: bool
) -> None:
    server.answer = "no country"
    asking_us = replace(geocoder, country_of=lambda lat, lon: lies_in if (lat, lon) == (48.137, 11.575) else "")

    assert (asking_us.locate("Marienplatz 1", "DE") is not None) == found


@pytest.mark.parametrize(("point", "found"), [((48.86, 2.35), False), ((48.58, 7.76), True)])
def test_a_point_far_inside_another_country_than_is_said_is_none(
    point: tuple[float, float], found: bool, geocoder: StreetGeocoder, server: Server, gazetteer: Gazetteer
) -> None:
    server.told["Street"] = at(*point, address={"country_code": "de"})
    asking_us = replace(
        geocoder, country_of=lambda lat, lon: town.country if (town := gazetteer.nearest(lat, lon)) else ""
    )

    assert (asking_us.locate("1 Street", "DE") is not None) == found


@pytest.mark.parametrize(
    ("raw", "country"),
    [
        ({"components": {"country_code": "de"}}, "DE"),
        ({"address": {"countryCode": "DE", "country": "Deutschland"}}, "DE"),
        ({"attributes": {"Country": "DEU"}}, "DE"),
        ({"address_components": [{"types": ["country", "political"], "short_name": "DE"}]}, "DE"),
        ({"properties": {"country_a": "DEU", "country": "Germany"}}, "DE"),
        ({"country": "UK"}, "GB"),
        ({"country": "Germany"}, ""),
        ({"place_id": 1}, ""),
    ],
)
def test_a_country_is_heard_however_a_service_says_it(raw: dict[str, object], country: str) -> None:
    assert country_said(raw) == country


@pytest.mark.parametrize(("asked", "said", "found"), [("HK", "CN", True), ("PR", "US", True), ("US", "PR", False)])
def test_a_territory_may_be_said_to_lie_in_its_country(
    asked: str, said: str, found: bool, geocoder: StreetGeocoder, server: Server
) -> None:
    server.told["Street"] = at(22.3, 114.2, address={"country_code": said.lower()})

    assert (geocoder.locate("1 Street", asked) is not None) == found


@pytest.mark.parametrize("answer", sorted({*ANSWERS} - {"right", *NOT_THERE}))
def test_nonsense_is_refused(geocoder: StreetGeocoder, server: Server, answer: str) -> None:
    server.answer = answer

    with pytest.raises(Unavailable):
        geocoder.locate("Marienplatz 1", "DE")


def test_who_does_not_answer_in_time_is_not_waited_for(
    geocoder: StreetGeocoder, server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("referral.places.geocode.TIMEOUT_SECONDS", 0.1)
    server.answer = "slow"

    with pytest.raises(Unavailable, match="in time"):
        geocoder.locate("Marienplatz 1", "DE")


@pytest.mark.parametrize("answer", list(DRIPS))
def test_a_server_that_drips_is_left_when_the_time_is_over(
    geocoder: StreetGeocoder, server: Server, answer: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("referral.places.geocode.TIMEOUT_SECONDS", 0.3)
    server.answer, began = answer, time.monotonic()

    with pytest.raises(Unavailable, match="in time"):
        geocoder.locate("Marienplatz 1", "DE")

    assert time.monotonic() - began < 5


def test_a_server_that_drips_before_it_is_known_whose_it_is_is_left_too(tmp_path: Path) -> None:
    """The handshake of TLS comes byte by byte."""
    with socket.create_server(("127.0.0.1", 0)) as listening, pytest.MonkeyPatch.context() as patch:
        threading.Thread(target=_drip_tls, args=(listening,), daemon=True).start()
        patch.setattr("referral.places.geocode.TIMEOUT_SECONDS", 0.3)
        setting = f"nominatim:https://127.0.0.1:{listening.getsockname()[1]}"
        geocoder, began = configured(setting, tmp_path / "geocoder", "tests of the directory"), time.monotonic()
        assert geocoder is not None

        with pytest.raises(Unavailable, match="in time"):
            geocoder.locate("Marienplatz 1", "DE")

    assert time.monotonic() - began < 5


def _drip_tls(listening: socket.socket) -> None:
    line, _ = listening.accept()
    with line, suppress(OSError):
        for byte in b"\x16\x03\x03\x40\x00\x02" + bytes(200):
            line.sendall(bytes([byte]))
            time.sleep(0.05)


def test_after_failures_the_geocoder_rests(geocoder: StreetGeocoder, server: Server, clock: Clock) -> None:
    server.answer = "error"
    for n in range(5):
        with pytest.raises(Unavailable):
            geocoder.locate(f"Marienplatz {n}", "DE")
    assert server.asked == 3
    assert geocoder.resting()
    with pytest.raises(Resting):
        geocoder.locate("Marienplatz 1", "DE")

    clock.now += REST_SECONDS + 1
    server.answer = "right"

    assert geocoder.locate("Marienplatz 9", "DE") is not None


def test_requests_are_a_second_apart_for_all_processes(geocoder: StreetGeocoder, clock: Clock) -> None:
    other = replace(geocoder)

    geocoder.locate("Marienplatz 1", "DE")
    other.locate("Marienplatz 2", "DE")

    assert clock.slept[-1] == 1.0


def test_one_process_at_a_time_goes_through_addresses(geocoder: StreetGeocoder) -> None:
    with geocoder.alone() as first, replace(geocoder).alone() as second:
        assert (first, second) == (True, False)
    with geocoder.alone() as again:
        assert again


def test_without_a_setting_there_is_nobody_to_ask(tmp_path: Path) -> None:
    assert configured("", tmp_path / "geocoder", "tests") is None
    assert not (tmp_path / "geocoder").exists()


@pytest.mark.parametrize("setting", ["no such service", "pelias", "google"])
def test_what_cannot_be_asked_is_said_clearly(setting: str, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="REFERRAL_GEOCODER"):
        configured(setting, tmp_path, "tests")


@pytest.mark.parametrize(
    ("service", "said", "found"),
    [
        ("photon", {"type": "house"}, True),
        ("photon", {"type": "street"}, True),
        ("photon", {"type": "city"}, False),
        ("photon", {"type": "house", "country": "FR"}, False),
        ("photon", {"type": "house", "country": "CN"}, False),
        ("pelias", {"layer": "address"}, True),
        ("pelias", {"layer": "locality"}, False),
        ("pelias", {"layer": "postalcode"}, False),
        ("pelias", {"layer": "address", "country": "FR"}, False),
    ],
)
def test_each_service_is_understood(
    service: str, said: dict[str, str], found: bool, server: Server, clock: Clock, tmp_path: Path
) -> None:
    made = configured(f"{service}:http://127.0.0.1:{server.server_port}", tmp_path / "geocoder", "tests")
    assert made is not None
    server.told["Marienplatz"] = feature(**said)

    there = replace(made, clock=clock, sleep=clock.sleep).locate("Marienplatz 1", "DE")

    assert there == (Address(48.137, 11.575) if found else None)


@pytest.mark.parametrize("service", ["photon", "pelias"])
def test_other_services_can_be_named(service: str, tmp_path: Path) -> None:
    made = configured(f"{service}:https://{service}.example.org", tmp_path, "tests")

    assert made is not None and made.host == f"{service}.example.org"
