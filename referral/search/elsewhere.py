"""The places a line names beside the one that is searched at: left out of the words to search for, and said."""

from collections.abc import Iterator, Sequence

from index.folding import fold
from referral.search.apart import SMALLEST
from referral.search.exactly import Exactly
from referral.search.piece import LARGE, METROPOLIS, Piece
from referral.search.pieces import GIVEN
from referral.search.placing import places
from referral.search.tokens import Token, joined


def named(line: Sequence[Token], read: Sequence[Piece], exactly: Exactly, taken: str) -> tuple[str, ...]:
    """What is typed of each other place than the one that is `taken`, by its id; nothing where none is read."""
    left = {p.start for p in read if p.kind == "text"}
    if not left or not any(p.kind == "place" for p in read):
        return ()
    found = [p for p in places(line, exactly) if left.issuperset(range(p.start, p.end)) and _is_known(line, p)]
    return tuple(joined(line[p.start : p.end]) for p in _longest(found) if p.found[0].place.id != taken)


def _is_known(line: Sequence[Token], one: Piece) -> bool:
    """Whether it is a place people know, and is typed like one."""
    first, place = line[one.start], one.found[0].place
    if first.is_everyday or (not first.follows_in and (first.is_small or fold(first.typed) in GIVEN)):
        return False
    people = SMALLEST if first.follows_in else LARGE
    return one.found[0].score >= METROPOLIS if place.area else place.kind == "city" and place.population >= people


def _longest(found: Sequence[Piece]) -> Iterator[Piece]:
    """Of those that begin at a word, or go on over one, the longest alone."""
    end = 0
    for one in sorted(found, key=lambda p: (p.start, -p.end)):
        if one.start >= end:
            end = one.end
            yield one


def without(text: str, names: Sequence[str]) -> str:
    """The words to search for without those names."""
    gone = {word for name in names for word in name.replace(",", " ").split()}
    return " ".join(word for word in text.split() if word not in gone)
