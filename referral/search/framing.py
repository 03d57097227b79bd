"""What part of the world a map shows first: where people were looked for, and where those who match are."""

from collections.abc import Iterable, Sequence
from itertools import pairwise

from index.types import Circle, Pin, Point
from referral.places import distance
from referral.places.types import Place

MANY = 40
"""From so many pins on, a map of a whole area begins where nearly all of them are ..."""

NEARLY_ALL = 0.98
"""... in each direction, so that two people in Hawaii do not make a heap of all others."""

AREA_KM = 300.0
"""How far a place reaches of which nobody knows."""

HALF = 180
"""Degrees: what reaches further than half around the world is seen on a map of all of it ..."""

EDGE = -170.0
"""... which begins at this longitude, where nobody lives, as people know it (static/map.js)."""

Frame = tuple[float, float, float, float]
"""West, south, east, north in degrees WGS 84, as in RFC 7946: west is greater than east across the antimeridian."""


def frame(pins: Sequence[Pin], circles: Sequence[Circle], place: Place | None) -> Frame | None:
    """The whole circles with all pins or, without circles, the pins; without either, the area itself."""
    spots = [(c.lat, c.lon, c.radius) for c in circles]
    if place is not None and not spots and not pins:
        spots = [(place.lat, place.lon, place.radius_km or AREA_KM)]
    points = [*_central(pins, circles), *(corner for spot in spots for corner in _corners(*spot))]
    return _around(points) if points else None


def _central(pins: Sequence[Pin], circles: Sequence[Circle]) -> list[Point]:
    """All pins; of the many of a whole area those that are not the outermost."""
    points = [(p.lat, p.lon) for p in pins]
    if circles or len(points) < MANY:
        return points
    west = _after_widest_gap(lon for _lat, lon in points)
    south, north = _middle(lat for lat, _lon in points)
    left, right = _middle((lon - west) % 360 for _lat, lon in points)
    inside = [p for p in points if south <= p[0] <= north and left <= (p[1] - west) % 360 <= right]
    return inside or points


def _middle(values: Iterable[float]) -> tuple[float, float]:
    """The least and the most of nearly all values."""
    ordered = sorted(values)
    left_out = round(len(ordered) * (1 - NEARLY_ALL) / 2)
    return ordered[left_out], ordered[-1 - left_out]


def _corners(lat: float, lon: float, km: float) -> list[Point]:
    box = distance.box(lat, lon, km)
    return [(box.south, box.west), (lat, lon), (box.north, box.east)]


def _around(points: Sequence[Point]) -> Frame:
    """The smallest frame that holds all points; of those all over the world the one with Europe in the middle."""
    west = _after_widest_gap(lon for _lat, lon in points)
    if max((lon - west) % 360 for _lat, lon in points) > HALF:
        west = min((lon for _lat, lon in points), key=lambda lon: (lon - EDGE) % 360)
    wide = max((lon - west) % 360 for _lat, lon in points)
    lats = [lat for lat, _lon in points]
    east = west + wide if west + wide <= 180 else west + wide - 360
    return round(west, 4), round(min(lats), 4), round(east, 4), round(max(lats), 4)


def _after_widest_gap(lons: Iterable[float]) -> float:
    """The longitude from which all others lie eastwards on the shortest arc."""
    ordered = sorted(set(lons))
    gaps = [(after - before, after) for before, after in pairwise(ordered)]
    return max([*gaps, (ordered[0] + 360 - ordered[-1], ordered[0])])[1]
