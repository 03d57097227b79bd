"""The hours and days a line wishes for: no listing names them, so they are left out and said."""

from collections.abc import Iterator, Sequence

from index.folding import fold
from referral.search.piece import NOISE, Piece, runs
from referral.search.tokens import Token, joined, runs_of, words_of

TIMES = runs_of("times.txt")
EVERY = words_of("every.txt")
HOURS = words_of("hours.txt")

LONGEST = 4
"""Words of a time."""

LIKELIER = 0.5
"""Of the cost of a word that narrows nothing: some of these are such words, too."""

WEEKENDS = frozenset({"couples_workshop", "singles_workshop", "intensive", "group"})
"""Kinds of session that are held at a weekend: there the word says no hour."""


def pieces(line: Sequence[Token]) -> Iterator[Piece]:
    """Every run of words that is a time."""
    for start, end in runs(line, LONGEST):
        if line[start].phrase == line[end - 1].phrase and fold(joined(line[start:end])) in TIMES:
            yield Piece(start, end, NOISE * LIKELIER, "time")
            if _is_told(line, start):
                yield Piece(start - 1, end, NOISE * LIKELIER, "noise")
    for n, token in enumerate(line):
        if fold(token.typed) in HOURS and not token.is_noise and len(line) > 1:
            yield Piece(n, n + 1, NOISE, "time")


def wished(line: Sequence[Token], read: Sequence[Piece]) -> tuple[str, ...]:
    """The times that are wished for, as they were typed; none that somebody tells of, and none of a workshop."""
    if any(p.term and p.term.id in WEEKENDS for p in read):
        return ()
    found: list[list[Token]] = []
    end = -1
    for piece in (p for p in read if p.kind == "time"):
        found = found if piece.start == end else [*found, []]
        found[-1] += line[piece.start : piece.end]
        end = piece.end
    return tuple(map(joined, found))


def _is_told(line: Sequence[Token], n: int) -> bool:
    return n > 0 and fold(line[n - 1].typed) in EVERY
