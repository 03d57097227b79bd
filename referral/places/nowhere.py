"""Names that name no place, of a table kept by hand: a line that is one misspells no town either."""

import tomllib
from functools import cache
from pathlib import Path

from referral.places.folding import fold

TABLE = Path(__file__).with_name("nowhere.toml")

ACRONYMS = "acronyms"
"""What is no code of a place either."""


def is_nowhere(folded: str) -> bool:
    """Whether the line is a name out of a story, or a curse."""
    return folded in _names()[0]


def is_acronym(folded: str) -> bool:
    """Whether the line is an acronym that means no place by a code."""
    return folded in _names()[1]


@cache
def _names() -> tuple[frozenset[str], frozenset[str]]:
    """The names, and the acronyms."""
    lists: dict[str, list[str]] = tomllib.loads(TABLE.read_text("utf-8"))
    acronyms = lists.pop(ACRONYMS)
    return frozenset(fold(name) for names in lists.values() for name in names), frozenset(map(fold, acronyms))
