"""What Flask does for every request and nobody here needs, left out: a page that is remembered costs little else."""

from collections.abc import Callable
from typing import Any

from flask import Flask, Request
from flask.sessions import SecureCookieSession, SecureCookieSessionInterface


class Sessions(SecureCookieSessionInterface):
    """Flask's own, which makes ready to read a cookie even for a visitor who has none."""

    def open_session(self, app: Flask, request: Request) -> SecureCookieSession | None:
        """The session of the request's cookie; an empty one without."""
        if self.get_cookie_name(app) not in request.cookies:
            return self.session_class()
        return super().open_session(app, request)


def slim(app: Flask) -> None:
    """Leave it out."""
    app.session_interface = Sessions()
    app.ensure_sync = _as_it_is  # type: ignore[method-assign,assignment]  # the documented way


def _as_it_is(view: Callable[..., Any]) -> Callable[..., Any]:
    """None of our views is asynchronous: Flask would look at each of the twenty functions of a request."""
    return view
