"""A whole street address, read as far as its town or postcode and marked as a fallback."""

from collections.abc import Callable, Iterator
from itertools import groupby, islice
from operator import itemgetter

from referral.places import areas, distance
from referral.places.areas import Area
from referral.places.folding import fold
from referral.places.parse import fronts, segments
from referral.places.schema import KINDS
from referral.places.store import Store
from referral.places.types import Found, Place

MIN_POPULATION = 500
"""A town must have so many people to be read out of an address; smaller ones share their names with streets."""

MIN_LETTERS = 3
MAX_TRIES = 40

CITY = KINDS.index("city")
KNOWN = 4.5
"""What a part of a line without a number must score as a city to contradict a town far from it."""

TOWN = 3.5
"""What a town must score to be read out of a line without a number: "Bien, United States" is no "Long Bien"."""

Word = tuple[str, int]
"""A word of the line and which part it stands in."""

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
    has_number = any(c.isdigit() for c in line)
    if len(parts) < 2 and not has_number:
        return []
    for piece, others in islice(_pieces(parts), MAX_TRIES):
        found = [f for f in _towns(strict(piece), piece) if all(_allows(store, part, f) for part in others)]
        if not has_number:
            known = [f for f in found if f.score >= TOWN]
            found = [f for f in known if not any(_is_elsewhere(store, part, f) for part in others)]
        if found:
            return found
    return []


def _towns(found: list[Found], piece: str) -> list[Found]:
    """The towns and postcodes among the readings of a piece; none when it rather names a country ("Costa Rica")."""
    best = max(found, key=lambda f: f.score, default=None)
    if best is None or (best.place.kind == "country" and not _is_one_town(found, best)):
        return []
    return [f for f in found if _is_town(f, piece)]


def _is_one_town(found: list[Found], country: Found) -> bool:
    """Whether a city in the country bears its name, as Singapore does."""
    inside = [f for f in found if f.place.kind == "city" and f.place.country == country.place.country]
    return any(f.score >= KNOWN for f in inside)


def _allows(store: Store, part: str, found: Found) -> bool:
    """Whether a part beside it names no country or region but those the town lies in ("Berlin, Texas")."""
    meant = areas.meanings(store, part)
    likely = [a for a in meant if a.is_country] or [a for a in meant if a.region and not a.county] or meant
    return not likely or any(_may_hold(store, area, found.place) for area in likely)


def _may_hold(store: Store, area: Area, place: Place) -> bool:
    """Whether the town lies in that country or region; which county it lies in is not known here."""
    if not area.holds_country(place.country):
        return False
    if area.county or not area.region:
        return True
    return store.records([area.region])[area.region].place.region_code == place.region_code


def _is_elsewhere(store: Store, part: str, found: Found) -> bool:
    """Whether a part beside the town is itself a city, and not near it ("Ahvaz, Singapore")."""
    named = store.named(fold(part), 1)
    if not named or named[0].kind != CITY or -named[0].rank < KNOWN * 100:
        return False
    city = store.records([named[0].place])[named[0].place].place
    return distance.km(city.lat, city.lon, found.place.lat, found.place.lon) > areas.NEAR_TOWN_KM


def _pieces(parts: list[str]) -> Iterator[tuple[str, list[str]]]:
    """Ever shorter ends of the address, then what in a part ends before its end, then starts; and what is beside."""
    words = [(word, at) for at, part in enumerate(parts) for word in part.split(" ")]
    for start in range(1, len(words)):
        yield _joined(parts, words, start, len(words))
    for start, end in _inside(words):
        yield _joined(parts, words, start, end)
    for end in range(len(words) - 1, 0, -1):
        yield _joined(parts, words, 0, end)


def _inside(words: list[Word]) -> Iterator[tuple[int, int]]:
    """From where to where in a part there is a number and the part goes on ("20122 Milano" MI), the last part first."""
    starts = [at for at, (_, part) in enumerate(words) if not at or words[at - 1][1] != part]
    for first, stop in zip(reversed(starts), reversed([*starts[1:], len(words)]), strict=True):
        for end in range(stop - 1, first, -1):
            numbers = [at for at in range(first, end) if any(map(str.isdigit, words[at][0]))]
            yield from ((start, end) for start in range(first, numbers[-1] + 1 if numbers else first))


def _joined(parts: list[str], words: list[Word], start: int, end: int) -> tuple[str, list[str]]:
    """The words from `start` to `end` with the commas between their parts, and what stands beside them."""
    first, last = words[start][1], words[end - 1][1]
    before = " ".join(word for word, part in words[:start] if part == first)
    after = " ".join(word for word, part in words[end:] if part == last)
    others = [*parts[:first], *filter(None, (before, after)), *parts[last + 1 :]]
    by_part = groupby(words[start:end], key=itemgetter(1))
    return ", ".join(" ".join(word for word, _ in own) for _, own in by_part), others


def _is_town(found: Found, piece: str) -> bool:
    if found.place.kind == "postcode":
        return True
    letters = sum(c.isalpha() for c in piece)
    if letters < MIN_LETTERS and piece.isascii():
        return False
    return found.place.kind == "city" and (found.place.population >= MIN_POPULATION)
