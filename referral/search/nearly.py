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
    if reading.found is None or reading.is_misspelt or reading.misread or not _is_nearly(reading.found):
        return reading
    line, under = tokens(typed), reading.found.under
    words = (joined(line[start:end]) for start, end in runs(line, MOST_WORDS))
    misread = next((run for run in words if fold(run) == under), under)
    return replace(reading, misread=misread, search=replace(reading.search, typed=typed))


def _is_nearly(found: Found) -> bool:
    """Whether it was found under a name of one letter more, less or other than that by which it is shown."""
    place, under = found.place, found.under
    if place.kind != "city" or place.country not in COUNTRIES or len(under) < SHORTEST:
        return False
    shown = {fold(place.name), fold(place.named(language()))}
    return under not in shown and any(OSA.distance(under, name, score_cutoff=1) == 1 for name in shown)
