"""A name that is kept for a town and is its own with a letter wrong: "dalas" is Dallas. It is read, and said.

Names in several languages are kept without saying whose they are, so that this is known alone where the name of a town
in our data is what people there call it.
"""

from dataclasses import replace

from rapidfuzz.distance import OSA

from referral.places.folding import fold
from referral.places.types import Found
from referral.search.piece import runs
from referral.search.tokens import joined, tokens
from referral.search.understanding import Reading
from referral.text import language

COUNTRIES = frozenset("AU CA GB IE NZ US ZA".split())
"""Where the names of our data are those of the people there: Milano is Milan in them, and no slip."""

SHORTEST = 5
"""Letters of a name of which one is a slip."""

MOST_WORDS = 4


def said(reading: Reading, typed: str) -> Reading:
    """The reading with the words that were read as another name, where they are nearly that."""
    is_known = reading.is_misspelt or reading.misread
    here, there = "" if is_known else _misread(reading.found, typed), _misread(reading.second, typed)
    if not (here or there):
        return reading
    search = replace(reading.search, typed=typed)
    return replace(reading, misread=here or reading.misread, and_misread=there, search=search)


def _misread(found: Found | None, typed: str) -> str:
    """What was typed for a place that is nearly called so; empty for any other."""
    if found is None or not _is_nearly(found):
        return ""
    line = tokens(typed)
    words = (joined(line[start:end]) for start, end in runs(line, MOST_WORDS))
    return next((run for run in words if fold(run) == found.under), found.under)


def _is_nearly(found: Found) -> bool:
    """Whether it was found under a name of one letter more, less or other than that by which it is shown."""
    place, under = found.place, found.under
    if place.kind != "city" or place.country not in COUNTRIES or len(under) < SHORTEST:
        return False
    shown = {fold(place.name), fold(place.named(language()))}
    return under not in shown and any(OSA.distance(under, name, score_cutoff=1) == 1 for name in shown)
