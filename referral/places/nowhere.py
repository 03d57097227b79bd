"""Names that name no place, of a table kept by hand: a line that is one misspells no town either."""

import tomllib
from functools import cache
from pathlib import Path

from referral.places.folding import fold

TABLE = Path(__file__).with_name("nowhere.toml")


def is_nowhere(line: str) -> bool:
    """Whether the line is a name out of a story, or a curse."""
    return fold(line) in _names()


@cache
def _names() -> frozenset[str]:
    lists: dict[str, list[str]] = tomllib.loads(TABLE.read_text("utf-8"))
    return frozenset(fold(name) for names in lists.values() for name in names)
