"""The log: one JSON line a request, by the name of its route; never a query, an address or anything typed."""

import json
import logging
import time
from contextlib import suppress

import structlog
from flask import Flask, Response, g, request

from referral.web.failures import request_id

log = structlog.get_logger()


class Lines(structlog.PrintLogger):
    """Prints a line where it can: a log that lies on a full disk keeps nobody from an answer."""

    def msg(self, message: str) -> None:
        """Print the line, or drop it."""
        with suppress(OSError):
            super().msg(message)

    log = debug = info = warning = error = critical = exception = msg


_ENCODER = json.JSONEncoder(default=repr)
"""Made once: `json.dumps` makes one for every line."""


def _json(line: structlog.typing.EventDict, **_options: object) -> str:
    return _ENCODER.encode(line)


_STEPS: list[structlog.typing.Processor] = [
    structlog.processors.add_log_level,
    structlog.processors.TimeStamper(fmt="iso", utc=True),
    structlog.processors.JSONRenderer(_json),
]
"""One list for all applications of a process: a logger keeps the one that it first wrote with."""


def configure() -> None:
    """JSON lines in UTC on the standard output, and silence from libraries that would print whole addresses."""
    structlog.configure(
        processors=_STEPS,
        wrapper_class=structlog.make_filtering_bound_logger(logging.INFO),
        logger_factory=Lines,
        cache_logger_on_first_use=True,
    )
    for name in ("werkzeug", "_granian.access", "granian.access"):
        logging.getLogger(name).setLevel(logging.ERROR)


def record(app: Flask) -> None:
    """Write one line for every request."""

    @app.before_request
    def _start() -> None:
        g.started = time.perf_counter()

    @app.after_request
    def _write(response: Response) -> Response:
        took = (time.perf_counter() - g.get("started", time.perf_counter())) * 1000
        log.info(
            "request",
            route=request.endpoint,
            method=request.method if request.method in ("GET", "HEAD", "POST") else "other",
            status=response.status_code,
            ms=round(took, 1),
            request_id=request_id(),
        )
        return response
