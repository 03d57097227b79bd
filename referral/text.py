"""Every text a person sees passes here: gettext for the language of the moment, and Babel's names of things.

Row 1: no feature, no Flask. Who serves a request or writes a letter sets the language with `speaking`.
"""

import gettext as _gettext
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache

from babel import Locale
from babel.core import UnknownLocaleError

from referral.config import ROOT

DEFAULT = "en"
LANGUAGES = (DEFAULT,)
"""The languages of the interface; each further one is a catalogue in `translations/`."""

_language: ContextVar[str] = ContextVar("language", default=DEFAULT)


@contextmanager
def speaking(language: str) -> Iterator[None]:
    """Texts made inside are in `language`."""
    token = _language.set(language)
    try:
        yield
    finally:
        _language.reset(token)


def language() -> str:
    """The language of the moment, an ISO 639 code."""
    return _language.get()


def _(message: str) -> str:
    """`message` in the language of the moment."""
    return _catalogue(_language.get()).gettext(message)


def N_(message: str) -> str:
    """`message` as it is: marks a text that is translated where it is shown."""
    return message


def ngettext(one: str, many: str, n: int) -> str:
    """The form that goes with `n` in the language of the moment."""
    return _catalogue(_language.get()).ngettext(one, many, n)


@cache
def _catalogue(language: str) -> _gettext.NullTranslations:
    return _gettext.translation("messages", ROOT / "translations", [language], fallback=True)


@cache
def locale(language: str) -> Locale:
    """Babel's locale; English for a language Babel does not know."""
    try:
        return Locale.parse(language)
    except (UnknownLocaleError, ValueError):
        return Locale.parse(DEFAULT)


def country_name(code: str) -> str:
    """The country's name in the language of the moment; the code itself where there is none."""
    return locale(_language.get()).territories.get(code) or code


def language_name(code: str) -> str:
    """The language's name in the language of the moment; the code itself where there is none."""
    name = locale(_language.get()).languages.get(code)
    return name[:1].upper() + name[1:] if name else code


KM_PER_MILE = 1.609344


def distance(km: float, miles: bool) -> str:
    """A distance as people say it: "under 1 km", "3 km", "14 km", "about 120 km"."""
    n = km / KM_PER_MILE if miles else km
    if n < 1:
        return _("under 1\N{NO-BREAK SPACE}mile") if miles else _("under 1\N{NO-BREAK SPACE}km")
    if n >= 100:
        n = round(n, -1)
        return (
            _("about {n}\N{NO-BREAK SPACE}miles").format(n=f"{n:.0f}")
            if miles
            else _("about {n}\N{NO-BREAK SPACE}km").format(n=f"{n:.0f}")
        )
    whole = round(n)
    text = (
        ngettext("{n}\N{NO-BREAK SPACE}mile", "{n}\N{NO-BREAK SPACE}miles", whole)
        if miles
        else _("{n}\N{NO-BREAK SPACE}km")
    )
    return text.format(n=whole)


def exact_distance(km: float, miles: bool) -> str:
    """A chosen distance, not a measured one: "25 miles", "50 km"."""
    n = round(km / KM_PER_MILE if miles else km)
    return (
        ngettext("{n}\N{NO-BREAK SPACE}mile", "{n}\N{NO-BREAK SPACE}miles", n)
        if miles
        else _("{n}\N{NO-BREAK SPACE}km")
    ).format(n=n)
