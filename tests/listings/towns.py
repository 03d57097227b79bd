"""A few real towns, so that tests of invented listings need no gazetteer."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class Town:
    name: str
    country: str
    region_code: str
    region: str
    lat: float
    lon: float
    population: int


TOWNS = (
    Town("Chicago", "US", "US-IL", "Illinois", 41.85003, -87.65005, 2_720_546),
    Town("Springfield", "US", "US-IL", "Illinois", 39.80172, -89.64371, 116_565),
    Town("Austin", "US", "US-TX", "Texas", 30.26715, -97.74306, 974_447),
    Town("Toronto", "CA", "CA-ON", "Ontario", 43.70643, -79.39864, 2_794_356),
    Town("Montréal", "CA", "CA-QC", "Quebec", 45.50884, -73.58781, 1_762_949),
    Town("Köln", "DE", "DE-NW", "North Rhine-Westphalia", 50.93333, 6.95, 1_024_621),
    Town("Wien", "AT", "AT-9", "Vienna", 48.20849, 16.37208, 1_691_468),
    Town("Genève", "CH", "CH-GE", "Geneva", 46.20222, 6.14569, 183_981),
    Town("Lyon", "FR", "FR-ARA", "Auvergne-Rhône-Alpes", 45.74846, 4.84671, 522_969),
    Town("Utrecht", "NL", "NL-UT", "Utrecht", 52.09083, 5.12222, 290_529),
    Town("Tel Aviv", "IL", "IL-TA", "Tel Aviv", 32.08088, 34.78057, 432_892),
    Town("Seoul", "KR", "KR-11", "Seoul", 37.566, 126.9784, 10_349_312),
    Town("Nuku‘alofa", "TO", "TO-04", "Tongatapu", -21.13938, -175.2018, 22_400),
)


@dataclass(frozen=True)
class Found:
    place: Town
    match: str = "exact"


class Towns:
    """A gazetteer of these few."""

    def cities(self, countries: Collection[str], min_population: int) -> Iterable[Town]:
        return [t for t in TOWNS if t.country in countries and t.population >= min_population]

    def find(self, line: str, *, country: str | None = None, limit: int = 6) -> list[Found]:
        return [Found(t) for t in TOWNS if line.split(",")[0] == t.name]

    def nearest(self, lat: float, lon: float) -> Town | None:
        return min(TOWNS, key=lambda t: (t.lat - lat) ** 2 + (t.lon - lon) ** 2)
