"""A quarter and its city, between commas: "Highland Park, Los Angeles" is no town of the quarter's name elsewhere."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from index.folding import fold
from referral.places.types import Found
from referral.search.exactly import Exactly
from referral.search.piece import LARGE, Piece
from referral.search.pieces import GIVEN
from referral.search.placing import RARE
from referral.search.tokens import Token, joined, phrases


@dataclass(frozen=True, slots=True)
class Quarter:
    """A city, and the phrase beside it that names a place of its own."""

    city: list[Found]
    beside: list[Token]
    other: Found
    """The place elsewhere that the phrase is the name of."""


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


def _cities(
    line: Sequence[Token], read: Sequence[Piece], town: Piece, exactly: Exactly
) -> Iterator[tuple[list[Token], list[Found]]]:
    """Each phrase without a term that is exactly the name of towns, and those."""
    wished = {line[p.start].phrase for p in read if p.term}
    for phrase in phrases(line):
        number = phrase[0].phrase
        if number == line[town.start].phrase or number in wished:
            continue
        named = exactly.find(joined(phrase)) or (exactly.find(joined(phrase[1:])) if phrase[1:2] else [])
        if named and named[0].place.kind == "city" and not (len(phrase) == 1 and phrase[0].is_everyday):
            yield phrase, named
