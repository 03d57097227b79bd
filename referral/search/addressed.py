"""The reading of a line that is a street address, with what is wished beside it."""

from collections.abc import Sequence

from index.folding import fold
from referral.places import misdirected, parse
from referral.places import streets as forms
from referral.places.types import Place
from referral.search import streets
from referral.search.looking import Looking
from referral.search.tokens import Token, joined, phrases, tokens
from referral.search.understanding import Reading, reading


def find(typed: str, words: Sequence[Token], looking: Looking) -> Reading | None:
    """The reading of a street address and what is wished beside it; None for any other line."""
    rest = _without_streets(typed, words, looking)
    if rest is None:
        return None
    wished = {fold(joined(phrase)) for phrase in phrases(rest) if _is_wish(phrase, rest, looking)}
    less = ", ".join(part for part in forms.split(typed) if fold(part) not in wished)
    found = next((f for line in (typed, less) if (f := looking.places.find(line, country=looking.country))), [])
    if not found or found[0].place.area:
        return None
    beside = [t for phrase in phrases(rest) if not _is_its_country(phrase, found[0].place, looking) for t in phrase]
    chosen = tuple(dict.fromkeys(p.term for p in looking.cheapest(beside) if p.term))
    return reading(typed, chosen, found, "", looking.places)


def unplaced(typed: str, words: Sequence[Token], looking: Looking) -> tuple[str, list[Token]] | None:
    """The street of an address whose town nobody knows, and the words that are in none; None for any other line.

    No word of the street is the town then: "12 rue de Rivoli, Xqzzt" is in no Rivoli.
    """
    if not misdirected.names_town(parse.clean(typed)):
        return None
    rest = _without_streets(typed, words, looking)
    kept = {fold(token.typed) for token in rest or ()}
    street = [token for token in words if fold(token.typed) not in kept]
    return (joined(street), rest) if rest and street else None


def _without_streets(typed: str, words: Sequence[Token], looking: Looking) -> list[Token] | None:
    """The words that are in no street and no door; None for a line that is no address."""
    line = parse.clean(typed)
    address = forms.address(line)
    if address is None and parse.is_large_first(line):
        return tokens(", ".join(forms.split(line)[1:]), looking.country)
    if address is None:
        return [token for phrase in streets.without(words) for token in phrase] or None
    if not address.is_loose and not any(map(looking.exactly.find, address.lines())):
        return None
    told = phrases(tokens(", ".join(sure for _, sure in address.told), looking.country))
    rest = [phrase for phrase in told if not streets.is_street(phrase)]
    return None if any(_is_somebody(phrase, looking) for phrase in rest) else [t for phrase in rest for t in phrase]


def _is_somebody(phrase: Sequence[Token], looking: Looking) -> bool:
    """Whether a phrase is no place and somebody's listing holds it: "Maria Byrne, Co. Kerry"."""
    line = joined(phrase)
    return looking.known(line) and not looking.exactly.find(line)


def _is_wish(phrase: Sequence[Token], rest: Sequence[Token], looking: Looking) -> bool:
    return any(rest[p.start] in phrase for p in looking.cheapest(rest) if p.term)


def _is_its_country(phrase: Sequence[Token], place: Place, looking: Looking) -> bool:
    """Whether a phrase is the name of the country the place lies in, and no language: "Japan", "Slovenija"."""
    named = looking.exactly.find(joined(phrase))
    return any(one.place.kind == "country" and one.place.country == place.country for one in named)
