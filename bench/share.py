"""How much of a request for a page of results is the index's: all its questions of one request, over the request."""

import os
import time
from collections.abc import Callable, Sequence
from contextlib import redirect_stdout
from datetime import date
from pathlib import Path

from flask import Flask
from werkzeug.test import EnvironBuilder, run_wsgi_app

from bench import timing
from index.types import Query, Results

ASKED = 1000
"""Requests, after a few that only warm up."""


def rows(app: Flask, paths: Sequence[str], corpus: str) -> list[dict[str, object]]:
    """One row: milliseconds of the index in a request; `ratio` is its share of all time spent in requests."""
    meter = _Meter(app)
    with Path(os.devnull).open("w") as nowhere, redirect_stdout(nowhere):
        spent = [_request(app, path) for path in paths[:ASKED]]
    warm = len(spent) // 10
    index = meter.of_each(len(spent))
    made = timing.row("http", "index in the request", corpus, "near 80 km", index[warm:])
    return [{**made, "ratio": round(sum(index[warm:]) / sum(spent[warm:]), 3)}]


class _Meter:
    """Counts the time the index takes, a request at a time."""

    def __init__(self, app: Flask) -> None:
        self.index = app.extensions["referral"].index
        self.requests: list[float] = []
        self.find: Callable[[Query, date], Results] = self.index.find
        self.index.find = self._timed
        app.before_request_funcs.setdefault(None, []).insert(0, self._begin)

    def of_each(self, count: int) -> list[float]:
        """Milliseconds in each request."""
        self.index.find = self.find
        assert len(self.requests) == count
        return self.requests

    def _begin(self) -> None:
        self.requests.append(0.0)

    def _timed(self, query: Query, today: date) -> Results:
        began = time.perf_counter()
        found = self.find(query, today)
        self.requests[-1] += (time.perf_counter() - began) * 1000
        return found


def _request(app: Flask, path: str) -> float:
    """Milliseconds of one request, without making it."""
    environ = EnvironBuilder(path=path, base_url="http://127.0.0.1:8000").get_environ()
    began = time.perf_counter()
    _body, status, _headers = run_wsgi_app(app, environ)
    took = (time.perf_counter() - began) * 1000
    assert status.startswith("200"), f"{path}: {status}"
    return took
