"""One careful look at an address somebody else wrote: nothing of it may lead inside our own network.

Item 24 of the checklist. A name is resolved once, every one of its addresses must be public, and the connection goes to
exactly the address that was looked at, with the name in TLS and in the request; so a name that answers otherwise the
second time gains nothing. Every redirect is a new look under the same rules and within the same five seconds. It is
written by hand because no client we know connects to a checked address and verifies the certificate of the name.
"""

import socket
import ssl
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from concurrent.futures import TimeoutError as TooLate
from dataclasses import dataclass, field
from http.client import HTTPException, HTTPResponse
from io import BytesIO
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from typing import BinaryIO
from urllib.parse import quote, urljoin, urlsplit

HOPS = 5
"""More redirects than this lead nowhere."""

MOST = 64 * 1024
"""Bytes read of an answer: its head says all we want to know."""

SECONDS = 5.0
"""For the whole look, redirects included."""

ANSWERS = frozenset({401, 403, 405, 406, 429})
"""Refusals of a machine: there is a page, for people."""

AGENT = "imago-referral-directory link check"

_REQUEST = f"GET {{path}} HTTP/1.1\r\nHost: {{host}}\r\nUser-Agent: {AGENT}\r\nAccept: */*\r\nConnection: close\r\n\r\n"

_NAT64 = ip_network("64:ff9b::/96")
_PORTS = {"http": 80, "https": 443}


class Refused(Exception):
    """The rules forbid to follow this address."""


@dataclass(frozen=True, slots=True)
class Look:
    """What a look found."""

    works: bool
    said: str
    """The status, or in a word why there is none."""


def resolved(host: str, port: int) -> list[str]:
    """The addresses of a name, as the system knows them."""
    return [str(found[4][0]) for found in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]


def is_public(address: str) -> bool:
    """Whether an IP address is one of the open internet, however it is written or wrapped."""
    ip = ip_address(address.partition("%")[0])
    inner = _wrapped(ip) if isinstance(ip, IPv6Address) else None
    if inner is not None:
        return is_public(str(inner))
    return ip.is_global and not (ip.is_multicast or ip.is_reserved or ip.is_unspecified)


def _wrapped(ip: IPv6Address) -> IPv4Address | None:
    """The IPv4 address an IPv6 one stands for."""
    if ip in _NAT64:
        return IPv4Address(int(ip) & 0xFFFFFFFF)
    return ip.ipv4_mapped or ip.sixtofour or (ip.teredo[1] if ip.teredo else None)


@dataclass(frozen=True, slots=True)
class Rules:
    """Where a look may go. Only tests give others, to reach a server of their own."""

    resolve: Callable[[str, int], Sequence[str]] = resolved
    allows: Callable[[str], bool] = is_public
    ports: frozenset[int] = frozenset({80, 443})
    trust: ssl.SSLContext = field(default_factory=ssl.create_default_context)
    seconds: float = SECONDS


def look(url: str, rules: Rules | None = None) -> Look:
    """Ask for `url` and say whether a page answers. Never raises for what somebody wrote or a server does."""
    rules = rules or Rules()
    until = time.monotonic() + rules.seconds
    try:
        for _hop in range(HOPS + 1):
            answer = _asked(url, rules, until)
            if answer.status not in (301, 302, 303, 307, 308) or not (where := answer.getheader("Location")):
                return Look(200 <= answer.status < 300 or answer.status in ANSWERS, str(answer.status))
            url = urljoin(url, where)
    except Refused:
        return Look(False, "not allowed")
    except (TimeoutError, TooLate):
        return Look(False, "timeout")
    except ssl.SSLError:
        return Look(False, "certificate")
    except socket.gaierror:
        return Look(False, "no such host")
    except (OSError, HTTPException, ValueError):
        return Look(False, "no answer")
    return Look(False, "redirects")


def _asked(url: str, rules: Rules, until: float) -> HTTPResponse:
    """The head of the answer to one request. Raises Refused before anything is sent anywhere it may not go."""
    scheme, host, port, path = _parts(url, rules)
    address = _address(host, port, rules, until)
    with socket.create_connection((address, port), timeout=_left(until)) as plain:
        plain.settimeout(_left(until))
        line = rules.trust.wrap_socket(plain, server_hostname=host) if scheme == "https" else plain
        with line:
            name = f"[{host}]" if ":" in host else host
            named = name if port == _PORTS[scheme] else f"{name}:{port}"
            line.sendall(_REQUEST.format(path=path, host=named).encode("ascii"))
            return _parsed(_head(line, until))


def _parts(url: str, rules: Rules) -> tuple[str, str, int, str]:
    """Scheme, host, port and path with query. Raises Refused for what is no plain web address."""
    if not url.isprintable() or " " in url or "\\" in url:
        raise Refused
    parts = urlsplit(url)
    if parts.scheme not in _PORTS or not parts.hostname or parts.username is not None or parts.password is not None:
        raise Refused
    port = parts.port or _PORTS[parts.scheme]
    if port not in rules.ports:
        raise Refused
    host = parts.hostname if parts.hostname.isascii() else parts.hostname.encode("idna").decode("ascii")
    query = f"?{parts.query}" if parts.query else ""
    return parts.scheme, host, port, quote((parts.path or "/") + query, safe="/?&=%:@!$'()*+,;~-._[]")


def _address(host: str, port: int, rules: Rules, until: float) -> str:
    """The one address to connect to. Raises Refused unless every address of the name may be reached."""
    pool = ThreadPoolExecutor(1)  # a resolver cannot be told how long to take
    try:
        found = pool.submit(rules.resolve, host, port).result(timeout=_left(until))
    finally:
        pool.shutdown(wait=False)
    if not found or not all(rules.allows(one) for one in found):
        raise Refused
    return found[0]


def _head(line: socket.socket, until: float) -> bytes:
    """What is sent until the head ends, at most MOST bytes."""
    read = b""
    while b"\r\n\r\n" not in read and len(read) < MOST:
        line.settimeout(_left(until))
        more = line.recv(min(8192, MOST - len(read)))
        if not more:
            break
        read += more
    return read


def _left(until: float) -> float:
    """Seconds that are left. Raises TimeoutError when there are none."""
    left = until - time.monotonic()
    if left <= 0:
        raise TimeoutError
    return left


class _Heard:
    """Bytes that were read, as the standard library's parser wants them."""

    def __init__(self, read: bytes) -> None:
        self._read = read

    def makefile(self, _mode: str) -> BinaryIO:
        """The bytes, to be read."""
        return BytesIO(self._read)


def _parsed(read: bytes) -> HTTPResponse:
    answer = HTTPResponse(_Heard(read))  # type: ignore[arg-type]  # it only asks for makefile
    answer.begin()
    return answer
