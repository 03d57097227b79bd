"""Two places in one line, one of which is meant: a quarter and its city ("Austin, Chicago"), or either of two."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import count, takewhile

from index.folding import fold
from referral.places.types import Found
from referral.search.exactly import Exactly
from referral.search.meant import FROM
from referral.search.piece import LARGE, Piece
from referral.search.pieces import GIVEN
from referral.search.placing import KNOWN_AS_NAME, RARE
from referral.search.tokens import OR, Token, joined, phrases


@dataclass(frozen=True, slots=True)
class Quarter:
    """A city, and the phrase beside it that names a place of its own."""

    city: list[Found]
    beside: list[Token]
    other: Found
    """The place elsewhere that the phrase is the name of."""


def of(line: Sequence[Token], read: Sequence[Piece], town: Piece, exactly: Exactly) -> Quarter | None:
    """What is set aside beside the town, as a choice of its own; None where the line names one town."""
    return find(line, read, town, exactly) or either(line, read, town, exactly)


def find(line: Sequence[Token], read: Sequence[Piece], town: Piece, exactly: Exactly) -> Quarter | None:
    """The larger of the town that was read and one that another phrase names, if all of that was left unread."""
    here = town.found[0]
    beside = [token for token in line if token.phrase == line[town.start].phrase]
    for phrase, named in _cities(line, read, town, exactly):
        other = named[0]
        if other.place.id == here.place.id:
            continue
        if other.place.population > here.place.population and other.place.population >= LARGE:
            return Quarter(named, beside, here)
        if here.place.population >= LARGE and other.score >= RARE and fold(joined(phrase)) not in GIVEN:
            return Quarter(list(town.found), phrase, other)
    return None


def either(line: Sequence[Token], read: Sequence[Piece], town: Piece, exactly: Exactly) -> Quarter | None:
    """The town that was read and another known one beside an "or", which was left unread: "Leeds or York"."""
    if town.found[0].place.area:
        return None
    unread = [n for p in read if p.kind == "text" for n in range(p.start, p.end)]
    before, after = town.start - 1, town.end
    if after + 1 in unread and fold(line[after].typed) in OR:
        run = _run(unread, after + 1, 1)
    elif before - 1 in unread and fold(line[before].typed) in OR:
        run = _run(unread, before - 1, -1)
    else:
        return None
    beside = [line[n] for n in run]
    named = exactly.find(joined(beside)) if len(run) == len(unread) else []
    is_known = bool(named) and named[0].place.kind == "city" and named[0].place.population >= KNOWN_AS_NAME
    return Quarter(list(town.found), beside, named[0]) if is_known else None


def _run(unread: Sequence[int], start: int, step: int) -> list[int]:
    """The unread words from there on, side by side, in their order."""
    return sorted(takewhile(lambda n: n in unread, count(start, step)))


def _cities(
    line: Sequence[Token], read: Sequence[Piece], town: Piece, exactly: Exactly
) -> Iterator[tuple[list[Token], list[Found]]]:
    """Each phrase without a term that is exactly the name of towns, and those."""
    wished = {line[p.start].phrase for p in read if p.term}
    for phrase in phrases(line):
        number = phrase[0].phrase
        if number == line[town.start].phrase or number in wished or fold(phrase[0].typed) in FROM:
            continue
        named = exactly.find(joined(phrase)) or (exactly.find(joined(phrase[1:])) if phrase[1:2] else [])
        if named and named[0].place.kind == "city" and not (len(phrase) == 1 and phrase[0].is_everyday):
            yield phrase, named
