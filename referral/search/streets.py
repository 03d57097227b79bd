"""A street address among what is typed: its town is the place, and no word of its street is a wish.

Knows no places, terms or languages, but for what streets are called.
"""

import re
from collections.abc import Sequence
from functools import cache
from pathlib import Path

from index.folding import fold
from referral.search.tokens import Token, phrases

LONGEST = 7
"""Words of a street with its number; a longer phrase tells something."""

_BLOCKS = re.compile(r"\d+(?:-\d+){2}")
"""Of a Japanese address: "1-9-1 Marunouchi"."""
_HOUSE = re.compile(r"\d{1,5}[a-z]?(?:[-/]\d{1,5}[a-z]?)?", re.IGNORECASE)

_PHONE = re.compile(r"(?:\+|\(?0)[\d\s().\-/]{8,}")
_ZIP = re.compile(r"\d{5}-?\d{4}")

FEWEST_DIGITS = 9
"""Of a telephone number with its area's."""


def is_phone(typed: str) -> bool:
    """Whether the whole line is a telephone number as people write it, and no postcode in part of it."""
    line = typed.strip()
    digits = sum(c.isdigit() for c in line)
    return bool(_PHONE.fullmatch(line)) and digits >= FEWEST_DIGITS and not _ZIP.fullmatch(line)


def without(line: Sequence[Token]) -> list[list[Token]]:
    """The phrases that are no street with its number; [] where none is one, or nothing is left."""
    told = phrases(line)
    rest = [words for words in told if not is_street(words)]
    return rest if len(rest) < len(told) else []


def is_street(words: Sequence[Token]) -> bool:
    """Whether a phrase is a street and a number before or behind it."""
    if not 1 < len(words) <= LONGEST:
        return False
    ends = words[0].typed, words[-1].typed
    if any(_BLOCKS.fullmatch(word) for word in ends):
        return True
    return any(_HOUSE.fullmatch(word) for word in ends) and any(_is_of_streets(fold(token.typed)) for token in words)


def _is_of_streets(word: str) -> bool:
    whole, ends = _words()
    return word in whole or word.endswith(ends)


@cache
def _words() -> tuple[frozenset[str], tuple[str, ...]]:
    """What streets are called, and what such words end with."""
    lines = (Path(__file__).parent / "streets.txt").read_text("utf-8").splitlines()
    words = [word for line in lines if not line.startswith("#") for word in line.split()]
    return (
        frozenset(fold(word) for word in words if not word.startswith("-")),
        tuple(fold(word[1:]) for word in words if word.startswith("-")),
    )
