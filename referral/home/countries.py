"""The countries to browse, by continent, in the order of the alphabet of the moment."""

from collections.abc import Mapping
from dataclasses import dataclass

from referral.networks.continents import continent_names
from referral.places.continents import continent_of
from referral.search.urls import Search, url
from referral.text import alphabetical, country_name


@dataclass(frozen=True, slots=True)
class Country:
    """A country with its listings."""

    code: str
    """ISO 3166-1."""
    name: str
    listings: int
    url: str


def by_continent(counts: Mapping[str, int]) -> list[tuple[str, list[Country]]]:
    """(continent's name, its countries with a listing) for every continent that has any."""
    countries = [Country(code, country_name(code), n, url(Search(area=code))) for code, n in counts.items() if n]
    found = [
        (name, sorted((c for c in countries if continent_of(c.code) == continent), key=lambda c: alphabetical(c.name)))
        for continent, name in continent_names().items()
    ]
    return [(name, members) for name, members in found if members]
