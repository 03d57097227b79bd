"""The names of places that are kept by hand, as they stand in their tables."""

import tomllib
from functools import cache
from pathlib import Path
from typing import Any

from referral.places.folding import fold

ALIASES = Path(__file__).with_name("aliases.toml")
"""Nicknames and abbreviations, kept by hand."""
COUNTRIES = Path(__file__).with_name("countries.toml")
"""What people call countries, kept by hand."""
CODE_LETTERS = 3
"""A country's name of so few letters is a usual word too: "vae", "sua"."""


@cache
def by_hand() -> dict[str, Any]:
    """The tables of hand-kept names, each by its head."""
    return tomllib.loads(ALIASES.read_text("utf-8"))


@cache
def countries() -> dict[str, list[str]]:
    """ISO code → folded names and codes by themselves; two countries may have one name, as the Congos have."""
    listed: dict[str, list[str]] = tomllib.loads(COUNTRIES.read_text("utf-8"))
    found = {code: [fold(name) for name in known] for code, known in listed.items()}
    for name, code in by_hand()["countries"].items():
        found.setdefault(code, []).append(fold(name))
    return found


@cache
def aliases() -> tuple[dict[str, str], dict[str, str], dict[str, tuple[str, str, str]]]:
    """The hand-kept names: countries, regions, places (name, country, GeoNames admin1)."""
    kept = by_hand()
    places = {fold(k): (v[0], v[1], v[2]) for k, v in kept["places"].items()}
    by_name = {name: code for code, known in countries().items() for name in known}
    abroad = {fold(name): code for code, known in kept["abroad"].items() for name in known}
    return by_name, abroad | {fold(k): v for k, v in kept["regions"].items()}, places


@cache
def kept() -> frozenset[str]:
    """The folded names of countries and places in the table kept by hand, and of regions those of two letters (NY)."""
    countries, regions, places = aliases()
    short = by_hand()["countries"]
    meant = (name for name in countries if name in short or len(name) > CODE_LETTERS)
    numbered = (name for table in (also(), foremost()) for known in table.values() for name in known)
    return frozenset([*meant, *places, *numbered, *(name for name in regions if len(name) == 2)])


@cache
def with_points() -> dict[str, str]:
    """Abbreviation as typed, with its points → area code: without them "Pa" is a town."""
    kept: dict[str, str] = by_hand()["points"]
    return kept


@cache
def also() -> dict[str, list[str]]:
    """GeoNames number → folded names kept by hand."""
    return {number: [fold(name) for name in known] for number, known in by_hand()["also"].items()}


@cache
def foremost() -> dict[str, list[str]]:
    """GeoNames number or area code → folded names by which it is meant before all others."""
    return {number: [fold(name) for name in known] for number, known in by_hand()["foremost"].items()}


@cache
def at_home() -> dict[str, list[str]]:
    """GeoNames number or area code → folded names by which it is meant first in its own country."""
    return {number: [fold(name) for name in known] for number, known in by_hand()["at_home"].items()}


@cache
def never() -> dict[str, list[str]]:
    """Area code → folded names that follow from its own and that nobody calls it."""
    kept: dict[str, list[str]] = by_hand()["never"]
    return kept
