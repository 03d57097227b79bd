"""What the parts of an address look like, of the words in `streets.toml`."""

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

TABLE = Path(__file__).with_name("streets.toml")

Words = Mapping[str, str]
"""A county, or a word, in small letters → the country it is in."""

_SIGN = r"(?:(?:nº|n°|no|n\.º|nro|num|núm|nr|#|№)[.:]?\s*)"
_HOUSE = rf"{_SIGN}?\d{{1,4}}\s?(?:bis|ter|[^\W\d])?(?:\s?[-/]\s?\w{{1,4}})*"
"""The number of a house: "5a", "nº 5", "12 bis", "No. 71-21", "3/2"."""
_FIRST = r"\d{1,5}\w?(?:\s?[-/]\s?\d+\w?)?"
"""The same before a street: "200-55 Main St"."""
_NONE = r"s\s?/\s?n[o°]?\.?|s\.\s?n\."
_NAME = r"(?=[^\d,]*[^\W\d]{2})[^\d,]+?"
_ORDINAL = r"(?:\d+(?:st|nd|rd|th|[.:oa])*|ground|first|second|third)"
_BEHIND = rf"{_HOUSE}\b(?P<tail>\s.*)?"
"""The number, and what stands behind it."""
_CYRILLIC = r"[\u0400-\u04ff][\u0400-\u04ff .-]+"


@dataclass(frozen=True, slots=True)
class Shapes:
    """Patterns that a whole part fits."""

    town: re.Pattern[str]
    """The first group is the town's name."""
    county: re.Pattern[str]
    """The first group is the county's name."""
    short_county: re.Pattern[str]
    """The same anywhere in a line."""
    streets: tuple[re.Pattern[str], ...]
    """With groups for a town before the street ("head") and for what stands behind its house ("tail")."""
    street_before_town: re.Pattern[str]
    """A street behind its number with no comma before its town, which is the first group: "10 Elm St Boston MA"."""
    unnumbered: re.Pattern[str]
    """A street without its number, or that may be one, a quarter, what is near."""
    door: re.Pattern[str]
    """A door, a floor, a box, a neighbour: a part that is no place."""
    house: re.Pattern[str]
    """The number of one alone, or that it has none."""
    begun: re.Pattern[str]
    """A street whose number is a part of its own."""
    cyrillic: re.Pattern[str]
    """A name in Cyrillic, which with a number is a street where a town stands beside it: "Казань, Ленина 5"."""
    cyrillic_house: re.Pattern[str]
    side: re.Pattern[str]
    """A side of a town, which is the first group; the second is the word of `sides`."""
    sides: Words
    counties: Words
    shires: Words


@cache
def shapes() -> Shapes:
    """The patterns; reading them takes some milliseconds, once."""
    table = tomllib.loads(TABLE.read_text("utf-8"))
    words = {key: _any_of(named.split()) for key, named in table.items() if isinstance(named, str)}
    counties, sides = _countries(table["counties"]), _countries(table["sides"])
    numbered = rf"(?:{words['doors']})\.?|#"
    room = rf"(?:{numbered})\s*{_SIGN}?[:-]?\s*(?:[^\W\d]{{0,2}}-?\d+\w{{0,2}}(?:[-/]\w+)*|[A-Z])"
    return Shapes(
        town=_part(rf"(?:(?:{words['before_town']})\s|(?:{words['before_town_with_dot']})\.\s?)(\D.*)"),
        county=_part(rf"(?:co\.?|county)\s({_any_of(counties)})"),
        short_county=re.compile(rf"\b[Cc]o(?:\.?|unty)\s+((?i:{_any_of(counties)}))\b"),
        streets=tuple(map(_part, _streets(words, room))),
        street_before_town=_part(rf"{_FIRST}\s.*?[^\W\d]\s(?:{words['behind_street']})\.?\s({_NAME})"),
        unnumbered=_part(rf"\d{{1,2}}\w?\s{_NAME}|{_NAME}\s(?:{words['sure_behind']})\.?|(?:{words['beside']})\.?\s.+"),
        door=_part(
            rf"{room}|{_SIGN}\d{{1,4}}\w?(?:[-/]\w+)*|{_ORDINAL}\s?(?:{words['floors']})\.?"
            rf"|\d+[oa]\s?\w{{0,4}}\.?(?:\s?\d+[oa])?|(?:{words['alone']}|{_NONE})\.?|(?:{words['who']})\.?\s.+"
        ),
        house=_part(rf"{_HOUSE}|{_NONE}"),
        begun=_part(rf"(?:{words['before_numbered']})\.?\s{_NAME}"),
        cyrillic=_part(_CYRILLIC),
        cyrillic_house=_part(rf"{_CYRILLIC} {_HOUSE}"),
        side=_part(rf"({_NAME})\s({_any_of(sides)})(?:\s\d{{5}})?"),
        sides=sides,
        counties=counties,
        shires=_countries(table["shires"]),
    )


def _streets(words: Mapping[str, str], room: str) -> tuple[str, ...]:
    head, none = rf"(?P<head>{_NAME}\s)?", "(?P<head>)"
    before = rf"(?:{words['before_numbered']})\.?\s"
    behind = rf"{none}{_FIRST}\s.*[^\W\d]\s(?:{words['behind_street']})\.?"
    return (
        rf"{head}(?:{words['before_street']})(?:\.\s?|\s){_NAME}(?:,?\s?{_BEHIND})?",
        rf"{head}(?:{words['with_slash']})/\s?{_NAME}(?:\s{_BEHIND})?",
        rf"{none}{_NAME}\s(?:{_NONE})(?P<tail>\s.*)?",
        rf"{none}{before}(?:{_NAME}\s|\d{{1,3}}\w?\s(?={_SIGN})){_BEHIND}",
        rf"{none}[^\d,]*[^\W\d](?:{words['ends']})\.?\s{_BEHIND}",
        rf"{none}{_NAME}\s(?:{words['behind_before_number']})\.?\s{_BEHIND}",
        rf"{none}{_FIRST}\s(?:(?:bis|ter)\s)?(?:{words['after_number']})\.?\s{_NAME}(?P<tail>)",
        rf"{behind}\s(?:{words['directions']})\.?(?:\s{room})?(?P<tail>\s.*)?",
        rf"{behind}(?:\s(?:{words['long_directions']}))?(?:\s{room})?(?P<tail>)",
    )


def _part(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE)


def _countries(table: Mapping[str, str]) -> Words:
    return {county.casefold(): country for country, named in table.items() for county in named.split()}


def _any_of(words: Iterable[str]) -> str:
    """A pattern for any of these, the longest first; a dot within stands for a dot, a space or nothing."""
    longest = sorted(words, key=len, reverse=True)
    return "|".join(re.escape(word).replace(r"\.", "[. ]{0,2}") for word in longest)
