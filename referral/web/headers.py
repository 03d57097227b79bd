"""What stands on every answer: who we are answering as, what a browser may load, and what it may keep."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from flask import Flask, Response, abort, g, request

from referral.config import Config

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

NAMED = "referral.language_named"
"""In the environment of a request whose address names its language: the browser's wishes change nothing then."""

IMAGES = "img-src 'self' data:"

POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        IMAGES,
        "connect-src 'self'",
        "font-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    )
)
"""A page loads nothing but our own files, whatever a listing's text holds; only an operator adds a map's pictures."""

HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "geolocation=(self), camera=(), microphone=(), interest-cohort=()",
    "X-Frame-Options": "DENY",
}

STRICT_TRANSPORT = "max-age=63072000; includeSubDomains"


def headers(config: Config) -> dict[str, str]:
    """The headers of every answer, static files included."""
    policy = POLICY.replace(IMAGES, f"{IMAGES} {config.map_origin}") if config.map_origin else POLICY
    fixed = HEADERS | {"Content-Security-Policy": policy}
    return fixed | ({"Strict-Transport-Security": STRICT_TRANSPORT} if config.https else {})


def on_everything(app: "WSGIApplication", config: Config) -> "WSGIApplication":
    """The same headers on every other answer; what a view has set stays as it is."""
    names = {name.lower(): (name, value) for name, value in headers(config).items()}

    def answer(environ: "WSGIEnvironment", start: "StartResponse") -> Iterable[bytes]:
        def begin(status: str, given: list[tuple[str, str]], *more: Any) -> Any:
            there = {name.lower() for name, _value in given}
            missing = [one for name, one in names.items() if name not in there]
            return start(status, [*given, *missing], *more)

        return app(environ, begin)

    return answer


def guard(app: Flask, config: Config) -> None:
    """Answer only under our own names, and say who may keep an answer."""
    trusted = frozenset(config.trusted_hosts)

    @app.before_request
    def _known_host() -> None:
        if _host(request.host) not in trusted:
            g.unknown_host = True
            abort(400)

    @app.after_request
    def _kept(response: Response) -> Response:
        response.headers.setdefault("Cache-Control", "private, no-cache")
        if not request.environ.get(NAMED):
            response.vary.add("Accept-Language")
        return response


def _host(host: str) -> str:
    """The host without its port."""
    name, colon, port = host.rpartition(":")
    return (name if colon and port.isdigit() else host).lower()
