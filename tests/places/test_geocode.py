"""A network geocoder that says everything a hostile or broken server can say, on this machine only."""

import gzip
import json
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest

from referral.errors import UsageError
from referral.places.geocode import REST_SECONDS, Address, StreetGeocoder, Unavailable, from_setting

RIGHT = [{"lat": "48.137", "lon": "11.575", "display_name": "Munich", "address": {"country_code": "de"}}]

ANSWERS: dict[str, tuple[int, dict[str, str], bytes]] = {
    "right": (200, {}, json.dumps(RIGHT).encode()),
    "nothing": (200, {}, b"[]"),
    "elsewhere": (200, {}, json.dumps([{**RIGHT[0], "address": {"country_code": "fr"}}]).encode()),
    "nan": (200, {}, b'[{"lat": NaN, "lon": 1, "display_name": "x"}]'),
    "endless": (200, {}, b'[{"lat": 1e309, "lon": 1, "display_name": "x"}]'),
    "off the earth": (200, {}, b'[{"lat": 999, "lon": 1, "display_name": "x"}]'),
    "html": (200, {"Content-Type": "text/html"}, b"<html>busy</html>"),
    "long": (200, {}, b" " * 50_000_000),
    "bomb": (200, {"Content-Encoding": "gzip"}, gzip.compress(b" " * 10_000_000)),
    "redirect": (302, {"Location": "http://127.0.0.1:9/"}, b""),
    "error": (500, {}, b"no"),
    "other shape": (200, {}, b'{"lat": 1}'),
    "deep": (200, {}, b"[" * 100_000),
}


class Clock:
    """Time that passes only when slept."""

    def __init__(self) -> None:
        self.now = 1_000.0
        self.slept: list[float] = []

    def __call__(self) -> float:
        return self.now

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.now += seconds


class Server(HTTPServer):
    """Gives one answer to everybody."""

    answer = "right"
    asked = 0

    def handle_error(self, request: object, client_address: object) -> None:
        """A client that hangs up on nonsense is what we want."""


class Handler(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        assert isinstance(self.server, Server)
        self.server.asked += 1
        if self.server.answer == "slow":
            time.sleep(1)
            self.server.answer = "right"
        status, headers, body = ANSWERS[self.server.answer]
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        pass


@pytest.fixture
def server() -> Iterator[Server]:
    server = Server(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield server
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def geocoder(server: Server, clock: Clock, tmp_path: Path) -> StreetGeocoder:
    asked = from_setting(f"nominatim:http://127.0.0.1:{server.server_port}", "tests of the directory")
    return StreetGeocoder(asked, tmp_path, clock, clock.sleep)


def test_an_address_is_asked_once_and_kept(geocoder: StreetGeocoder, server: Server) -> None:
    assert geocoder.locate("Marienplatz 1", "DE") == Address(48.137, 11.575)
    assert geocoder.locate("Marienplatz  1", "DE") == Address(48.137, 11.575)
    assert server.asked == 1


@pytest.mark.parametrize("answer", ["nothing", "elsewhere"])
def test_no_place_in_the_country_is_no_place(geocoder: StreetGeocoder, server: Server, answer: str) -> None:
    server.answer = answer

    assert geocoder.locate("Marienplatz 1", "DE") is None


@pytest.mark.parametrize("answer", sorted(set(ANSWERS) - {"right", "nothing", "elsewhere"}))
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


def test_after_failures_the_geocoder_rests(geocoder: StreetGeocoder, server: Server, clock: Clock) -> None:
    server.answer = "error"
    for n in range(5):
        with pytest.raises(Unavailable):
            geocoder.locate(f"Marienplatz {n}", "DE")
    assert server.asked == 3

    clock.now += REST_SECONDS + 1
    server.answer = "right"

    assert geocoder.locate("Marienplatz 9", "DE") is not None


def test_requests_are_a_second_apart_for_all_processes(geocoder: StreetGeocoder, clock: Clock, tmp_path: Path) -> None:
    other = StreetGeocoder(geocoder.asked, tmp_path, clock, clock.sleep)

    geocoder.locate("Marienplatz 1", "DE")
    other.locate("Marienplatz 2", "DE")

    assert clock.slept[-1] == 1.0


def test_an_unknown_service_is_said_clearly() -> None:
    with pytest.raises(UsageError, match="REFERRAL_GEOCODER"):
        from_setting("no such service", "tests")
