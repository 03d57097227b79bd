"""How a network geocoder is fetched from: no redirects, no packed answers, a size and a time that end it.

An adapter for geopy, whose own reads whatever comes for as long as it comes.
"""

import json
import time
import urllib.error
import urllib.request
from http.client import HTTPException, HTTPMessage, HTTPResponse
from typing import IO, cast

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


class GuardedAdapter(BaseSyncAdapter):  # type: ignore[misc]  # geopy ships no types
    """Fetches one JSON answer of bounded size within a bounded time."""

    def __init__(self, *, proxies: dict[str, str] | None, ssl_context: object) -> None:
        super().__init__(proxies=proxies, ssl_context=ssl_context)
        self._open = urllib.request.build_opener(
            urllib.request.ProxyHandler(proxies),
            urllib.request.HTTPSHandler(context=ssl_context),  # type: ignore[arg-type]  # geopy's default
            _NoRedirects(),
        ).open

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
            with self._open(request, timeout=timeout) as page:
                return _text(cast(HTTPResponse, page), ends)
        except urllib.error.HTTPError as refusal:
            with refusal:
                known = {name.lower(): value for name, value in refusal.headers.items()}
                raise AdapterHTTPError(str(refusal), status_code=refusal.code, headers=known, text=None) from refusal
        except TimeoutError as slow:
            raise GeocoderTimedOut("The geocoder did not answer in time.") from slow
        except (OSError, HTTPException) as problem:
            raise GeocoderServiceError(f"The geocoder could not be asked: {problem}") from problem


def _text(page: HTTPResponse, ends: float) -> str:
    if page.headers.get("Content-Encoding", "identity") != "identity":
        raise GeocoderParseError("The answer is packed, which nobody asked for.")
    body = b""
    while chunk := page.read1(CHUNK):
        body += chunk
        if len(body) > MAX_BYTES:
            raise GeocoderParseError("The answer is far too long.")
        if time.monotonic() > ends:
            raise GeocoderTimedOut("The answer takes too long.")
    return body.decode("utf-8", "replace")


def _refuse(constant: str) -> object:
    raise ValueError(f"{constant} is no number")
