"""Postcodes with their country's letters that no table lists: as near as can be said, which is better than nothing."""

import re

from referral.places.folding import fold
from referral.places.posting import place_of
from referral.places.store import Store
from referral.places.types import Found

_LETTERED = re.compile(r"([A-Z]{2}) ?- ?(\d{4,7})")

OF_TOWN = frozenset({"LV", "MD"})
"""Countries whose codes bear these letters, and where those of one town begin alike: MD-2000 is Chișinău as a whole."""

WITHOUT = {"BA": 5, "GR": 5, "IL": 7, "ME": 5}
"""Countries with no table of codes → how many digits theirs have; elsewhere these letters are a state's."""

SCORE = 6.0


def match(store: Store, line: str) -> list[Found]:
    """The town whose code is the round one before it, else the country."""
    typed = _LETTERED.fullmatch(line.upper())
    if not typed:
        return []
    country, code = typed.groups()
    if country in OF_TOWN:
        known = [k for k in store.postcodes(f"{code[:-2]}00") if k.country == country]
        towns = store.records([k.place for k in known])
        return [Found(place_of(k, towns[k.place]), "postcode", SCORE) for k in known]
    whole = store.by_code(country) if WITHOUT.get(country) == len(code) else None
    return [Found(whole.place, "exact", SCORE, False, fold(line))] if whole else []
