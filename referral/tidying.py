"""Looks for rings of objects nobody holds, a little and often. Knows nothing of what is served.

Python looks when so many more objects were made than went. Once our caches are full, what goes out of them pays for
what comes in: it looks rarely, at hundreds of thousands of objects, and whoever asks meanwhile waits 40 ms and more.
"""

import gc
from collections.abc import Iterable
from itertools import count
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

OFTEN, SELDOM, RARELY = 25, 10_000, 100_000
"""After so many requests what is new is looked through, what stayed since the last time, and everything."""

_YOUNG = (10_000, 1_000, 1_000)
"""Python's own thresholds, for what is no request: the first alone counts."""


def tidied(app: WSGIApplication) -> WSGIApplication:
    """The application that tidies up after some requests; what was loaded until now is never looked through again."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(*_YOUNG)
    requests = count(1)

    def answered(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        answer = app(environ, start_response)
        _tidy(next(requests))
        return answer

    return answered


def _tidy(n: int) -> None:
    """Look through what is due after the nth request."""
    if n % OFTEN:
        return
    gc.collect(2 if not n % RARELY else 0 if n % SELDOM else 1)
