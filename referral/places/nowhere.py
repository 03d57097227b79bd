"""Names that name no place, of a table kept by hand: a line that is one misspells no town either."""

import tomllib
from functools import cache
from pathlib import Path

from referral.places.folding import fold

TABLE = Path(__file__).with_name("nowhere.toml")

ACRONYMS = "acronyms"
"""What is no code of a place either."""


def is_nowhere(line: str) -> bool:
    """Whether the line is a name out of a story, or a curse."""
    return any(fold(line) in names for kind, names in _names().items() if kind != ACRONYMS)


def is_acronym(line: str) -> bool:
    """Whether the line is an acronym that means no place by a code."""
    return fold(line) in _names()[ACRONYMS]


@cache
def _names() -> dict[str, frozenset[str]]:
    lists: dict[str, list[str]] = tomllib.loads(TABLE.read_text("utf-8"))
    return {kind: frozenset(map(fold, names)) for kind, names in lists.items()}
