"""What a typed line was understood as, and the search it becomes."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Protocol

from referral.places.folding import fold
from referral.places.store import Store
from referral.places.types import Found, Place
from referral.search.guessing import is_guess
from referral.search.piece import LARGE
from referral.search.urls import Search
from referral.search.wide import Wide
from referral.terms import Term


class Places(Protocol):
    """What a reading needs of the gazetteer."""

    store: Store
    """Where it keeps its names: many runs of words are looked up for one line."""

    def find(self, line: str, *, country: str | None = None, limit: int = 6) -> list[Found]:
        """The places a line may mean, best first."""
        ...

    def choices(self, found: Sequence[Found]) -> list[Place]:
        """What else the line may mean, when that has to be said."""
        ...


@dataclass(frozen=True, slots=True)
class Reading:
    """What a typed line was understood as."""

    search: Search
    found: Found | None = None
    """The place, with how it was matched."""
    choices: tuple[Place, ...] = ()
    """Other places the line may mean."""
    unread: str = ""
    """Words left for the text search: names, or nothing we know."""
    words: str = ""
    """The line as words, where it names a small town and is held by somebody's listing too."""
    wide: Wide | None = None
    """The part of the world that is named where no place is."""
    left_out: tuple[str, ...] = ()
    """What the line says is not wished, as it was typed: a search cannot leave people out by it."""
    elsewhere: tuple[str, ...] = ()
    """Other places than the one that is searched at, as they were typed."""
    times: tuple[str, ...] = ()
    """Hours and days that are wished for, as they were typed."""
    unsaid: tuple[str, ...] = ()
    """What is wished of the therapist and no listing says, as it was typed."""
    price: str = ""
    """The price that is wished for, as it was typed."""
    aside: str = ""
    """The words of a sentence that nobody could be found by, or the other of two places."""
    is_one_of_two: bool = False
    """Whether what is set aside names another place than the one that was read."""
    misread: str = ""
    """The words that the place was made of, where they are misspelt and not the whole line."""
    second: Found | None = None
    """Where the other of two lives, with the name it was found under ..."""
    and_misread: str = ""
    """... and the words it was made of, where they are misspelt."""
    respelled: tuple[tuple[str, Term], ...] = ()
    """Words that were typed, and the term each was read as."""

    @property
    def is_misspelt(self) -> bool:
        """Whether the place had to be corrected."""
        return self.found is not None and (self.found.corrected or self.found.match == "typo")

    @property
    def is_certain(self) -> bool:
        """Whether a large place was named as it is written."""
        return self.found is not None and not is_guess([self.found]) and self.found.place.population >= LARGE


def reading(typed: str, found_terms: tuple[Term, ...], found: list[Found], words: str, places: Places) -> Reading:
    """The reading of a line as these terms, the best of these places, and words for the text search."""
    search = Search(text=words)
    for one in found_terms:
        search = search.choosing(one.facet, one.id)
    choices = tuple(places.choices(found)) or other_postcodes(found)
    if found:
        search = placed(search, found[0].place)
        is_other = bool(words) and found[0].under != fold(found[0].place.name)  # "sion Hale" is in no Sitten, perhaps
        if choices or is_guess(found) or is_other:
            search = replace(search, typed=typed)
    return Reading(search, found[0] if found else None, choices, words)


def other_postcodes(found: Sequence[Found]) -> tuple[Place, ...]:
    """The same code in other countries: 10115 is New York, and Berlin."""
    if not found or found[0].match != "postcode":
        return ()
    return tuple(f.place for f in found[1:6] if f.match == "postcode" and f.place.country != found[0].place.country)


def placed(search: Search, place: Place) -> Search:
    """The search at `place`: all of a country or region, else around the point."""
    bare = replace(search, place="", near=None, area="", page=1)
    if place.kind == "point":
        return replace(bare, near=(round(place.lat, 2), round(place.lon, 2)))
    return replace(bare, area=place.area) if place.area else replace(bare, place=place.id)
