"""The rows of all areas: those of the packages, whose extent is that of their towns, and those kept by hand."""

from collections.abc import Mapping, Set
from dataclasses import dataclass, field

from referral.places import names, rank
from referral.places.country import Eponym
from referral.places.folding import fold
from referral.places.kept_areas import empty_countries, kept_areas
from referral.places.names import Names
from referral.places.regions import Naming
from referral.places.schema import DEGREE, KINDS
from referral.places.sources import Country, Sources, Subdivision
from referral.places.spools import NameRow, PlaceRow
from referral.places.territory import Extent

SECOND = 0.2
"""By how much a region comes second to the town it is named after."""

COUNTY_CODES = frozenset({"IT"})
"""Countries where people write the letters of a province after a town: "Milano MI"."""

AREA_ROWS = 120_000_000
"""Row numbers of areas kept by hand."""

Key = tuple[str, str]
"""Country and GeoNames admin1."""


@dataclass(slots=True)
class Areas:
    """Every area that has towns, and its rows of the tables `place` and `name`."""

    regions: Mapping[Key, int]
    """Row numbers."""
    counties: Mapping[tuple[str, str, str], int]
    namings: Mapping[Key, Naming]
    entries: Mapping[tuple[str, str, str], Subdivision]
    """The ISO entries of counties that have one."""
    extents: Mapping[tuple[str, ...], Extent]
    eponyms: Mapping[Key, Eponym]
    towns: Mapping[str, Mapping[str, float]]
    """Folded main name of every large town → country → score."""
    places: list[PlaceRow] = field(default_factory=list)
    names: list[NameRow] = field(default_factory=list)

    def add(self, sources: Sources) -> None:
        """Keep every area, in the order of `sources`."""
        capitals = {fold(c.capital) for c in sources.countries()}
        self.extents = {**empty_countries(), **self.extents}
        for country in sources.countries():
            if extent := self.extents.get((country.code,)):
                self._add_country(country, extent, capitals)
        for key, row in self.regions.items():
            naming, extent = self.namings[key], self.extents[key]
            self._place(row, "region", naming.names[0], key[0], naming.code, extent, row)
            self._name_region(row, key, rank.prominence("region", extent.population))
        for county in sources.counties():
            if row := self.counties.get((county.country, county.admin1, county.admin2), 0):
                self._add_county(row, (county.country, county.admin1, county.admin2), county.name)
        self._add_kept()

    def _add_kept(self) -> None:
        """The areas kept by hand, where the country, and the region that is named, have towns."""
        rows: dict[str, int | None] = {self.namings[key].code: row for key, row in self.regions.items()}
        rows |= {place[3]: None for place in self.places if place[1] == KINDS.index("country")}
        for number, area in enumerate(kept_areas(), AREA_ROWS):
            if area.within in rows:
                self._place(number, "area", area.name, area.country, area.code, area.extent, rows[area.within])
                score = rank.prominence("area", area.extent.population)
                known = dict.fromkeys(area.names(), 0.0) | names.foremost(area.code)
                self._name(number, area.country, "area", score, known)

    def _add_country(self, country: Country, extent: Extent, capitals: Set[str]) -> None:
        extent = extent._replace(population=country.population or extent.population)
        shown = names.shown_country(country.code)
        self._place(country.id, "country", shown, country.code, country.code, extent, None)
        score = rank.prominence("country", extent.population)
        for folded, cost in self._names_of(country, capitals).items():
            worth = score - cost
            if cost == rank.FOREIGN and names.is_rare(country.code, folded):
                worth = min(worth, self._town_abroad(folded, country.code) - SECOND)
            self.names.append((folded, rank.stored(worth), country.id, country.code, KINDS.index("country")))

    def _town_abroad(self, folded: str, country: str) -> float:
        """What the best large town of that main name elsewhere scores: Columbia, and Poole, are no countries."""
        return max((s for code, s in self.towns.get(folded, {}).items() if code != country), default=99.0)

    def _names_of(self, country: Country, capitals: Set[str]) -> Names:
        """A country's names less the foreign ones that at home are a region of it ("England") or a capital ("Male")."""
        regions = {fold(naming.names[0]) for (code, _), naming in self.namings.items() if code == country.code}
        known = names.of_country(country)
        return {n: cost for n, cost in known.items() if cost != rank.FOREIGN or n not in regions | capitals}

    def _name_region(self, row: int, key: Key, score: float) -> None:
        towns = self.eponyms[key].scores if key in self.eponyms else {}
        for folded, cost in names.of_region(self.namings[key], key[0]).items():
            worth = score - cost
            if cost >= 0 and not (cost == 0 and _is_longer(folded, towns)):
                worth = min(worth, towns.get(folded, 99.0) - SECOND)
            self.names.append((folded, rank.stored(worth), row, key[0], KINDS.index("region")))

    def _add_county(self, row: int, key: tuple[str, str, str], name: str) -> None:
        extent = self.extents[key]
        self._place(row, "county", name, key[0], ".".join(key), extent, self.regions.get(key[:2]))
        known = names.of_county(key, name, self.entries.get(key))
        if key[0] in COUNTY_CODES:
            known.setdefault(fold(key[2]), rank.CODE)
        known |= names.foremost(".".join(key))
        self._name(row, key[0], "county", rank.prominence("county", extent.population), known)

    def _place(
        self, row: int, kind: str, name: str, country: str, code: str, extent: Extent, region: int | None
    ) -> None:
        at = (round(extent.lat * DEGREE), round(extent.lon * DEGREE), extent.population, round(extent.radius_km))
        self.places.append((row, KINDS.index(kind), name, country, region, None, *at, code, None))

    def _name(self, row: int, country: str, kind: str, score: float, known: Names) -> None:
        for folded, cost in known.items():
            self.names.append((folded, rank.stored(score - cost), row, country, KINDS.index(kind)))


def _is_longer(region: str, town: Mapping[str, float]) -> bool:
    """Whether a region's name is the main one of its town and more: Rio Grande do Sul is the state."""
    best = max(town.values(), default=0.0)
    return any(region.startswith(f"{name} ") for name, score in town.items() if score == best)
