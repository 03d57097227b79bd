"""A row of the table of places as a value, with the row numbers of what contains it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import cast

from referral.places.schema import DEGREE, KINDS
from referral.places.types import Place

SELECT = """
SELECT p.id, p.kind, p.name, p.country, p.lat, p.lon, p.population, p.radius, p.code, p.within, p.region, p.county,
  r.code, r.name
FROM place p LEFT JOIN place r ON r.id = p.region"""
"""Of the rows that `record` reads; a condition may follow."""

_Row = tuple[
    int,
    int,
    str,
    str,
    int,
    int,
    int,
    int | None,
    str | None,
    str | None,
    int | None,
    int | None,
    str | None,
    str | None,
]


@dataclass(frozen=True, slots=True)
class Record:
    """A place with the row numbers that say what contains it."""

    place: Place
    id: int
    region: int
    county: int


def record(row: tuple[object, ...], spoken: Callable[[str, str], str]) -> Record:
    """A row of `SELECT` as a value; `spoken` says what regions and towns are called in a language."""
    id_, kind, name, country, lat, lon, population, radius, code, within, region, county, *of_region = cast(_Row, row)
    place = Place(
        id=code or str(id_),
        name=name,
        kind=KINDS[kind],
        country=country,
        region_code=of_region[0] or "",
        region=of_region[1] or "",
        lat=lat / DEGREE,
        lon=lon / DEGREE,
        population=population,
        radius_km=float(radius or 0),
        spoken=spoken,
        within=within or "",
    )
    return Record(place, id_, region or 0, county or 0)


def padded(numbers: Sequence[int], length: int) -> list[int]:
    """`numbers` filled up with what no row has, so that few different statements are prepared."""
    return [*numbers, *[-1] * (length - len(numbers))]
