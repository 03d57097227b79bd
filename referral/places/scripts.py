"""Who writes the names of their own towns in which letters: such a name is as good as the one that lists put first."""

import re

_ARABIC = "AE BH DJ DZ EG IQ IR JO KW LB LY MA MR OM PK PS QA SA SD SY TN YE AF"
_CYRILLIC = "BA BG BY KG KZ ME MK MN RS RU TJ UA UZ"

_WRITTEN = tuple(
    (re.compile(letters), frozenset(countries.split()))
    for letters, countries in (
        ("[\u0590-\u05ff]", "IL"),
        ("[\u0600-\u06ff]", _ARABIC),
        ("[\u0370-\u03ff]", "GR CY"),
        ("[\u0400-\u04ff]", _CYRILLIC),
        ("[\u0530-\u058f]", "AM"),
        ("[\u10a0-\u10ff]", "GE"),
        ("[\u0900-\u097f]", "IN NP"),
        ("[\u0980-\u09ff]", "BD IN"),
        ("[\u0e00-\u0e7f]", "TH"),
        ("[\u1100-\u11ff\uac00-\ud7a3]", "KR KP"),
        ("[\u3040-\u30ff]", "JP"),
        ("[\u3400-\u9fff]", "CN TW HK MO JP"),
    )
)
"""Letters, and the countries (ISO 3166-1) that write their own names in them."""

_LATIN_TOO = frozenset("BA DJ DZ IN LB MA ME PK RS TN UZ".split())
"""Countries of these that write their names in Latin letters as well."""

_ROMANISED = frozenset().union(*(countries for _, countries in _WRITTEN)) - _LATIN_TOO


def is_own(name: str, country: str) -> bool:
    """Whether the people of a country write its names in the letters of this one."""
    return any(country in countries and letters.search(name) for letters, countries in _WRITTEN)


def is_romanised(country: str) -> bool:
    """Whether a name in Latin letters is never how its own people write a place there."""
    return country in _ROMANISED
