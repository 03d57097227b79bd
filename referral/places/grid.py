"""Which towns of a country are near a point, while building: quarter degrees, good enough for neighbours."""

from collections.abc import Iterator, Sequence
from math import cos, floor, radians

import numpy as np

from referral.places.sources import City

NEAR_DEGREES = 0.225
"""A row and a town of the same name are the same within 25 km."""

REACHES = (1, 4, 12)
"""How many cells around a point are searched for its nearest city, before all of the country."""


Cell = tuple[int, int]
"""The quarter degree a point lies in."""


class Grid:
    """The cities of a country as columns, for the nearest one."""

    def __init__(self, cities: Sequence[City]) -> None:
        self._lat, self._lon = np.array([c.lat for c in cities]), np.array([c.lon for c in cities])
        self._narrow = np.array([cos(radians(c.lat)) for c in cities])
        self._north, self._east = np.floor(self._lat * 4).astype(int), np.floor(self._lon * 4).astype(int)

    def nearest(self, lat: float, lon: float) -> int:
        """The index of the nearest city, in the cells around the point before those further away."""
        north, east = floor(lat * 4), floor(lon * 4)
        away = np.maximum(abs(self._north - north), abs(self._east - east))
        reach = next((r for r in REACHES if (away <= r).any()), away.max())
        near = np.flatnonzero(away <= reach)
        across = ((lon - self._lon[near] + 180) % 360 - 180) * self._narrow[near]
        return int(near[np.argmin((lat - self._lat[near]) ** 2 + across**2)])


def is_near(lat1: float, lon1: float, lat2: float, lon2: float) -> bool:
    """Whether two points are within `NEAR_DEGREES` of latitude, good enough for neighbours."""
    if abs(lat1 - lat2) >= NEAR_DEGREES:
        return False
    east = ((lon2 - lon1 + 180) % 360 - 180) * cos(radians(lat1))
    return (lat2 - lat1) ** 2 + east**2 < NEAR_DEGREES**2


def around(north: int, east: int) -> Iterator[Cell]:
    """The cell and its neighbours, those of the same latitude first."""
    for a in (north, north - 1, north + 1):
        for b in (east, east - 1, east + 1):
            yield a, b
