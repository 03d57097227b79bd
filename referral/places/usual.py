"""Which of the places called exactly so a line may mean that holds usual words, a letter or no words at all."""

from collections.abc import Callable

from referral.places import matching, nowhere, parse, worded
from referral.places.folding import SHORTENED, fold, unshortened
from referral.places.kept import kept, with_points
from referral.places.types import Found
from referral.terms import plain

Only = Callable[[Found], bool]
"""Whether a place that is called exactly so may be meant."""

GREAT = 1_000_000
"""People of a city that is meant by any of its names, as countries are, though they be words too: Inde, Seul ..."""
CODE = 3
"""... of more letters than a code has."""

KNOWN = 10_000
"""People of a place that such words may mean as "and", "near me" and "the best" are."""

BIG = 100_000
"""People of a city that two usual words may mean by a further name, or one said twice."""


def only(text: str, country: str | None) -> Only | None:
    """Which of the places called exactly so a line may mean that misspells none; None for any other line.

    Usual words ("in the city", "couples") are spelled right, and so is what is nowhere on earth; a letter is a name
    only to its own town ("Y" in the Somme), and so are "Saint", which is compared as a code is, an acronym, and a
    letter twice; a short word twice to that of both ("Bau Bau"), and what programs write has no slips of the hand.
    """
    letter = fold(text)
    return _of_signs(text, letter, country) or _of_words(text, letter, country)


def _of_signs(text: str, letter: str, country: str | None) -> Only | None:
    """The same of letters, acronyms, sounds, names of stories and what programs write."""
    if nowhere.is_acronym(letter):
        return lambda found: worded.is_typed_so(found, text) and _bears(found, text, letter, country)
    if _is_letter(text, letter) or _is_half(text, letter):
        return lambda found: _bears(found, text, letter, country)
    if parse.is_said_twice(letter):
        return lambda found: found.under == letter or found.place.population >= BIG
    if nowhere.is_nowhere(letter) or parse.is_babble(letter):
        return lambda found: worded.is_called(found, letter)
    if parse.is_tag(text):
        return lambda found: found.place.population >= KNOWN and len(letter) > matching.CODE_LETTERS
    return None


def _of_words(text: str, letter: str, country: str | None) -> Only | None:
    """The same of usual words."""
    if plain.is_plain(text) and not matching.is_short_name(text) and not _is_only_a_part(letter):
        return lambda found: _is_so_called(found, text, country)
    if plain.is_usual(letter) and text[1:].islower():
        return lambda found: found.place.kind != "city" or found.place.population >= KNOWN or _is_own(found, letter)
    if worded.is_word(text):
        return lambda found: worded.is_meant(found, text, country)
    if _is_doubled(letter):
        return lambda found: found.place.kind == "country" or letter in kept() or _bears(found, text, letter, country)
    return None


def _is_only_a_part(letter: str) -> bool:
    """Whether they are two letters of a term's name and no word by themselves: "ny" of "ny baby" is New York."""
    return len(letter) == matching.CODE_LETTERS and not plain.is_usual(letter) and letter not in plain.EVERYDAY


def _bears(found: Found, text: str, letter: str, country: str | None) -> bool:
    """Whether a place is called just so; a hamlet abroad is hardly meant, nor by "Sankt" or "Å" what is Saint or A."""
    name = found.place.name
    if fold(name) != letter or (found.place.kind == "village" and found.place.country != country):
        return False
    return (text.isascii() and unshortened(name) == unshortened(text)) or name.casefold() == text.casefold()


def _is_own(found: Found, letter: str) -> bool:
    """Whether a town bears just that name: "El" is written for Yale by few."""
    return fold(found.place.name) == letter


def _is_half(text: str, letter: str) -> bool:
    """Whether it is only what stands before a name, whole or short: "Saint", "St."."""
    return letter in SHORTENED and (unshortened(text) != letter or text[:2].istitle())


def _is_doubled(letter: str) -> bool:
    """Whether it is one letter twice: "zz"."""
    return len(letter) == matching.CODE_LETTERS and letter[0] == letter[1]


def _is_letter(text: str, letter: str) -> bool:
    """Whether a line is one letter; ß is compared as two."""
    return min(len(text), len(letter)) == 1 and letter.isascii()


def _is_so_called(found: Found, text: str, country: str | None) -> bool:
    """Whether usual words may mean this place; where they say little, no small one and under no further name."""
    if fold(text) in kept() or text in with_points():
        return True
    if not plain.says_little(text):
        return " " in text or worded.is_meant(found, text, country)
    if (text.isupper() and found.place.kind in matching.AREAS) or _has_code(found, text):
        return True
    if _is_great(found) and len(fold(text)) > CODE:
        return True
    if text[0].isupper() and fold(found.place.name).startswith(f"{fold(text)} "):
        return found.place.population >= KNOWN and country in (None, found.place.country)  # "Weil" is on the Rhine
    if fold(text) != fold(found.place.name):
        return " " in text and found.place.population >= BIG  # "La Haya" is The Hague
    is_at_home = found.place.country == country and len(text) == matching.CODE_LETTERS
    return is_at_home or found.place.population >= KNOWN


def _is_great(found: Found) -> bool:
    return found.place.kind == "country" or (found.place.kind == "city" and found.place.population >= GREAT)


def _has_code(found: Found, text: str) -> bool:
    """Whether the line is the place's name and its region's code in capitals: "Tell City IN" is no sentence."""
    name, _, code = text.rpartition(" ")
    return found.place.region_code.endswith(f"-{code}") and fold(name) == fold(found.place.name)
