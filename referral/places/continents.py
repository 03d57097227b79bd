"""Which continent a country is counted to."""

import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path

_FACTS = Path(__file__).parent / "continents.toml"


@cache
def _by_country() -> Mapping[str, str]:
    groups: dict[str, str] = tomllib.loads(_FACTS.read_text("utf-8"))
    return {code: continent for continent, codes in groups.items() for code in codes.split()}


def continent_of(country: str) -> str:
    """The continent of an ISO 3166-1 code: AF, AN, AS, EU, NA, OC, SA, or "" where none is known."""
    return _by_country().get(country, "")


NOT_ISO = frozenset({"AN", "CS", "XK"})
"""Codes of the list that are none of ISO 3166-1's: two that were withdrawn, and Kosovo's, which is only in use."""


@cache
def countries() -> tuple[str, ...]:
    """The countries in use: the 249 of ISO 3166-1, and Kosovo."""
    return tuple(sorted(_by_country().keys() - NOT_ISO | {"XK"}))
