"""How values are written in pages: dates, distances, money, Markdown, and an e-mail address harvesters do not read."""

import hashlib
import re
from datetime import date, datetime
from functools import cache, lru_cache
from typing import TYPE_CHECKING

import nh3
from babel.dates import format_date, format_interval, format_skeleton, format_time
from flask import Flask
from jinja2 import StrictUndefined, pass_eval_context
from jinja2.nodes import EvalContext
from markupsafe import Markup

from referral import text
from referral.config import ROOT, Config
from referral.listings.cards import Cost, by_verifier
from referral.text import _, language
from referral.web import sheet
from referral.web.drawn import card_drawer, part_drawer

_OURS = re.compile("[\x00-\xffıŒœʻʼˆ˚˜\u2000-\u206f€™]*")
"""Words of letters that the one file of our serif has; the style sheet names the same."""

_OTHER = Markup(' class="other-letters"')

TAGS = {"p", "br", "strong", "em", "ul", "ol", "li", "a", "h3"}
"""All that Markdown of ours or a therapist's may become."""

if TYPE_CHECKING:
    from markdown_it import MarkdownIt


def face(words: str) -> Markup:
    """The class of a heading or name that our serif has not all letters of: it is set whole in one that is there."""
    return Markup() if _OURS.fullmatch(words) else _OTHER


def day(value: date, short: bool = False) -> str:
    """ "12 March 2026", or "12 Mar 2026", as the language writes it."""
    return _day(value, language(), short)


@lru_cache(maxsize=4096)
def _day(value: date, language: str, short: bool) -> str:
    locale = text.locale(language)
    return str(format_skeleton("yMMMd", value, locale=locale)) if short else format_date(value, "long", locale=locale)


def clock(value: datetime) -> str:
    """ "2:05 PM UTC", as the language writes it."""
    return f"{format_time(value, 'short', locale=text.locale(language()))} UTC"


LEAP = 2000
"""A year that has every day."""


def lately(value: date, short: bool = False) -> str:
    """ "12 March", or "12 Mar": of a day whose year is known."""
    return _lately(value.replace(year=LEAP), language(), "MMMd" if short else "MMMMd")


@lru_cache(maxsize=1024)
def _lately(value: date, language: str, pieces: str) -> str:
    return str(format_skeleton(pieces, value, locale=text.locale(language)))


def month(value: date) -> str:
    """ "November 2026"."""
    return _month(value.replace(day=1), language())


@lru_cache(maxsize=1024)
def _month(value: date, language: str) -> str:
    return str(format_skeleton("yMMMM", value, locale=text.locale(language)))


def months(first: date, last: date) -> str:
    """ "Nov 2025 – Jan 2026"."""
    return str(format_interval(first, last, "yMMM", locale=text.locale(language())))


def distance(km: float, miles: bool = False) -> str:
    """ "3 km", "about 120 miles"."""
    return text.distance(km, miles)


def money(cost: Cost) -> str:
    """ "$150", without cents where there are none."""
    return text.money(cost.amount, cost.currency)


def markdown(source: str) -> Markup:
    """Markdown as HTML: the one place where text becomes markup, sanitised."""
    html = nh3.clean(
        _markdown().render(source),
        tags=TAGS,
        attributes={"a": {"href"}},
        url_schemes={"http", "https", "mailto"},
        link_rel="nofollow noopener noreferrer ugc",
    )
    return Markup(html.replace('href="/', f'href="{text.at("/")}'))  # links to our own pages stay in the language


@cache
def _markdown() -> "MarkdownIt":
    """Read by who first needs it: a search shows no Markdown, and reading it would take 40 ms of every start."""
    from markdown_it import MarkdownIt

    return MarkdownIt("commonmark", {"html": False})


def protected_email(address: str) -> Markup:
    """The address for people's eyes: no "mailto:", and hidden decoys between its parts.

    A harvester reads the text and finds no address in it; a person and a screen reader see only what is shown.
    """
    name, _at, host = address.partition("@")
    decoy = Markup('<span class="decoy" hidden>{}</span>')
    dots = decoy.format("nospam.").join(Markup("{}<wbr>").format(part) for part in _dotted(host))
    at = Markup('<span class="at">&#64;</span>')
    return Markup('<span class="email" dir="ltr">{}{}{}{}</span>').format(name, decoy.format("remove-this."), at, dots)


def _dotted(host: str) -> list[str]:
    parts = host.split(".")
    return [*(f"{p}." for p in parts[:-1]), parts[-1]]


def phone_link(number: str) -> str:
    """A number as a telephone dials it."""
    return "".join(c for c in number if c.isdigit() or c == "+")


@pass_eval_context
def said(context: EvalContext, message: str, /, **values: object) -> str:
    """What `_` is in a template: `message` in the language of the moment, its values escaped where a page is made.

    Jinja's own does the same by three calls of a template's machinery, and a page says `_` two hundred times.
    """
    if not context.autoescape:
        return _(message) % values
    return _markup(message, language()) % values if values else _plain(message, language())


@lru_cache(maxsize=2048)
def _markup(message: str, language: str) -> Markup:
    """The message with places for values; `language` stands here because the words depend on it."""
    return Markup(_(message))


@lru_cache(maxsize=2048)
def _plain(message: str, language: str) -> Markup:
    """The same of one without values: a doubled "%" is one."""
    return _markup(message, language) % {}


def install(app: Flask, config: Config) -> None:
    """Give the templates our filters and what every page knows."""
    app.jinja_env.filters.update(
        day=day,
        clock=clock,
        face=face,
        lately=lately,
        month=month,
        months=months,
        by_verifier=by_verifier,
        distance=distance,
        money=money,
        markdown=markdown,
        phone_link=phone_link,
        inside=text.inside,
        listed=text.listed,
        minutes=text.minutes,
        whole=text.whole,
    )
    app.jinja_env.add_extension("jinja2.ext.i18n")
    app.jinja_env.install_gettext_callables(  # type: ignore[attr-defined]  # added by the i18n extension
        _, text.ngettext, newstyle=True
    )
    app.jinja_env.globals.update(
        _=said,
        direction=text.direction,
        reads=lambda: text.direction(language()),  # the way of the page, also in parts that are drawn without it
        is_reviewed=lambda: text.is_reviewed(language()),
        site=config.site,
        host=config.base_url.partition("://")[2],
        demo=config.demo,
        map_tiles=config.map_tiles,
        map_credit=config.map_credit,
        protected_email=protected_email,
        card_html=card_drawer(app),
        kept=part_drawer(app),
    )

    app.jinja_env.undefined = StrictUndefined
    versions = {p.name: hashlib.sha256(p.read_bytes()).hexdigest()[:8] for p in (ROOT / "static").glob("*.*")}
    versions[sheet.SHEET.name] = sheet.version()

    @app.url_defaults
    def _version(endpoint: str, values: dict[str, object]) -> None:
        """A changed file has another address, so that no browser shows an old one."""
        if endpoint == "static" and values.get("filename") in versions:
            values["v"] = versions[str(values["filename"])]

    @app.context_processor
    def _moment() -> dict[str, object]:
        here = language()
        return {"locale": here, "dir": text.direction(here), "section": ""}
