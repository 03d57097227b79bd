"""Towns of one name in one country: what tells those of a region apart, and which are only quarters of a city.

Used when building, a country at a time.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from referral.places import distance, kinds, names, rank
from referral.places.areas import NEAR_TOWN_KM
from referral.places.folding import fold
from referral.places.sources import City

PLAIN = 10
"""The largest of a region's namesakes needs no more said when so many times as many live there."""

LARGE_TOWN = 50_000
"""A region of the name of a town this large comes after it; after it, the town says its region too ("Goiás, Goiás")."""

KNOWN = 10_000
"""People of a town that others are told apart by."""
NEAR_DEGREES = 0.4

CITY_OF_QUARTERS = 10
"""So many times as many people live in the city a quarter belongs to ..."""
QUARTER_KM = 25.0
"""... whose middle is this near."""

CITY = 100_000
"""Two of one name with so many people ..."""
TWICE_KM = 35.0
"""... and this near are one city, listed again as its municipality (Buenaventura in Colombia)."""

Divisions = Mapping[tuple[str, str], str]
"""(admin1, admin2) → name of the county; with an empty admin2, of the region."""


def joined(cities: Sequence[City]) -> list[City]:
    """The same, of a city that is listed twice the row with most names, and the most people of both."""
    gone: set[int] = set()
    kept = list(cities)
    large = ((fold(c.name), c.admin1) if c.population >= CITY else index for index, c in enumerate(cities))
    for group in _alike(cities, large):
        for one, other in combinations(sorted(group, key=lambda i: (-len(cities[i].names), i)), 2):
            if not {one, other} & gone and _km(cities[one], cities[other]) < TWICE_KM:
                gone.add(other)
                kept[one] = kept[one]._replace(population=max(kept[one].population, cities[other].population))
    return [city for index, city in enumerate(kept) if index not in gone]


def told_apart(cities: Sequence[City], divisions: Divisions) -> dict[int, str]:
    """Index → what its label says more, of every town that shares name and region with another.

    The county, else a larger town near; where neither tells two apart, the nearest of the region that people know.
    """
    beside = _Beside(cities)
    told: dict[int, str] = {}
    for group in _alike(cities, ((fold(city.name), city.admin1) for city in cities)):
        if stands_out := _stands_out(cities, group):
            group = group[1:]
        counties = [_county(cities[index], divisions) for index in group]
        for index, county in zip(group, counties, strict=True):
            told[index] = county if county and counties.count(county) == 1 else beside.known(index)
        if len(untold := [index for index in group if not told[index]]) > 1 - stands_out:
            told |= {index: beside.nearest(index) for index in untold}
        told |= {index: beside.next(index) for index in _still_alike(group, told)}
    return {index: name for index, name in told.items() if name}


def said_with_region(cities: Sequence[City], divisions: Divisions, people: Mapping[str, int]) -> dict[int, str]:
    """Index → its region, of towns that must say it though it bears their name; `people` are those of each admin1.

    Because the region, another of just that name or a larger town would be found first by the name with the country.
    """
    largest: dict[str, int] = {}
    for city in cities:
        largest[fold(city.name)] = max(city.population, largest.get(fold(city.name), 0))
    regions: dict[str, set[str]] = defaultdict(set)
    for (admin1, admin2), name in divisions.items():
        if not admin2:
            regions[fold(name)].add(admin1)

    def is_first(city: City) -> bool:
        town, region = rank.prominence("city", city.population), rank.prominence("region", people.get(city.admin1, 0))
        is_known = city.population >= LARGE_TOWN or town > region
        return is_known and largest[fold(city.name)] == city.population and regions[fold(city.name)] <= {city.admin1}

    own = ((index, city, divisions.get((city.admin1, ""), "")) for index, city in enumerate(cities))
    return {i: region for i, city, region in own if kinds.is_own(city.name, region) and not is_first(city)}


def _still_alike(group: Sequence[int], told: Mapping[int, str]) -> list[int]:
    """Those of a group, but for its largest, of which nothing else is said than of another."""
    said = [told[index] for index in group]
    return [index for at, index in enumerate(group) if said[at] in said[:at]]


def _stands_out(cities: Sequence[City], group: Sequence[int]) -> bool:
    return cities[group[0]].population >= PLAIN * max(1, cities[group[1]].population)


def _county(city: City, divisions: Divisions) -> str:
    """The name of its county; empty where that is only its own."""
    name = divisions.get((city.admin1, city.admin2), "") if city.admin2 else ""
    return "" if fold(city.name) in names.of_division(name) else name


def _alike(cities: Sequence[City], keys: Iterable[object]) -> Iterator[list[int]]:
    """The cities with the same key as another, each group from its largest."""
    groups: dict[object, list[int]] = defaultdict(list)
    for index, key in enumerate(keys):
        groups[key].append(index)
    for group in groups.values():
        if len(group) > 1:
            yield sorted(group, key=lambda i: (-cities[i].population, i))


class _Beside:
    """The towns near others that people know."""

    def __init__(self, cities: Sequence[City]) -> None:
        self._cities = cities
        self._lat, self._lon = np.array([c.lat for c in cities]), np.array([c.lon for c in cities])
        self._people = np.array([c.population for c in cities])

    def known(self, index: int) -> str:
        """The name of the nearest town of more people; empty without one."""
        town = self._cities[index]
        near = (abs(self._lat - town.lat) < NEAR_DEGREES) & (abs(self._lon - town.lon) < NEAR_DEGREES)
        ways = self._ways(town, near & (self._people >= max(KNOWN, town.population)))
        return min((way for way in ways if way[0] < NEAR_TOWN_KM), default=(0.0, ""))[1]

    def nearest(self, index: int) -> str:
        """The name of the nearest known town of the region, however far and however large; empty without one."""
        town = self._cities[index]
        own = np.array([other.admin1 == town.admin1 for other in self._cities])
        return min(self._ways(town, own & (self._people >= KNOWN)), default=(0.0, ""))[1]

    def next(self, index: int) -> str:
        """The name of the nearest place of the region, however small; empty without one."""
        town = self._cities[index]
        near = (abs(self._lat - town.lat) < NEAR_DEGREES) & (abs(self._lon - town.lon) < NEAR_DEGREES)
        own = np.array([other.admin1 == town.admin1 for other in self._cities])
        return min(self._ways(town, near & own), default=(0.0, ""))[1] or self.nearest(index)

    def _ways(self, town: City, picked: NDArray[np.bool_]) -> list[tuple[float, str]]:
        """(km, name) of each of these that is called otherwise."""
        others = (self._cities[int(i)] for i in np.flatnonzero(picked))
        return [(_km(town, other), other.name) for other in others if fold(other.name) != fold(town.name)]


def parts(cities: Sequence[City]) -> Iterator[int]:
    """The quarters that bear the name of their city with a number in brackets: "Zürich (Kreis 11)" is no Zürich."""
    called: dict[str, list[City]] = defaultdict(list)
    bare = {index: names.without_bracket(city.name) for index, city in enumerate(cities) if "(" in city.name}
    wanted = set(bare.values())
    for city in cities:
        if city.name in wanted:
            called[city.name].append(city)
    for index, name in bare.items():
        one = cities[index]
        if any(c.population > one.population and _km(one, c) < QUARTER_KM for c in called[name]):
            yield index


def quarters(cities: Sequence[City], divisions: Divisions) -> dict[int, int]:
    """The quarters of a city that bear the name of a town which names its own county or region; and that town."""
    cores = cache(names.of_division)

    def names_own(city: City) -> bool:
        keys = ((city.admin1, city.admin2), (city.admin1, ""))
        return any(fold(city.name) in cores(divisions[key]) for key in keys if key in divisions)

    heads: dict[tuple[str, str], City] = {}
    for city in cities:
        key = (city.admin1, city.admin2)
        if (key not in heads or heads[key].population < city.population) and names_own(city):
            heads[key] = city
    found: dict[int, int] = {}
    for group in _alike(cities, (fold(city.name) for city in cities)):
        if seat := [i for i in group if names_own(cities[i])]:
            parts = (i for i in group if _is_quarter(cities[i], heads.get((cities[i].admin1, cities[i].admin2))))
            found |= dict.fromkeys(parts, seat[0])
    return found


def _is_quarter(town: City, city: City | None) -> bool:
    if city is None or city.population < CITY_OF_QUARTERS * town.population:
        return False
    return _km(town, city) < QUARTER_KM


def _km(one: City, other: City) -> float:
    return distance.km(one.lat, one.lon, other.lat, other.lon)
