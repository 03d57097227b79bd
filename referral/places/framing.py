"""What a small map shows: circles, outlines of countries, points that are exact, and how much of the world."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache

from babel.core import get_global

from referral.places import distance

Json = dict[str, object]

Circle = tuple[float, float, float]
"""Degrees WGS 84 and km: latitude, longitude, radius."""

CLOSE_KM = 2.0
"""An exact point is shown with so much around it."""

_FORMER = frozenset({"230", "249", "278", "280", "720", "736", "886"})
"""Numbers of countries that were: their people live in one that has another."""


@dataclass(frozen=True, slots=True)
class Framed:
    """One map: what it draws, and what of the world it shows."""

    circles: list[Json]
    """{"lat", "lon", "radius_km"} of each."""
    bbox: list[float] | None
    """West, south, east, north; None for the whole world."""
    points: list[list[float]] = field(default_factory=list)
    """[latitude, longitude] of what needs no circle."""
    outlines: list[str] = field(default_factory=list)
    """ISO 3166-1 numbers of countries that are drawn as they are shaped."""


def framed(circles: Sequence[Circle], digits: int = 3) -> Framed | None:
    """A map that holds all circles, those of 0 km drawn as points; None without any.

    A circle over a pole or the antimeridian is shown on a map of the whole world.
    """
    if not circles:
        return None
    boxes = [distance.box(lat, lon, reach or CLOSE_KM) for lat, lon, reach in circles]
    return Framed(
        circles=[
            {"lat": round(lat, digits), "lon": round(lon, digits), "radius_km": reach}
            for lat, lon, reach in circles
            if reach
        ],
        bbox=None if any(box.west > box.east for box in boxes) else _around(boxes),
        points=[[lat, lon] for lat, lon, reach in circles if not reach],
    )


def number(country: str) -> str:
    """The ISO 3166-1 number of a country, three digits; empty for one that has none."""
    return _numbers().get(country, "")


@cache
def _numbers() -> dict[str, str]:
    known = get_global("territory_aliases")
    return {codes[0]: old for old, codes in known.items() if old.isdigit() and len(codes) == 1 and old not in _FORMER}


def _around(boxes: Sequence[distance.Box]) -> list[float]:
    west, south = min(b.west for b in boxes), min(b.south for b in boxes)
    east, north = max(b.east for b in boxes), max(b.north for b in boxes)
    return [round(edge, 2) for edge in (west, south, east, north)]
