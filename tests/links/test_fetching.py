"""A look at somebody else's address: where it may not go, and what it says of where it may."""

import socket
import ssl
import threading
import time
from collections.abc import Iterator
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from referral.links import fetching
from referral.links.fetching import Look, Rules, look
from tests.mail.test_tls import certificate  # noqa: F401  # a fixture: a key for "localhost"


class Canary:
    """Listens on loopback, IPv4 and IPv6, and counts who comes."""

    def __init__(self) -> None:
        self.seen = 0
        self._sockets = [self._listen(socket.AF_INET, "127.0.0.1"), self._listen(socket.AF_INET6, "::1")]
        self.ports = [s.getsockname()[1] for s in self._sockets]
        for one in self._sockets:
            threading.Thread(target=self._count, args=(one,), daemon=True).start()

    def _listen(self, family: int, host: str) -> socket.socket:
        one = socket.socket(family, socket.SOCK_STREAM)
        one.bind((host, 0))
        one.listen()
        return one

    def _count(self, one: socket.socket) -> None:
        while True:
            try:
                came, _from = one.accept()
            except OSError:
                return
            self.seen += 1
            came.close()

    def close(self) -> None:
        for one in self._sockets:
            one.close()


@pytest.fixture
def canary() -> Iterator[Canary]:
    made = Canary()
    yield made
    made.close()


class Pages(BaseHTTPRequestHandler):
    """Answers as its path says: /200, /404, /to/<address>, /slow, /endless."""

    def do_GET(self) -> None:
        _empty, kind, *rest = self.path.split("/", 2)
        if kind == "slow":
            with suppress(OSError):
                for _moment in range(30):
                    self.wfile.write(b"H")
                    self.wfile.flush()
                    time.sleep(0.1)
        elif kind == "endless":
            with suppress(OSError):
                for n in range(2000):
                    self.wfile.write(f"X-{n}: {'x' * 100}\r\n".encode())
        elif kind == "to":
            self.send_response(302)
            self.send_header("Location", rest[0])
            self.end_headers()
        else:
            self.send_response(int(kind))
            self.end_headers()

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


@pytest.fixture
def server() -> Iterator[str]:
    """A server on loopback that only a look with rules for it can reach, under the name good.example."""
    made = ThreadingHTTPServer(("127.0.0.1", 0), Pages)
    threading.Thread(target=made.serve_forever, daemon=True).start()
    yield f"http://good.example:{made.server_port}"
    made.shutdown()
    made.server_close()


def rules(server: str, **other: object) -> Rules:
    """The real rules, with one name and one port of the test's own let through."""
    port = int(server.rpartition(":")[2])

    def resolve(host: str, wanted: int) -> list[str]:
        return ["127.0.0.1"] if host == "good.example" else fetching.resolved(host, wanted)

    trusted = {"resolve": resolve, "allows": lambda _address: True, "ports": frozenset({port}), **other}
    return Rules(**trusted)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("path", "found"),
    [
        ("/200", Look(True, "200")),
        ("/204", Look(True, "204")),
        ("/403", Look(True, "403")),
        ("/404", Look(False, "404")),
        ("/500", Look(False, "500")),
        ("/to//200", Look(True, "200")),
        ("/to//to//200", Look(True, "200")),
        ("/to//404", Look(False, "404")),
    ],
)
def test_what_a_server_answers_is_said(server: str, path: str, found: Look) -> None:
    assert look(server + path, rules(server)) == found


def test_a_ring_of_redirects_ends(server: str) -> None:
    ring = f"{server}/to/{server}/to/x"
    assert not look(ring, rules(server)).works


def test_five_seconds_are_for_all_of_it_and_not_for_each_byte(server: str) -> None:
    begun = time.monotonic()

    found = look(f"{server}/slow", rules(server, seconds=0.5))

    assert found == Look(False, "timeout") and time.monotonic() - begun < 2


def test_no_more_is_read_than_is_needed(server: str, monkeypatch: pytest.MonkeyPatch) -> None:
    read = []
    real = fetching._parsed
    monkeypatch.setattr(fetching, "_parsed", lambda given: read.append(len(given)) or real(given))

    look(f"{server}/endless", rules(server))

    assert read[0] <= fetching.MOST


def test_a_resolver_that_does_not_answer_is_not_waited_for(server: str) -> None:
    def silent(_host: str, _port: int) -> list[str]:
        time.sleep(1.5)
        return []

    begun = time.monotonic()

    assert look(server, rules(server, resolve=silent, seconds=0.2)) == Look(False, "timeout")
    assert time.monotonic() - begun < 1


HOSTILE = [
    "http://127.0.0.1:{v4}/",
    "http://localhost:{v4}/",
    "http://[::1]:{v6}/",
    "http://2130706433:{v4}/",
    "http://0x7f000001:{v4}/",
    "http://0177.0.0.1:{v4}/",
    "http://127.1:{v4}/",
    "http://0.0.0.0:{v4}/",
    "http://[::ffff:127.0.0.1]:{v4}/",
    "http://[::ffff:7f00:1]:{v4}/",
    "http://[64:ff9b::7f00:1]/",
    "http://[2002:7f00:1::]/",
    "http://169.254.169.254/latest/meta-data/",
    "http://10.0.0.1/",
    "http://192.168.1.1/",
    "http://172.16.0.1/",
    "http://100.64.0.1/",
    "http://[fe80::1%25lo]/",
    "http://[fd00::1]/",
    "http://example.org@127.0.0.1:{v4}/",
    "http://127.0.0.1:{v4}\\@example.org/",
    "http://user:word@127.0.0.1/",
    "http://example.org:22/",
    "http://example.org:{v4}/",
    "file:///etc/passwd",
    "gopher://127.0.0.1:{v4}/_x",
    "ftp://127.0.0.1/",
    "//127.0.0.1/",
    "http://",
    "http://127.0.0.1:99999/",
    "http://127.0.0.1/\r\nX: y",
    "javascript:alert(1)",
]


def known(host: str, port: int) -> list[str]:
    """As the system knows names, but for example.org, which here is loopback: no test asks the real internet."""
    return ["127.0.0.1"] if host.endswith("example.org") else fetching.resolved(host, port)


@pytest.mark.parametrize("ports", [frozenset({80, 443}), frozenset(range(1, 65536))], ids=["80 and 443", "any port"])
@pytest.mark.parametrize("address", HOSTILE)
def test_nothing_leads_inside(canary: Canary, address: str, ports: frozenset[int]) -> None:
    v4, v6 = canary.ports

    found = look(address.format(v4=v4, v6=v6), Rules(resolve=known, ports=ports))

    assert not found.works and canary.seen == 0


@pytest.mark.parametrize("address", HOSTILE)
def test_a_redirect_inside_is_not_followed(canary: Canary, server: str, address: str) -> None:
    v4, v6 = canary.ports
    asked: list[str] = []

    def allows(found: str) -> bool:
        """The first look is let through to the test's own server; every later one is judged as always."""
        asked.append(found)
        return len(asked) == 1 or fetching.is_public(found)

    def resolve(host: str, port: int) -> list[str]:
        return ["127.0.0.1"] if host == "good.example" else known(host, port)

    where = address.format(v4=v4, v6=v6).replace("\r\n", "")
    found = look(f"{server}/to/{where}", rules(server, resolve=resolve, allows=allows))

    assert not found.works and canary.seen == 0


def test_a_name_that_answers_otherwise_the_second_time_gains_nothing(canary: Canary) -> None:
    answers = [["203.0.113.1"], ["127.0.0.1"]]
    asked: list[str] = []

    def rebinding(host: str, _port: int) -> list[str]:
        asked.append(host)
        return answers[min(len(asked), 2) - 1]

    port = canary.ports[0]
    found = look(
        f"http://rebind.example:{port}/",
        Rules(resolve=rebinding, ports=frozenset({port}), allows=lambda a: a == "203.0.113.1", seconds=0.5),
    )

    assert asked == ["rebind.example"] and not found.works and canary.seen == 0


def test_one_bad_address_among_good_ones_is_enough(canary: Canary) -> None:
    mixed = Rules(resolve=lambda _h, _p: ["93.184.216.34", "127.0.0.1"], ports=frozenset(canary.ports))

    assert look(f"http://mixed.example:{canary.ports[0]}/", mixed) == Look(False, "not allowed")
    assert canary.seen == 0


def test_the_certificate_is_that_of_the_name_not_of_the_address(certificate: Path) -> None:  # noqa: F811
    made = ThreadingHTTPServer(("127.0.0.1", 0), Pages)
    served = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    served.load_cert_chain(certificate)
    names: list[str | None] = []
    served.sni_callback = lambda _socket, name, _context: names.append(name)
    made.socket = served.wrap_socket(made.socket, server_side=True)
    threading.Thread(target=made.serve_forever, daemon=True).start()
    port, trust = made.server_port, ssl.create_default_context(cafile=str(certificate))
    given = Rules(resolve=lambda _h, _p: ["127.0.0.1"], allows=lambda _a: True, ports=frozenset({port}), trust=trust)

    right, wrong = (look(f"https://{name}:{port}/200", given) for name in ("localhost", "other.example"))
    made.shutdown()
    made.server_close()

    assert (right, wrong) == (Look(True, "200"), Look(False, "certificate"))
    assert names == ["localhost", "other.example"]


@pytest.mark.parametrize(
    "address", ["8.8.8.8", "2001:4860:4860::8888", "::ffff:8.8.8.8", "64:ff9b::808:808", "1.1.1.1"]
)
def test_the_open_internet_is_allowed(address: str) -> None:
    assert fetching.is_public(address)


@pytest.mark.parametrize(
    "address",
    ["127.0.0.1", "0.0.0.0", "10.1.2.3", "169.254.169.254", "100.64.0.1", "224.0.0.1", "255.255.255.255", "240.0.0.1",
     "192.0.2.1", "::", "::1", "fe80::1", "fe80::1%eth0", "fc00::1", "ff02::1", "::ffff:10.0.0.1", "2002:a00:1::",
     "64:ff9b::a00:1", "2001:db8::1", "198.18.0.1"],
)  # fmt: skip
def test_everything_else_is_not(address: str) -> None:
    assert not fetching.is_public(address)
