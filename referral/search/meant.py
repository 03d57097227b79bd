"""Which of two towns of a line is meant: where somebody lives now, and not where they came from; the first of an "or".

Places that are less meant become dearer; nothing is taken away, for alone they are meant all the same.
"""

import re
from collections.abc import Sequence
from dataclasses import replace

from index.folding import fold
from referral.search.piece import UNREAD, Piece
from referral.search.tokens import OR, Token, words_of

FROM = words_of("where_from.txt")
"""Words before a town that somebody comes from ..."""

TO = words_of("where_to.txt")
"""... and before the one they come to."""

LESS = 2.0
"""How much dearer the other town becomes."""

_FROM = re.compile(r"^[וש]?מ[א-ת]{2}|['’]?[dt][ae]n$|에서$")
"""The same, hung on a town: מירושלים, Ankara'dan, 서울에서."""

_TO = re.compile(r"^[לב][א-ת]{2}|['’]n?[yd]?[ae]$|['’]t[ae]$|으?로$|에$|^[بل][\u0621-\u064a]{3}")


def likelier(line: Sequence[Token], towns: Sequence[Piece]) -> list[Piece]:
    """The places, those dearer that are less meant than another of the line."""
    less = {*_left(line, towns), *_seconds(line, towns)}
    return [_dearer(one) if (one.start, one.end) in less else one for one in towns]


def _dearer(one: Piece) -> Piece:
    """The place for so much more that it pays to leave all its words unread."""
    return replace(one, cost=one.cost + LESS + UNREAD * (one.end - one.start - 1))


def _left(line: Sequence[Token], towns: Sequence[Piece]) -> set[tuple[int, int]]:
    """Where somebody comes from, as another town is said to be where they are or go."""
    here = [one.start for one in towns if _says(line, one, TO, _TO) or line[one.start].follows_in]
    return {
        (one.start, one.end)
        for one in towns
        if any(start != one.start for start in here) and _says(line, one, FROM, _FROM)
    }


def _says(line: Sequence[Token], town: Piece, words: frozenset[str], hung: re.Pattern[str]) -> bool:
    """Whether such a word stands before the town, or hangs on it."""
    if town.start and fold(line[town.start - 1].typed) in words:
        return True
    return any(hung.search(line[n].typed) for n in (town.start, town.end - 1)) and len(line[town.start].forms) > 1


def _seconds(line: Sequence[Token], towns: Sequence[Piece]) -> set[tuple[int, int]]:
    """What stands behind an "or" between two towns."""
    starts = {one.start for one in towns}
    ors = [n for n, token in enumerate(line) if fold(token.typed) in OR and n + 1 in starts]
    befores = {one.end for one in towns}
    return {(one.start, one.end) for one in towns if one.start - 1 in ors and one.start - 1 in befores}
