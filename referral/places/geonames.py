"""The raw rows out of full GeoNames dumps that an operator downloaded, streamed; a second source beside the packages.

A folder holds `allCountries.zip` (or one `CC.zip` per country, beside which all others stay as the packages have them),
`alternateNamesV2.zip`, `admin1CodesASCII.txt` and, in `zip/`, `allCountries.zip` of the postcodes:
https://download.geonames.org/export/
"""

import io
import re
import unicodedata
import zipfile
import zlib
from collections.abc import Iterator, Sequence, Set
from contextlib import closing, contextmanager
from dataclasses import dataclass
from math import inf
from pathlib import Path

from referral.errors import UsageError
from referral.places.further_names import FurtherNames
from referral.places.sources import City, Country, County, PostcodeRow, Region, Sources, Subdivision

COLUMNS = 19
"""Of the table of places; see readme.txt beside the dumps."""
POSTCODE_COLUMNS = 12
GONE = frozenset({"PPLH", "PPLQ", "PPLW"})
"""Places that were left or destroyed."""
REGION_COLUMNS = 4
NAME_COLUMNS = 4
"""The first of the table of names; what follows them is not read."""
MOST_NUMBER = 99_999_999
"""GeoNames counts some 13 million places; what is larger is none of its numbers."""
MOST_PEOPLE = 99_999_999_999
MOST_LETTERS = 200
"""Of a name, as GeoNames says."""
CODE = re.compile("[A-Z]{2}")
"""Of a country."""
_UNPRINTED = frozenset({"Cc", "Cf", "Cs", "Co", "Zl", "Zp"})
_JOINERS = "\u200c\u200d"
"""Signs that write nothing and that Persian and Indic names need."""
MOST_NEW = 2
"""A table with less than a half of the regions, towns or countries that the packages know is cut off."""
SHORTEST_ROW = 40
"""Bytes of a place with a short name."""
DAMAGE = (zipfile.BadZipFile, zlib.error, EOFError, KeyError, UnicodeDecodeError, RuntimeError, OSError)
"""What reading a zip raises that is damaged, locked with a password, or none at all."""
NO_LANGUAGE = frozenset({"link", "post", "wkdt", "iata", "icao", "faac", "tcid", "unlc", "phon", "piny"})
"""Kinds of "alternate name" that are none."""


@dataclass(frozen=True, slots=True)
class Dumps:
    """Towns, regions and postcodes out of dumps; countries, counties and ISO codes out of the packages.

    So are the towns of countries that have no dump where there are some of single countries.
    """

    folder: Path
    packages: Sources

    def cities(self) -> Iterator[City]:
        """Every populated place that still exists. Raises UsageError when the dumps have none."""
        paths, seen = self._places(), Seen()
        if paths == [self._whole]:
            self._refuse_small()
        with closing(FurtherNames(self._further_names())) as further:
            for path in paths:
                towns = (r for r in rows(path, COLUMNS) if r[6] == "P" and r[7] not in GONE and r[8])
                for row in towns:
                    yield seen.first(path, _city(path, row, further))
        if not seen.countries:
            raise UsageError(f"{self.folder} holds no populated place; is it the right dump?")
        if paths == [self._whole]:
            self._refuse_few(seen.countries)
        else:
            dumped = {path.stem for path in paths}
            yield from (c for c in self.packages.cities() if c.country not in dumped and c.id not in seen)

    def _refuse_small(self) -> None:
        """Raise UsageError when the dump of all countries cannot hold half of the towns that the packages know."""
        known = sum(1 for _ in self.packages.cities())
        most = table(self._whole).file_size // SHORTEST_ROW
        if most * MOST_NEW < known:
            raise UsageError(
                f"{self._whole} holds at most {most} of some {known} towns; all countries are in that file."
            )

    def _refuse_few(self, countries: Set[str]) -> None:
        """The same when it has towns of less than half of the countries."""
        known = sum(1 for _ in self.packages.countries())
        if len(countries) * MOST_NEW < known:
            raise UsageError(
                f"{self._whole} holds {len(countries)} of some {known} countries; that of one is called CC.zip."
            )

    def countries(self) -> Iterator[Country]:
        """As the packages have them."""
        return self.packages.countries()

    def regions(self) -> Iterator[Region]:
        """Every first-level division of `admin1CodesASCII.txt`."""
        path = self.folder / "admin1CodesASCII.txt"
        if not path.exists():
            raise UsageError(f"{path} is missing; it is on https://download.geonames.org/export/dump/")
        lines = _lines(path)
        if not lines:
            raise UsageError(f"{path} is empty; it was not downloaded to its end.")
        known = sum(1 for _ in self.packages.regions())
        if len(lines) * MOST_NEW < known:
            raise UsageError(f"{path} holds {len(lines)} of some {known} regions; it was not downloaded to its end.")
        seen = set[str]()
        for line in lines:
            row = line.split("\t")
            country, _dot, admin1 = row[0].partition(".")
            if len(row) != REGION_COLUMNS or not admin1 or "." in admin1 or not CODE.fullmatch(country):
                raise UsageError(f"{path} is not the whole table of regions: {line[:60]!r}")
            if row[0] in seen:
                raise UsageError(f"{path} holds the region {row[0]} twice.")
            seen.add(row[0])
            yield Region(country, admin1, _printed(row[1]))

    def counties(self) -> Iterator[County]:
        """As the packages have them."""
        return self.packages.counties()

    def postcodes(self) -> Iterator[PostcodeRow]:
        """Every row of the postcode dump; the packages' when there is none."""
        path = self.folder / "zip" / "allCountries.zip"
        if not path.exists():
            yield from self.packages.postcodes()
            return
        for row in rows(path, POSTCODE_COLUMNS):
            if row[9] and row[10]:
                at = (_number(path, row[9], 90), _number(path, row[10]))
                yield PostcodeRow(_country(path, row[0]), _printed(row[1]), _printed(row[2]), _printed(row[3]), *at)

    def subdivisions(self) -> Iterator[Subdivision]:
        """As the packages have them."""
        return self.packages.subdivisions()

    def words(self) -> Sequence[str]:
        """As the packages have them."""
        return self.packages.words()

    @property
    def _whole(self) -> Path:
        """The dump of all countries."""
        return self.folder / "allCountries.zip"

    def _places(self) -> list[Path]:
        found = [self._whole] if self._whole.exists() else sorted(self.folder.glob("[A-Z][A-Z].zip"))
        if not found:
            raise UsageError(f"{self.folder} holds neither allCountries.zip nor any CC.zip of GeoNames.")
        return found

    def _further_names(self) -> Iterator[tuple[int, str]]:
        """GeoNames number and name of every row of the dump of names, where it is there."""
        path = self.folder / "alternateNamesV2.zip"
        for row in rows(path, NAME_COLUMNS, or_more=True) if path.exists() else ():
            if row[2] not in NO_LANGUAGE:
                yield _whole(path, row[1], MOST_NUMBER), row[3]


def rows(path: Path, columns: int, *, or_more: bool = False) -> Iterator[list[str]]:
    """The rows of the one table in a zip, read as they come.

    Raises UsageError when it is no such table, which has so many columns, or is cut off.
    """
    member = table(path)
    if not member.file_size:
        raise UsageError(f"{path} holds an empty table; it was not downloaded to its end.")
    with _undamaged(path), zipfile.ZipFile(path) as opened, opened.open(member) as packed:
        for line in io.TextIOWrapper(packed, "utf-8", newline="\n"):
            row = line.rstrip("\n").split("\t")
            if len(row) < columns or (len(row) > columns and not or_more):
                raise UsageError(f"{path} is not a GeoNames table of {columns} columns: {line[:60]!r}")
            yield row


def table(path: Path) -> zipfile.ZipInfo:
    """The table in a zip, which is called as the zip is. Raises UsageError when it holds none, or another."""
    with _undamaged(path), zipfile.ZipFile(path) as opened:
        if f"{path.stem}.txt" in opened.namelist():
            return opened.getinfo(f"{path.stem}.txt")
        others = [name for name in opened.namelist() if name.endswith(".txt") and "readme" not in name.lower()]
    raise UsageError(f"{path} holds {', '.join(others[:3]) or 'no table'} and no {path.stem}.txt.")


@contextmanager
def _undamaged(path: Path) -> Iterator[None]:
    """Raise UsageError for what reading a damaged zip raises."""
    try:
        yield
    except DAMAGE as damage:
        raise UsageError(f"{path} is damaged or was not downloaded to its end ({damage}).") from damage


def _lines(path: Path) -> list[str]:
    """The lines of the table of regions."""
    try:
        return path.read_text("utf-8").splitlines()
    except UnicodeDecodeError as wrong:
        raise UsageError(f"{path} is not the whole table of regions: it is not in UTF-8.") from wrong
    except OSError as refused:
        raise UsageError(f"{path} cannot be read ({refused.strerror}).") from refused


class Seen:
    """Which places were read: one bit each, for there are five million."""

    def __init__(self) -> None:
        self._bits = bytearray(MOST_NUMBER // 8 + 1)
        self.countries = set[str]()

    def __contains__(self, number: int) -> bool:
        return bool(self._bits[number // 8] & 1 << number % 8)

    def first(self, path: Path, city: City) -> City:
        """The city; raises UsageError when it was read before, or lies in another country than the dump is of."""
        if city.id in self:
            raise UsageError(f"{path} holds the place {city.id} twice.")
        if CODE.fullmatch(path.stem) and city.country != path.stem:
            raise UsageError(f"{path} holds places of {city.country}.")
        self._bits[city.id // 8] |= 1 << city.id % 8
        self.countries.add(city.country)
        return city


def _city(path: Path, row: list[str], further: FurtherNames) -> City:
    number, people = _whole(path, row[0], MOST_NUMBER), _whole(path, row[14] or "0", MOST_PEOPLE)
    name = _printed(row[1])
    if not name or len(name) > MOST_LETTERS:
        raise UsageError(f"{path} is not a GeoNames table: {number} has no name, or one too long.")
    others = map(_printed, row[3].split(",") + further.of(number))
    known = dict.fromkeys(n for n in others if n and len(n) <= MOST_LETTERS)
    at = (_number(path, row[4], 90), _number(path, row[5]))
    return City(number, name, list(known), _country(path, row[8]), row[10], row[11], *at, people)


def _country(path: Path, code: str) -> str:
    if not CODE.fullmatch(code):
        raise UsageError(f"{path} is not a GeoNames table: {code[:20]!r} is no country.")
    return code


def _printed(text: str) -> str:
    """The text less what prints nothing or turns what stands behind it round: no name has that."""
    if text.isascii() and text.isprintable():
        return text.strip()
    return "".join(c for c in text if c in _JOINERS or unicodedata.category(c) not in _UNPRINTED).strip()


def _number(path: Path, text: str, most: float = 180) -> float:
    try:
        found = float(text)
    except ValueError:
        found = inf
    if not abs(found) <= most:
        raise UsageError(f"{path} is not a GeoNames table: {text[:20]!r} is no coordinate.")
    return found


def _whole(path: Path, text: str, most: int) -> int:
    try:
        number = int(text[:20])
    except ValueError:
        number = -1
    if not 0 <= number <= most:
        raise UsageError(f"{path} is not a GeoNames table: {text[:20]!r} is no number of its kind.")
    return number
