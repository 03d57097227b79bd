"""Countries and regions side by side in one line: "New York, New Jersey", "Texas or Oklahoma".

A search is at one of them: the first is read, the others are offered. A town that is called as a region and lies in
the next one ("Delaware, Ohio") is that town.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from index.folding import fold
from referral.places import distance
from referral.places.folding import fold as fold_place
from referral.places.types import Found, Place
from referral.search.exactly import Exactly
from referral.search.piece import Piece
from referral.search.placing import ENGLISH, STATES, places
from referral.search.tokens import ARTICLES, BEFORE_PLACES, OR, Token, joined

KNOWN = 5.0
"""Score of a country or region that people know: Liechtenstein, Nova Scotia."""

_BETWEEN = OR | BEFORE_PLACES | ARTICLES

SMALLEST = 1_000
"""People of a town that is called as a region is, and meant beside the region around it."""

_SMALL = re.compile(r"(?<![\w/'’.-])[a-z]{2}(?: ?/ ?[a-z]{2})+(?![\w/'’.-])")
"""Words that may be codes typed small."""


@dataclass(frozen=True, slots=True)
class Several:
    """A line that names several countries or regions."""

    line: Sequence[Token]
    rest: list[Token]
    """The line without those behind the first."""
    first: Piece
    others: list[Piece]
    """What stands behind the first, as pieces of `line`."""


def with_capitals(typed: str, exactly: Exactly) -> str:
    """The line with the states of the visitor's country that a slash joins as they are written: "ny/nj"."""
    if exactly.country not in STATES:
        return typed
    return _SMALL.sub(lambda run: run[0].upper() if _are_states(run[0].split("/"), exactly) else run[0], typed)


def _are_states(codes: Sequence[str], exactly: Exactly) -> bool:
    """Whether all are, and one at least is no word of English."""
    bare = {code.strip() for code in codes}
    return not ENGLISH.issuperset(bare) and all(
        any(f.place.kind == "region" and f.place.country == exactly.country for f in exactly.find(code.upper()))
        for code in bare
    )


def is_known(found: Sequence[Found]) -> bool:
    """Whether a country or region that people know is meant first of all."""
    return bool(found) and bool(found[0].place.area) and found[0].score >= KNOWN


def holds(one: Place, other: Place) -> bool:
    """Whether one of the two lies in the other, or is the same."""
    return _is_in(one, other) or _is_in(other, one)


def _is_in(place: Place, area: Place) -> bool:
    return place.id == area.id or (bool(area.area) and area.area in (place.country, place.region_code))


def find(line: Sequence[Token], exactly: Exactly) -> Several | None:
    """What stands behind the first of several, side by side or with an "or" between them; None for one alone."""
    every = list(longest(one for one in places(line, exactly) if called(one.found)))
    for n, (one, other) in enumerate(pairwise(every)):
        if _is_beside(line, one, other) and _may_be_two(line, one, other, exactly):
            behind = [other, *_further(line, every[n + 1 :], exactly)]
            gone = {at for before, after in pairwise((one, *behind)) for at in range(before.end, after.end)}
            return Several(line, [token for at, token in enumerate(line) if at not in gone], one, behind)
    return None


def _further(line: Sequence[Token], every: Sequence[Piece], exactly: Exactly) -> Iterator[Piece]:
    """Those that go on behind the first of these."""
    for one, other in pairwise(every):
        if not (_is_beside(line, one, other) and _may_be_two(line, one, other, exactly)):
            return
        yield other


def called(found: Sequence[Found]) -> list[Place]:
    """The country or region of that name, with the city that goes before it; [] where people know none."""
    if is_known(found):
        return [found[0].place]
    first, second = (*found[:2], None, None)[:2]
    if first is None or second is None or first.place.kind != "city" or second.score < KNOWN:
        return []
    is_its_city = bool(second.place.area) and second.place.country == first.place.country
    return [second.place, first.place] if is_its_city and second.under == first.under else []


def nearer(city: Place, one: Piece, other: Piece) -> Place:
    """The city, or the region of its name, where that is elsewhere and nearer to the other one: Washington, Oregon."""
    area, there = called(one.found)[0], other.found[0].place
    both = [city] if _is_in(city, area) else [city, area]
    return min(both, key=lambda p: distance.km(p.lat, p.lon, there.lat, there.lon))


def _is_beside(line: Sequence[Token], one: Piece, other: Piece) -> bool:
    """Whether nothing stands between them but a comma, an "or", an "in" or an article."""
    between = line[one.end : other.start]
    return all(fold(token.typed) in _BETWEEN for token in between)


def _may_be_two(line: Sequence[Token], one: Piece, other: Piece, exactly: Exactly) -> bool:
    """Whether they are two places: no region in its country, and no town that is called as a region or country is."""
    if any(holds(here, there) for here in called(one.found) for there in called(other.found)):
        return False
    are_known = is_known(one.found) or is_known(other.found)
    if one.end < other.start:
        return are_known and (_says_or(line, one, other) or _are_alike(one, other))
    whole = exactly.find(joined(line[one.start : other.end]))
    towns = [f for f in whole if f.place.kind == "city" and f.under == fold_place(f.place.name) == one.found[0].under]
    is_town = any(town.place.population >= SMALLEST for town in towns)
    return _are_alike(one, other) and (are_known or bool(whole)) and not is_town


def _says_or(line: Sequence[Token], one: Piece, other: Piece) -> bool:
    return any(fold(token.typed) in OR for token in line[one.end : other.start])


def _are_alike(one: Piece, other: Piece) -> bool:
    """Whether both are countries, or both regions: "Jordan, Utah" is a town of Utah, whichever."""
    return called(one.found)[0].kind == called(other.found)[0].kind


def longest(found: Iterator[Piece] | Sequence[Piece]) -> Iterator[Piece]:
    """Of those that begin at a word, or go on over one, the longest alone."""
    end = 0
    for one in sorted(found, key=lambda p: (p.start, -p.end)):
        if one.start >= end:
            end = one.end
            yield one
