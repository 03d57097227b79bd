"""The places a line names beside the one that is searched at: left out of the words to search for, and said.

But of a couple at a long distance, the other city is where the other of them lives.
"""

from collections.abc import Sequence
from dataclasses import replace

from index.folding import fold
from referral.search import areas, second
from referral.search.apart import SMALLEST
from referral.search.exactly import Exactly
from referral.search.piece import LARGE, METROPOLIS, Piece
from referral.search.pieces import GIVEN
from referral.search.placing import places
from referral.search.respelling import Respelled
from referral.search.tokens import OR, Token, joined
from referral.search.understanding import Reading

LONG_DISTANCE = frozenset({"topic", "works_with"})
"""Facets with a term for couples who live far from each other."""

MOST_CHOICES = 5
"""Other places a line may mean that are shown."""


def at_one(found: Reading, typed: str, spelled: Respelled, exactly: Exactly) -> Reading:
    """The reading with the places that are left out of it, where it is at one and names more."""
    if found.found is None or found.words:
        return found
    every = _named(spelled.line, spelled.read, exactly, found.found.place.id)
    there = {joined(spelled.line[p.start : p.end]): p for p in every}
    others = tuple(other for other in there if other != found.misread and not _is_of_the_one(other, found))
    if not others:
        return found
    found = offering(found, [there[other] for other in others])
    text, aside = without(found.search.text, others), without(found.aside, others)
    search = replace(found.search, text=text, typed=typed)
    left = replace(found, unread=text, aside=aside, is_one_of_two=False, search=search)
    return _at_two(left, others, exactly) or replace(left, elsewhere=others)


def _at_two(left: Reading, others: Sequence[str], exactly: Exactly) -> Reading | None:
    """The reading at both cities of a couple who say that they live far apart; None for any other."""
    is_far = any(facet in LONG_DISTANCE and "long_distance" in chosen for facet, chosen in left.search.terms)
    if not is_far or len(others) > 1 or left.found is None or not left.search.place:
        return None
    cities = [one for one in exactly.find(others[0]) if one.place.kind == "city"]
    other = second.likelier_near(left.found.place, cities) if cities else None
    if other is None or other.id == left.search.place:
        return None
    return replace(left, search=replace(second.joined(left.search, other), typed=left.search.typed))


def _is_of_the_one(other: str, found: Reading) -> bool:
    """Whether of two places it is a part of the one that is searched at: the "Angeles" of Los Angeles."""
    return found.is_one_of_two and not set(other.split()) <= set(found.aside.split())


def offering(found: Reading, others: Sequence[Piece]) -> Reading:
    """The reading with those other places as its first choices."""
    taken = found.found.place.id if found.found else ""
    named = [place for one in others for place in (areas.called(one.found) or [one.found[0].place])]
    choices = dict.fromkeys(place for place in (*named, *found.choices) if place.id != taken)
    return replace(found, choices=tuple(choices)[:MOST_CHOICES])


def _named(line: Sequence[Token], read: Sequence[Piece], exactly: Exactly, taken: str) -> list[Piece]:
    """Each other place than the one that is `taken`, by its id; nothing where none is read."""
    left = {p.start for p in read if p.kind == "text"}
    if not left or not any(p.kind == "place" for p in read):
        return []
    found = [p for p in places(line, exactly) if left.issuperset(range(p.start, p.end)) and _is_known(line, p)]
    return [p for p in areas.longest(found) if p.found[0].place.id != taken]


def _is_known(line: Sequence[Token], one: Piece) -> bool:
    """Whether it is a place people know, and is typed like one."""
    first, place = line[one.start], one.found[0].place
    is_said = first.follows_in or (bool(place.area) and _stands_alone(line, one))
    is_a_word = first.is_everyday and one.end - one.start == 1
    if is_a_word or (not is_said and (first.is_small or fold(first.typed) in GIVEN)):
        return False
    people = SMALLEST if first.follows_in else LARGE
    return one.found[0].score >= METROPOLIS if place.area else place.kind == "city" and place.population >= people


def _stands_alone(line: Sequence[Token], one: Piece) -> bool:
    """Whether an "or" stands before it, or nothing else in its phrase."""
    beside = [n for n, token in enumerate(line) if token.phrase == line[one.start].phrase]
    is_either = one.start > 0 and fold(line[one.start - 1].typed) in OR
    return is_either or beside == [*range(one.start, one.end)]


def without(text: str, names: Sequence[str]) -> str:
    """The words to search for without those names."""
    gone = {word for name in names for word in name.replace(",", " ").split()}
    return " ".join(word for word in text.split() if word not in gone)
