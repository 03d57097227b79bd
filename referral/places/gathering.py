"""From raw rows to the rows of the gazetteer: sorted by country, each country worked out by whichever process is free.

What the processes leave to one another lies in files (`spool`), so that nobody waits for rows to be sent.
"""

from array import array
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence, Set
from concurrent.futures import Executor, as_completed
from dataclasses import dataclass

from referral.errors import UsageError
from referral.places import names
from referral.places.area_rows import Areas, Key
from referral.places.country import Brief, Eponym, Outline, make_rows
from referral.places.deriving import sort_towns, sort_villages
from referral.places.folding import fold
from referral.places.regions import join, join_counties
from referral.places.sources import City, PostcodeRow, Sources, Subdivision, plain
from referral.places.spools import Spools
from referral.places.territory import Extent

Step = Callable[[str, int, int], None]
"""Told of progress: what is being done, how much of it is done, how much there is."""

REGION_ROWS = 100_000_000
COUNTY_ROWS = 110_000_000
"""Row numbers of what has no GeoNames number."""

CUT_OFF = 6
"""So many regions that towns name and nobody lists are no oversight: Singapore's five are."""

County = tuple[str, str, str]
"""Country, GeoNames admin1 and admin2."""


@dataclass(frozen=True, slots=True)
class Gathered:
    """What is known once the rows of every country lie in the spools."""

    areas: Areas
    villages: "dict[str, array[int]]"
    """Row numbers of the villages of every country that has towns or postcodes, in order of its code."""


def gather(sources: Sources, spools: Spools, workers: Executor, step: Step) -> Gathered:
    """Leave the rows of every country in `spools`, and all their names in order."""
    step("Reading places and postcodes", 0, 0)
    inhabited, subdivisions = _read(sources, spools, workers)
    regions, counties = _regions(sources, inhabited), _counties(sources, inhabited)
    briefs = _briefs(sources, spools, regions, counties, subdivisions)
    outlines = _make(spools, briefs, workers, step)
    villages = _numbers(outlines)
    sorting = [workers.submit(sort_towns, spools, list(outlines)), workers.submit(sort_villages, spools, villages)]
    step("Putting names in order", 0, 0)
    areas = _areas(sources, subdivisions, regions, counties, outlines)
    for sorted_names in sorting:
        sorted_names.result()
    return Gathered(areas, villages)


def _read(sources: Sources, spools: Spools, workers: Executor) -> tuple[set[County], list[Subdivision]]:
    """Sort what is read by country; the counties that have cities, and the ISO entries."""
    cities, codes = workers.submit(_read_cities, sources, spools), workers.submit(_read_codes, sources, spools)
    subdivisions = list(sources.subdivisions())
    names.territory_names()  # kept; in 300 files, best read while the others are busy
    codes.result()
    return cities.result(), subdivisions


def _read_cities(sources: Sources, spools: Spools) -> set[County]:
    """Sort the cities by country; the counties that have any (in a process of its own, as the next)."""
    inhabited: set[County] = set()

    def noted() -> Iterator[City]:
        for city in sources.cities():
            inhabited.add((city.country, city.admin1, city.admin2))
            yield city

    spools.cities.sort_in(noted(), City._fields.index("country"))
    return inhabited


def _read_codes(sources: Sources, spools: Spools) -> None:
    """Sort the postcodes by country."""
    spools.codes.sort_in(sources.postcodes(), PostcodeRow._fields.index("country"))


def _regions(sources: Sources, inhabited: Set[County]) -> dict[Key, int]:
    """The row number of every inhabited region."""
    known = {(country, admin1) for country, admin1, _ in inhabited}
    listed = {(r.country, r.admin1) for r in sources.regions()}
    _check(known, listed)
    found = sorted(known & listed)
    return {key: REGION_ROWS + n for n, key in enumerate(found)}


def _check(named: Set[Key], listed: Set[Key]) -> None:
    """Raise UsageError when a table of regions ends early: towns of a country name several, and it lacks most."""
    lacking = Counter(country for country, admin1 in named - listed if admin1.strip("0"))
    of_all = Counter(country for country, _ in named)
    for country, count in sorted(lacking.items()):
        if count >= CUT_OFF and 2 * count > of_all[country]:
            raise UsageError(f"The table of regions lacks {count} of {country}; it was not downloaded to its end.")


def _counties(sources: Sources, inhabited: Set[County]) -> dict[County, int]:
    """The row number of every inhabited county."""
    found = (key for c in sources.counties() if (key := (c.country, c.admin1, c.admin2)) in inhabited)
    return {key: COUNTY_ROWS + n for n, key in enumerate(found)}


def _briefs(
    sources: Sources,
    spools: Spools,
    regions: Mapping[Key, int],
    counties: Mapping[County, int],
    subdivisions: Sequence[Subdivision],
) -> list[Brief]:
    """What each country is made with, those with most to do first, so that no process is left with a large one."""
    sizes = Counter(spools.cities.sizes()) + Counter(spools.codes.sizes())
    listed = _listed(subdivisions)
    briefs = {code: Brief(code, "", {}, {}, frozenset(listed[code])) for code, _ in sizes.most_common()}
    for known in sources.countries():
        if known.code in briefs:
            briefs[known.code] = briefs[known.code]._replace(capital=fold(known.capital))
    for region in sources.regions():
        if row := regions.get((region.country, region.admin1)):
            briefs[region.country].regions[region.admin1] = (row, region.name)
    for county in sources.counties():
        if row := counties.get((county.country, county.admin1, county.admin2)):
            briefs[county.country].counties[county.admin1, county.admin2] = (row, county.name)
    return list(briefs.values())


def _listed(subdivisions: Sequence[Subdivision]) -> Mapping[str, set[str]]:
    """Country → the folded names of the divisions that ISO lists below its regions."""
    listed: dict[str, set[str]] = defaultdict(set)
    for entry in subdivisions:
        if not entry.top:
            listed[entry.code[:2]].add(fold(plain(entry.names[0])))
    return listed


def _make(spools: Spools, briefs: Sequence[Brief], workers: Executor, step: Step) -> dict[str, Outline]:
    """The outlines of all countries by code, in that order, once their rows are made."""
    made = {workers.submit(make_rows, spools, brief): brief.code for brief in briefs}
    for number, _ in enumerate(as_completed(made), 1):
        step("Matching postcodes with towns", number, len(made))
    return {code: future.result() for future, code in sorted(made.items(), key=lambda m: m[1])}


def _areas(
    sources: Sources,
    subdivisions: Sequence[Subdivision],
    regions: Mapping[Key, int],
    counties: Mapping[County, int],
    outlines: Mapping[str, Outline],
) -> Areas:
    """The countries, regions and counties, from what all countries together say of them."""
    local: dict[Key, list[str]] = {}
    extents: dict[tuple[str, ...], Extent] = {}
    eponyms: dict[Key, Eponym] = {}
    towns: dict[str, dict[str, float]] = {}
    for code, outline in outlines.items():
        for state, admin1 in outline.states.items():
            local.setdefault((code, admin1), []).append(state)
        extents |= outline.extents
        eponyms |= {(code, admin1): town for admin1, town in outline.eponyms.items()}
        for name, score in outline.towns.items():
            towns.setdefault(name, {})[code] = score
    namings = join(sources.regions(), subdivisions, local)
    inhabited = (c for c in sources.counties() if (c.country, c.admin1, c.admin2) in counties)
    entries = join_counties(inhabited, subdivisions, {naming.code for naming in namings.values()})
    areas = Areas(regions, counties, namings, entries, extents, eponyms, towns)
    areas.add(sources)
    return areas


def _numbers(outlines: Mapping[str, Outline]) -> "dict[str, array[int]]":
    """The row numbers of the villages of each country: those they want, or the next that nobody has."""
    taken: set[int] = set()
    numbers: dict[str, array[int]] = {}
    for code, outline in outlines.items():
        numbers[code] = array("I")
        for number in outline.wanted:
            while number in taken:
                number += 1
            taken.add(number)
            numbers[code].append(number)
    return numbers
