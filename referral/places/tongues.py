"""What towns are called in languages that have a script to themselves: the data names no language, the letters do.

A town whose names in such a script cannot be told apart keeps the name everybody else is shown.
"""

import re
import tomllib
import unicodedata
from collections.abc import Callable, Iterable, Mapping
from functools import cache

from referral.places.kept import ALIASES
from referral.places.sources import City

_HEBREW = re.compile(r"[א-ת׳״'\"־ -]*[א-ת][א-ת׳״'\"־ -]*")
_KOREAN = re.compile(r"[가-힣 ]*[가-힣][가-힣 ]*")
_ARABIC = re.compile(r"[ء-غف-ي ]*[ء-غف-ي][ء-غف-ي ]*")

_YIDDISH = re.compile("[אע]")
"""Stand for vowels in Yiddish, which Hebrew mostly does not write: לאנדאן is לונדון."""

FIRST = "\u0590"
"""What comes before it is no letter of these scripts."""

_KINDS = ("특별자치시", "특별시", "광역시", "시", "군", "구")
"""Behind a Korean name: what kind of place it is."""

_PLAIN_ARABIC = str.maketrans("أإآٱة", "اااا" + "ه")


def spoken(number: int, names: Iterable[str]) -> dict[str, str]:
    """Language -> what the town of this GeoNames number is called there, where that is plain."""
    bare = [_bare(name) for name in names if name and max(name) >= FIRST]  # most names are in other letters
    found = {language: _only(script, choose, bare) for language, (script, choose) in _SCRIPTS.items()}
    return {language: name for language, name in (found | dict(kept().get(number, {}))).items() if name}


@cache
def kept() -> Mapping[int, Mapping[str, str]]:
    """The towns whose names were settled by hand."""
    table: dict[str, dict[str, str]] = tomllib.loads(ALIASES.read_text("utf-8"))["called"]
    return {int(number): names for number, names in table.items()}


_COMMAS_BELOW = str.maketrans("şţŞŢ", "șțȘȚ")
_ROMANIAN = frozenset({"MD", "RO"})
"""Where s and t have a comma below; the data have a cedilla, as old keyboards did."""


def as_shown(city: City) -> City:
    """The city under the name that it goes by today, where the data have another first."""
    name = _shown().get(str(city.id), city.name)
    name = name.translate(_COMMAS_BELOW) if city.country in _ROMANIAN else name
    return city if name == city.name else city._replace(name=name, names=[city.name, *city.names])


@cache
def _shown() -> Mapping[str, str]:
    """GeoNames number → the name of today."""
    table: dict[str, str] = tomllib.loads(ALIASES.read_text("utf-8"))["shown"]
    return table


def _bare(name: str) -> str:
    """Without the points that Hebrew and Arabic put on letters for learners."""
    return "".join(c for c in unicodedata.normalize("NFC", name) if unicodedata.category(c) != "Mn")


def _only(script: "re.Pattern[str]", choose: Callable[[list[str]], str], names: list[str]) -> str:
    written = list(dict.fromkeys(name.strip() for name in names if script.fullmatch(name)))
    return written[0] if len(written) == 1 else choose(written) if written else ""


def _in_hebrew(names: list[str]) -> str:
    """The one with the fewest letters that tell Yiddish, if there is one; "Tel Aviv" before "Tel Aviv-Jaffa"."""
    fewest = min(len(_YIDDISH.findall(name)) for name in names)
    return _shortest([name for name in names if len(_YIDDISH.findall(name)) == fewest])


def _in_korean(names: list[str]) -> str:
    """The one that all others add their kind to."""
    shortest = min(names, key=len)
    return shortest if all(n.replace(" ", "") in {shortest + k for k in ("", *_KINDS)} for n in names) else ""


def _in_arabic(names: list[str]) -> str:
    """The one with its hamzas and its last letter, if all others lack only those."""
    if len({name.translate(_PLAIN_ARABIC) for name in names}) > 1:
        return ""
    return max(names, key=lambda name: (sum(name.count(c) for c in "أإآة"), name))


def _shortest(names: list[str]) -> str:
    """The one that the others begin with; empty when there is none."""
    first = min(names, key=len)
    return first if all(name.startswith(first) for name in names) else ""


_SCRIPTS: Mapping[str, tuple["re.Pattern[str]", Callable[[list[str]], str]]] = {
    "ar": (_ARABIC, _in_arabic),
    "he": (_HEBREW, _in_hebrew),
    "ko": (_KOREAN, _in_korean),
}
