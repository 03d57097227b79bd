"""What goes wrong beside the requests, in a thread or a job that has nobody above it: it is said in the log.

Never with its message, which may hold an address or what somebody wrote.
"""

import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TypedDict

import structlog

DEEP = 8
"""So many of the innermost calls are told."""

log = structlog.get_logger()


class Told(TypedDict):
    """What the log is told of an error."""

    kind: str
    trace: list[str]


def told(error: BaseException) -> Told:
    """What it was and where, for the log."""
    return Told(kind=type(error).__name__, trace=traceback.format_tb(error.__traceback__)[-DEEP:])


@contextmanager
def surviving(what: str) -> Iterator[None]:
    """Say in the log what went wrong inside, as `what`, and go on: the next look is the answer."""
    try:
        yield
    except Exception as error:
        log.error(what, **told(error))
