"""What a small map shows: circles around points, the points that are exact, and how much of the world it takes in."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from referral.places import distance

Json = dict[str, object]

Circle = tuple[float, float, float]
"""Degrees WGS 84 and km: latitude, longitude, radius."""

CLOSE_KM = 2.0
"""An exact point is shown with so much around it."""


@dataclass(frozen=True, slots=True)
class Framed:
    """One map: what it draws, and what of the world it shows."""

    circles: list[Json]
    """{"lat", "lon", "radius_km"} of each."""
    bbox: list[float] | None
    """West, south, east, north; None for the whole world."""
    points: list[list[float]] = field(default_factory=list)
    """[latitude, longitude] of what needs no circle."""


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


def _around(boxes: Sequence[distance.Box]) -> list[float]:
    west, south = min(b.west for b in boxes), min(b.south for b in boxes)
    east, north = max(b.east for b in boxes), max(b.north for b in boxes)
    return [round(edge, 2) for edge in (west, south, east, north)]
