"""The networks by continent and country, and the countries that have none of their own."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from referral.model import Network
from referral.networks import areas
from referral.networks.areas import NetworkLine
from referral.places.continents import continent_of, countries
from referral.text import _, at, country_name


@dataclass(frozen=True, slots=True)
class CountryNetworks:
    """The networks of one country."""

    code: str
    name: str
    url: str
    networks: list[NetworkLine]


@dataclass(frozen=True, slots=True)
class Continent:
    """One continent of the world page."""

    name: str
    wide: list[NetworkLine]
    """Those of more than one country."""
    countries: list[CountryNetworks]
    others: list[CountryNetworks]
    """Countries without a network of their own."""


def continent_names() -> dict[str, str]:
    """Continent -> its name, in the order of the page."""
    return {
        "NA": _("North America"),
        "EU": _("Europe"),
        "AF": _("Africa"),
        "AS": _("Asia"),
        "OC": _("Oceania"),
        "SA": _("South America"),
        "AN": _("Antarctica"),
    }


def by_continent(networks: Sequence[Network], names: Callable[[str], str]) -> list[Continent]:
    """Every continent, with its countries in the order of the alphabet of the moment."""
    return [_continent(id, name, networks, names) for id, name in continent_names().items()]


def _continent(id: str, name: str, networks: Sequence[Network], names: Callable[[str], str]) -> Continent:
    here = [n for n in networks if any(continent_of(a.code[:2]) == id for a in n.areas)]
    wide = [n for n in here if len({a.code[:2] for a in n.areas}) > 1]
    single = [n for n in here if n not in wide]
    every = [_country(code, single, names) for code in countries() if continent_of(code) == id]
    every.sort(key=lambda country: country.name)
    return Continent(
        name,
        [areas.line(n, names) for n in wide],
        [country for country in every if country.networks],
        [country for country in every if not country.networks],
    )


def _country(code: str, networks: Sequence[Network], names: Callable[[str], str]) -> CountryNetworks:
    found = areas.nearest_first(n for n in networks if any(a.code[:2] == code for a in n.areas))
    return CountryNetworks(code, country_name(code), at(f"/networks/in/{code}"), [areas.line(n, names) for n in found])
