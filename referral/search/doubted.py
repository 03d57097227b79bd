"""Towns that are offered where none is taken.

Those that are called as an everyday word, beside words of couples therapy; and what stands behind the "not" of who
says no verb.
"""

from collections.abc import Sequence
from dataclasses import replace
from functools import cache

from index.folding import fold
from index.words import stop_words
from referral import terms
from referral.places.types import Place
from referral.search.exactly import is_direction
from referral.search.looking import Looking
from referral.search.piece import LARGE
from referral.search.placing import KNOWN_AT_HOME, is_called
from referral.search.sentence import speaks_of_themselves
from referral.search.tokens import ALSO_TOWNS, BEFORE_PLACES, NOT_BEFORE, SPOKEN, Token, joined, tokens
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


def half_negated(found: Reading, typed: str, looking: Looking) -> Reading:
    """The reading with the town as a choice that is left out at once behind a "not": who types "ich nicht München" may
    wish to be nowhere else, and who types "nicht in München" does not.
    """
    if found.found or found.choices or found.search.text or len(found.left_out) != 1:
        return found
    line = tokens(typed, looking.country)
    said, _, named = found.left_out[0].partition(" ")
    if len(line) > MOST_WORDS or not speaks_of_themselves(line) or fold(said) not in NOT_BEFORE or not named:
        return found
    town = _left_out(tokens(named, looking.country), looking)
    return replace(found, choices=(town,), search=replace(found.search, typed=typed)) if town else found


def _left_out(words: Sequence[Token], looking: Looking) -> Place | None:
    """The town or region that people know by these words."""
    if fold(words[0].typed) in BEFORE_PLACES or (len(words) == 1 and (words[0].is_noise or words[0].is_everyday)):
        return None
    best = next(iter(looking.exactly.find(joined(words))), None)
    return best.place if best and (best.place.area or best.place.population >= KNOWN) else None


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
