"""One reading of some words of the line, and what the readings cost: nothing here reads anything.

The scale is that of the gazetteer's scores, halved: a place ten times as large costs 0.5 less.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from referral.places.types import Found
from referral.search.tokens import Token
from referral.terms import Term

LARGE = 100_000
"""From this many people on, a name that is also a term means the town: Nancy, not a topic of that name."""

NOISE = 0.2
"""Cost of a word that narrows nothing."""
NOISE_AS_CODE = 1.5
"""The same of one that is typed as a state's code behind a word: "Springfield IL"."""
NUMBER = 0.8
"""Cost of a count or a year; a postcode of so few digits costs less."""
TERM = 0.3
"""Cost of a term, however many words name it."""
INFLECTED = 0.1
"""Further cost of a term whose first or last word has something hung on it."""
OVER_A_TOWN = 1.0
"""Further cost of a term where a large town is called the same."""
UNREAD = 3.0
"""Cost of a word that only the text search can use."""
NAME = 1.2
"""Cost of a person's whole name: less than a town and an unknown word, more than a town and a term."""

METROPOLIS = 6.0
"""From this score on a town after a given name is no surname."""


@dataclass(frozen=True, slots=True)
class Piece:
    """One reading of the words from `start` to before `end`."""

    start: int
    end: int
    cost: float
    kind: str
    """noise, term, place, name, text, time, unsaid (what no listing says), spare (what no search goes by), or
    not: what is said not to be wished."""
    term: Term | None = None
    found: tuple[Found, ...] = ()
    is_shy: bool = False
    """Of places: small, and no word says that a place is meant; beside an unknown word it is likelier a part of it.

    Of what is not wished: a word that nothing is called by.
    """


def runs(line: Sequence[Token], longest: int) -> Iterator[tuple[int, int]]:
    """Where every run of at most so many words begins and ends."""
    for start in range(len(line)):
        for end in range(start + 1, min(len(line), start + longest) + 1):
            yield start, end
