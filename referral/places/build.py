"""Making the gazetteer: raw rows in, one read-only SQLite file out.

Written beside the target, synced, then renamed over it; the same rows give the same bytes.
"""

import gc
import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple
from zlib import crc32

import pysqlite3

from referral.places import heads, names, rank, spelling
from referral.places.folding import fold, spellings
from referral.places.regions import Naming, join
from referral.places.sources import City, Sources
from referral.places.store import DEGREE, KINDS, SCHEMA, TABLES, cell
from referral.places.territory import Extent, extents
from referral.places.villages import Postcode, Towns, Village, read

Step = Callable[[str, int, int], None]
"""Told of progress: what is being done, how much of it is done, how much there is."""

PHASES = ("cities", "postcodes", "areas", "names", "spellings", "suggestions", "file")

REGION_ROWS = 100_000_000
COUNTY_ROWS = 110_000_000
VILLAGE_ROWS = 200_000_000
"""Row numbers of what has no GeoNames number; villages follow from a checksum, to stay the same between versions."""

LARGE_TOWN = 50_000
"""A region named after a town this large inside it comes second to the town ("New York")."""


class PlaceRow(NamedTuple):
    """A row of the table `place`."""

    id: int
    kind: int
    name: str
    country: str
    region: int | None
    county: int | None
    lat: int
    lon: int
    population: int
    radius: int | None
    code: str | None


class NameRow(NamedTuple):
    """A row of the table `name`."""

    folded: str
    rank: int
    place: int
    country: str
    kind: int


@dataclass(frozen=True, slots=True)
class Report:
    """What a build put into the file."""

    places: dict[str, int]
    """Kind → count."""
    names: int
    postcodes: int
    spellings: int
    regions_joined: int
    """Regions with an ISO 3166-2 code."""
    regions_not_joined: tuple[str, ...]
    """The codes of the others."""
    size: int
    """Bytes of the file."""


def build(sources: Sources, target: Path, step: Step) -> Report:
    """Make the gazetteer `target` out of `sources`; whatever was there stays until the new one is whole."""
    target.parent.mkdir(parents=True, exist_ok=True)
    beside = target.with_name(f"{target.name}.{os.getpid()}.building")
    collecting = gc.isenabled()
    gc.disable()  # millions of small tuples, none in cycles: collecting made this three times slower
    try:
        making = _Making(sources, step)
        making.gather()
        making.write(beside)
        with beside.open("rb") as written:
            os.fsync(written.fileno())
        os.replace(beside, target)
    finally:
        beside.unlink(missing_ok=True)
        if collecting:
            gc.enable()
    return making.report(target.stat().st_size)


class _Making:
    """One build: the rows as they come together."""

    def __init__(self, sources: Sources, step: Step) -> None:
        self.sources = sources
        self.step = step
        self.places: list[PlaceRow] = []
        self.names: list[NameRow] = []
        self.postcodes: list[Postcode] = []
        self.towns = Towns([])
        self.region_rows: dict[tuple[str, str], int] = {}
        self.county_rows: dict[tuple[str, str, str], int] = {}
        self.namings: dict[tuple[str, str], Naming] = {}
        self.eclipsed: dict[tuple[str, str, str], float] = {}
        """(country, admin1, folded name) → score of the large town of that name inside the region."""

    def begin(self, phase: str) -> None:
        self.step(phase, PHASES.index(phase), len(PHASES))

    def gather(self) -> None:
        self.begin("cities")
        cities = list(self.sources.cities())
        named = [names.of_city(city) for city in cities]
        self.towns = Towns(cities)
        for index, known in enumerate(named):
            self.towns.add_city(index, known)
        self.begin("postcodes")
        self.postcodes = list(read(self.towns, self.sources.postcodes()))
        self.towns.place_villages()
        self.begin("areas")
        self._number_areas(cities)
        self._cities(cities, named)
        self._areas(cities)
        self._villages()

    def _number_areas(self, cities: Sequence[City]) -> None:
        states: dict[tuple[str, str], list[str]] = {}
        for (country, state), votes in sorted(self.towns.states.items()):
            states.setdefault((country, max(sorted(votes), key=votes.__getitem__)), []).append(state)
        self.namings = join(self.sources.regions(), self.sources.subdivisions(), states)
        inhabited = {(c.country, c.admin1) for c in cities}
        kept = [key for key in sorted(self.namings) if key in inhabited]
        self.region_rows = {key: REGION_ROWS + n for n, key in enumerate(kept)}

    def _cities(self, cities: Sequence[City], named: Sequence[names.Names]) -> None:
        capitals = {c.code: fold(c.capital) for c in self.sources.countries()}
        nicknames: dict[tuple[str, str, str], list[str]] = {}
        for folded, place in names.aliases()[2].items():
            nicknames.setdefault(place, []).append(folded)
        counties = {(c.country, c.admin1, c.admin2): None for c in self.sources.counties()}
        inhabited = {(c.country, c.admin1, c.admin2) for c in cities}
        self.county_rows = {key: COUNTY_ROWS + n for n, key in enumerate(k for k in counties if k in inhabited)}
        largest = _largest_of_name(cities, named, capitals)
        for index, (city, known) in enumerate(zip(cities, named, strict=True)):
            for nickname in nicknames.get((city.name, city.country, city.admin1), ()):
                if city.population >= LARGE_TOWN:
                    known[nickname] = 0.0
            self._city(city, known, capital=largest.get(city.country) == index)

    def _city(self, city: City, known: names.Names, *, capital: bool) -> None:
        region = self.region_rows.get((city.country, city.admin1))
        county = self.county_rows.get((city.country, city.admin1, city.admin2))
        lat, lon = round(city.lat * DEGREE), round(city.lon * DEGREE)
        row = (city.id, 0, city.name, city.country, region, county, lat, lon, city.population, None, None)
        self.places.append(PlaceRow(*row))
        score = rank.prominence("city", city.population, capital=capital)
        self._name(city.id, city.country, 0, score, known)
        if city.population >= LARGE_TOWN:
            for folded, cost in known.items():
                if not cost:
                    key = (city.country, city.admin1, folded)
                    self.eclipsed[key] = max(score, self.eclipsed.get(key, 0.0))

    def _name(self, place: int, country: str, kind: int, score: float, known: names.Names) -> None:
        for folded, cost in known.items():
            self.names.append(NameRow(folded, rank.stored(score - cost), place, country, kind))

    def _areas(self, cities: Sequence[City]) -> None:
        reach = extents(cities)
        for country in self.sources.countries():
            if extent := reach.get((country.code,)):
                people = country.population or extent.population
                self._area(country.id, "country", country.code, country.code, None, extent, people)
                self._name(country.id, country.code, 4, rank.prominence("country", people), names.of_country(country))
        for key, row in self.region_rows.items():
            naming, extent = self.namings[key], reach[key]
            self._area(row, "region", naming.code, key[0], row, extent, extent.population, naming.names[0])
            self._region_names(row, key, naming, rank.prominence("region", extent.population))
        for county in self.sources.counties():
            place = (county.country, county.admin1, county.admin2)
            if number := self.county_rows.get(place):
                extent, region = reach[place], self.region_rows.get(place[:2])
                self._area(number, "county", ".".join(place), county.country, region, extent, extent.population, county.name)
                score = rank.prominence("county", extent.population)
                self._name(number, county.country, 2, score, names.of_county(county.name))

    def _region_names(self, row: int, key: tuple[str, str], naming: Naming, score: float) -> None:
        for folded, cost in names.of_region(naming, key[0]).items():
            town = self.eclipsed.get((*key, folded))
            worth = score - cost if town is None else min(score - cost, town - 0.2)
            self.names.append(NameRow(folded, rank.stored(worth), row, key[0], 3))

    def _area(
        self, row: int, kind: str, code: str, country: str, region: int | None, extent: Extent, people: int, name: str = ""
    ) -> None:
        lat, lon = round(extent.lat * DEGREE), round(extent.lon * DEGREE)
        shown = name or names.shown_country(code)
        self.places.append(
            PlaceRow(row, KINDS.index(kind), shown, country, region, None, lat, lon, people, round(extent.radius_km), code)
        )

    def _villages(self) -> None:
        self.village_rows = _numbered(self.towns.villages)
        for number, village in zip(self.village_rows, self.towns.villages, strict=True):
            region = self.region_rows.get(village.region)
            lat, lon = round(village.lat * DEGREE), round(village.lon * DEGREE)
            row = (number, 1, village.names[0], village.country, region, None, lat, lon, 0, None, None)
            self.places.append(PlaceRow(*row))
            known = {folded: 0.0 for name in village.names for folded in spellings(name) if folded}
            self._name(number, village.country, 1, rank.prominence("village", 0), known)

    def write(self, path: Path) -> None:
        self.begin("names")
        self.names.sort()
        self.places.sort()
        self.begin("spellings")
        self.spelled = spelling.choose(self.names)
        path.unlink(missing_ok=True)
        file = pysqlite3.connect(str(path), isolation_level=None)
        try:
            file.executescript("PRAGMA page_size = 8192; PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;" + TABLES)
            file.execute("BEGIN")
            self._fill(file)
            file.execute("CREATE UNIQUE INDEX place_code ON place (code) WHERE code IS NOT NULL")
            file.execute("COMMIT")
        finally:
            file.close()

    def _fill(self, file: pysqlite3.Connection) -> None:
        file.execute("INSERT INTO meta VALUES ('schema', ?)", (str(SCHEMA),))
        file.executemany("INSERT INTO spelling VALUES (?, ?)", enumerate(self.spelled.words))
        file.executemany("INSERT INTO deletion VALUES (?, ?)", self.spelled.buckets())
        self.begin("suggestions")
        file.executemany("INSERT INTO head VALUES (?, ?, ?)", sorted(heads.heads(self.names)))
        self.begin("file")
        file.executemany("INSERT INTO place VALUES (?,?,?,?,?,?,?,?,?,?,?)", self.places)
        file.executemany("INSERT OR IGNORE INTO name VALUES (?,?,?,?,?)", self.names)
        file.executemany("INSERT INTO postcode VALUES (?,?,?,?,?,?)", self._postcode_rows())
        cells = sorted((cell(p.lat / DEGREE, p.lon / DEGREE), p.id) for p in self.places if p.kind == 0)
        file.executemany("INSERT INTO cell VALUES (?, ?)", cells)

    def _postcode_rows(self) -> Iterator[tuple[object, ...]]:
        for code in sorted(self.postcodes, key=lambda p: (p.code, p.country)):
            town = self.towns.cities[code.town].id if code.town >= 0 else self.village_rows[-1 - code.town]
            yield code.code, code.country, code.written, round(code.lat * DEGREE), round(code.lon * DEGREE), town

    def report(self, size: int) -> Report:
        self.step("done", len(PHASES), len(PHASES))
        kinds = [p.kind for p in self.places]
        unjoined = tuple(self.namings[k].code for k in self.region_rows if not self.namings[k].is_joined)
        return Report(
            places={kind: kinds.count(n) for n, kind in enumerate(KINDS)},
            names=len(self.names),
            postcodes=len(self.postcodes),
            spellings=len(self.spelled.words),
            regions_joined=len(self.region_rows) - len(unjoined),
            regions_not_joined=unjoined,
            size=size,
        )


def _largest_of_name(
    cities: Sequence[City], named: Sequence[names.Names], capitals: dict[str, str]
) -> dict[str, int]:
    """Country → the city that is its capital: the largest of that name."""
    found: dict[str, int] = {}
    for index, (city, known) in enumerate(zip(cities, named, strict=True)):
        if capitals.get(city.country) in known:
            best = found.get(city.country)
            if best is None or city.population > cities[best].population:
                found[city.country] = index
    return found


def _numbered(villages: Iterable[Village]) -> list[int]:
    """A row number for each village, from its country, name and rough place."""
    taken: set[int] = set()
    numbers: list[int] = []
    for village in villages:
        text = f"{village.country}/{village.names[0]}/{village.lat:.0f}/{village.lon:.0f}"
        number = VILLAGE_ROWS + (crc32(text.encode()) & 0x3FFFFFFF)
        while number in taken:
            number += 1
        taken.add(number)
        numbers.append(number)
    return numbers
