"""Parts of the world larger than a country: "Asia", "Naher Osten". No search holds one; its countries are offered."""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from index.folding import fold
from referral.places.continents import continent_of, countries
from referral.search.exactly import Exactly
from referral.search.piece import runs
from referral.search.tokens import ARTICLES, Token, joined

_FILE = Path(__file__).parent / "wide.toml"

MAX_WORDS = 4

AROUND = 2
"""Words before or behind that may belong to the name of a place: "South Africa", "Middle East, Maryland"."""


@dataclass(frozen=True, slots=True)
class Wide:
    """A part of the world that a line names."""

    typed: str
    countries: tuple[str, ...]
    """ISO 3166-1."""


@cache
def _named() -> Mapping[str, tuple[str, ...]]:
    """Folded name -> countries."""
    found: dict[str, tuple[str, ...]] = {}
    for area in tomllib.loads(_FILE.read_text("utf-8")).values():
        codes = tuple(area.get("countries", "").split()) or _of_continent(area["continent"])
        found |= dict.fromkeys(map(fold, area["names"]), codes)
    return found


def _of_continent(continent: str) -> tuple[str, ...]:
    return tuple(code for code in countries() if continent_of(code) == continent)


def find(line: Sequence[Token], exactly: Exactly) -> tuple[Wide, list[Token]] | None:
    """The part of the world that the line names, and the words beside it; None where a place's longer name holds it."""
    for start, end in sorted(runs(line, MAX_WORDS), key=lambda run: run[0] - run[1]):
        typed = joined(line[start:end])
        codes = _named().get(fold(typed)) if not _is_i(line, start, typed) else None
        if codes and not _is_within_a_name(line, start, end, exactly):
            return Wide(typed, codes), [*line[:start], *line[end:]]
    return None


def _is_i(line: Sequence[Token], n: int, typed: str) -> bool:
    """Whether it is the Romanian and Portuguese "I", and no union: typed small, and neither after an "in" nor after a
    wish.
    """
    is_wished = n > 0 and (line[n].follows_in or _is_article(line[n - 1]) or not line[n - 1].is_noise)
    return typed == "eu" and len(line) > 1 and not is_wished


def _is_article(token: Token) -> bool:
    """Whether it stands between an "in" and a name: "in the EU"."""
    return token.follows_in and fold(token.typed) in ARTICLES


def _is_within_a_name(line: Sequence[Token], start: int, end: int, exactly: Exactly) -> bool:
    befores = range(max(0, start - AROUND), start + 1)
    ends = range(end, min(len(line), end + AROUND) + 1)
    longer = [(before, after) for before in befores for after in ends if (before, after) != (start, end)]
    return any(exactly.find(joined(line[before:after])) for before, after in longer)
