"""What the postcode table adds when building: each postcode's point and town, and villages that the cities lack.

One country at a time: no row is ever looked for across a border.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from math import floor
from typing import NamedTuple

from referral.places import astray
from referral.places.folding import fold, spellings
from referral.places.grid import Cell, Grid, around, is_near
from referral.places.postcodes import kept, without_district
from referral.places.schema import DEGREE
from referral.places.sources import City

_STREETS = frozenset({"SG", "AE", "HK"})
"""Countries whose table names streets and blocks instead of places."""

_RECEIVERS = {
    "JP": re.compile(r"[^\x00-\x7f]"),
    "DE": re.compile(
        r"\b(?:g?GmbH|g?mbH|AG|KG|KGaA|[oO]HG|eG|GbR|e\. ?V\.|AOK|HUK|BKK|Postfach|Agentur für Arbeit|Job[Cc]enter"
        r"|Finanz[aä]mt\w*|(?:Amts|Land|Arbeits|Sozial|Verwaltungs|Finanz|Oberlandes|Mahn)gericht"
        r"|(?:Stadt|Gemeinde|Kreis)verwaltung|(?:Landrats|Bezirks|Bundes|Landes)amt|Bundes(?:bank|wehr|anstalt|zentrale)"
        r"|(?:Stadt|Kreis)?[Ss]parkasse|(?:Volks|Raiffeisen|Post|Landes)bank|Bank|Versicherung\w*|\w*[Kk]rankenkasse"
        r"|\w*[Pp]räsidium|\w*[Mm]inisterium|Dezernat|Landesam(?:t|tes)|Bezirksverwaltung|\w*[Bb]uchungsstelle|Bußgeldstelle"
        r"|Berufsgenossenschaft|\w*[Oo]berkasse|\w*[Hh]andelskammer|Laboratorium|Anzeigenabteilung|Organisationskomitee"
        r"|Krankenhaus|Klinik\w*|Universität\w*|Hochschule|Verlag\w*|Zeitung|Rechtsanwälte)(?=\W|$)"
    ),
}
"""Firms and offices with a postcode of their own, by how a table names them beside places: Japan's writes all places
in Latin letters."""

_BRACKETS = re.compile(r"\s*\([^)]*\)?")


class Served(NamedTuple):
    """A place of the postcode table with all the postcodes that serve it."""

    name: str
    state: str
    lat: float
    lon: float
    codes: list[str]


def served(rows: Iterable[tuple[str, str, str, str, float, float]]) -> list[Served]:
    """The rows of a country's table (see `sources.PostcodeRow`), one for each place."""
    places: dict[tuple[str, str, float, float], list[str]] = {}
    for _, code, name, state, lat, lon in rows:
        places.setdefault((name, state, lat, lon), []).append(code)
    return [Served(*place, codes) for place, codes in places.items()]


@dataclass(slots=True)
class Village:
    """A place that only the postcode table knows."""

    name: str
    spelled: list[str]
    """Every folded form of its names."""
    lat: float
    lon: float
    region: str
    """The state as the table writes it; after `place_villages` the admin1."""


Postcode = tuple[str, str, int, int, int]
"""Code, as written, point as the file keeps it, town: an index into cities, or -1 - one into villages."""


_CITY_AND_QUARTER = re.compile("([가-힣]{2,}시) ([가-힣]{2,}구)")
"""A Korean city and a quarter of it, either of which the table may have for a place that no other package has."""


@dataclass(slots=True)
class Towns:
    """Cities and villages of a country by name and by place, growing while its postcode table is read."""

    country: str
    cities: Sequence[City]
    villages: list[Village] = field(default_factory=list)
    states: dict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    """State as the table writes it → how often each admin1 was under it."""
    _named: dict[str, list[int]] = field(default_factory=lambda: defaultdict(list))
    _met: dict[str, dict[Cell, int]] = field(default_factory=dict)
    """Folded name → quarter-degree cell → the village there."""
    _nearest: dict[tuple[int, int], int] = field(default_factory=dict)
    _grid: Grid = field(init=False)

    def __post_init__(self) -> None:
        self._grid = Grid(self.cities)

    def add_city(self, index: int, folded: Iterable[str]) -> None:
        """Let postcode rows meet the city under any of its names."""
        for name in folded:
            self._named[name].append(index)

    def called(self, folded: str) -> Sequence[int]:
        """The cities of any such name, wherever they are."""
        return self._named.get(folded, ())

    def town(self, row: Served) -> int | None:
        """The town of a row: a city of that name near, else a village (made when new); None for a street nowhere.

        A street or firm has the nearest city's.
        """
        if self.country in _STREETS or not row.name.strip():
            return self.nearest(row.lat, row.lon) if self.cities else None
        spelled, names = spellings(row.name), parts(row.name)
        city = self._city(row, spelled[0], names)
        if city < 0 and self.cities and is_receiver(self.country, row.name):
            return self.nearest(row.lat, row.lon)
        if city < 0:
            return self._village(row, spelled, names)
        if row.state:
            self.states[row.state][self.cities[city].admin1] += 1
        return city

    def nearest(self, lat: float, lon: float) -> int:
        """The city nearest to a tenth of a degree around the point."""
        key = (round(lat * 10), round(lon * 10))
        if key not in self._nearest:
            self._nearest[key] = self._grid.nearest(lat, lon)
        return self._nearest[key]

    def _city(self, row: Served, folded: str, names: list[str]) -> int:
        """The largest city near of that name, or of the name without what post offices add; -1 for none."""
        close = self._close(folded, row)
        if not close and (row.name[-1].isdigit() or row.name[-2:].strip().isupper() or ". " in row.name):
            close = self._close(fold(without_district(row.name)), row)
        if not close and names != [row.name]:
            close = next((found for name in names if (found := self._close(fold(name), row))), [])
        return max(close, key=lambda i: (self.cities[i].population, -i)) if close else -1

    def _close(self, folded: str, row: Served) -> list[int]:
        if folded not in self._named:
            return []
        return [i for i in self._named[folded] if is_near(self.cities[i].lat, self.cities[i].lon, row.lat, row.lon)]

    def _village(self, row: Served, spelled: list[str], names: list[str]) -> int:
        """The number of a village of that name in a neighbouring cell, or of a new one."""
        if names != [row.name]:
            spelled = list(dict.fromkeys(s for name in names for s in spellings(name)))
        north, east = floor(row.lat * 4), floor(row.lon * 4)
        met = self._met.get(spelled[0])
        if met is None:
            met = self._met[spelled[0]] = {}
        for cell in around(north, east) if met else ():
            if cell in met:
                return met[cell]
        met[north, east] = -1 - len(self.villages)
        if both := _CITY_AND_QUARTER.fullmatch(row.name):
            spelled = [*spelled, *both.groups()]
        self.villages.append(Village(names[0], spelled, row.lat, row.lon, row.state))
        return met[north, east]

    def place_villages(self) -> dict[str, str]:
        """Give every village the admin1 its state stands for, else that of the nearest city; what states stand for."""
        voted = self._admin1_of_states()
        for village in self.villages:
            admin1 = voted.get(village.region)
            if admin1 is None and self.cities:
                admin1 = self.cities[self.nearest(village.lat, village.lon)].admin1
            village.region = admin1 or ""
        return voted

    def _admin1_of_states(self) -> dict[str, str]:
        """State → the admin1 most of its towns lie in, where most of them agree."""
        voted: dict[str, str] = {}
        for state, votes in sorted(self.states.items()):
            admin1, most = min(votes.items(), key=lambda v: (-v[1], v[0]))
            if most * 2 > votes.total():
                voted[state] = admin1
        return voted


def is_receiver(country: str, name: str) -> bool:
    """Whether this is a firm or an office and no place."""
    receivers = _RECEIVERS.get(country)
    return bool(receivers and receivers.search(name))


def postcodes(towns: Towns, rows: Iterable[Served]) -> list[Postcode]:
    """The postcodes of a country in order of code; `towns` learns the villages on the way."""
    points: dict[str, list[tuple[float, float, int]]] = {}
    written: dict[str, str] = {}
    for row, city in _placed(towns, list(rows)):
        town = towns.town(row)
        if town is None:
            continue
        point = (row.lat, row.lon, town if city is None else city)
        for code in row.codes:
            key = kept(towns.country, code)
            if key in points:
                points[key].append(point)
            else:
                points[key] = [point]
                written[key] = code.partition(" CEDEX")[0]
    return [(code, written[code], *_middle(points[code]), _main(towns, points[code])) for code in sorted(points)]


def _placed(towns: Towns, rows: Sequence[Served]) -> Iterator[tuple[Served, int | None]]:
    """The rows; those of a city that stand far from it, see `astray`, where it is, and the city."""
    found = astray.astray(towns.cities, towns.called, rows) if towns.cities else {}
    found |= astray.sorted_to(towns.country, towns.cities, towns.called, rows)
    points = {key[:2] for key in found}
    for row in rows:
        by_city: dict[int | None, list[str]] = {None: row.codes}
        if (row.lat, row.lon) in points:
            by_city = {}
            for code in row.codes:
                by_city.setdefault(found.get(astray.series(row.lat, row.lon, code)), []).append(code)
        for city, codes in by_city.items():
            at = row if city is None else row._replace(lat=towns.cities[city].lat, lon=towns.cities[city].lon)
            yield at._replace(codes=codes), city


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
