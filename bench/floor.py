"""The floor of the page: the same results from rows kept in memory, drawn by the same templates. No index, no database.

    BENCH_COUNT=100000 BENCH_PATHS=paths.txt .venv/bin/granian --interface wsgi bench.floor:application

What a page shows is worked out once, when this begins; a request looks it up by its address and draws it, every card
anew. No cookies, limits, headers of safety, logs or compression.
"""

import gc
import os
from collections.abc import Callable, Iterable
from functools import partial
from pathlib import Path
from typing import Any

from flask import Flask, render_template, request
from markupsafe import Markup

from bench.directory import environment
from referral import create_app, text
from referral.config import from_environment
from referral.listings.cards import Card
from referral.search import results
from referral.search.page import Page
from referral.search.urls import parse
from referral.web import bias, sources


def _card_html(app: Flask, card: Card, miles: bool = False, level: int = 2, both: bool = False) -> Markup:
    """One card, drawn anew."""
    macro = app.jinja_env.get_template("parts/card.html").module.card  # type: ignore[attr-defined]  # a macro
    far = card.distance_km
    return Markup(macro(card=card, far="" if far is None else text.distance(far, miles), level=level))


def _pages(app: Flask, paths: Iterable[str]) -> dict[str, Page]:
    """Query string -> the page that answers it."""
    made = {}
    for path in paths:
        with app.test_request_context(path):
            made[path.partition("?")[2]] = results.find(sources(), parse(request.args), country=bias())
    return made


def floor(app: Flask, pages: dict[str, Page]) -> Callable[..., Iterable[bytes]]:
    """The WSGI application."""
    app.jinja_env.globals["card_html"] = partial(_card_html, app)

    def answer(environ: dict[str, Any], start_response: Callable[..., object]) -> Iterable[bytes]:
        page = pages.get(environ["QUERY_STRING"])
        if page is None:
            start_response("404 Not Found", [])
            return [b""]
        with app.request_context(environ):
            body = render_template("search/results.html", page=page, unplaced="").encode()
        start_response("200 OK", [("Content-Type", "text/html; charset=utf-8"), ("Content-Length", str(len(body)))])
        return [body]

    return answer


def _begun() -> Callable[..., Iterable[bytes]]:
    app = create_app(from_environment(environment(int(os.environ["BENCH_COUNT"]))))
    made = floor(app, _pages(app, Path(os.environ["BENCH_PATHS"]).read_text().split()))
    gc.collect()
    gc.freeze()
    return made


application = _begun()
