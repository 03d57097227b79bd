"""How a network geocoder is fetched from: no redirects, no packed answers, a size and a time that end it.

An adapter for geopy, whose own reads whatever comes for as long as it comes.
"""

import json
import socket
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from contextlib import suppress
from http.client import HTTPConnection, HTTPException, HTTPMessage, HTTPResponse, HTTPSConnection
from typing import IO, Any, cast

from geopy.adapters import AdapterHTTPError, BaseSyncAdapter
from geopy.exc import GeocoderParseError, GeocoderServiceError, GeocoderTimedOut

MAX_BYTES = 1_000_000
"""A longer answer is no answer to one address."""

CHUNK = 65_536


class _NoRedirects(urllib.request.HTTPRedirectHandler):
    """Another address than the one configured is not asked."""

    def redirect_request(
        self, req: urllib.request.Request, fp: IO[bytes], code: int, msg: str, headers: HTTPMessage, newurl: str
    ) -> None:
        return None


class _Deadline:
    """Hangs up when its time is over, whoever still talks: a `timeout` counts from each byte anew."""

    def __init__(self, seconds: float) -> None:
        self._lines: list[socket.socket] = []
        self._timer = threading.Timer(seconds, self._hang_up)
        self._timer.daemon = True

    def __enter__(self) -> "_Deadline":
        self._timer.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._timer.cancel()
        for line in self._lines:
            line.close()

    def watch(self, line: socket.socket) -> None:
        """Hang up on this one too. Raises TimeoutError when it is too late."""
        self._lines.append(line.dup())  # the original goes when TLS begins
        if self._timer.finished.is_set():
            raise TimeoutError

    def _hang_up(self) -> None:
        self._timer.finished.set()
        for line in list(self._lines):
            with suppress(OSError):
                line.shutdown(socket.SHUT_RDWR)


class _Watched(HTTPConnection):
    """A connection that a deadline hears of before a byte was said."""

    deadline: _Deadline

    def connect(self) -> None:
        super().connect()
        self.deadline.watch(self.sock)


class _WatchedTls(HTTPSConnection, _Watched):
    """The same before the handshake: this class asks the next in its order, `_Watched`, for the bare connection."""


class _Http(urllib.request.HTTPHandler):
    def __init__(self, deadline: _Deadline) -> None:
        super().__init__()
        self._deadline = deadline

    def http_open(self, req: urllib.request.Request) -> HTTPResponse:
        return self.do_open(_watched(_Watched, self._deadline), req)


class _Https(urllib.request.HTTPSHandler):
    def __init__(self, deadline: _Deadline, context: Any) -> None:
        super().__init__(context=context)
        self._deadline, self._tls = deadline, context

    def https_open(self, req: urllib.request.Request) -> HTTPResponse:
        return self.do_open(_watched(_WatchedTls, self._deadline), req, context=self._tls)


def _watched(kind: type[_Watched], deadline: _Deadline) -> Callable[..., Any]:
    """What makes connections of a kind that the deadline hears of."""

    def make(host: str, **options: Any) -> HTTPConnection:
        line = kind(host, **options)
        line.deadline = deadline
        return line

    return make


class GuardedAdapter(BaseSyncAdapter):  # type: ignore[misc]  # geopy ships no types
    """Fetches one JSON answer of bounded size within a bounded time."""

    def __init__(self, *, proxies: dict[str, str] | None, ssl_context: object) -> None:
        super().__init__(proxies=proxies, ssl_context=ssl_context)
        self._proxies, self._tls = proxies, ssl_context

    def get_json(self, url: str, *, timeout: float, headers: dict[str, str]) -> object:
        """The answer as JSON; NaN and the like are refused."""
        text = self.get_text(url, timeout=timeout, headers=headers)
        try:
            return json.loads(text, parse_constant=_refuse)
        except (ValueError, RecursionError) as problem:
            raise GeocoderParseError(f"The answer is not JSON: {problem}") from problem

    def get_text(self, url: str, *, timeout: float, headers: dict[str, str]) -> str:
        """The answer as text."""
        ends = time.monotonic() + timeout
        request = urllib.request.Request(url, headers={**headers, "Accept-Encoding": "identity"})
        try:
            with _Deadline(timeout) as deadline, self._opener(deadline).open(request, timeout=timeout) as page:
                text = _text(cast(HTTPResponse, page))
        except urllib.error.HTTPError as refusal:
            with refusal:
                known = {name.lower(): value for name, value in refusal.headers.items()}
                raise AdapterHTTPError(str(refusal), status_code=refusal.code, headers=known, text=None) from refusal
        except TimeoutError as slow:
            raise GeocoderTimedOut("The geocoder did not answer in time.") from slow
        except (OSError, HTTPException) as problem:
            if time.monotonic() >= ends:
                raise GeocoderTimedOut("The geocoder did not answer in time.") from problem
            raise GeocoderServiceError(f"The geocoder could not be asked: {problem}") from problem
        if time.monotonic() >= ends:
            raise GeocoderTimedOut("The geocoder did not answer in time.")  # what it said last was cut off
        return text

    def _opener(self, deadline: _Deadline) -> urllib.request.OpenerDirector:
        proxies = urllib.request.ProxyHandler(self._proxies)
        return urllib.request.build_opener(proxies, _Http(deadline), _Https(deadline, self._tls), _NoRedirects())


def _text(page: HTTPResponse) -> str:
    if page.headers.get("Content-Encoding", "identity") != "identity":
        raise GeocoderParseError("The answer is packed, which nobody asked for.")
    body = b""
    while chunk := page.read1(CHUNK):
        body += chunk
        if len(body) > MAX_BYTES:
            raise GeocoderParseError("The answer is far too long.")
    return body.decode("utf-8", "replace")


def _refuse(constant: str) -> object:
    raise ValueError(f"{constant} is no number")
