"""Postcodes in a line: known codes whose remaining words agree."""

from collections.abc import Sequence
from dataclasses import replace

from referral.places import areas, distance, matching, postcodes
from referral.places.folding import fold
from referral.places.parse import segments
from referral.places.postcodes import Reading
from referral.places.store import PostcodeRecord, Record, Store
from referral.places.types import Found, Place

AGREE_KM = 60.0
"""A postcode and the town typed with it are at most this far apart."""

FIRST_THOUGHT = ("US", "DE", "FR", "GB", "CA", "AU", "IT", "ES", "CH", "AT", "NL", "BE", "ZA", "BR", "MX", "IN", "JP")
"""Countries a bare code is likeliest from, when several have it: those with most people who search by code."""

BIAS = 3.0
"""What the visitor's likely country adds: a bare code is nearly always one's own."""


def match(store: Store, line: str, country: str | None) -> list[Found]:
    """Places of the postcodes in `line`, unsorted; every other word must agree with the code."""
    found: list[Found] = []
    for reading in postcodes.readings(line):
        known = postcodes.look_up(store, reading)
        rest = segments(f"{reading.before}, {reading.after}") if known else []
        towns = store.records([k.place for k in known])
        for code in known:
            if agrees(store, code, towns[code.place], rest):
                found.append(_found(code, towns[code.place], reading, rest, country))
    return found


def _found(code: PostcodeRecord, town: Record, reading: Reading, rest: Sequence[str], country: str | None) -> Found:
    score = 6.0 + len(rest) - _thought(code.country) / 10 + (BIAS if code.country == country else 0.0)
    if reading.countries:
        score += 0.5
    return Found(place_of(code, town), "postcode", score)


def place_of(code: PostcodeRecord, town: Record) -> Place:
    """The postcode as a place that bears its town's name."""
    return replace(
        town.place,
        id=f"{code.country}:{code.code}",
        kind="postcode",
        country=code.country,
        lat=code.lat,
        lon=code.lon,
        population=0,
        postcode=code.written,
    )


def _thought(country: str) -> int:
    return FIRST_THOUGHT.index(country) if country in FIRST_THOUGHT else len(FIRST_THOUGHT) + 3


def agrees(store: Store, code: PostcodeRecord, town: Record, rest: Sequence[str]) -> bool:
    """Whether each remaining part names the code's country, region, or a town near it."""
    if not rest and len(code.code) < 3 and code.code.isalnum():
        return any(c.isalpha() for c in code.code)
    return all(_part_agrees(store, code, town, part) for part in rest)


def _part_agrees(store: Store, code: PostcodeRecord, town: Record, part: str) -> bool:
    here = replace(town, place=place_of(code, town))
    if any(a.holds(here) for a in areas.meanings(store, part)):
        return True
    return any(_is_near(code, f) for f in matching.match(store, part, code.country)) or fold(part) == fold(
        town.place.name
    )


def _is_near(code: PostcodeRecord, found: Found) -> bool:
    place = found.place
    if place.kind not in ("city", "village"):
        return place.country == code.country and place.kind == "country"
    return place.country == code.country and distance.km(place.lat, place.lon, code.lat, code.lon) < AGREE_KM
