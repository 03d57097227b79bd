"""From raw rows to the rows of the gazetteer, in memory: numbering, names with their worth, areas with their extent."""

from collections.abc import Iterable, Mapping, Sequence, Set
from concurrent.futures import Executor, Future
from dataclasses import dataclass, field
from operator import itemgetter
from zlib import crc32

from referral.places import heads, names, rank, spelling, villages
from referral.places.folding import fold, spellings
from referral.places.names import Names
from referral.places.regions import Naming, join
from referral.places.sources import City, Country, Sources
from referral.places.store import DEGREE, KINDS
from referral.places.territory import Extent, extents
from referral.places.villages import Served, Towns, Village

REGION_ROWS = 100_000_000
COUNTY_ROWS = 110_000_000
VILLAGE_ROWS = 200_000_000
"""Row numbers of what has no GeoNames number; villages follow from a checksum, to stay the same between versions."""

LARGE_TOWN = 50_000
"""A region named after a town this large inside it comes second to the town ("New York")."""

SECOND = 0.2
"""By how much it comes second."""

PlaceRow = tuple[int, int, str, str, int | None, int | None, int, int, int, int | None, str | None]
NameRow = tuple[str, int, int, str, int]

PostcodeRow = tuple[str, str, str, int, int, int]

Key = tuple[str, str]
"""Country and GeoNames admin1."""


@dataclass(slots=True)
class Rows:
    """The rows of the tables `place`, `name` and `postcode`, and what is known of the regions."""

    places: list[PlaceRow] = field(default_factory=list)
    names: list[NameRow] = field(default_factory=list)
    postcodes: list[PostcodeRow] = field(default_factory=list)
    namings: dict[Key, Naming] = field(default_factory=dict)
    regions: dict[Key, int] = field(default_factory=dict)
    counties: dict[tuple[str, str, str], int] = field(default_factory=dict)

    def name(self, place: int, country: str, kind: int, score: float, known: Names) -> None:
        """Keep a place under each of its names."""
        for folded, cost in known.items():
            self.names.append((folded, rank.stored(score - cost), place, country, kind))

    def area(self, row: int, kind: str, name: str, country: str, code: str, extent: Extent, region: int | None) -> None:
        """Keep a country, region or county."""
        at = (round(extent.lat * DEGREE), round(extent.lon * DEGREE), extent.population, round(extent.radius_km))
        self.places.append((row, KINDS.index(kind), name, country, region, None, *at, code))


def gather(sources: Sources, other: Executor) -> tuple[Rows, "Future[Derived]"]:
    """All rows of the gazetteer, and what `other`, a process that works beside this one, derives from their names."""
    served = other.submit(villages.served, sources)
    rows = Rows()
    cities = list(sources.cities())
    known = [names.of_city(city) for city in cities]
    towns = Towns(cities)
    for index, folded in enumerate(known):
        towns.add_city(index, folded)
    found = villages.postcodes(towns, (Served(*row) for row in served.result()))
    towns.place_villages()
    _number(rows, sources, cities, towns)
    capitals = {c.code: fold(c.capital) for c in sources.countries()}
    eponyms = _add_cities(rows, cities, known, capitals)
    _add_areas(rows, sources, extents(cities), eponyms)
    _sort(rows.names)
    derived = other.submit(derive, rows.names.copy())
    numbers = _add_villages(rows, towns.villages)
    rows.postcodes = [
        (code, country, written, lat, lon, cities[town].id if town >= 0 else numbers[-1 - town])
        for code, country, written, lat, lon, town in found
    ]
    _sort(rows.names)
    rows.places.sort(key=itemgetter(0))
    return rows, derived


Derived = tuple[list[str], list[tuple[int, bytes]], list[tuple[str, str, bytes]]]
"""The rows of the tables `spelling` (in order), `deletion` and `head`."""


def derive(known: Sequence[NameRow]) -> Derived:
    """What corrections and suggestions need, of all names but the villages'."""
    spelled = spelling.choose(known)
    return spelled.words, list(spelled.buckets()), sorted(heads.heads(known))


def _sort(known: list[NameRow]) -> None:
    """Into order of the folded name, then of rank: stable sorts by one column take half as long as one by rows."""
    for column in (2, 1, 0):
        known.sort(key=itemgetter(column))


def _number(rows: Rows, sources: Sources, cities: Sequence[City], towns: Towns) -> None:
    """Give every inhabited region its code, names and row number, every inhabited county its number."""
    local: dict[Key, list[str]] = {}
    for (country, state), admin1 in towns.admin1_of_states().items():
        local.setdefault((country, admin1), []).append(state)
    rows.namings = join(sources.regions(), sources.subdivisions(), local)
    inhabited = {(c.country, c.admin1) for c in cities}
    rows.regions = {key: REGION_ROWS + n for n, key in enumerate(k for k in sorted(rows.namings) if k in inhabited)}
    with_towns = {(c.country, c.admin1, c.admin2) for c in cities}
    counties = (key for c in sources.counties() if (key := (c.country, c.admin1, c.admin2)) in with_towns)
    rows.counties = {key: COUNTY_ROWS + n for n, key in enumerate(counties)}


@dataclass(slots=True)
class Eponym:
    """The town a region is named after."""

    population: int
    scores: dict[str, float]
    """Folded name → what the town scores under it."""


def _add_cities(
    rows: Rows, cities: Sequence[City], known: Sequence[Names], capitals: Mapping[str, str]
) -> dict[Key, Eponym]:
    """Keep every city; the towns that regions are named after."""
    main = {
        key: {n for n, cost in names.of_region(rows.namings[key], key[0]).items() if not cost} for key in rows.regions
    }
    capital = _capitals(cities, known, capitals)
    eponyms: dict[Key, Eponym] = {}
    for index, (city, folded) in enumerate(zip(cities, known, strict=True)):
        names.add_nicknames(folded, city)
        key = (city.country, city.admin1)
        score = rank.prominence("city", city.population, capital=capital.get(city.country) == index)
        at = (round(city.lat * DEGREE), round(city.lon * DEGREE), city.population)
        region, county = rows.regions.get(key), rows.counties.get((*key, city.admin2))
        rows.places.append((city.id, 0, city.name, city.country, region, county, *at, None, None))
        rows.name(city.id, city.country, 0, score, folded)
        if city.population >= LARGE_TOWN and _names_it(folded, main.get(key, ())):
            known_one = eponyms.get(key)
            if known_one is None or known_one.population < city.population:
                eponyms[key] = Eponym(city.population, {n: score - cost for n, cost in folded.items()})
    return eponyms


def _names_it(town: Names, region: Iterable[str]) -> bool:
    """Whether a region bears a name of the town; one that only begins the town's does not count (Oklahoma City)."""
    return any(town.get(name) in (0.0, rank.ALTERNATE) for name in region)


def _capitals(cities: Sequence[City], known: Sequence[Names], capitals: Mapping[str, str]) -> dict[str, int]:
    """Country → the city that is its capital: the largest of that name."""
    found: dict[str, int] = {}
    for index, (city, folded) in enumerate(zip(cities, known, strict=True)):
        if capitals.get(city.country) in folded:
            best = found.get(city.country)
            if best is None or city.population > cities[best].population:
                found[city.country] = index
    return found


def _add_areas(
    rows: Rows, sources: Sources, reach: Mapping[tuple[str, ...], Extent], eponyms: Mapping[Key, Eponym]
) -> None:
    capitals = {fold(c.capital) for c in sources.countries()}
    for country in sources.countries():
        if extent := reach.get((country.code,)):
            extent = extent._replace(population=country.population or extent.population)
            rows.area(
                country.id, "country", names.shown_country(country.code), country.code, country.code, extent, None
            )
            score = rank.prominence("country", extent.population)
            rows.name(country.id, country.code, KINDS.index("country"), score, _own_names(rows, country, capitals))
    for key, row in rows.regions.items():
        naming = rows.namings[key]
        rows.area(row, "region", naming.names[0], key[0], naming.code, reach[key], row)
        _name_region(rows, row, key, rank.prominence("region", reach[key].population), eponyms.get(key))
    for county in sources.counties():
        place = (county.country, county.admin1, county.admin2)
        if number := rows.counties.get(place):
            rows.area(
                number, "county", county.name, place[0], ".".join(place), reach[place], rows.regions.get(place[:2])
            )
            score = rank.prominence("county", reach[place].population)
            rows.name(number, county.country, KINDS.index("county"), score, names.of_county(county.name))


def _own_names(rows: Rows, country: Country, capitals: Set[str]) -> Names:
    """A country's names less the foreign ones that at home are a region of it ("England") or a capital ("Male")."""
    taken = {fold(naming.names[0]) for (code, _), naming in rows.namings.items() if code == country.code} | capitals
    known = names.of_country(country)
    return {folded: cost for folded, cost in known.items() if cost != rank.FOREIGN or folded not in taken}


def _name_region(rows: Rows, row: int, key: Key, score: float, eponym: Eponym | None) -> None:
    towns = eponym.scores if eponym else {}
    for folded, cost in names.of_region(rows.namings[key], key[0]).items():
        worth = min(score - cost, towns.get(folded, 99.0) - SECOND)
        rows.names.append((folded, rank.stored(worth), row, key[0], KINDS.index("region")))


def _add_villages(rows: Rows, found: Sequence[Village]) -> list[int]:
    """Keep every village; their row numbers."""
    numbers = _numbered(found)
    stored = rank.stored(rank.prominence("village", 0))
    for number, village in zip(numbers, found, strict=True):
        at = (round(village.lat * DEGREE), round(village.lon * DEGREE), 0)
        region = rows.regions.get(village.region)
        rows.places.append((number, 1, village.names[0], village.country, region, None, *at, None, None))
        for folded in dict.fromkeys(f for name in village.names for f in spellings(name)):
            rows.names.append((folded, stored, number, village.country, 1))
    return numbers


def _numbered(found: Iterable[Village]) -> list[int]:
    """A row number for each village, from its country, name and rough place."""
    taken: set[int] = set()
    numbers: list[int] = []
    for village in found:
        text = f"{village.country}/{village.names[0]}/{village.lat:.0f}/{village.lon:.0f}"
        number = VILLAGE_ROWS + (crc32(text.encode()) & 0x3FFFFFFF)
        while number in taken:
            number += 1
        taken.add(number)
        numbers.append(number)
    return numbers
