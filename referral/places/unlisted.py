"""Postcodes with their country's letters that no table lists: as near as can be said, which is better than nothing."""

import re

from referral.places.folding import fold
from referral.places.posting import place_of
from referral.places.store import Store
from referral.places.types import Found

_LETTERED = re.compile(r"([A-Z]{2}) ?- ?(\d{4,7})")
_OF_COUNTRY = re.compile(r"([A-Z]{2})[ -]{1,3}(\d{2,5}(?:-\d{3})?)")
"""A country's letters before a code as it is written there."""

OF_TOWN = frozenset({"LV", "MD"})
"""Countries whose codes bear these letters, and where those of one town begin alike: MD-2000 is Chișinău as a whole."""

WITHOUT = {"BA": 5, "GR": 5, "IL": 7, "ME": 5}
"""Countries with no table of codes → how many digits theirs have; elsewhere these letters are a state's."""

STATES = frozenset({"US", "CA", "BR", "AU", "MX", "IT"})
"""Countries whose regions' letters people write before a code: "CA-90210" is in no Canada."""

WHOLE_TOWNS = "IT"
"""Where a code that ends so stands for a city whose streets have codes of their own."""
_WHOLE = re.compile(r"\b(\d{2}[01])00\b")

SCORE = 6.0


def of_whole_town(store: Store, line: str) -> str:
    """The line with a code that Italians write for all of a city as the first of its own: "CAP 00100" is Rome."""

    def first(code: re.Match[str]) -> str:
        known = store.postcodes_from(code[1], WHOLE_TOWNS, 1)
        return known[0].code if known else code[0]

    return _WHOLE.sub(first, line)


def match(store: Store, line: str) -> list[Found]:
    """The town whose code is the round one before it, else the country."""
    typed = _LETTERED.fullmatch(line.upper())
    return (_of_town(store, line, typed) if typed else []) or _of_country(store, line)


def _of_country(store: Store, line: str) -> list[Found]:
    """The country that the letters say, as only a part of what was typed, where a code of it is like it."""
    typed = _OF_COUNTRY.fullmatch(line.upper())
    if not typed or any(store.by_code(f"{state}-{typed[1]}") for state in STATES):
        return []
    whole, digits = store.by_code(typed[1]), typed[2].replace("-", "")
    alike = store.postcodes_from(digits[:2], typed[1], 1) if whole else []
    if not whole or not any(known.code.isdigit() and len(known.code) == len(digits) for known in alike):
        return []
    return [Found(whole.place, "fallback", SCORE, False, fold(line))]


def _of_town(store: Store, line: str, typed: re.Match[str]) -> list[Found]:
    """The same of countries whose codes no table lists, or only those of towns."""
    country, code = typed.groups()
    if country in OF_TOWN:
        known = [k for k in store.postcodes(f"{code[:-2]}00") if k.country == country]
        towns = store.records([k.place for k in known])
        return [Found(place_of(k, towns[k.place]), "postcode", SCORE) for k in known]
    whole = store.by_code(country) if WITHOUT.get(country) == len(code) else None
    return [Found(whole.place, "exact", SCORE, False, fold(line))] if whole else []
