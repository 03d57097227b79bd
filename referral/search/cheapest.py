"""The cheapest way to read a whole line out of the pieces it may be made of. Knows no places, terms or languages."""

from collections.abc import Sequence
from dataclasses import dataclass

from referral.search.piece import Piece
from referral.search.tokens import Token

TORN = 4.0
"""Cost of reading a small town out of the middle of unknown words: "Silicon Valley" is not Valley, Alabama."""


@dataclass(frozen=True, slots=True)
class _Way:
    """The pieces up to some word, and their cost."""

    cost: float = 0.0
    last: Piece | None = None
    before: "_Way | None" = None


def cheapest(line: Sequence[Token], found: Sequence[Piece]) -> list[Piece]:
    """The pieces that read every word once, with one place at most, for the least cost.

    A way is remembered by where it ends, whether it holds a place and what its last piece is: nothing else
    of it matters to what follows.
    """
    ways: list[dict[tuple[bool, str], _Way]] = [{} for _ in range(len(line) + 1)]
    ways[0][False, ""] = _Way()
    for piece in sorted(found, key=lambda p: (p.start, p.end)):
        for (placed, last), way in ways[piece.start].items():
            if placed and piece.kind == "place":
                continue
            before = last if _is_one_phrase(way.last, piece, line) else ""
            cost = way.cost + piece.cost + (TORN if {before, _kind(piece)} == {"shy", "text"} else 0.0)
            is_between = piece.kind == "noise" and line[piece.start].is_particle
            key = (placed or piece.kind == "place", before if is_between else _kind(piece))
            known = ways[piece.end].get(key)
            if known is None or cost < known.cost:
                ways[piece.end][key] = _Way(cost, piece, way)
    return _pieces(min(ways[-1].values(), key=lambda way: way.cost))


def _kind(piece: Piece) -> str:
    """What matters of a piece to the next: a small town, unknown words, or nothing."""
    return "shy" if piece.is_shy else piece.kind if piece.kind == "text" else ""


def _is_one_phrase(before: Piece | None, piece: Piece, line: Sequence[Token]) -> bool:
    return before is not None and line[before.start].phrase == line[piece.start].phrase


def _pieces(way: _Way) -> list[Piece]:
    found: list[Piece] = []
    at: _Way | None = way
    while at and at.last:
        found.append(at.last)
        at = at.before
    return found[::-1]
