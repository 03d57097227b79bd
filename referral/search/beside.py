"""A place beside words that nothing is called by: when it is meant all the same, and who may be asked whether it is."""

from collections.abc import Sequence
from dataclasses import replace

from referral.places.types import Found
from referral.search import surnames
from referral.search.exactly import Exactly
from referral.search.piece import LARGE, Piece
from referral.search.placing import KNOWN_AS_NAME, RARE, places
from referral.search.tokens import Token, joined
from referral.search.understanding import Reading, placed

WORDS = 2
"""Beside more unknown words than this, a small place is likelier a part of them."""

OFFERED = 3
"""Places that are offered where none is read."""


def is_meant(town: Piece, line: Sequence[Token], read: Sequence[Piece], country: str | None) -> bool:
    """Whether a well-known place is meant though somebody's listing holds all the words: "listen Paris".

    Two words with capitals are a name: Sophia Berlin.
    """
    if town.is_shy or any(piece.kind == "name" for piece in read) or _is_a_name(town, line):
        return False
    place = town.found[0].place
    return bool(place.area) or place.population >= (KNOWN_AS_NAME if place.country == country else LARGE)


def _is_a_name(town: Piece, line: Sequence[Token]) -> bool:
    is_two = len(line) == town.end == WORDS and not line[0].is_small and line[0].phrase == line[1].phrase
    return is_two and surnames.may_be(line[0].typed, line[1].typed)


def read_shyly(plain: Reading, line: Sequence[Token], read: Sequence[Piece], exactly: Exactly) -> Reading:
    """The reading of a line in which no place was read, at the region or town that stands beside a word or two.

    Small towns are only offered, and all of a whole sentence: "Silicon Valley" is in no Valley.
    """
    unread = {piece.start for piece in read if piece.kind == "text"}
    shy = [p for p in places(line, exactly) if p.is_shy and unread.issuperset(range(p.start, p.end))]
    shy.sort(key=lambda piece: (piece.start - piece.end, -piece.found[0].score))
    for piece in shy if not plain.aside else ():
        left = sorted(unread - set(range(piece.start, piece.end)))
        if 0 < len(left) <= WORDS and _is_known(piece.found[0]):
            text = joined([replace(line[n], phrase=0) for n in left])
            search = placed(replace(plain.search, text=text, typed=joined(line)), piece.found[0].place)
            others = tuple(one.place for one in piece.found[1:] if _is_known(one))[:OFFERED]
            return replace(plain, search=search, found=piece.found[0], choices=others, unread=text)
    offered = tuple(dict.fromkeys(piece.found[0].place for piece in shy))[:OFFERED]
    return replace(plain, choices=plain.choices or offered)


def _is_known(found: Found) -> bool:
    """Whether it is a country, a region, or no small town, and not one that is hardly called so."""
    return bool(found.place.area) or (found.place.population >= KNOWN_AS_NAME and found.score >= RARE)
