"""The language of a request: the beginning of its address, else what the browser prefers of what we speak.

`/de/questions` is `/questions` in German, whatever the browser says, and every link of a page in German begins with
`/de`: so a visitor's choice is remembered by the address alone. Without such a beginning the browser decides; `/en/` is
there for who wants English although their browser prefers another language.
"""

import secrets
from collections.abc import Callable, Iterable
from functools import lru_cache
from typing import TYPE_CHECKING
from urllib.parse import quote

from flask import Flask, current_app, g, make_response, redirect, request, url_for
from jinja2 import Environment
from markupsafe import Markup, escape
from werkzeug.datastructures import LanguageAccept
from werkzeug.http import parse_accept_header
from werkzeug.wrappers import Response

from referral import text, web
from referral.text import Voice
from referral.web.audience import AUDIENCE
from referral.web.headers import NAMED

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

VOICE = "referral.voice"
"""Where the environment of a request holds how it is answered."""

UNLISTED = ("/account", "/listing", "/moderation", "/shortlist")
"""Pages that stand in no search engine: they name no counterparts in other languages."""

HERE = f"here-{secrets.token_hex(8)}"
"""Stands in the drawn links where the address of the page goes; nobody's text holds it."""

PLACED = frozenset({"in", "place", "network"})
"""What the address of a search may say for its page to be one that search engines show."""


def told(app: "WSGIApplication") -> "WSGIApplication":
    """`app`, which sees every address without its language, and knows it from the environment."""

    def answer(environ: "WSGIEnvironment", start: "StartResponse") -> Iterable[bytes]:
        first, _slash, rest = environ.get("PATH_INFO", "")[1:].partition("/")
        named = first in text.languages()
        if named:
            environ["PATH_INFO"] = f"/{rest}"
            voice = Voice(first, f"/{first}")
        else:
            voice = _preferred(environ.get("HTTP_ACCEPT_LANGUAGE", ""), text.languages())
        environ["SCRIPT_NAME"] = environ.get("SCRIPT_NAME", "") + voice.prefix
        environ[VOICE], environ[NAMED] = voice, named
        return app(environ, start)

    return answer


@lru_cache(maxsize=1024)
def _preferred(accepted: str, spoken: tuple[str, ...]) -> Voice:
    """What a browser that sends this is answered in."""
    wanted = parse_accept_header(accepted, LanguageAccept)  # best first
    codes = (tag.partition("-")[0].lower() for tag, quality in wanted if quality > 0)
    found = next((code for code in codes if code in spoken), text.DEFAULT)
    return Voice(found, "" if found == text.DEFAULT else f"/{found}")


def speak(app: Flask) -> None:
    """Answer every request in its language, and let templates link to the others."""

    @app.before_request
    def _enter() -> None:
        g.speaking = text.speaking(*request.environ.get(VOICE, Voice(text.DEFAULT, "")))
        g.speaking.__enter__()

    @app.teardown_request
    def _leave(_error: BaseException | None) -> None:
        speaking = g.pop("speaking", None)
        if speaking is not None:
            speaking.__exit__(None, None, None)

    app.jinja_env.globals.update(url_for=link, at=text.at, alternates=alternates, chooser=chooser, spoken=_spoken)


TYPED = frozenset({"search", "networks", "workshops", "shortlist"})
"""Rooms whose pages are named by what was typed and chosen. No other page repeats it, least of all one of an error."""


def keep(app: Flask) -> None:
    """Send who is signed in to the pages in the language of their account, unless the address names another."""
    app.before_request(_to_their_own)


def _to_their_own() -> Response | None:
    audience = getattr(current_app.view_functions.get(request.endpoint or ""), AUDIENCE, "anyone")
    if audience == "anyone" or request.method != "GET" or request.environ.get(NAMED, True):
        return None
    account = web.account()
    if account is None or account.language == text.language() or account.language not in text.languages():
        return None
    query = _query()
    return web.unseen(make_response(redirect(f"/{account.language}{request.path}{'?' if query else ''}{query}")))


def link(endpoint: str, **values: object) -> str:
    """`url_for` as templates know it: files have one address in all languages."""
    if endpoint == "static":
        return _file(current_app.url_for, str(values["filename"]))
    return url_for(endpoint, **values)  # type: ignore[arg-type]  # what a template gives


@lru_cache(maxsize=256)
def _file(url_for: Callable[..., str], filename: str) -> str:
    address = url_for("static", filename=filename)
    return address[address.index("/static/") :]


def _here() -> str:
    """The address of this page without its language; what was typed stays where it says which page it is.

    A view that knows what of it counts says so in `g.asked`: three thousand strange words are repeated in no link.
    """
    if "no_address" in g:
        return "/"
    says_which = request.blueprint in TYPED and "failed" not in g
    query = (g.asked if "asked" in g else _query()) if says_which else ""
    return f"{request.path}?{query}" if query else request.path


def _query() -> str:
    """What was asked, as an address may hold it: a browser need not have escaped everything."""
    return quote(request.query_string, safe="!$&'()*+,;=:@/?%")


def _is_listed() -> bool:
    """Whether search engines may show this page."""
    view = current_app.view_functions.get(request.endpoint or "")
    if getattr(view, AUDIENCE, "") != "anyone" or request.path.startswith(UNLISTED):
        return False
    return not request.args or (len(request.args) == 1 and PLACED.issuperset(request.args))


def _spoken() -> list[tuple[str, str, str]]:
    """The languages there are to choose from, for a form."""
    return by_own_name(text.languages())


def alternates() -> Markup:
    """The same page in each language, for search engines, and which of its addresses counts."""
    if request.method != "GET" or not _is_listed():
        return Markup("")
    return _alternates(_here(), text.language(), web.rooms().config.base_url, text.languages())


@lru_cache(maxsize=1024)
def _alternates(here: str, language: str, base: str, spoken: tuple[str, ...]) -> Markup:
    there = {code: base + ("" if code == text.DEFAULT else f"/{code}") + here for code in spoken}
    each = Markup('<link rel="alternate" hreflang="{}" href="{}">')
    others = [each.format(code, url) for code, url in (*there.items(), ("x-default", there[text.DEFAULT]))]
    return Markup('<link rel="canonical" href="{}">').format(there[language]) + Markup("").join(
        others if len(spoken) > 1 else ()
    )


def chooser() -> Markup:
    """The links to this page in each language, drawn once a language and filled with the page's address."""
    if len(text.languages()) == 1:
        return Markup("")
    here = escape(_here() if request.method in ("GET", "HEAD") else "/")
    return Markup(_drawn(current_app.jinja_env, text.voice(), text.languages()).replace(HERE, here))


@lru_cache(maxsize=64)
def _drawn(templates: Environment, voice: Voice, spoken: tuple[str, ...]) -> str:
    macro = templates.get_template("parts/languages.html").module.languages  # type: ignore[attr-defined]  # a macro
    return str(macro(spoken=by_own_name(spoken), here=voice.language, page=HERE))


@lru_cache(maxsize=8)
def by_own_name(spoken: tuple[str, ...]) -> list[tuple[str, str, str]]:
    """(code, own name, direction) of these languages, in the order of their own names."""
    return sorted(((c, text.own_name(c), text.direction(c)) for c in spoken), key=lambda one: one[1].casefold())
