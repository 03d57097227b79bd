"""What towns are called in languages that have a script to themselves: the data names no language, the letters do.

Of several names the likeliest is taken: a name somebody can read is better than none. Arabic letters tell no language
abroad, where a town whose names in them cannot be told apart keeps the name everybody else is shown.
"""

import re
import tomllib
import unicodedata
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache

from referral.places.kept import ALIASES
from referral.places.sounding import alike
from referral.places.sources import City

_HEBREW = re.compile(r"[א-ת׳״'\"־ -]*[א-ת][א-ת׳״'\"־ -]*")
_KOREAN = re.compile(r"[가-힣 ]*[가-힣][가-힣 ]*")
_ARABIC = re.compile(r"[ء-غف-ي ]*[ء-غف-ي][ء-غف-ي ]*")

_YIDDISH = re.compile("[אע]")
"""Stand for vowels in Yiddish, which Hebrew mostly does not write: לאנדאן is לונדון."""

FIRST = "\u0590"
"""What comes before it is no letter of these scripts."""

_KINDS = ("특별자치시", "특별시", "광역시", "시", "군", "구", "읍", "면", "동")
"""Behind a Korean name: what kind of place it is."""

_PLAIN_ARABIC = str.maketrans({"أ": "ا", "إ": "ا", "آ": "ا", "ٱ": "ا", "ة": "ه", "ى": "ي", " ": None})
_AS_WRITTEN = "أإآةي"
"""What careless spelling leaves out."""
_ARTICLE = "ال"
_ARABIC_KINDS = (
    "مدينة",
    "مدينه",
    "ولاية",
    "ولايه",
    "شعبية",
    "قرية",
    "قريه",
    "مركز",
    "ناحية",
    "محافظة",
    "بلدية",
    "استان",
)
"""Before a name in Arabic letters: what kind of place it is."""

_AT_HOME = {
    "ar": frozenset("AE BH DJ DZ EG IQ JO KW LB LY MA MR OM PS QA SA SD SY TN YE".split()),
    "he": frozenset({"IL"}),
    "ko": frozenset({"KP", "KR"}),
}
"""Countries whose own towns have names in these letters in the language, whatever others call them."""
_OTHERS_ARABIC = frozenset({"AF", "IR", "PK"})
"""Countries that write their own names in Arabic letters and in another language."""


def spoken(names: Iterable[str], main: str = "", country: str = "") -> dict[str, str]:
    """Language -> what a town with these names is called there, as far as letters tell the language.

    Of several names in one script the best attested, then the one that sounds most like the `main` name.
    """
    bare = [_bare(name) for name in names if name and max(name) >= FIRST]  # most names are in other letters
    found = {language: _only(language, bare, main, country) for language in _SCRIPTS} if bare else {}
    return {language: name for language, name in found.items() if name}


def first_spoken(names: Iterable[str]) -> dict[str, str]:
    """Language -> the first of these names that is in its letters; of names kept by hand, the best comes first."""
    bare = [_bare(name) for name in names]
    found = {lang: next(filter(script.fullmatch, bare), "") for lang, (script, _) in _SCRIPTS.items()}
    return {language: name for language, name in found.items() if name}


def is_written_in(language: str, name: str) -> bool:
    """Whether a name is in the letters of a language; any is in one without letters to itself."""
    return language not in _SCRIPTS or _SCRIPTS[language][0].fullmatch(_bare(name)) is not None


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


def _only(language: str, names: Sequence[str], main: str, country: str) -> str:
    script, choose = _SCRIPTS[language]
    written = list(dict.fromkeys(name.strip() for name in names if script.fullmatch(name)))
    return written[0] if len(written) == 1 else choose(written, main, country) if written else ""


def _in_hebrew(names: list[str], main: str, _country: str) -> str:
    """The one with the fewest letters that tell Yiddish; Tel Aviv before Tel Aviv-Jaffa, else the fullest."""
    fewest = min(len(_YIDDISH.findall(name)) for name in names)
    hebrew = [name for name in names if len(_YIDDISH.findall(name)) == fewest]
    return _shortest(hebrew) or max(hebrew, key=lambda name: (alike(name, main), len(name), name))


def _in_korean(names: list[str], main: str, country: str) -> str:
    """The one that most others add their kind to; abroad the one that sounds most like the town."""
    whole = {name.replace(" ", "") for name in names}

    def worth(name: str) -> tuple[int, float, int, str]:
        return (sum(name + kind in whole for kind in _KINDS), alike(name, main), -len(name), name)

    return max(names, key=worth)


def _in_arabic(names: list[str], main: str, country: str) -> str:
    """The best attested, spelled with its hamzas and last letter; abroad only if it is so more than others."""
    bare = [name for name in names if name.partition(" ")[0] not in _ARABIC_KINDS] or names
    ways: dict[str, list[str]] = {}
    for name in bare:
        ways.setdefault(name.translate(_PLAIN_ARABIC).removeprefix(_ARTICLE), []).append(name)
    by_count = sorted(ways.values(), key=len, reverse=True)
    if country not in _AT_HOME["ar"] and len(ways) > 1:
        if country in _OTHERS_ARABIC or len(by_count[0]) == len(by_count[1]):
            return ""
        by_count = by_count[:1]

    def worth(name: str) -> tuple[int, float, bool, int, int, str]:
        way = ways[name.translate(_PLAIN_ARABIC).removeprefix(_ARTICLE)]
        spelled = sum(name.count(letter) for letter in _AS_WRITTEN)
        likeness = max(alike(one, main) for one in way)
        return (len(way), likeness, name.startswith(_ARTICLE), spelled, -name.count(" "), name)

    return max((name for way in by_count for name in way), key=worth)


def _shortest(names: list[str]) -> str:
    """The one that the others begin with; empty when there is none."""
    first = min(names, key=len)
    return first if all(name.startswith(first) for name in names) else ""


_SCRIPTS: Mapping[str, tuple["re.Pattern[str]", Callable[[list[str], str, str], str]]] = {
    "ar": (_ARABIC, _in_arabic),
    "he": (_HEBREW, _in_hebrew),
    "ko": (_KOREAN, _in_korean),
}
