"""Every text a person sees passes here: gettext for the language of the moment, and Babel's names of things.

Row 1: no feature, no Flask. Who serves a request or writes a letter sets the language with `speaking`.
"""

import gettext as _gettext
import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache, lru_cache
from io import BytesIO
from pathlib import Path
from typing import NamedTuple

from babel import Locale
from babel.core import UnknownLocaleError
from babel.numbers import format_currency, format_decimal

from referral.config import ROOT

DEFAULT = "en"
FOLDER = ROOT / "translations"
"""A catalogue for each language but English: `<language>/LC_MESSAGES/messages.po`."""

_ARTICLE = re.compile(
    r"United [^,]+|[^,]+ (?:Islands|Republic|Territories|Territory)"
    r"|Bahamas|Comoros|Gambia|Isle of Man|Maldives|Netherlands|Philippines|Seychelles"
)
"""The countries that English speaks of with an article."""

_MARK = re.compile(r'^"(X-[A-Za-z-]+): ([^\\"]*)\\n"$', re.MULTILINE)


class Voice(NamedTuple):
    """How the site speaks at a moment: whatever is kept of a text with links depends on both."""

    language: str
    """An ISO 639 code."""
    prefix: str
    """What the links begin with: "/de"; empty for English that nobody asked for by name."""


_voice: ContextVar[Voice] = ContextVar("voice", default=Voice(DEFAULT, ""))  # noqa: B039  # a tuple of texts does not change


@cache
def languages() -> tuple[str, ...]:
    """The languages of the interface, English first: those whose catalogue says that it is offered to visitors."""
    return (DEFAULT, *(code for code in catalogues() if marks(code).get("X-Offered") == "yes"))


def catalogues(folder: Path | None = None) -> list[str]:
    """The languages there is a catalogue for, finished or not."""
    return sorted(path.name for path in (folder or FOLDER).glob("*") if catalogue_file(path.name, folder).exists())


def catalogue_file(language: str, folder: Path | None = None) -> Path:
    """Where the catalogue of a language stands, or would stand."""
    return (folder or FOLDER) / language / "LC_MESSAGES" / "messages.po"


def marks(language: str, folder: Path | None = None) -> dict[str, str]:
    """What the head of a catalogue says of itself, beside what every catalogue says: X-Offered, X-Reviewed."""
    path = catalogue_file(language, folder)
    if not path.exists():
        return {}
    with path.open(encoding="utf-8") as file:
        return dict(_MARK.findall(file.read(2000)))


@contextmanager
def speaking(language: str, prefix: str = "") -> Iterator[None]:
    """Texts made inside are in `language`, and links begin with `prefix`."""
    token = _voice.set(Voice(language, prefix))
    try:
        yield
    finally:
        _voice.reset(token)


def voice() -> Voice:
    """The language of the moment with the beginning of its links: a key for what is kept."""
    return _voice.get()


def language() -> str:
    """The language of the moment, an ISO 639 code."""
    return _voice.get().language


def at(path: str) -> str:
    """The link to a page of ours that stays in the language of the moment: "/de/questions"."""
    return _voice.get().prefix + path


def _(message: str) -> str:
    """`message` in the language of the moment; nothing for nothing."""
    return _catalogue(_voice.get().language).gettext(message) if message else ""


def N_(message: str) -> str:
    """`message` as it is: marks a text that is translated where it is shown."""
    return message


def ngettext(one: str, many: str, n: int) -> str:
    """The form that goes with `n` in the language of the moment."""
    return _catalogue(_voice.get().language).ngettext(one, many, n)


@cache
def _catalogue(language: str) -> _gettext.NullTranslations:
    """The catalogue as gettext wants it, made from the text file when the language is first spoken: 50 ms."""
    path = catalogue_file(language)
    if language == DEFAULT or not path.exists():
        return _gettext.NullTranslations()
    from babel.messages.mofile import write_mo
    from babel.messages.pofile import read_po

    compiled = BytesIO()
    with path.open("rb") as file:
        write_mo(compiled, read_po(file, locale=language))
    compiled.seek(0)
    return _gettext.GNUTranslations(compiled)


@cache
def locale(language: str) -> Locale:
    """Babel's locale; English for a language Babel does not know."""
    try:
        return Locale.parse(language)
    except (UnknownLocaleError, ValueError):
        return Locale.parse(DEFAULT)


def listed(parts: Iterable[object]) -> str:
    """The parts of a list in one line, with the comma of the language: "English, Spanish"."""
    return comma(_voice.get().language).join(str(part) for part in parts if part)


def comma(language: str) -> str:
    """What stands between the parts of a list in that language: ", " in most, "، " in Arabic."""
    return _catalogue(language).gettext(N_(", "))


def minutes(lengths: Sequence[int]) -> str:
    """How long something takes: "50, 60 or 75 minutes"."""
    return ngettext("{n} minute", "{n} minutes", lengths[-1]).format(n=either(lengths))


def either(parts: Iterable[object]) -> str:
    """One of several: "English, French or Spanish"; there is at least one."""
    *others, last = map(str, parts)
    return _(" or ").join(part for part in (listed(others), last) if part)


ALPHABETS = {
    "da": "abcdefghijklmnopqrstuvwxyzæøå",
    "es": "abcdefghijklmnñopqrstuvwxyz",
    "ro": "aăâbcdefghiîjklmnopqrsștțuvwxyz",
    "tr": "abcçdefgğhıijklmnoöpqrsştuüvwxyz",
}
"""The order of letters where accents make another letter; elsewhere they only decide between equal words."""


def alphabetical(word: str) -> tuple[str, ...]:
    """The key to sort by in the language of the moment: "Ægypten" is the last of Danish countries."""
    alphabet = ALPHABETS.get(language(), "")
    return (*(place for letter in word.casefold() for place in _places(letter, alphabet)), word)


def _places(letter: str, alphabet: str) -> list[str]:
    """Where a letter stands: in the alphabet if it is there, else as the letters it was made from."""
    whole = letter in alphabet
    made = [letter] if whole else [c for c in unicodedata.normalize("NFKD", letter) if not unicodedata.combining(c)]
    return [chr(ord("a") + alphabet.index(c)) if c in alphabet else c for c in made]


@cache
def direction(language: str) -> str:
    """ "ltr" or "rtl": the way the language is written."""
    return locale(language).text_direction


@cache
def own_name(language: str) -> str:
    """What the language calls itself: "Deutsch", "עברית"."""
    name = locale(language).get_language_name(language) or language
    return name[:1].upper() + name[1:]


@cache
def own_country_name(code: str) -> str:
    """What people there call their country, in its main language: "Eesti"; nothing where Babel has none."""
    try:
        return str(Locale.parse(f"und_{code}").territories.get(code, ""))
    except (UnknownLocaleError, ValueError):
        return ""


@cache
def is_reviewed(language: str) -> bool:
    """Whether a native speaker has read the catalogue of this language; English is what was written."""
    return language == DEFAULT or marks(language).get("X-Reviewed") == "yes"


def country_name(code: str) -> str:
    """The country's name in the language of the moment; the code itself where there is none."""
    return _country_name(code, _voice.get().language)


@lru_cache(maxsize=4096)
def _country_name(code: str, language: str) -> str:
    return str(locale(language).territories.get(code) or code)


def language_name(code: str) -> str:
    """The language's name in the language of the moment; the code itself where there is none."""
    name = locale(_voice.get().language).languages.get(code)
    return name[:1].upper() + name[1:] if name else code


def inside(country: str) -> str:
    """A country's name as it stands after “in”: English gives some an article, as in “in the United States”."""
    return f"the {country}" if language() == DEFAULT and _ARTICLE.fullmatch(country) else country


KM_PER_MILE = 1.609344


def distance(km: float, miles: bool) -> str:
    """A distance as people say it: "under 1 km", "3 km", "14 km", "about 120 km"."""
    n = km / KM_PER_MILE if miles else km
    if n < 1:
        return _("under 1\N{NO-BREAK SPACE}mile") if miles else _("under 1\N{NO-BREAK SPACE}km")
    if n >= 100:
        far = whole(round(n, -1)) if n >= 1000 else f"{round(n, -1):.0f}"
        return (
            _("about {n}\N{NO-BREAK SPACE}miles").format(n=far)
            if miles
            else _("about {n}\N{NO-BREAK SPACE}km").format(n=far)
        )
    near = round(n)
    text = (
        ngettext("{n}\N{NO-BREAK SPACE}mile", "{n}\N{NO-BREAK SPACE}miles", near)
        if miles
        else _("{n}\N{NO-BREAK SPACE}km")
    )
    return text.format(n=near)


def exact_distance(km: float, miles: bool) -> str:
    """A chosen distance, not a measured one: "25 miles", "50 km"."""
    n = round(km / KM_PER_MILE if miles else km)
    return (
        ngettext("{n}\N{NO-BREAK SPACE}mile", "{n}\N{NO-BREAK SPACE}miles", n)
        if miles
        else _("{n}\N{NO-BREAK SPACE}km")
    ).format(n=n)


def whole(number: float) -> str:
    """A whole number as people write it in the language of the moment: "1,000"."""
    if 0 <= number < 999:
        return str(round(number))  # alike in all of them, and most numbers of a page
    return format_decimal(round(number), locale=language())


def money(amount: int, currency: str) -> str:
    """A price as people write it in the language of the moment, without cents: "$150", "150 €"."""
    return _money(amount, currency, language())


@lru_cache(maxsize=2048)
def _money(amount: int, currency: str, language: str) -> str:
    whole = re.sub(r"\.0+", "", locale(language).currency_formats["standard"].pattern)
    said = str(format_currency(amount, currency, whole, currency_digits=False, locale=locale(language)))
    apart = re.sub(r"(?<=[^\W\d_])(?=\d)", "\N{NO-BREAK SPACE}", said)  # "CHF 150", as Unicode's TR 35 asks
    return re.sub(r"(?<=[A-Z]\$)", "\N{LEFT-TO-RIGHT MARK}", apart) if direction(language) == "rtl" else apart
