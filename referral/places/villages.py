"""What the postcode table adds when building: each postcode's point and town, and villages that the cities lack."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from math import cos, radians
from typing import NamedTuple

from referral.places.folding import fold
from referral.places.postcodes import kept
from referral.places.sources import City, Sources
from referral.places.store import DEGREE

NEAR_DEGREES = 0.225
"""A row and a town of the same name are the same within 25 km."""

REACHES = (1, 4, 12)
"""How many cells around a point are searched for its nearest city, before all of the country."""

_STREETS = frozenset({"SG", "AE", "HK"})
"""Countries whose table names streets and blocks instead of places."""

_DISTRICT = re.compile(r"(?: \d+(?:er?|e)?| [A-ZÖ]{1,2}| \d+\. .*)$")
"""What a post office adds to a town's name: "Paris 01", "København K"."""

_BRACKETS = re.compile(r"\s*\([^)]*\)?")


class Served(NamedTuple):
    """A place of the postcode table with all the postcodes that serve it."""

    country: str
    name: str
    state: str
    lat: float
    lon: float
    codes: list[str]


def served(sources: Sources) -> list[tuple[str, str, str, float, float, list[str]]]:
    """The postcode table, one plain row for each place (runs in a process of its own beside the reading of cities)."""
    places: dict[tuple[str, str, str, float, float], list[str]] = {}
    for row in sources.postcodes():
        places.setdefault((row.country, row.name, row.state, row.lat, row.lon), []).append(row.code)
    return [(*place, codes) for place, codes in places.items()]


@dataclass(slots=True)
class Village:
    """A place that only the postcode table knows."""

    names: list[str]
    country: str
    lat: float
    lon: float
    region: tuple[str, str]
    """Country and state as the table writes it; after `place_villages` country and admin1."""


Postcode = tuple[str, str, str, int, int, int]
"""Code, country, as written, point as the file keeps it, town: an index into cities, or -1 - one into villages."""

Cell = tuple[int, int]


@dataclass(slots=True)
class Towns:
    """Cities and villages by name and by grid cell, growing while the postcode table is read."""

    cities: Sequence[City]
    villages: list[Village] = field(default_factory=list)
    states: dict[tuple[str, str], Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    """(country, state as the table writes it) → how often each admin1 was under it."""
    _named: dict[str, dict[str, list[int]]] = field(default_factory=lambda: defaultdict(dict))
    _grid: dict[str, dict[Cell, list[int]]] = field(default_factory=lambda: defaultdict(dict))
    _met: dict[tuple[str, str, int, int], int] = field(default_factory=dict)
    """(country, folded name, quarter-degree cell) → the village there."""
    _nearest: dict[tuple[str, int, int], int] = field(default_factory=dict)

    def add_city(self, index: int, folded: Iterable[str]) -> None:
        """Let postcode rows meet the city under any of its names."""
        city = self.cities[index]
        named = self._named[city.country]
        for name in folded:
            named.setdefault(name, []).append(index)
        self._grid[city.country].setdefault(_cell(city.lat, city.lon), []).append(index)

    def town(self, row: Served) -> int:
        """The town of a row: a city of that name near, else a village (made when new)."""
        if row.country in _STREETS or not row.name.strip():
            return self.nearest(row.country, row.lat, row.lon)
        folded = fold(row.name)
        city = self._city(row, folded)
        if city >= 0:
            if row.state:
                self.states[row.country, row.state][self.cities[city].admin1] += 1
            return city
        return self._village(row, folded)

    def nearest(self, country: str, lat: float, lon: float) -> int:
        """The city of the country nearest to a tenth of a degree around the point; 0 when it has none at all."""
        key = (country, round(lat * 10), round(lon * 10))
        if key not in self._nearest:
            self._nearest[key] = self._search(country, lat, lon)
        return self._nearest[key]

    def _search(self, country: str, lat: float, lon: float) -> int:
        grid = self._grid.get(country, {})
        for reach in (*REACHES, None):
            found = list(_around(grid, _cell(lat, lon), reach))
            if found:
                return min(found, key=lambda i: (_squared(self.cities[i].lat, self.cities[i].lon, lat, lon), i))
        return 0

    def _city(self, row: Served, folded: str) -> int:
        """The largest city near of that name, or of the name without what post offices add; -1 for none."""
        named = self._named[row.country]
        close = self._close(named.get(folded, ()), row)
        if not close and (row.name[-1].isdigit() or row.name[-2:].strip().isupper() or ". " in row.name):
            close = self._close(named.get(fold(_DISTRICT.sub("", row.name)), ()), row)
        if not close and (names := parts(row.name)) != [row.name]:
            close = next((found for name in names if (found := self._close(named.get(fold(name), ()), row))), [])
        return max(close, key=lambda i: (self.cities[i].population, -i)) if close else -1

    def _close(self, indexes: Iterable[int], row: Served) -> list[int]:
        return [i for i in indexes if _is_near(self.cities[i].lat, self.cities[i].lon, row.lat, row.lon)]

    def _village(self, row: Served, folded: str) -> int:
        """The number of a village of that name in a neighbouring cell, or of a new one."""
        names = parts(row.name)
        folded = folded if names[0] == row.name else fold(names[0])
        north, east = _cell(row.lat, row.lon)
        for a in (north, north - 1, north + 1):
            for b in (east, east - 1, east + 1):
                known = self._met.get((row.country, folded, a, b))
                if known is not None:
                    return known
        number = -1 - len(self.villages)
        self.villages.append(Village(names, row.country, row.lat, row.lon, (row.country, row.state)))
        self._met[row.country, folded, north, east] = number
        return number

    def place_villages(self) -> None:
        """Give every village the admin1 its state stands for, else that of the nearest city."""
        voted = self.admin1_of_states()
        for village in self.villages:
            admin1 = voted.get(village.region)
            if admin1 is None and self._grid.get(village.country):
                admin1 = self.cities[self.nearest(village.country, village.lat, village.lon)].admin1
            village.region = (village.country, admin1 or "")

    def admin1_of_states(self) -> dict[tuple[str, str], str]:
        """(country, state) → the admin1 most of its towns lie in, where most of them agree."""
        voted: dict[tuple[str, str], str] = {}
        for state, votes in sorted(self.states.items()):
            admin1, most = min(votes.items(), key=lambda v: (-v[1], v[0]))
            if most * 2 > votes.total():
                voted[state] = admin1
        return voted


def postcodes(towns: Towns, rows: Iterable[Served]) -> list[Postcode]:
    """The postcodes of the table in order of code and country; `towns` learns the villages on the way."""
    points: dict[tuple[str, str], list[tuple[float, float, int]]] = {}
    written: dict[tuple[str, str], str] = {}
    for row in rows:
        country, point = row.country, (row.lat, row.lon, towns.town(row))
        for code in row.codes:
            key = (kept(country, code), country)
            if key in points:
                points[key].append(point)
            else:
                points[key] = [point]
                written[key] = code.partition(" CEDEX")[0]
    return [(*key, written[key], *_middle(points[key]), _main(towns, points[key])) for key in sorted(points)]


def _main(towns: Towns, points: list[tuple[float, float, int]]) -> int:
    """The town a postcode is known by: its largest city, else the first village."""
    if len(points) == 1:
        return points[0][2]
    cities = [town for _, _, town in points if town >= 0]
    return max(cities, key=lambda n: (towns.cities[n].population, -n)) if cities else points[0][2]


def _middle(points: list[tuple[float, float, int]]) -> tuple[int, int]:
    """The median point, which one stray row does not move."""
    lat, lon, _ = points[0]
    if len(points) > 1:
        middle = len(points) // 2
        lat, lon = sorted(p[0] for p in points)[middle], sorted(p[1] for p in points)[middle]
    return round(lat * DEGREE), round(lon * DEGREE)


def parts(name: str) -> list[str]:
    """The names in a row's name: both scripts of "Дряново / Drjanovo", without what is in brackets."""
    if " / " not in name and "(" not in name and not name.isupper():
        return [name]
    shown = name.title() if name.isupper() and len(name) > 3 else name
    found = [part.strip() for part in _BRACKETS.sub("", shown).split(" / ")]
    return [part for part in found if part] or [name]


def _is_near(lat1: float, lon1: float, lat2: float, lon2: float) -> bool:
    return abs(lat1 - lat2) < NEAR_DEGREES and _squared(lat1, lon1, lat2, lon2) < NEAR_DEGREES**2


def _squared(lat1: float, lon1: float, lat2: float, lon2: float) -> float:
    """The squared distance in degrees of latitude, good enough for neighbours."""
    east = ((lon2 - lon1 + 180) % 360 - 180) * cos(radians(lat1))
    return (lat2 - lat1) ** 2 + east**2


def _cell(lat: float, lon: float) -> Cell:
    """The quarter degree a point lies in."""
    return int(lat * 4 // 1), int(lon * 4 // 1)


def _around(grid: dict[Cell, list[int]], cell: Cell, reach: int | None) -> Iterator[int]:
    """The cities up to `reach` cells away; all of them when it is None."""
    if reach is None:
        for indexes in grid.values():
            yield from indexes
        return
    north, east = cell
    for a in range(north - reach, north + reach + 1):
        for b in range(east - reach, east + reach + 1):
            if (a, b) in grid:
                yield from grid[a, b]
