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
