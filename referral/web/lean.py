"""What Flask does for every request and nobody here needs, left out: a page that is remembered costs little else."""

from collections.abc import Callable
from typing import Any

from flask import Flask, Request, g
from flask.sessions import SecureCookieSession, SecureCookieSessionInterface
from jinja2 import Template
from jinja2.environment import TemplateModule
from jinja2.runtime import Context


class Sessions(SecureCookieSessionInterface):
    """Flask's own, which makes ready to read a cookie even for a visitor who has none."""

    def open_session(self, app: Flask, request: Request) -> SecureCookieSession | None:
        """The session of the request's cookie; an empty one without."""
        if self.get_cookie_name(app) not in request.cookies:
            return self.session_class()
        return super().open_session(app, request)


class Small:
    """Where Flask-Compress finds what it has made of a page before: with the page, where the view keeps one."""

    def get(self, key: str) -> bytes | None:
        """The page of this request, compressed; None where it must be done."""
        return _kept_small().get(key)

    def set(self, key: str, content: bytes) -> None:
        """Keep it for as long as the page is kept."""
        _kept_small()[key] = content


def keep_small(kept: dict[str, bytes]) -> None:
    """Let the answer to this request be compressed once for all who ask, in `kept`, which goes with the page."""
    g.small = kept


def _kept_small() -> dict[str, bytes]:
    kept: dict[str, bytes] = g.get("small", {})
    return kept


class Whole(Template):
    """A template whose macros are made once: Jinja compares all names that templates know at each import, to find that
    nobody gave one of its own."""

    def _get_default_module(self, ctx: Context | None = None) -> TemplateModule:
        return super()._get_default_module()


def slim(app: Flask) -> None:
    """Leave it out."""
    app.jinja_env.template_class = Whole
    app.config.update(COMPRESS_CACHE_BACKEND=Small, COMPRESS_CACHE_KEY=lambda request: "")
    app.session_interface = Sessions()
    app.ensure_sync = _as_it_is  # type: ignore[method-assign,assignment]  # the documented way


def _as_it_is(view: Callable[..., Any]) -> Callable[..., Any]:
    """None of our views is asynchronous: Flask would look at each of the twenty functions of a request."""
    return view
