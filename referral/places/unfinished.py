"""Cities of several words that lack a letter in a line of usual words: "Des Moins" is French, and Iowa."""

from referral.places import correcting, rank
from referral.places.folding import fold
from referral.places.store import Store
from referral.places.types import Found

WORDS = 2
"""Words of such a line, at least, each with a capital ..."""
PEOPLE = 150_000
"""... and people of the city."""


def match(store: Store, text: str, country: str | None) -> list[Found]:
    """The cities that the line misses by one letter, unsorted."""
    words = text.split(" ")
    if len(words) < WORDS or not all(word[:1].isupper() and word[1:].islower() for word in words):
        return []
    likely = correcting.match(store, text, country, most=1)
    return [f for f in likely if f.place.population >= PEOPLE and _lacks(fold(text), f)]


def _lacks(folded: str, found: Found) -> bool:
    """Whether the line is shorter than the city's own name, and has as many words."""
    name = found.under
    return rank.is_its_name(found) and len(name) > len(folded) and name.count(" ") == folded.count(" ")
