"""A real server on loopback over a small directory, for tests with a browser and for the gallery."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

from flask import Flask
from werkzeug.serving import make_server

CHROMIUM = next((p for p in ("/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome")
                 if Path(p).exists()), "")  # fmt: skip

FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update",
         "--disable-sync", "--no-first-run"]  # fmt: skip

PHONE, DESK = {"width": 375, "height": 812}, {"width": 1280, "height": 900}


def whole(app: WSGIApplication) -> WSGIApplication:
    """Each answer read and closed before it is sent: of a browser that goes on meanwhile, Werkzeug's server reads what
    it still says before it closes the file, and fails there, so that the file stays open.
    """

    def answer(environ: WSGIEnvironment, start: StartResponse) -> list[bytes]:
        body = app(environ, start)
        try:
            return [b"".join(body)]
        finally:
            getattr(body, "close", lambda: None)()

    return answer


@contextmanager
def serving(app: Flask) -> Iterator[str]:
    """The address of a server that answers while the block runs."""
    server = make_server("127.0.0.1", 0, whole(app), threaded=True)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


@contextmanager
def browser() -> Iterator[Any]:
    """Chromium as it stands on this machine; Playwright's own is never downloaded."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield launched
        launched.close()


@contextmanager
def visit(chromium: Any, site: str, *, signs_in: bool = False, **context: Any) -> Iterator[Any]:
    """A page that fails the test on any message of the console, any error, and any request to another origin.

    Nobody but who signs in is given a cookie.
    """
    opened = chromium.new_context(**context)
    page = opened.new_page()
    said: list[str] = []
    page.on("console", lambda m: said.append(f"{m.text} {m.location}") if m.type in ("error", "warning") else None)
    page.on("pageerror", lambda e: said.append(str(e)))
    page.on("request", lambda r: None if urlsplit(r.url).netloc == urlsplit(site).netloc else said.append(r.url))
    yield page
    cookies = opened.cookies()
    opened.close()
    refused = "400 (BAD REQUEST)"  # a form that is shown again
    wrong = [s for s in said if "/nowhere" not in s and refused not in s]
    assert wrong == [], wrong  # this module is no test, and says nothing by itself
    assert signs_in or cookies == []
