"""Codes of airports and regions typed alone: which are meant, for most of them are acronyms of something else."""

import re

from referral.places import rank
from referral.places.folding import fold
from referral.places.types import Found

_CODE = re.compile(r"[a-z]{2,4}")
"""An airport's code, folded."""
LONGEST_CODE = 4
CODE_KNOWN = 100_000
"""People of a town whose airport is meant by its code ("bna")."""
CODE_COSTS = 2.0
"""More than any name costs that is no code, less than one does even at home."""

STATES = frozenset({"AU", "BR", "CA", "US"})
"""Countries where people say their own states and provinces by their codes; elsewhere such letters are a country."""


def meant(found: list[Found], line: str, country: str | None) -> list[Found]:
    """The same, of a line that may be a code without what nobody means by it."""
    return [f for f in found if not _is_unknown(f, line, country)] if found and _is_code(line) else found


def _is_unknown(found: Found, line: str, country: str | None) -> bool:
    """Whether only a code that nobody types for it leads to a place: "lol" is hardly Lovelock, Nevada.

    At home people know the codes of their airports, in capitals, and of their regions.
    """
    is_home = found.place.country == country
    if found.place.kind == "region":
        is_said = line.isupper() or is_home or found.place.country in STATES
        return not is_said and rank.prominence("region", found.place.population) - found.score > rank.CODE
    is_known = found.place.population >= CODE_KNOWN or (is_home and line.isupper())
    return is_airport(found, line) and (line.istitle() or not is_known)


def is_airport(found: Found, line: str) -> bool:
    """Whether a town is only called so as its airport is."""
    if found.place.kind != "city" or not _is_code(line):
        return False
    return rank.prominence("city", found.place.population) - found.score > CODE_COSTS


def _is_code(line: str) -> bool:
    return len(line) <= LONGEST_CODE and _CODE.fullmatch(fold(line)) is not None
