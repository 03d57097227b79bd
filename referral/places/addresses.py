"""A whole street address, read as far as its town or postcode and marked as a fallback."""

import re
from collections.abc import Callable, Iterator

from referral.places import areas
from referral.places.areas import Area
from referral.places.parse import fronts, segments
from referral.places.store import Store
from referral.places.types import Found

MIN_POPULATION = 500
"""A town must have so many people to be read out of an address; smaller ones share their names with streets."""

MIN_LETTERS = 3
MAX_TRIES = 40

Strict = Callable[[str], list[Found]]
"""Finds places for a piece of the line, every word of it understood."""


def match(store: Store, line: str, strict: Strict) -> list[Found]:
    """The town or postcode at the end of an address, else at its start; [] when the line is no address.

    An address has a number in it, or at least two parts between commas, or begins with its town and no space
    ("臺北市大安區"). A part that names another country than the town's makes it no address ("nyc, france").
    """
    parts = segments(line)
    for front in fronts(line):
        found = [f for f in strict(front) if f.place.kind == "city"]
        if found:
            return found
    if len(parts) < 2 and not re.search(r"\d", line):
        return []
    said = [meant for part in parts if (meant := areas.meanings(store, part))]
    for tries, piece in enumerate(_pieces(parts)):
        if tries == MAX_TRIES:
            break
        found = [f for f in strict(piece) if _is_town(f, piece) and all(_allows(meant, f) for meant in said)]
        if found:
            return found
    return []


def _allows(meant: list[Area], found: Found) -> bool:
    """Whether the town lies in a country that a part of the line names, or is named by that part itself."""
    return any(area.holds_country(found.place.country) for area in meant)


def _pieces(parts: list[str]) -> Iterator[str]:
    """Ever shorter ends of the address, then ever shorter starts, then its parts."""
    words = [(word, at) for at, part in enumerate(parts) for word in part.split(" ")]
    for start in range(1, len(words)):
        yield _joined(words[start:])
    for end in range(len(words) - 1, 0, -1):
        yield _joined(words[:end])


def _joined(words: list[tuple[str, int]]) -> str:
    text = ""
    before = words[0][1]
    for word, part in words:
        text += (" " if part == before else ", ") + word
        before = part
    return text.strip()


def _is_town(found: Found, piece: str) -> bool:
    if found.place.kind == "postcode":
        return True
    letters = sum(c.isalpha() for c in piece)
    if letters < MIN_LETTERS and piece.isascii():
        return False
    return found.place.kind == "city" and (found.place.population >= MIN_POPULATION)
