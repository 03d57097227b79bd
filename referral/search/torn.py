"""A misspelt town of several words, part of which was taken for something else: "Los Angelas", "Sna Francisco"."""

import re
from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise

from index.folding import fold
from referral.places.types import Found
from referral.search.guessing import LIKELY, Places
from referral.search.piece import Piece
from referral.search.tokens import ARTICLES, Token, joined

MOST = 2
"""Runs that are looked up as misspelt, which costs most of what a line costs."""


def whole_again(
    line: Sequence[Token], read: Sequence[Piece], places: Places, country: str | None, known: Callable[[str], bool]
) -> list[Piece]:
    """The pieces, with the misspelt town in place of the parts it was torn into; as they are where there is none."""
    for start, end in list(_torn(line, read))[:MOST]:
        words = joined(line[start:end])
        found = [] if known(words) else places.find(words, country=country)
        if found and found[0].match == "typo" and found[0].score >= LIKELY and _has_words(found[0], end - start):
            town = Piece(start, end, 0.0, "place", None, tuple(found))
            return [*(p for p in read if p.end <= start), town, *(p for p in read if p.start >= end)]
    return list(read)


def _torn(line: Sequence[Token], read: Sequence[Piece]) -> Iterator[tuple[int, int]]:
    """An article and what nothing, or only a small town, is called; a place and an unknown word beside it."""
    placed = [p for p in read if p.kind == "place"]
    for one, other in pairwise(read):
        is_article = one.kind == "noise" and fold(line[one.start].typed) in ARTICLES
        is_torn = is_article and (other.kind == "text" or other.is_shy) and placed in ([], [other])
        is_beside = {one.kind, other.kind} == {"place", "text"} and len(placed) == 1
        if (is_torn or is_beside) and line[one.start].phrase == line[other.end - 1].phrase:
            yield one.start, other.end


def _has_words(found: Found, many: int) -> bool:
    """Whether the town is called by so many words: one word of it misspelt is no town and a word that is not in it."""
    return len(re.findall(r"[^\W_]+", found.place.name)) == many
