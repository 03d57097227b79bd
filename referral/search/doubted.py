"""Towns that are called as an everyday word: beside words of couples therapy they are offered, where none is taken."""

from collections.abc import Sequence
from dataclasses import replace
from functools import cache

from index.folding import fold
from index.words import stop_words
from referral import terms
from referral.places.types import Place
from referral.search.exactly import is_direction
from referral.search.piece import LARGE
from referral.search.placing import KNOWN_AT_HOME, is_called
from referral.search.tokens import ALSO_TOWNS, SPOKEN, Token, tokens
from referral.search.understanding import Places, Reading
from referral.terms import plain

KNOWN = 20_000
"""People of a town that may be meant by a word with a capital; small letters likelier mean the word: Normal."""

MOST_WORDS = 6
"""Of a longer line a sentence is likelier."""


def offering(found: Reading, typed: str, places: Places, country: str | None) -> Reading:
    """The reading with the town as a choice that stands at the begin or end of the line: "Bath couples therapy"."""
    if found.found or found.choices or found.wide or found.unsaid or found.search.is_placed:
        return found
    line = tokens(typed, country)
    if not 1 < len(line) <= MOST_WORDS:
        return found
    for word, beside, others in ((line[0], line[1], line[1:]), (line[-1], line[-2], line[:-1])):
        is_free = found.left_out in ((), (word.typed,))  # "Norden" is left out as a direction
        is_likely = is_free and _may_be_a_town(word, beside) and _are_of_therapy(others)
        if is_likely and (town := _town(word, places, country)):
            return replace(found, choices=(town,), search=replace(found.search, typed=typed))
    return found


def _may_be_a_town(word: Token, beside: Token) -> bool:
    """Whether it says something by itself; of those that narrow nothing a few are towns as well, with a capital."""
    if word.is_noise:
        return not word.is_small and fold(word.typed) in ALSO_TOWNS
    return word.is_everyday or (is_direction(word.typed) and fold(beside.typed) not in _joining())


def _are_of_therapy(line: Sequence[Token]) -> bool:
    """Whether the words ask for a therapist and say nothing else but what can be searched for."""
    asks = {fold(one.typed) for one in line} & plain.NOISE - plain.PEOPLE - _joining()
    return bool(asks) and all(one.is_noise or terms.find(one.typed) for one in line)


@cache
def _joining() -> frozenset[str]:
    """The folded words that hold others together: "for", "my", "und"."""
    return frozenset(fold(word) for language in SPOKEN for word in stop_words(language))


def _town(word: Token, places: Places, country: str | None) -> Place | None:
    """The town people know by that name first of all."""
    best = next(iter(places.find(word.typed, country=country)), None)
    if best is None or best.corrected or best.place.area or not is_called(word.typed, best):
        return None
    least = LARGE if word.is_noise else KNOWN_AT_HOME if word.is_small else KNOWN
    return best.place if best.place.population >= least else None
