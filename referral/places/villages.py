"""What the postcode table adds when building: each postcode's point and town, and villages that the cities lack."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from math import cos, radians
from typing import NamedTuple

from referral.places.folding import fold
from referral.places.postcodes import kept
from referral.places.sources import City, PostcodeRow

NEAR_KM = 25.0
"""A row and a town of the same name this close are the same."""

_STREETS = frozenset({"SG", "AE", "HK"})
"""Countries whose table names streets and blocks instead of places."""

_DISTRICT = re.compile(r"(?: \d+(?:er?|e)?| [A-ZÖ]{1,2}| \d+\. .*)$")
"""What a post office adds to a town's name: "Paris 01", "København K"."""

Point = tuple[float, float]


@dataclass(slots=True)
class Village:
    """A place that only the postcode table knows."""

    names: list[str]
    country: str
    lat: float
    lon: float
    region: tuple[str, str]
    rows: int = 1


class Postcode(NamedTuple):
    """A postcode with its town: an index into cities, or -1 - an index into villages."""

    country: str
    code: str
    written: str
    lat: float
    lon: float
    town: int


@dataclass(slots=True)
class Towns:
    """Cities and villages by name and by grid cell, growing while the postcode table is read."""

    cities: Sequence[City]
    villages: list[Village] = field(default_factory=list)
    states: dict[tuple[str, str], Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    """(country, state as the table writes it) → how often each admin1 was under it."""
    _named: dict[str, dict[str, list[int]]] = field(default_factory=lambda: defaultdict(dict))
    _grid: dict[str, dict[tuple[int, int], list[int]]] = field(default_factory=lambda: defaultdict(dict))
    _seen: dict[tuple[str, str], list[tuple[float, float, int]]] = field(default_factory=dict)
    _nearest: dict[tuple[str, int, int], int] = field(default_factory=dict)

    def add_city(self, index: int, folded: Iterable[str]) -> None:
        """Let postcode rows meet the city under any of its names."""
        city = self.cities[index]
        named = self._named[city.country]
        for name in folded:
            named.setdefault(name, []).append(index)
        self._grid[city.country].setdefault((int(city.lat // 1), int(city.lon // 1)), []).append(index)

    def town(self, row: PostcodeRow) -> int:
        """The town of a row: a city of that name near, else a village (made when new)."""
        if row.country in _STREETS or not row.name.strip():
            return self.nearest(row.country, row.lat, row.lon)
        clusters = self._seen.setdefault((row.country, row.name), [])
        for lat, lon, known in clusters:
            if _near(lat, lon, row.lat, row.lon):
                self._count(known, row)
                return known
        town = self._city(row)
        if town < 0:
            town = self._village(row)
        clusters.append((row.lat, row.lon, town))
        self._count(town, row)
        return town

    def nearest(self, country: str, lat: float, lon: float) -> int:
        """The city of the country nearest to a tenth of a degree around the point; 0 when it has none at all."""
        key = (country, round(lat * 10), round(lon * 10))
        if key not in self._nearest:
            self._nearest[key] = self._search(country, lat, lon)
        return self._nearest[key]

    def _search(self, country: str, lat: float, lon: float) -> int:
        grid = self._grid.get(country, {})
        for reach in (1, 3, 180):
            found = [i for i in _around(grid, int(lat // 1), int(lon // 1), reach)]
            if found:
                return min(found, key=lambda i: (_squared(self.cities[i].lat, self.cities[i].lon, lat, lon), i))
        return 0

    def _city(self, row: PostcodeRow) -> int:
        named = self._named[row.country]
        for name in dict.fromkeys((row.name, _DISTRICT.sub("", row.name), *_parts(row.name))):
            close = [i for i in named.get(fold(name), ()) if _near(self.cities[i].lat, self.cities[i].lon, row.lat, row.lon)]
            if close:
                return max(close, key=lambda i: (self.cities[i].population, -i))
        return -1

    def _village(self, row: PostcodeRow) -> int:
        """The number of a new village, or of one near under the same folded name."""
        names = _parts(row.name)
        key = (row.country, "/" + fold(names[0]))
        clusters = self._seen.setdefault(key, [])
        for lat, lon, known in clusters:
            if _near(lat, lon, row.lat, row.lon):
                return known
        number = -1 - len(self.villages)
        self.villages.append(Village(names, row.country, row.lat, row.lon, (row.country, row.state), 0))
        clusters.append((row.lat, row.lon, number))
        return number

    def _count(self, town: int, row: PostcodeRow) -> None:
        if town < 0:
            self.villages[-1 - town].rows += 1
        elif row.state:
            self.states[row.country, row.state][self.cities[town].admin1] += 1

    def place_villages(self) -> None:
        """Give every village the admin1 its state stands for, else that of the nearest city."""
        voted = {state: max(sorted(votes), key=votes.__getitem__) for state, votes in self.states.items()}
        for village in self.villages:
            admin1 = voted.get(village.region)
            if admin1 is None and self._grid.get(village.country):
                admin1 = self.cities[self.nearest(village.country, village.lat, village.lon)].admin1
            village.region = (village.country, admin1 or "")


def read(towns: Towns, rows: Iterable[PostcodeRow]) -> Iterator[Postcode]:
    """The postcodes of the table in order of country and code; `towns` learns the villages on the way."""
    served: dict[tuple[str, str], list[tuple[float, float, int]]] = {}
    written: dict[tuple[str, str], str] = {}
    for row in rows:
        key = (row.country, kept(row.country, row.code))
        served.setdefault(key, []).append((row.lat, row.lon, towns.town(row)))
        written.setdefault(key, row.code.partition(" CEDEX")[0])
    for (country, code), parts in sorted(served.items()):
        lat, lon = _middle([p[0] for p in parts]), _middle([p[1] for p in parts])
        yield Postcode(country, code, written[country, code], lat, lon, _main(towns, [p[2] for p in parts]))


def _main(towns: Towns, numbers: list[int]) -> int:
    """The town a postcode is known by: its largest city, else the first village."""
    cities = [n for n in numbers if n >= 0]
    return max(cities, key=lambda n: (towns.cities[n].population, -n)) if cities else numbers[0]


def _middle(values: list[float]) -> float:
    return sorted(values)[len(values) // 2]


def _parts(name: str) -> list[str]:
    """The names in a row's name: both scripts of "Дряново / Drjanovo", without what is in brackets."""
    shown = name.title() if name.isupper() and len(name) > 3 else name
    parts = [re.sub(r"\s*\(.*?\)", "", part).strip() for part in shown.split(" / ")]
    return [p for p in parts if p] or [name]


def _near(lat1: float, lon1: float, lat2: float, lon2: float) -> bool:
    return _squared(lat1, lon1, lat2, lon2) < (NEAR_KM / 111.2) ** 2


def _squared(lat1: float, lon1: float, lat2: float, lon2: float) -> float:
    """The squared distance in degrees of latitude, good enough for neighbours."""
    east = ((lon2 - lon1 + 180) % 360 - 180) * cos(radians(lat1))
    return (lat2 - lat1) ** 2 + east**2


def _around(grid: dict[tuple[int, int], list[int]], lat: int, lon: int, reach: int) -> Iterator[int]:
    if reach > 3:
        for indexes in grid.values():
            yield from indexes
        return
    for a in range(lat - reach, lat + reach + 1):
        for b in range(lon - reach, lon + reach + 1):
            yield from grid.get((a, b), ())
