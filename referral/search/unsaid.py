"""What a line wishes of the therapist that no listing says, as a woman or somebody of a faith: left out, and said."""

from collections.abc import Iterator, Sequence

from index.folding import fold
from referral.search.piece import NOISE, Piece, runs
from referral.search.tokens import Token, joined, runs_of

UNSAID = runs_of("unsaid.txt")

LONGEST = 4
"""Words of such a wish."""

LIKELIER = 0.5
"""Of the cost of a word that narrows nothing: some of these are such words, too."""


def pieces(line: Sequence[Token]) -> Iterator[Piece]:
    """Every run of words that is such a wish, beside anything else: alone it may be a name."""
    for start, end in runs(line, LONGEST):
        if fold(joined(line[start:end])) in UNSAID and len(line) > end - start and not _is_a_name(line, start, end):
            yield Piece(start, end, NOISE * LIKELIER, "unsaid")


def wished(line: Sequence[Token], read: Sequence[Piece]) -> tuple[str, ...]:
    """What is wished, as it was typed."""
    return tuple(joined(line[p.start : p.end]) for p in read if p.kind == "unsaid")


def _is_a_name(line: Sequence[Token], start: int, end: int) -> bool:
    """Whether it is one word with a capital beside another that says nothing else: Christian Huber, Erkek Yılmaz."""
    if end - start > 1 or not line[start].typed[:1].isupper() or line[start].typed.isupper():
        return False
    beside = (line[n] for n in (start - 1, end) if 0 <= n < len(line))
    return any(one.typed[:1].isupper() and not one.is_noise and not one.follows_in for one in beside)
