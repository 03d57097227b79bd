"""One of two is enough: "English or Spanish". Knows only what stands between the terms that were read."""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from index.folding import fold
from referral import terms
from referral.search.piece import Piece
from referral.search.tokens import OR, Token

_HUNG = re.compile(r"이?나$")
"""The same, hung behind the first of two in Korean: "영어나 독일어"."""


def facets(line: Sequence[Token], read: Sequence[Piece]) -> Iterator[str]:
    """The facets that ask for all their chosen terms, and of which the line names two with an "or" between them."""
    named = sorted((piece.start, piece) for piece in read if piece.term)
    for (_start, before), (begin, after) in pairwise(named):
        facet = before.term.facet if before.term else ""
        if after.term and after.term.facet == facet and terms.facets()[facet].combine == "all":
            between = line[before.end : begin]
            if any(fold(token.typed) in OR for token in between) or (not between and _is_hung(line[before.end - 1])):
                yield facet


def _is_hung(token: Token) -> bool:
    return _HUNG.search(token.typed) is not None and not terms.find(token.typed)
