"""Directories that tests only look at: one of a kind for all of them, as it takes longer to make one than to ask it."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from flask import Flask, request, request_started
from sqlalchemy import Engine

from tests import postgres

PAGES = {"app", "client", "full_site", "site"}
"""Fixtures that show pages: the database has the networks and questions in it."""

OWN = {"app", "config", "database_url", "engine", "monkeypatch", "session", "tmp_path", "write"}
"""What a test asks for that does more than look at pages: it has a directory of its own. A module that puts another of
them in the place of ours says so with `usefixtures`."""


def is_shared(names: list[str]) -> bool:
    """Whether a test that asks for these fixtures may look at a directory that others look at, too."""
    return not postgres.SERVER and OWN.isdisjoint(names)


class Standing:
    """Applications that stay, by what is in them; one that a form was sent to is made anew for the next test."""

    def __init__(self, make: Callable[[str], Flask]) -> None:
        self._make, self._kept, self._written = make, dict[str, Flask](), set[Flask]()
        request_started.connect(self._begun)

    @contextmanager
    def directory(self, name: str, fill: Callable[[Engine], None] | None = None) -> Iterator[Flask]:
        """The directory of this name, which has in it what `fill` puts there."""
        if name not in self._kept:
            self._kept[name] = self._filled(name, fill)
        app = self._kept[name]
        yield app
        if app in self._written:
            self._end(name)

    def end(self) -> None:
        """Close all of them."""
        for name in list(self._kept):
            self._end(name)

    def _filled(self, name: str, fill: Callable[[Engine], None] | None) -> Flask:
        app = self._make(name)
        if fill:
            fill(app.extensions["referral"].engine)
        return app

    def _begun(self, app: Flask, **_said: Any) -> None:
        if request.method not in ("GET", "HEAD"):
            self._written.add(app)

    def _end(self, name: str) -> None:
        app = self._kept.pop(name)
        self._written.discard(app)
        app.extensions["referral"].engine.dispose()
