"""The rows of one country: its towns, villages and postcodes, worked out apart from all others.

Countries are shared out among the processes of a build, so nothing here may depend on which came before.
"""

from array import array
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple
from zlib import crc32

from referral.places import names, namesakes, rank, tongues, villages, zones
from referral.places.folding import fold, spellings
from referral.places.names import Names
from referral.places.schema import DEGREE
from referral.places.sources import City
from referral.places.spools import NameRow, PlaceRow, Spools
from referral.places.territory import Extent, extents
from referral.places.villages import Towns, Village

VILLAGE_ROWS = 200_000_000
"""Row numbers of villages, which have no GeoNames number, follow from a checksum, to stay the same between versions."""

MAIN_SHARE = 0.33
"""So does one whose name only begins the town's ("Cluj") when so much of its people live there; in Oklahoma less do."""


REGION_KEY = 2
"""Parts of the key of a region: its country and its admin1."""


class Brief(NamedTuple):
    """What must be known of a country before its rows can be made."""

    code: str
    capital: str
    """Folded; empty when it has none."""
    regions: dict[str, tuple[int, str]]
    """admin1 → row number and name of every inhabited region."""
    counties: dict[tuple[str, str], tuple[int, str]]
    """(admin1, admin2) → row number and name of every inhabited county."""
    listed: frozenset[str] = frozenset()
    """Folded names of the divisions that ISO lists below the regions."""

    def divisions(self) -> dict[tuple[str, str], str]:
        """The names of both; a region's admin2 is empty."""
        return {(admin1, ""): name for admin1, (_, name) in self.regions.items()} | {
            key: name for key, (_, name) in self.counties.items()
        }


@dataclass(slots=True)
class Eponym:
    """The town a region is named after."""

    population: int
    scores: dict[str, float]
    """Folded name → what the town scores under it."""


class Outline(NamedTuple):
    """What the areas of a country and the numbers of its villages follow from, once its rows are made."""

    extents: dict[tuple[str, ...], Extent]
    eponyms: dict[str, Eponym]
    """admin1 → the town of its name."""
    towns: dict[str, float]
    """Folded main name of every large town → what the best of them scores."""
    states: dict[str, str]
    """State as the postcode table writes it → admin1."""
    wanted: "array[int]"
    """The row number each village has unless another took it."""


def make_rows(spools: Spools, brief: Brief) -> Outline:
    """Put the rows of a country into `spools`, out of what was read of it."""
    cities = namesakes.joined([tongues.as_shown(City(*row)) for row in spools.cities.rows(brief.code)])
    zoned = zones.called(brief.code, cities)
    known = [names.of_city(_with_further_names(city, zoned)) for city in cities]
    for index in namesakes.parts(cities):
        for name in spellings(names.without_bracket(cities[index].name)):
            known[index].pop(name, None)
    towns = Towns(brief.code, cities)
    for index, folded in enumerate(known):
        towns.add_city(index, folded)
    found = villages.postcodes(towns, villages.served(spools.codes.rows(brief.code)))
    spools.postcodes.put(
        brief.code,
        ((c, brief.code, written, lat, lon, t if t < 0 else cities[t].id) for c, written, lat, lon, t in found),
    )
    states = towns.place_villages()
    _put_villages(spools, brief, towns.villages)
    found_extents = extents(cities)
    eponyms, large = _put_cities(spools, brief, cities, known, found_extents)
    spools.called.put(brief.code, _called(cities, zoned))
    return Outline(found_extents, eponyms, large, states, _wanted(brief.code, towns.villages))


def _put_cities(
    spools: Spools,
    brief: Brief,
    cities: Sequence[City],
    known: Sequence[Names],
    reaches: Mapping[tuple[str, ...], Extent],
) -> tuple[dict[str, Eponym], dict[str, float]]:
    """Keep every city under its names; the towns that regions are named after, and all large ones' main names."""
    main = {admin1: names.of_division(name) for admin1, (_, name) in brief.regions.items()}
    capital = _capital(cities, known, brief.capital)
    divisions = brief.divisions()
    people = {key[1]: reach.population for key, reach in reaches.items() if len(key) == REGION_KEY}
    told = namesakes.said_with_region(cities, divisions, people) | namesakes.told_apart(cities, divisions)
    quarters = namesakes.quarters(cities, divisions)
    eponyms: dict[str, Eponym] = {}
    large: dict[str, float] = {}
    places: list[PlaceRow] = []
    rows: list[NameRow] = []
    for index, (city, folded) in enumerate(zip(cities, known, strict=True)):
        names.add_nicknames(folded, city)
        places.append(_place(brief, city, told.get(index)))
        score = rank.prominence("city", _people(brief, city), capital=index == capital)
        if index in quarters:
            score = rank.behind(score, rank.prominence("city", cities[quarters[index]].population))
        rows += [(name, rank.stored(score - cost), city.id, brief.code, 0) for name, cost in folded.items()]
        if city.population < namesakes.LARGE_TOWN:
            continue
        large |= {name: max(score, large.get(name, 0.0)) for name, cost in folded.items() if not cost}
        share = city.population / max(1, reaches[city.country, city.admin1].population)
        if _names_it(folded, main.get(city.admin1, ()), share):
            other = eponyms.get(city.admin1)
            if other is None or other.population < city.population:
                eponyms[city.admin1] = Eponym(city.population, {n: score - cost for n, cost in folded.items()})
    spools.places.put(brief.code, places)
    spools.names.put(brief.code, rows)
    return eponyms, large


def _people(brief: Brief, city: City) -> int:
    """Those of a town; where nobody counted them, as many as a division has whose name it bears: Hackney."""
    return city.population or (rank.LISTED if fold(city.name) in brief.listed else 0)


def _with_further_names(city: City, zoned: Mapping[int, zones.Spoken]) -> City:
    further = (*tongues.kept().get(city.id, {}).values(), *zoned.get(city.id, {}).values())
    return city._replace(names=[*city.names, *further]) if further else city


def _called(cities: Sequence[City], zoned: Mapping[int, zones.Spoken]) -> Iterator[tuple[int, str, str]]:
    for city in cities:
        kept = tongues.kept().get(city.id, {})
        told = tongues.spoken(city.names, city.name, city.country) | {**zoned.get(city.id, {}), **kept}
        yield from ((city.id, language, name) for language, name in sorted(told.items()) if name != city.name)


def _place(brief: Brief, city: City, within: str | None) -> PlaceRow:
    region, _ = brief.regions.get(city.admin1, (None, ""))
    county, _ = brief.counties.get((city.admin1, city.admin2), (None, ""))
    at = (round(city.lat * DEGREE), round(city.lon * DEGREE))
    return (city.id, 0, city.name, brief.code, region, county, *at, city.population, None, None, within)


def _names_it(town: Names, region: Iterable[str], share: float) -> bool:
    """Whether a region bears a name of the town, which holds such a share of its people; see `MAIN_SHARE`."""
    costs = (0.0, rank.ALTERNATE, rank.LEADING) if share >= MAIN_SHARE else (0.0, rank.ALTERNATE)
    return any(town.get(name) in costs for name in region)


def _capital(cities: Sequence[City], known: Sequence[Names], capital: str) -> int:
    """The city that is the capital, the largest whose main name it is, else of that name; -1 for none."""
    found = [index for index, folded in enumerate(known) if capital in folded]
    return max(found, key=lambda i: (not known[i][capital], cities[i].population, -i), default=-1)


def _put_villages(spools: Spools, brief: Brief, found: Sequence[Village]) -> None:
    regions: Mapping[str, int] = {admin1: row for admin1, (row, _) in brief.regions.items()}
    spools.villages.put(
        brief.code,
        ((v.name, regions.get(v.region), round(v.lat * DEGREE), round(v.lon * DEGREE)) for v in found),
    )
    spools.village_names.put(
        brief.code, ((folded, which) for which, village in enumerate(found) for folded in village.spelled)
    )


def _wanted(country: str, found: Sequence[Village]) -> "array[int]":
    """A row number for each village, from its country, name and rough place."""
    texts = (f"{country}/{village.name}/{village.lat:.0f}/{village.lon:.0f}" for village in found)
    return array("I", (VILLAGE_ROWS + (crc32(text.encode()) & 0x3FFFFFFF) for text in texts))
