"""The middle and reach of countries, regions and counties, from the towns inside them; used when building."""

from collections import defaultdict
from collections.abc import Iterable
from math import atan2, cos, degrees, hypot, radians, sin
from typing import NamedTuple

from referral.places import distance
from referral.places.sources import City

MIN_RADIUS_KM = 10.0
REACHED = 0.95
"""Share of an area's towns that lie within its radius."""


class Extent(NamedTuple):
    """Where an area is."""

    lat: float
    lon: float
    radius_km: float
    population: int


def extents(cities: Iterable[City]) -> dict[tuple[str, ...], Extent]:
    """The extent of every (country,), (country, admin1) and (country, admin1, admin2) that has towns."""
    members: dict[tuple[str, ...], list[City]] = defaultdict(list)
    for city in cities:
        members[(city.country,)].append(city)
        members[city.country, city.admin1].append(city)
        if city.admin2:
            members[city.country, city.admin1, city.admin2].append(city)
    return {key: _extent(towns) for key, towns in members.items()}


def _extent(towns: list[City]) -> Extent:
    """The mean of the towns' unit vectors, so that a country across the antimeridian has its middle there."""
    x = y = z = 0.0
    for town in towns:
        lat, lon = radians(town.lat), radians(town.lon)
        x, y, z = x + cos(lat) * cos(lon), y + cos(lat) * sin(lon), z + sin(lat)
    lat, lon = degrees(atan2(z, hypot(x, y))), degrees(atan2(y, x))
    reaches = sorted(distance.km(lat, lon, t.lat, t.lon) for t in towns)
    radius = max(MIN_RADIUS_KM, reaches[int((len(reaches) - 1) * REACHED)])
    return Extent(lat, lon, radius, sum(t.population for t in towns))
