"""What towns are called that time zones are named after: some four hundred, the best known of most countries.

Babel has these names in every language a page is in. Used when building.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from functools import cache

from babel import Locale
from babel.core import get_global

from referral.places.sources import City
from referral.text import languages

Spoken = Mapping[str, str]
"""Language -> a name in it."""


def called(country: str, cities: Sequence[City]) -> dict[int, Spoken]:
    """GeoNames number -> what the town is called, of those in a country that a zone is named after.

    The largest town whose main name it is, else the largest of whose names it is one.
    """
    zones = _zones()[country]
    best: dict[str, tuple[bool, int, int]] = {}
    for city in cities if zones else ():
        main = city.name.casefold()
        for name in zones.keys() & {main, *map(str.casefold, city.names)}:
            best[name] = max(best.get(name, (False, 0, 0)), (name == main, city.population, city.id))
    return {number: zones[name] for name, (_, _, number) in best.items()}


@cache
def _zones() -> Mapping[str, Mapping[str, Spoken]]:
    """Country -> English name of each town in small letters of a zone -> its names in the languages of the pages."""
    found: dict[str, dict[str, Spoken]] = defaultdict(dict)
    english, *others = (Locale(language) for language in languages())
    territories: Mapping[str, str] = get_global("zone_territories")
    for zone, country in territories.items():
        name = _city(english, zone) or zone.rpartition("/")[2].replace("_", " ")
        spoken = {str(one): said for one in others if (said := _city(one, zone))}
        is_state = name == english.territories[country]
        told = {
            language: said for language, said in spoken.items() if is_state or not _is_state(said, country, language)
        }
        found[country][name.casefold()] = told
    return found


def _is_state(name: str, country: str, language: str) -> bool:
    """Whether it is what the whole country is called: "Túnez" would not say that the city is meant."""
    return name == Locale(language).territories.get(country)


def _city(locale: Locale, zone: str) -> str:
    return str(dict(locale.time_zones.get(zone, {})).get("city", ""))
