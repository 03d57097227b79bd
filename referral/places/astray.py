"""Postcodes of a city that a table puts at one point far from it: they are where the city is. Used when building.

India's table has 84 codes of Bengaluru at one point 28 km to the north, that of its district.
"""

import re
import tomllib
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path

from referral.places import distance
from referral.places.folding import fold
from referral.places.sources import City

MANY = 5
"""So many codes of a city at one point have none of their own."""
SERIES, SHORTEST = 2, 5
"""Figures at the end of a code that count a city's up, and how long it is at least."""
FAR_KM, NEAR_KM = 10.0, 40.0
"""A point so near the city is right enough, one so far is another town's."""

SHARED = 20
"""So many codes more at the point of one of a sorting district have none of their own, either."""
SORTING = Path(__file__).with_name("sorting.toml")
"""Country → what the codes of a great city begin with → the city."""

CITY = 100_000
"""People of a city after which half the codes are called ..."""
OF_OFFICE = 300_000
"""... and of one that only has its head office among them, as in India, where each code is called after a quarter."""
LARGER = 3
"""How many times as many people a city has whose suburb another is."""
_HEAD_OFFICE = re.compile(r"(.+?) (?:G\.?P\.?O|H\.?P?\.?O)\b\.?")

Row = tuple[str, str, float, float, list[str]]
"""As `villages.Served`: name, state, point, codes."""
Series = tuple[float, float, str]
"""A point, and what the codes there begin with."""


def series(lat: float, lon: float, code: str) -> Series:
    """What a code at a point belongs to."""
    return lat, lon, code[:-SERIES]


def astray(cities: Sequence[City], called: Callable[[str], Iterable[int]], rows: Iterable[Row]) -> dict[Series, int]:
    """The city (an index) of each series of codes that stands far from it; `called` are those of a folded name."""
    groups = {key: names for key, names in _names(rows).items() if len(set().union(*names.values())) >= MANY}
    found: dict[Series, int] = {}
    for key, names in groups.items():
        ways = {index: way for index, way in _likely(cities, called, key, names) if way <= NEAR_KM}
        city = max(ways, key=lambda index: (cities[index].population, -index), default=-1)
        if city >= 0 and ways[city] > FAR_KM and not _is_of_larger(cities, key, cities[city], ways[city]):
            found[key] = city
    return found


def sorted_to(
    country: str, cities: Sequence[City], called: Callable[[str], Iterable[int]], rows: Iterable[Row]
) -> dict[Series, int]:
    """The city of each series that a sorting district is known to have, and that no town near its point can have."""
    codes: dict[Series, set[str]] = defaultdict(set)
    shared: dict[tuple[float, float], set[str]] = defaultdict(set)
    for _, _, lat, lon, own in rows if country in _sorting() else ():
        for code in own:
            codes[series(lat, lon, code)].add(code)
            shared[lat, lon].add(code)
    found: dict[Series, int] = {}
    for key in codes:
        name = next((name for begun, name in _sorting()[country].items() if key[2].startswith(begun)), "")
        city = max(called(fold(name)) if name else (), key=lambda index: cities[index].population, default=-1)
        way = distance.km(cities[city].lat, cities[city].lon, *key[:2]) if city >= 0 else 0.0
        if way > (FAR_KM if len(shared[key[:2]]) > SHARED else NEAR_KM):
            found[key] = city
    return found


@cache
def _sorting() -> Mapping[str, Mapping[str, str]]:
    kept: dict[str, dict[str, str]] = tomllib.loads(SORTING.read_text("utf-8"))
    return kept


def _is_of_larger(cities: Sequence[City], key: Series, city: City, way: float) -> bool:
    """Whether the point is nearer to a larger city: that of Mumbai's codes to Mumbai, not to Borivali in its north."""
    larger = (c for c in cities if c.population >= LARGER * city.population)
    return any(distance.km(c.lat, c.lon, *key[:2]) < way for c in larger)


def _names(rows: Iterable[Row]) -> Mapping[Series, Mapping[str, set[str]]]:
    """The names of each series, and the codes that bear them."""
    found: dict[Series, dict[str, set[str]]] = defaultdict(dict)
    for name, _, lat, lon, codes in rows:
        for code in codes:
            if len(code) >= SHORTEST:
                found[series(lat, lon, code)].setdefault(name, set()).add(code)
    return found


def _likely(
    cities: Sequence[City], called: Callable[[str], Iterable[int]], key: Series, names: Mapping[str, set[str]]
) -> Iterator[tuple[int, float]]:
    """The cities that the codes of a series are of, and how far away each is."""
    half = len(set().union(*names.values())) / 2
    for name, codes in names.items():
        office = _HEAD_OFFICE.fullmatch(name)
        if office is None and len(codes) < half:
            continue
        folded = fold(office[1] if office else name)
        for index in called(folded):
            city = cities[index]
            if city.population >= (OF_OFFICE if office else CITY) and not _is_longer(folded, city):
                yield index, distance.km(city.lat, city.lon, *key[:2])


def _is_longer(folded: str, city: City) -> bool:
    """Whether a name is the city's and more, which is another place: Vieira de Leiria, on the coast."""
    main = fold(city.name)
    return folded != main and f" {main} " in f" {folded} "
