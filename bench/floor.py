r"""The floors of the page: the same results from memory, drawn by the same templates. No index, no database.

    BENCH_FLOOR=rows BENCH_COUNT=100000 BENCH_PATHS=paths.txt \
        .venv/bin/granian --interface wsgi --factory bench.floor:begun

`rows`: what the index answers and the rows of the listings are kept in memory; a request makes the page of them and
draws it. `values`: the finished page is kept too; a request only draws it. Both draw every card anew, and know no
cookies, limits, headers of safety, logs or compression.
"""

import os
from collections.abc import Callable, Iterable, Mapping
from contextlib import ExitStack
from dataclasses import replace
from functools import cache, partial
from pathlib import Path
from typing import Any

from flask import Flask, render_template, request
from markupsafe import Markup
from sqlalchemy.orm import Session

from bench.directory import environment
from index.types import Index
from referral import create_app, text
from referral.config import from_environment
from referral.listings.cards import Card
from referral.listings.shelf import Shelf
from referral.search import results
from referral.search.page import Page
from referral.search.urls import parse
from referral.tidying import tidied
from referral.web import bias, rooms, sources


def _card_html(
    app: Flask, card: Card, miles: bool = False, level: int = 2, both: bool = False, within: str = ""
) -> Markup:
    """One card, drawn anew."""
    if within == card.country and card.locality:
        card = card._replace(country_label="")
    macro = app.jinja_env.get_template("parts/card.html").module.card  # type: ignore[attr-defined]  # a macro
    far = card.distance_km
    return Markup(macro(card=card, far="" if far is None else text.distance(far, miles), level=level))


class _Answers:
    """Stands for the index: what it answered to the same question before."""

    def __init__(self, index: Index) -> None:
        self._index = index
        self.state = cache(index.state)
        self.find = cache(index.find)


def values(app: Flask, paths: Iterable[str]) -> dict[str, Callable[[], Page]]:
    """Query string -> the page that answers it, which is finished."""
    return {query: partial(lambda page: page, make()) for query, make in rows(app, paths).items()}


def rows(app: Flask, paths: Iterable[str]) -> dict[str, Callable[[], Page]]:
    """Query string -> what makes the page that answers it, of rows in memory."""
    made: dict[str, Callable[[], Page]] = {}
    with app.test_request_context(), ExitStack() as held:
        here = sources()
        session = held.enter_context(Session(rooms().engine))
        known = _Answers(here.index)
        kept = replace(here, session=session, index=known, answers=known.find, shelf=Shelf(most=10**9))
        for path in paths:
            query = path.partition("?")[2]
            with app.test_request_context(path):
                made[query] = partial(results.find, kept, parse(request.args), country=bias())
                made[query]()
    return made


def floor(app: Flask, pages: Mapping[str, Callable[[], Page]]) -> Callable[..., Iterable[bytes]]:
    """The WSGI application."""
    app.jinja_env.globals["card_html"] = partial(_card_html, app)

    def answer(environ: dict[str, Any], start_response: Callable[..., object]) -> Iterable[bytes]:
        make = pages.get(environ["QUERY_STRING"])
        if make is None:
            start_response("404 Not Found", [])
            return [b""]
        with app.request_context(environ):
            body = render_template("search/results.html", page=make(), unplaced="", is_missing=False).encode()
        start_response("200 OK", [("Content-Type", "text/html; charset=utf-8"), ("Content-Length", str(len(body)))])
        return [body]

    return answer


def begun() -> Callable[..., Iterable[bytes]]:
    """The floor that the environment names, tidied up like what is served."""
    app = create_app(from_environment(environment(int(os.environ["BENCH_COUNT"]))))
    kind = rows if os.environ.get("BENCH_FLOOR") == "rows" else values
    return tidied(floor(app, kind(app, Path(os.environ["BENCH_PATHS"]).read_text().split())))
