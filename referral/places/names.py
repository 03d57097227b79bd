"""Under which folded names a place is kept when building, and how much each name is worth."""

import pickle
import re
from collections.abc import Callable, Iterator
from functools import cache
from itertools import accumulate
from typing import Any

from babel import Locale, localedata

from referral.places import kept, rank
from referral.places.folding import fold, spellings, without_kind
from referral.places.kinds import core
from referral.places.regions import SAME_CODES, Naming
from referral.places.sources import City, Country, Subdivision, plain

_AIRPORT = re.compile(r"[A-Z]{2,4}")

_ROMANISED = re.compile(r"[a-z][ -~]*")
"""What a machine made of a name in another script ("nei tan ya"): nobody types it, and it meets real names."""

_BY_SOUND = "\u0590"
"""The first letter of the scripts after Latin, Greek and Cyrillic."""

_NO_COUNTRIES = frozenset("AC CP DG EA EU EZ IC QO TA UN XA XB ZZ".split())
"""Codes of Babel that are no country's: the Canary Islands, the United Nations."""

_STATE_CODES = frozenset({"US", "CA", "AU"})
"""Countries whose region codes people write after a town."""

_SPOKEN_WIDELY = frozenset("ar de en es fr hi id it ja nl pl pt ru tr zh".split())
"""Languages whose names of countries nobody takes for those of towns."""

_KOREAN_CITY = re.compile("[가-힣]+ (시|군|구)")
"""A Korean name and, apart from it, what kind of place it is."""

_HAN_KIND = re.compile("(.+?[^ ])(?:特别市|广域市|地区|新区|市|区|县)")
_HANGUL_KIND = re.compile("(.+?[^ ])(?:특별자치시|특별시|광역시|시|군|구)")
"""A folded name of two signs or more and what kind of place it is; a Japanese name in Korean may end so by itself."""
_BEFORE_KHMER = re.compile("ក្រុង(..+)")
_BEHIND_BURMESE = re.compile("(..+)မြို့")
_KINDS_IN_THE_EAST = {
    "KH": (_BEFORE_KHMER,),
    "MM": (_BEHIND_BURMESE,),
    **dict.fromkeys(("HK", "JP", "MO"), (_HAN_KIND,)),
    **dict.fromkeys(("CN", "KP", "KR", "TW"), (_HAN_KIND, _HANGUL_KIND)),
}
"""The same by country, of those that write it so."""

_STATES = frozenset("AT AU BR DE IN MX MY NG US".split())
"""Countries whose regions Japanese and Chinese call states: カリフォルニア州."""
_KATAKANA = re.compile("[ァ-ー ]+")

FOREMOST = -1.0
"""Cost of a name by which so much more a place is meant than smaller ones that bear it as their own."""

FOREMOST_AREA = -1.5
"""The same of an area, which more of its people stand for than of a town."""

BEHIND = 3.0
"""Cost of a country's name that is a town's at home: مراكش is Morocco in Persian and Marrakesh in Arabic."""
_THAI = frozenset(map(chr, range(0xE01, 0xE5C)))

NICKNAMED = 20_000
"""Smaller places of the same name as a nicknamed city do not have its nickname."""

Names = dict[str, float]
"""Folded name → what it costs against the main name."""


_BRACKETED = re.compile(r" \([^()]*\)$")
"""What tells a town from others of its name: "Oberwinterthur (Kreis 2)"."""


def of_city(city: City) -> Names:
    """The names of a city; its main name costs nothing."""
    names: Names = {name: 0.0 for main in _mains(city.name) for name in spellings(main) if name}
    names |= {name: rank.LEADING for name in spellings(without_bracket(city.name)) if name and name not in names}
    beginnings = {words for main in names for words in accumulate(main.split(" "), "{} {}".format)}
    for name in city.names:
        if _ROMANISED.fullmatch(name):
            continue
        cost = rank.CODE + 0.3 if _AIRPORT.fullmatch(name) else rank.ALTERNATE
        for folded in spellings(name):
            if folded and names.get(folded, 9.0) > cost:
                leads = folded in beginnings and cost <= rank.ALTERNATE
                names[folded] = rank.LEADING if leads else cost
        if _KOREAN_CITY.fullmatch(name):
            names.setdefault(fold(name[:-2]), rank.ALTERNATE)
    for bare in _bare(city):
        names.setdefault(bare, rank.ALTERNATE)
    return names


def _bare(city: City) -> Iterator[str]:
    """What people call a city of the East whose data only know it with its kind: 宿州 for 宿州市, 용인 for 용인시."""
    for kind in _KINDS_IN_THE_EAST.get(city.country, ()):
        for name in (city.name, *city.names):
            if found := kind.fullmatch(fold(name)):
                yield found[1]


def _mains(name: str) -> list[str]:
    """A main name, and both of two that stand for one: "Donostia / San Sebastián"; half a quarter is none."""
    return [name, *re.split(r" ?/ ?", name)] if "/" in name and not _HALF.search(name) else [name]


_HALF = re.compile(r"/(?:Nord|Süd|Ost|West|Mitte)$")
"""Neustadt/Süd, in Cologne."""


def without_bracket(name: str) -> str:
    """A name without what tells a town from others of its name."""
    return _BRACKETED.sub("", name)


def add_nicknames(names: Names, city: City) -> None:
    """Add the hand-kept nicknames of a city to its names."""
    for nickname in _nicknames().get((city.name, city.country, city.admin1), ()):
        if city.population >= NICKNAMED:
            names[nickname] = 0.0
    number = str(city.id)
    if reading := kept.by_hand()["read"].get(number):
        names.setdefault(fold(reading), rank.ALTERNATE)
    names |= dict.fromkeys(kept.also().get(number, ()), 0.0) | dict.fromkeys(kept.foremost().get(number, ()), FOREMOST)


@cache
def _nicknames() -> dict[tuple[str, str, str], list[str]]:
    found: dict[tuple[str, str, str], list[str]] = {}
    for folded, place in kept.aliases()[2].items():
        found.setdefault(place, []).append(folded)
    return found


def shown_country(code: str) -> str:
    """The English name of a country."""
    return str(Locale("en").territories.get(code, code))


def of_country(country: Country) -> Names:
    """The names of a country: English and its own first, every language of Babel, ISO codes."""
    names: Names = {}
    for name in territory_names().get(country.code, []):
        names.update(dict.fromkeys(spellings(name), rank.FOREIGN))
    for thai in (name for name in territory_names().get(country.code, []) if name[0] in _THAI):
        names[fold(f"ประเทศ{thai}")] = rank.FOREIGN
    names |= dict.fromkeys(kept.countries().get(country.code, ()), 0.0)
    english = Locale("en").territories.get(country.code, country.name)
    for name in (english, country.name, re.sub(r"\s*\(.*?\)", "", english)):
        names.update(dict.fromkeys(spellings(name), 0.0))
    for code in (country.code, country.code3):
        names.setdefault(fold(code), rank.CODE)
    names |= dict.fromkeys(map(fold, kept.by_hand()["behind"].get(country.code, ())), BEHIND)
    names.pop("", None)
    return names


@cache
def territory_names() -> dict[str, list[str]]:
    """Country code → its names in every language Babel knows."""
    return _territory_names(lambda language: True)


def is_rare(country: str, folded: str) -> bool:
    """Whether a country is called so only in languages that few people read."""
    return folded not in _well_known().get(country, ())


def is_anothers(name: str, country: str) -> bool:
    """Whether another country is called so in a widely spoken language; scripts that spell by sound prove nothing."""
    folded = fold(name)
    others = (known for code, known in _well_known().items() if code not in _NO_COUNTRIES | {country})
    return folded < _BY_SOUND and any(folded in known for known in others)


def may_be_begun(country: str, folded: str) -> bool:
    """Whether a name of a country in a widely spoken language begins so."""
    return any(name.startswith(folded) for name in _well_known().get(country, ()))


@cache
def _well_known() -> dict[str, frozenset[str]]:
    """Country code → its folded names in the widely spoken languages."""
    known = _territory_names(_SPOKEN_WIDELY.__contains__)
    return {code: frozenset(s for name in own for s in spellings(name)) for code, own in known.items()}


def _territory_names(is_read: Callable[[str], bool]) -> dict[str, list[str]]:
    """Country code → its names in every language that `is_read`, with what one country or spelling says otherwise."""
    names: dict[str, dict[str, None]] = {}
    for identifier in sorted(localedata.locale_identifiers()):
        if is_read(identifier.partition("_")[0]):
            for code, name in _own_data(identifier).get("territories", {}).items():
                if len(code) == 2:
                    names.setdefault(code, {})[name] = None
    return {code: list(known) for code, known in names.items()}


def _own_data(identifier: str) -> dict[str, Any]:
    """What Babel says of a locale beside what it inherits, which is read with whom it is from.

    Its own loader keeps what it read without that, and gives it to whoever asks for the whole locale later.
    """
    with open(localedata.resolve_locale_filename(identifier), "rb") as file:
        found: dict[str, Any] = pickle.load(file)
    return found


def of_division(name: str) -> Names:
    """The names of a region or county in its own language, whole and without "Province" and the like."""
    return {folded: 0.0 for folded in (*spellings(name), core(name)) if folded}


def of_county(key: tuple[str, str, str], name: str, entry: Subdivision | None) -> Names:
    """The names of a county, and those that its ISO entry adds: its own, and its code."""
    names = of_division(name)
    if entry:
        codes = [entry.code, f"{key[0]}-{key[2]}"] if key[0] in SAME_CODES else [entry.code]
        names = dict.fromkeys(map(fold, codes), rank.CODE) | of_division(plain(entry.names[0])) | names
    return names


def _in_the_east(folded: str, country: str) -> Iterator[str]:
    """A region's Chinese, Japanese or Korean name without what says its kind, and with it where people add it."""
    yield without_kind(folded)
    if country in _STATES and _KATAKANA.fullmatch(folded):
        yield f"{folded}州"


def foremost(code: str) -> Names:
    """The names by which the area of this code is meant before all others."""
    return dict.fromkeys(kept.foremost().get(code, ()), FOREMOST_AREA)


def of_region(naming: Naming, country: str) -> Names:
    """The names of a region in all languages, whole and without "Province" and the like."""
    names: Names = {}
    for name in naming.names:
        cost = rank.FOREIGN + rank.ANOTHERS * is_anothers(name, country)
        for folded in (*spellings(name), core(name), *_in_the_east(fold(name), country)):
            names.setdefault(folded, cost)
    for folded, code in kept.aliases()[1].items():
        if code == naming.code:
            names[folded] = rank.FOREIGN
    names |= of_division(naming.names[0])
    for folded in kept.never().get(naming.code, ()):
        names.pop(folded, None)
    letters = naming.code.rpartition("-")[2]
    if naming.is_joined and not letters.isdigit():
        names.setdefault(fold(letters), rank.CODE if country in _STATE_CODES else rank.CODE + 1)
    names.pop("", None)
    return names | foremost(naming.code)
