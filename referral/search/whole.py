"""Lines that are the name of a place and nothing else: exactly, or as coordinates or a postcode are."""

from collections.abc import Sequence

from index.folding import fold
from referral import terms
from referral.places.types import Found, Place
from referral.search import guessing
from referral.search.exactly import is_direction
from referral.search.guessing import is_guess
from referral.search.looking import Looking
from referral.search.piece import LARGE
from referral.search.pieces import languages
from referral.search.placing import KNOWN_AT_HOME, is_called
from referral.search.tokens import NOT_BEFORE, Token, joined
from referral.search.tongues import is_in_a_language

WORD = 4
"""A usual word of so many letters may be a town of that name, standing alone."""

COORDINATES = 8
"""Words that coordinates take at most: "41° 52′ 55″ N, 87° 37′ 40″ W"."""

MOST_NAMED = 12
"""Words that a place takes at most, with all that it lies in."""


def is_town(words: Sequence[Token], looking: Looking) -> bool:
    """Whether the one word of the line is a usual one, and a large town ("Nice") or in capitals ("OR")."""
    if len(words) != 1:
        return False
    found = looking.exactly.find(words[0].typed) if len(words[0].typed) >= WORD else []
    if words[0].typed.isupper() or not found:
        return words[0].typed.isupper()
    is_home = found[0].place.country == looking.country and is_called(words[0].typed, found[0])
    return found[0].place.population >= (KNOWN_AT_HOME if is_home else LARGE)


def named(typed: str, words: Sequence[Token], looking: Looking) -> list[Found]:
    """The places the line as a whole is the exact name of; a small one is compared with what it may misspell."""
    exact = looking.exactly.find(typed) if len(words) <= MOST_NAMED else []
    if _says_in(words) and not (exact and is_called(typed, exact[0])):
        return named(joined(words[1:]), words[1:], looking)
    if exact and not is_called(typed, exact[0]) and any(t.follows_in and not t.is_code for t in words[2:]):
        return []  # "Boston in United States": of the parts, and not in Indiana
    if exact and len(words) == 1 and words[0].is_everyday and not is_called(typed, exact[0]):
        return []
    if not exact and not _is_point(typed, words):
        return []
    found = exact if is_direction(typed) else looking.places.find(typed, country=looking.country)
    if not found or (is_guess(found) and not exact) or _means_a_term(typed, found[0].place):
        return []
    if is_in_a_language(words, found[0], languages(words), looking.country):
        return []
    return guessing.told_apart(typed, found)


def _says_in(words: Sequence[Token]) -> bool:
    """Whether the line begins with a word that says a place comes next: "in Boston" is not Boston of Indiana."""
    is_not = fold(words[0].typed) in NOT_BEFORE if words else True
    return len(words) > 1 and words[1].follows_in and not (is_not or words[0].is_code)


def _is_point(typed: str, words: Sequence[Token]) -> bool:
    """Whether the line may be coordinates or a postcode, which are looked up as a whole."""
    return any(c.isdigit() for c in typed) and len(words) <= COORDINATES


def _means_a_term(typed: str, place: Place) -> bool:
    """Whether the whole line is the name of a term, and the place of that name is a small one."""
    return bool(terms.find(typed)) and place.kind not in ("country", "region") and place.population < LARGE
