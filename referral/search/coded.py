"""A name that somebody listed bears, beside a postcode, with or without a town: "Keith Vance 60614"."""

from collections.abc import Iterator, Sequence

from referral import terms
from referral.search.looking import Looking
from referral.search.naming import NAME
from referral.search.tokens import Token

MOST = 6
"""Words of such a line."""

CODE = 3
"""Digits of a postcode, at least."""


def find(line: Sequence[Token], looking: Looking) -> tuple[list[Token], list[Token]] | None:
    """The words of the name, and those beside it; None for a line with no code, or of nobody who is listed."""
    if not (len(line) <= MOST and any(sum(c.isdigit() for c in token.typed) >= CODE for token in line)):
        return None
    for start, end in _runs(line):
        run = line[start:end]
        if run[0].phrase == run[-1].phrase and all(map(_may_be_of_a_name, run)):
            words = " ".join(token.typed for token in run)
            if looking.borne(words):
                return list(run), [*line[:start], *line[end:]]
    return None


def _runs(line: Sequence[Token]) -> Iterator[tuple[int, int]]:
    """The runs of two or three words that begin or end the line, the longest first, and not all of it."""
    for many in range(NAME[1], NAME[0] - 1, -1):
        if many < len(line):
            yield from ((0, many), (len(line) - many, len(line)))


def _may_be_of_a_name(token: Token) -> bool:
    has_no_digit = not any(c.isdigit() for c in token.typed)
    return has_no_digit and not terms.find(token.typed) and (not token.is_noise or token.is_particle)
