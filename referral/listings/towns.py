"""Where invented people live: countries by how many Imago networks they have, and their real cities."""

import tomllib
from bisect import bisect
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import accumulate
from pathlib import Path
from random import Random

from referral.places.types import Place

FOLDER = Path(__file__).parent / "demonstration"
"""The names, countries and sentences of invented people."""


@dataclass(frozen=True, slots=True)
class Country:
    """How the invented people of one country are."""

    weight: int
    names: Mapping[str, int]
    """Style of names -> share."""
    languages: Mapping[str, int]
    """ISO 639 code -> percent who speak it; the first is everybody's."""
    currency: str
    price: Sequence[int]
    """Least and most of an hour, whole units."""
    licences: Sequence[str] = ()
    suffixes: Sequence[str] = ("",)
    phones: Sequence[str] = ()
    """North American area codes: only there is a range of numbers kept for fiction."""


@cache
def countries() -> Mapping[str, Country]:
    """Where invented people live, by ISO 3166-1 code."""
    found = tomllib.loads((FOLDER / "countries.toml").read_text("utf-8"))
    return {code: Country(**entry) for code, entry in found.items()}


class Towns:
    """The cities to choose from: countries by weight, then towns by population, small ones a little favoured."""

    def __init__(self, cities: Iterable[Place]) -> None:
        self._of: dict[str, list[Place]] = {}
        for city in cities:
            if city.country in countries():
                self._of.setdefault(city.country, []).append(city)
        for some in self._of.values():
            some.sort(key=lambda c: (-c.population, c.name, c.region_code, c.lat, c.lon))
        self._codes = [code for code in countries() if code in self._of]
        self._weights = list(accumulate(countries()[code].weight for code in self._codes))
        self._regions = {code: _regions(some) for code, some in self._of.items()}
        self._sums = {code: list(accumulate(c.population**0.7 + 1 for c in some)) for code, some in self._of.items()}

    def __bool__(self) -> bool:
        return bool(self._codes)

    def any(self, random: Random) -> Place:
        """A city of any country."""
        return self.of(self._codes[bisect(self._weights, random.random() * self._weights[-1])], random)

    def of(self, country: str, random: Random) -> Place:
        """A city of that country."""
        sums = self._sums[country]
        return self._of[country][bisect(sums, random.random() * sums[-1])]

    def regions(self, country: str) -> list[str]:
        """ISO codes of the country's regions that have cities, in order."""
        return self._regions[country]


def _regions(cities: Iterable[Place]) -> list[str]:
    return sorted({c.region_code for c in cities if "-" in c.region_code})
