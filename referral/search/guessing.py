"""What words that nothing is called may be meant as: a misspelt town, or a street address. Always said out loud."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Protocol

from index.folding import fold
from referral.places.types import Found, Place
from referral.search.exactly import Exactly
from referral.search.fits import alarm
from referral.search.piece import LARGE, METROPOLIS, Piece
from referral.search.tokens import Token, joined

GUESSED_WORDS = 3
"""Where more words than this are unknown, no misspelt place is looked for: too many words look like one."""

TORN = 2
"""Words of a name that can be torn into a usual word and an unknown one."""

LIKELY = 4.5
"""Score a misspelt place needs in a line that says more than its name ..."""

SHORT = 3
"""Letters of a country's code, which typed small is likelier a word."""

MAJOR = 500_000
"""... unless it is a city of this many people and the first letter is right."""

LONG = 8
"""... or a large town, of a word of so many letters that begins as it does ..."""

BEGUN = 3
"""... with so many."""

GUESSES = frozenset({"typo", "fallback", "prefix"})
"""Matches of the gazetteer that are no exact reading of the whole line."""


_DECIMAL = re.compile(r"\d\.\d")
"""Of a point beside other words: its digits are no postcode."""


class Places(Protocol):
    """What a guess needs of the gazetteer."""

    def find(self, line: str, *, country: str | None = None, limit: int = 6) -> list[Found]:
        """The places a line may mean, best first."""
        ...


@dataclass(frozen=True, slots=True)
class Guess:
    """A place, and the words it was read out of: from `start` to before `end`."""

    start: int
    end: int
    found: list[Found]

    def is_likely(self, country: str | None) -> bool:
        """Whether the town is meant and no term: it has several words, or is large (less so at home)."""
        place = self.found[0].place
        people = LARGE if place.country == country else MAJOR
        return self.end - self.start > 1 or place.population >= people


def is_guess(found: Sequence[Found]) -> bool:
    """Whether the best of these is no exact reading."""
    return found[0].corrected or found[0].match in GUESSES


def misspelt(
    line: Sequence[Token], read: Sequence[Piece], places: Places, country: str | None, known: Callable[[str], bool]
) -> Guess | None:
    """The town that all the unknown words together misspell, with the country or region read beside them.

    Part of some unknown words is no town: they are likelier a name. Who types of fear ("peur") misspells no Peru,
    and an everyday word ("romantic") is none either.
    """
    runs = [run for run in _unread(line, read) if not all(token.is_everyday for token in line[slice(*run)])]
    area = next((p for p in read if p.kind == "place"), None)
    if not runs or sum(end - start for start, end in runs) > GUESSED_WORDS or any(p.kind == "name" for p in read):
        return None
    for start, end in runs:
        if len(runs) > 1 and not line[start].follows_in:
            continue
        if area:
            start, end = min(start, area.start), max(end, area.end)
        if area and (not area.found[0].place.area or end - start > GUESSED_WORDS + 1):
            continue
        words = joined(line[start:end])
        found = [] if alarm(words) else places.find(words, country=country)
        if (
            found
            and (end - start == len(line) or _is_likely(found[0], words))
            and _is_fit(found, area)
            and not known(words)
        ):
            return Guess(start, end, found)
    return None


def whole(typed: str, line: Sequence[Token], read: Sequence[Piece], places: Places, country: str | None) -> list[Found]:
    """The town that the whole line misspells, its usual words and its country or region with it; else [].

    "jerez de la frontear, spain", "des moihes": part of such a name is no name, and its particles say nothing alone.
    Nor is it the country that is called so far away: the "Palo" of "Sao Palo" is no Palau.
    """
    unread = sum(p.kind == "text" for p in read)
    if not 0 < unread <= GUESSED_WORDS or len(line) < TORN or any(p.term or p.kind in ("name", "not") for p in read):
        return []
    if all(token.is_everyday or token.is_noise for token in line) or alarm(typed):
        return []
    found = places.find(typed, country=country)
    if not found or found[0].match != "typo":
        return []
    part = next((p for p in read if p.kind == "place"), None)
    if part is None or _holds(part.found[0].place, found[0].place) or found[0].score < LIKELY:
        return found if part is None or _holds(part.found[0].place, found[0].place) else []
    return found if _is_called_otherwise(part, line) or found[0].place.country == country else []


def _is_likely(found: Found, words: str) -> bool:
    """Whether so well-known a place was meant in a line that says more than its name."""
    name, typed = fold(found.place.name), fold(words)
    is_major = found.place.population >= MAJOR and name[:1] == typed[:1]
    is_long = found.place.population >= LARGE and len(typed) >= LONG and name[:BEGUN] == typed[:BEGUN]
    return is_major or is_long or found.score >= LIKELY


def likelier(town: Piece, line: Sequence[Token], places: Places, country: str | None) -> Piece:
    """The town, or the well-known one its name misspells: who types "Lausane" beside other words means Lausanne too.

    The words alone are looked up, as they are where nothing else is typed; the small one of that name is a choice.
    """
    if town.found[0].place.area and _is_half_a_name(town, line):
        found = places.find(joined(line), country=country)
        is_whole = bool(found) and found[0].match == "typo" and found[0].score >= LIKELY and not found[0].place.area
        return replace(town, start=0, found=tuple(found)) if is_whole else town
    if town.found[0].match != "exact" or town.found[0].place.area or town.found[0].place.population >= LARGE:
        return town
    found = places.find(joined(line[town.start : town.end]), country=country)
    is_other = bool(found) and found[0].match == "typo" and found[0].place.population >= LARGE
    return replace(town, found=tuple(found), is_shy=False) if is_other else town


def _is_half_a_name(area: Piece, line: Sequence[Token]) -> bool:
    """Whether the area is called otherwise and only a usual word stands before it that says no "in": "Sao Palo"."""
    if len(line) != TORN or area.start != 1 or line[1].follows_in or not line[0].is_noise:
        return False
    return _is_called_otherwise(area, line)


def _is_called_otherwise(area: Piece, line: Sequence[Token]) -> bool:
    return fold(area.found[0].place.name) != fold(joined(line[area.start : area.end]))


def _is_fit(found: Sequence[Found], area: Piece | None) -> bool:
    """Beside a country or region that was read, only a misspelt town in it will do: both must be understood."""
    return area is None or found[0].match in ("typo", "exact", "qualifier")


def _unread(line: Sequence[Token], read: Sequence[Piece]) -> Iterator[tuple[int, int]]:
    """The runs of words nothing is called, each within its phrase."""
    start = end = -1
    for piece in read:
        if piece.kind != "text":
            continue
        if end == piece.start and line[start].phrase == line[piece.start].phrase:
            end = piece.end
            continue
        if end > 0:
            yield start, end
        start, end = piece.start, piece.end
    if end > 0:
        yield start, end


def address(typed: str, town: Piece | None, places: Places, country: str | None) -> list[Found]:
    """The town or postcode of a line that is a street address; [] when it is none, or names another large town."""
    if not any(c.isdigit() for c in typed) or _DECIMAL.search(typed):
        return []
    found = places.find(typed, country=country)
    if not found or not is_guess(found):
        return found
    if town and town.found[0].match == "postcode" and town.found[0].place.country != found[0].place.country:
        return []  # "60614 keith vanse" is in no Vanse of Norway
    best, place = town.found[0].place if town else None, found[0].place
    return found if best is None or best.population < LARGE or place.id == best.id or _holds(best, place) else []


def _holds(area: Place, place: Place) -> bool:
    """Whether what was read is the country or region that the town of the address lies in."""
    return bool(area.area) and area.area in (place.country, place.region_code)


def _may_be_a_town(found: Sequence[Found]) -> bool:
    """Whether a country shares its name with a city of millions that lies elsewhere: عمان is Oman, and Amman."""
    country = found[0].place
    cities = (one for one in found[1:] if one.place.kind == "city" and one.place.country != country.country)
    return country.kind == "country" and any(one.match == "exact" and one.score >= METROPOLIS for one in cities)


def contradicting(line: Sequence[Token], read: Sequence[Piece], exactly: Exactly) -> tuple[Place, ...]:
    """The town and the country that does not hold it, where the place that was read and the words beside it name such.

    Either may be meant: there is no Paris in Germany.
    """
    town = next((p for p in read if p.kind == "place"), None)
    runs = list(_unread(line, read))
    if town is None or len(runs) != 1 or line[town.start].follows_in or line[runs[0][0]].follows_in:
        return ()
    start, end = runs[0]
    if end - start == 1 and line[start].is_small and len(line[start].typed) <= SHORT:
        return ()  # "was tun, München": nobody means Tunisia
    other = exactly.find(joined(line[start:end])) if town.end == start or end == town.start else []
    if not other or other[0].score < LIKELY:
        return ()
    if any(_may_be_a_town(found) for found in (other, town.found)):
        return ()
    kinds = {other[0].place.kind, town.found[0].place.kind}
    if "country" in kinds or ("region" in kinds and line[start].phrase != line[town.start].phrase):
        return tuple(sorted((town.found[0].place, other[0].place), key=lambda place: bool(place.area)))
    return ()
