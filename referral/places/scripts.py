"""Who writes the names of their own towns in which letters: such a name is as good as the one that lists put first."""

import re

_ARABIC = "AE BH DJ DZ EG IQ IR JO KW LB LY MA MR OM PK PS QA SA SD SY TN YE AF"
_CYRILLIC = "BA BG BY KG KZ ME MK MN RS RU TJ UA UZ"

_HANGUL, _KANA, _HAN = "[\u1100-\u11ff\uac00-\ud7a3]", "[\u3040-\u30ff]", "[\u3400-\u9fff]"


def _table(*rows: tuple[str, str]) -> tuple[tuple[re.Pattern[str], frozenset[str]], ...]:
    return tuple((re.compile(letters), frozenset(countries.split())) for letters, countries in rows)


_NAMES = _table(
    ("[\u0590-\u05ff]", "IL"),
    ("[\u0600-\u06ff]", _ARABIC),
    ("[\u0370-\u03ff]", "GR CY"),
    ("[\u0400-\u04ff]", _CYRILLIC),
    ("[\u0530-\u058f]", "AM"),
    ("[\u10a0-\u10ff]", "GE"),
    ("[\u0900-\u097f]", "IN NP"),
    ("[\u0980-\u09ff]", "BD IN"),
    ("[\u0e00-\u0e7f]", "TH"),
    (_HANGUL, "KR KP"),
    (_KANA, "JP"),
    (_HAN, "CN TW HK MO JP"),
)
"""Letters, and the countries (ISO 3166-1) that write their own names in them."""

_ADDRESSES = _table((_HANGUL, "KR KP"), (_KANA, "JP"), (_HAN, "JP CN TW HK MO SG KR"))
"""Letters that say where a whole line is from, the surest first; Han signs stand in Korea's and Singapore's too."""

_LATIN_TOO = frozenset("BA DJ DZ IN LB MA ME PK RS TN UZ".split())
"""Countries of these that write their names in Latin letters as well."""

_ROMANISED = frozenset().union(*(countries for _, countries in _NAMES)) - _LATIN_TOO


def is_own(name: str, country: str) -> bool:
    """Whether the people of a country write its names in the letters of this one."""
    return any(country in countries and letters.search(name) for letters, countries in _NAMES)


def is_romanised(country: str) -> bool:
    """Whether a name in Latin letters is never how its own people write a place there."""
    return country in _ROMANISED


def written_in(text: str) -> frozenset[str] | None:
    """The countries whose addresses are written as `text` is; None where its script does not say."""
    return next((countries for letters, countries in _ADDRESSES if letters.search(text)), None)
