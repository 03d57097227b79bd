"""The readings of lines that name somebody who is listed; a place that is called so is offered beside."""

from collections.abc import Sequence
from dataclasses import replace

from referral.places.types import Found
from referral.search import titles
from referral.search.guessing import is_guess
from referral.search.looking import Looking
from referral.search.naming import NAME
from referral.search.piece import LARGE, Piece
from referral.search.placing import KNOWN_AS_NAME, is_called
from referral.search.tokens import Token, joined
from referral.search.understanding import Reading, reading
from referral.search.urls import Search


def offered(found: Reading, typed: str, looking: Looking) -> Reading:
    """The reading of a line that is a place and nothing else, with its words where somebody listed is called so."""
    says_more = found.words or found.is_misspelt or replace(found.search, typed="", place="", area="") != Search()
    return (
        found
        if says_more or found.found is None or not _is_borne(typed, found.found, looking)
        else replace(found, words=typed)
    )


def _is_borne(typed: str, named: Found, looking: Looking) -> bool:
    """Whether somebody listed is called so, and not the great town or country first of all: "Karadag", "Cha"."""
    is_known = is_called(typed, named) and (bool(named.place.area) or named.place.population >= LARGE)
    words = typed.split()
    return not is_known and len(words) <= NAME[1] and all(map(str.isalpha, words)) and looking.borne(typed)


def titled(typed: str, name: str, looking: Looking) -> Reading:
    """The reading of a title and a name that somebody's listing holds; a town of that name is a choice."""
    held = reading(name, (), [], name, looking.places)
    town = next((one.place for one in looking.exactly.find(name)[:1] if not one.place.area), None)
    return replace(held, choices=(town,), search=replace(held.search, typed=typed)) if town else held


def held(typed: str, words: Sequence[Token], town: Piece | None, looking: Looking) -> Reading:
    """The reading of a line that somebody's listing holds: its words, and the small town it may mean is a choice.

    The other way round for a known town of the visitor's country: "Paartherapie Leer". After a title a name comes.
    """
    if town is None:
        return reading(typed, (), [], typed, looking.places)
    place = town.found[0].place
    if place.country == looking.country and place.population >= KNOWN_AS_NAME and not titles.is_titled(words):
        return replace(reading(typed, (), list(town.found), "", looking.places), words=typed)
    as_words = reading(typed, (), [], typed, looking.places)
    return replace(as_words, choices=(place,), search=replace(as_words.search, typed=typed))


def beside_a_code(typed: str, name: Sequence[Token], rest: Reading) -> Reading:
    """The reading of the `rest` of the line with that name; a code that nothing has says nothing of where it is."""
    is_read = rest.found is not None and not is_guess([rest.found])
    said = rest.search if is_read or not rest.found else Search(terms=rest.search.terms, either=rest.search.either)
    text = joined([replace(token, phrase=0) for token in name])
    search = replace(said, text=text, typed=typed)
    return Reading(search, rest.found if is_read else None, rest.choices if is_read else (), text)
