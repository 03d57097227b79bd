"""A network geocoder on this machine that says everything a hostile or broken server can say."""

import gzip
import json
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

from referral.places.geocode import StreetGeocoder, configured

RIGHT = [{"lat": "48.137", "lon": "11.575", "display_name": "Munich", "address": {"country_code": "de"}}]


def at(lat: object, lon: object, **said: object) -> bytes:
    """What Nominatim says of a house at this point."""
    said = {"address": {"country_code": "us"}, **said}
    return json.dumps([{"lat": str(lat), "lon": str(lon), "display_name": "A house", **said}]).encode()


def feature(country: str = "DE", **properties: str) -> bytes:
    """What Photon and Pelias say of the right place."""
    point = {"type": "Point", "coordinates": [11.575, 48.137]}
    properties |= {"name": "A place", "label": "A place", "countrycode": country, "country_code": country}
    one = {"type": "Feature", "geometry": point, "properties": properties}
    return json.dumps({"type": "FeatureCollection", "features": [one]}).encode()


ANSWERS: dict[str, tuple[int, dict[str, str], bytes]] = {
    "right": (200, {}, json.dumps(RIGHT).encode()),
    "nothing": (200, {}, b"[]"),
    "elsewhere": (200, {}, json.dumps([{**RIGHT[0], "address": {"country_code": "fr"}}]).encode()),
    "no country": (200, {}, json.dumps([{k: v for k, v in RIGHT[0].items() if k != "address"}]).encode()),
    "the town": (200, {}, json.dumps([{**RIGHT[0], "class": "boundary", "type": "administrative"}]).encode()),
    "the postcode": (200, {}, json.dumps([{**RIGHT[0], "class": "place", "addresstype": "postcode"}]).encode()),
    "nan": (200, {}, b'[{"lat": NaN, "lon": 1, "display_name": "x"}]'),
    "endless": (200, {}, b'[{"lat": 1e309, "lon": 1, "display_name": "x"}]'),
    "no number": (200, {}, b'[{"lat": 1' + b"0" * 400 + b', "lon": 1, "display_name": "x"}]'),
    "off the earth": (200, {}, b'[{"lat": 999, "lon": 1, "display_name": "x"}]'),
    "off the map": (200, {}, json.dumps([{**RIGHT[0], "lon": "999"}]).encode()),
    "no point": (200, {}, json.dumps([{"display_name": "x", "address": {"country_code": "de"}}]).encode()),
    "half a point": (200, {}, json.dumps([{**RIGHT[0], "lon": None}]).encode()),
    "a truth": (200, {}, json.dumps([{**RIGHT[0], "lat": True}]).encode()),
    "html": (200, {"Content-Type": "text/html"}, b"<html>busy</html>"),
    "long": (200, {}, b" " * 50_000_000),
    "bomb": (200, {"Content-Encoding": "gzip"}, gzip.compress(b" " * 10_000_000)),
    "redirect": (302, {"Location": "http://127.0.0.1:9/"}, b""),
    "error": (500, {}, b"no"),
    "other shape": (200, {}, b'{"lat": 1}'),
    "deep": (200, {}, b"[" * 100_000),
}


DRIPS = {"head": b"X-More: 1\r\n", "continue": b"HTTP/1.1 100 Continue\r\n\r\n", "body": b" "}
"""What some servers say again and again, and never come to an end."""


class Server(ThreadingHTTPServer):
    """Gives everybody the same answer, or what `told` says to who asks for that address."""

    daemon_threads = True
    answer = "right"

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.queries: list[str] = []
        self.told: dict[str, bytes] = {}
        """A part of the query -> the body of the answer."""
        self.meanwhile: Callable[[], object] = lambda: None
        """Done while somebody waits for the answer."""
        self.agents: set[str] = set()

    @property
    def asked(self) -> int:
        """How often anybody asked."""
        return len(self.queries)

    @property
    def setting(self) -> str:
        """What REFERRAL_GEOCODER says of it."""
        return f"nominatim:http://127.0.0.1:{self.server_port}"

    def handle_error(self, request: object, client_address: object) -> None:
        """A client that hangs up on nonsense is what we want."""


class Handler(BaseHTTPRequestHandler):
    """One question."""

    def do_GET(self) -> None:
        server = self.server
        assert isinstance(server, Server)
        said = parse_qs(urlsplit(self.path).query)
        query = (said.get("q") or said["text"])[0]  # Pelias has another word for it
        server.queries.append(query)
        server.agents.add(self.headers["User-Agent"])
        server.meanwhile()
        if server.answer == "hanging":
            time.sleep(60)
        if server.answer == "slow":
            time.sleep(1)
        if server.answer in DRIPS:
            self._drip(DRIPS[server.answer])
            return
        status, headers, body = ANSWERS.get(server.answer, ANSWERS["right"])
        own = next((own for part, own in server.told.items() if part in query), None)
        if own is not None:
            status, headers, body = 200, {}, own
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def _drip(self, more: bytes) -> None:
        """For ten seconds, or until somebody hangs up."""
        self.wfile.write(b"" if b"HTTP" in more else b"HTTP/1.1 200 OK\r\n" + b"\r\n" * (more == b" "))
        for _ in range(200):
            self.wfile.write(more)
            time.sleep(0.05)

    def log_message(self, format: str, *args: object) -> None:
        """Nothing."""


@contextmanager
def serving() -> Iterator[Server]:
    """A geocoder that answers while the block runs."""
    server = Server()
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


class Clock:
    """Time that passes only when slept."""

    def __init__(self) -> None:
        self.now = 1_000.0
        self.slept: list[float] = []

    def __call__(self) -> float:
        return self.now

    def sleep(self, seconds: float) -> None:
        """Let so much time pass at once."""
        self.slept.append(seconds)
        self.now += seconds


def asking(server: Server, clock: Clock, folder: Path) -> StreetGeocoder:
    """What the directory asks `server` with, in the time of `clock`."""
    made = configured(server.setting, folder / "geocoder", "tests of the directory")
    assert made is not None
    return replace(made, clock=clock, sleep=clock.sleep)
