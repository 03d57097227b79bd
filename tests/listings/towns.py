"""A few real towns, so that tests of invented listings need no gazetteer."""

from collections.abc import Collection, Iterable

from referral.places.types import Found, Place


def _town(name: str, region_code: str, region: str, lat: float, lon: float, population: int) -> Place:
    return Place(name, name, "city", region_code[:2], region_code, region, lat, lon, population)


TOWNS = (
    _town("Chicago", "US-IL", "Illinois", 41.85003, -87.65005, 2_720_546),
    _town("Springfield", "US-IL", "Illinois", 39.80172, -89.64371, 116_565),
    _town("Austin", "US-TX", "Texas", 30.26715, -97.74306, 974_447),
    _town("Toronto", "CA-ON", "Ontario", 43.70643, -79.39864, 2_794_356),
    _town("Montréal", "CA-QC", "Quebec", 45.50884, -73.58781, 1_762_949),
    _town("Köln", "DE-NW", "North Rhine-Westphalia", 50.93333, 6.95, 1_024_621),
    _town("Wien", "AT-9", "Vienna", 48.20849, 16.37208, 1_691_468),
    _town("Genève", "CH-GE", "Geneva", 46.20222, 6.14569, 183_981),
    _town("Lyon", "FR-ARA", "Auvergne-Rhône-Alpes", 45.74846, 4.84671, 522_969),
    _town("Utrecht", "NL-UT", "Utrecht", 52.09083, 5.12222, 290_529),
    _town("Tel Aviv", "IL-TA", "Tel Aviv", 32.08088, 34.78057, 432_892),
    _town("Seoul", "KR-11", "Seoul", 37.566, 126.9784, 10_349_312),
    _town("Nuku‘alofa", "TO-04", "Tongatapu", -21.13938, -175.2018, 22_400),
)


class Towns:
    """A gazetteer of these few."""

    def cities(self, countries: Collection[str], min_population: int) -> Iterable[Place]:
        return [t for t in TOWNS if t.country in countries and t.population >= min_population]

    def find(self, line: str, *, country: str | None = None, limit: int = 6) -> list[Found]:
        return [Found(t, "exact", 1.0) for t in TOWNS if line.split(",")[0] == t.name]

    def nearest(self, lat: float, lon: float) -> Place | None:
        return min(TOWNS, key=lambda t: (t.lat - lat) ** 2 + (t.lon - lon) ** 2)
