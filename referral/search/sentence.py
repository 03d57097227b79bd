"""A whole sentence: what nobody could be found by is set aside, so that one word of it does not shut everybody out.

Knows no places, terms or languages, but what other approaches are called.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import groupby

from index.folding import fold
from referral.search.piece import Piece
from referral.search.tokens import Token, words_of
from referral.terms import approaches

FIRST_PERSON = words_of("first_person.txt")
"""Words by which people speak of themselves."""

SHORTEST = 7
"""Words from which a line is told as a sentence; a shorter one is a list of wishes, and each word of it counts."""

SHORTEST_DENSE = 5
"""The same where one word says what two or three do elsewhere, if somebody speaks of themselves."""

_DENSE = re.compile("[א-ת\u0621-\u064a가-힣]")
"""How words of Hebrew, Arabic and Korean begin."""

NAME = 2
"""Capitalised words side by side that are a person's name: one alone is any German noun."""


def is_sentence(line: Sequence[Token]) -> bool:
    """Whether the line tells something."""
    is_dense = len(line) >= SHORTEST_DENSE and any(_DENSE.match(token.typed) for token in line)
    return len(line) >= SHORTEST or (is_dense and speaks_of_themselves(line))


def is_of_themselves(line: Sequence[Token]) -> bool:
    """Whether somebody tells of themselves, and does not only list what they wish."""
    return is_sentence(line) and speaks_of_themselves(line)


def speaks_of_themselves(line: Sequence[Token]) -> bool:
    """Whether a word of the line is one by which people do."""
    return any(fold(form.text) in FIRST_PERSON for token in line for form in token.forms)


def may_be_places(line: Sequence[Token], read: Sequence[Piece]) -> list[Piece]:
    """The pieces without the unknown words that are typed unlike a place, and stand where none is said."""
    return [p for p in read if p.kind != "text" or may_be_a_place(line, p.start)]


def may_be_a_place(line: Sequence[Token], n: int) -> bool:
    """Whether an unknown word has a capital or an "in" before it; in a line without capitals the last may be, too."""
    is_last = all(token.is_noise for token in line[n + 1 :]) and all(not _has_a_capital(token) for token in line)
    return line[n].follows_in or _is_capital(line[n]) or is_last


def names(line: Sequence[Token], read: Sequence[Piece]) -> list[Piece]:
    """The pieces that are a person's name or an approach's: what the words can be searched for."""
    return [piece for run in _capitals(line, read) if len(run) >= NAME for piece in run] + [
        piece for piece in read if piece.kind == "name" or (piece.kind == "text" and piece.start in _approach(line))
    ]


def _approach(line: Sequence[Token]) -> range:
    """Where the first approach of the line is named."""
    folded = [fold(token.typed) for token in line]
    for name in approaches.found_in(" ".join(folded)):
        words = name.split(" ")
        for n in range(len(line)):
            if folded[n : n + len(words)] == words:
                return range(n, n + len(words))
    return range(0)


def _capitals(line: Sequence[Token], read: Sequence[Piece]) -> Iterator[list[Piece]]:
    """The unknown capitalised words, those side by side together."""
    found = [p for p in read if p.kind == "text" and _is_capital(line[p.start])]
    for _key, run in groupby(enumerate(found), lambda one: (one[1].start - one[0], line[one[1].start].phrase)):
        yield [piece for _n, piece in run]


def _has_a_capital(token: Token) -> bool:
    return token.typed[:1] != token.typed[:1].lower()


def _is_capital(token: Token) -> bool:
    return token.typed[:1].isupper() and not token.typed.isupper()


def text_of(words: Sequence[Token], kept: Sequence[Piece]) -> str:
    """The words of these pieces as they were typed, with the particles of a name between them."""
    numbers = {n for p in kept for n in range(p.start, p.end)}
    between: list[int] = []
    for n, token in enumerate(words):
        if n in numbers:
            numbers.update(between if n - len(between) - 1 in numbers else ())
            between = []
        elif token.is_particle and token.phrase == words[n - 1].phrase:
            between.append(n)
        else:
            between = []
    return " ".join(words[n].typed for n in sorted(numbers))
