"""The reading of a line that is a street address, with what is wished beside it."""

from collections.abc import Sequence

from referral.places.types import Place
from referral.search import streets
from referral.search.looking import Looking
from referral.search.tokens import Token, joined, phrases
from referral.search.understanding import Reading, reading


def find(typed: str, words: Sequence[Token], looking: Looking) -> Reading | None:
    """The reading of a street address and what is wished beside it; None for any other line."""
    rest = [token for phrase in streets.without(words) for token in phrase]
    if not rest:
        return None
    wished = {rest[p.start].phrase for p in looking.cheapest(rest) if p.term}
    lines = typed, joined([token for token in words if token.phrase not in wished])
    found = next((f for line in lines if (f := looking.places.find(line, country=looking.country))), [])
    if not found or found[0].place.area:
        return None
    beside = [t for phrase in phrases(rest) if not _is_its_country(phrase, found[0].place, looking) for t in phrase]
    chosen = tuple(dict.fromkeys(p.term for p in looking.cheapest(beside) if p.term))
    return reading(typed, chosen, found, "", looking.places)


def _is_its_country(phrase: Sequence[Token], place: Place, looking: Looking) -> bool:
    """Whether a phrase is the name of the country the place lies in, and no language: "Japan", "Slovenija"."""
    named = looking.exactly.find(joined(phrase))
    return any(one.place.kind == "country" and one.place.country == place.country for one in named)
