"""Our own files, smaller over the wire: whoever serves them reads them from disk, and here they are compressed once."""

import gzip
import re
from collections.abc import Iterable
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Any
from wsgiref.headers import Headers

import brotli  # type: ignore[import-untyped]  # ships no types

from referral.config import ROOT
from referral.web import sheet

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

FOLDERS = ("/static/", "/vendor/")

LEAST = 400
"""Bytes from which compressing is worth it."""

NOTES = re.compile(rb"^[ \t]*(?://[^\n]*|/\*\*.*?\*/)\n", re.MULTILINE | re.DOTALL)
"""Comments on lines of their own in our scripts: no phone needs to fetch them."""

KEPT = 128
"""Files kept compressed, together with what they were: about 3 MB."""

TEXTS = ("text/", "application/json", "application/javascript", "image/svg+xml")


def when_asked(make: "Callable[[], WSGIApplication]") -> "WSGIApplication":
    """What `make` makes, made at the first request: commands, which need the application too, need no files."""
    made: list[WSGIApplication] = []

    def answer(environ: "WSGIEnvironment", start: "StartResponse") -> Iterable[bytes]:
        if not made:
            made.append(make())
        return made[0](environ, start)

    return answer


def beside(app: "WSGIApplication", packages: "Mapping[str, str]", headers: "Mapping[str, str]") -> "WSGIApplication":
    """`app` with the files of `static/` and of these folders of npm packages beside it, each with these headers."""
    from whitenoise import WhiteNoise

    found = WhiteNoise(app)
    found.files = _found(tuple(packages.items()), tuple(headers.items()))
    whole: WSGIApplication = found
    return whole


@cache
def _found(packages: tuple[tuple[str, str], ...], headers: tuple[tuple[str, str], ...]) -> Any:
    """Every file by its path, looked for once in a process: there are hundreds."""
    from whitenoise import WhiteNoise

    def add(given: Headers, _path: str, url: str) -> None:
        for name, value in (*headers, *([("ETag", f'"{sheet.version()}"')] if url == sheet.ADDRESS else [])):
            given[name] = value

    found = WhiteNoise(None, max_age=86400, allow_all_origins=False, add_headers_function=add)
    found.add_files(str(ROOT / "static"), prefix="static/")
    found.add_files(str(ROOT / "static" / "root"))
    for package, prefix in packages:
        found.add_files(str(ROOT / "node_modules" / package), prefix=prefix)
    path = str(sheet.SHEET)
    found.files[sheet.ADDRESS] = sheet.Sheet(found.get_static_file(path, sheet.ADDRESS, {path: sheet.measures()}))
    return found.files


def compressed(app: "WSGIApplication") -> "WSGIApplication":
    """The same files, as brotli or gzip for who takes it."""

    def answer(environ: "WSGIEnvironment", start: "StartResponse") -> Iterable[bytes]:
        way = _way(environ.get("HTTP_ACCEPT_ENCODING", ""))
        if not environ["PATH_INFO"].startswith(FOLDERS) or environ["REQUEST_METHOD"] != "GET" or not way:
            return app(environ, start)
        said: list[Any] = []
        body = app(environ, lambda *begun: said.append(begun))  # type: ignore[arg-type]  # nobody writes
        status, given = said[0][:2]
        headers = Headers(given)
        if not (status.startswith("200") and _is_text(headers)):
            start(status, given)
            return body
        is_ours = environ["PATH_INFO"].startswith("/static/") and environ["PATH_INFO"].endswith(".js")
        small = _small(b"".join(body), way, is_ours)
        getattr(body, "close", lambda: None)()
        headers["Content-Encoding"], headers["Content-Length"] = way, str(len(small))
        headers.add_header("Vary", "Accept-Encoding")
        start(status, given)
        return [small]

    return answer


def _way(accepted: str) -> str:
    """The best of what a browser takes; empty for a plain answer."""
    taken = {part.partition(";")[0].strip() for part in accepted.split(",") if "q=0" not in part.replace("q=0.", "")}
    return next((way for way in ("br", "gzip") if way in taken), "")


def _is_text(headers: Headers) -> bool:
    kind, length = headers.get("Content-Type") or "", int(headers.get("Content-Length") or 0)
    return kind.startswith(TEXTS) and length >= LEAST and "Content-Encoding" not in headers


@lru_cache(maxsize=KEPT)
def _small(content: bytes, way: str, is_ours: bool) -> bytes:
    content = NOTES.sub(b"", content) if is_ours else content
    return bytes(brotli.compress(content, quality=11)) if way == "br" else gzip.compress(content, 9, mtime=0)
