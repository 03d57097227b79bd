"""The values of this package: a place, and a place found for a typed line."""

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import lru_cache

from babel import Locale, UnknownLocaleError
from babel.core import parse_locale

from referral.places.folding import OTHER_SCRIPTS, fold, without_suffix
from referral.places.kinds import is_own
from referral.text import comma, languages

_SPOKEN = frozenset({"city", "postcode", "area", "point"})
"""Kinds of places that have names in other languages by what they are known by; a postcode bears its town's."""


@dataclass(frozen=True, slots=True)
class Place:
    """Somewhere on earth that people have a name for."""

    id: str
    """Stable, fit for a URL: "4887398", an area's code ("US-IL", "US", "ES.mallorca") or country and
    postcode ("DE:80331")."""
    name: str
    """The name in English where the gazetteer has one, else the local one; a postcode bears its town's name."""
    kind: str
    """One of city, village (known from its postcode only), postcode, county, region, country, area (a landscape, island
    or conurbation kept by hand), point."""
    country: str
    """ISO 3166-1 alpha-2."""
    region_code: str
    """ISO 3166-2 where the region joins, else country, a dot and GeoNames' own code ("VN.20"); "" without a region."""
    region: str
    """Name of the region; a region bears its own."""
    lat: float
    """Degrees WGS 84; of areas, the middle of their towns."""
    lon: float
    """Degrees WGS 84."""
    population: int
    """Inhabitants; 0 where unknown."""
    radius_km: float = 0.0
    """Of areas: within this distance of the point lie nearly all their towns; 0 for anything smaller."""
    postcode: str = ""
    """The postcode as written in its country, of a place of that kind."""
    within: str = ""
    """The county or larger town that tells a town from its namesakes in the same region; "" for most."""
    spoken: Callable[[str, str], str] | None = field(default=None, compare=False, repr=False)
    """What a region (its code), a town (its number) or a point is called in a language; "" where nobody has said."""

    @property
    def area(self) -> str:
        """The code a search can ask for with `in=` ("US-IL", "US"), or "" when the place is no country or region."""
        return {"country": self.country, "region": self.region_code}.get(self.kind, "")

    @property
    def jurisdiction(self) -> str:
        """The narrowest ISO area whose law holds here: "US-IL", else the country."""
        return self.region_code if "-" in self.region_code else self.country

    def named(self, locale: str = "en") -> str:
        """The name alone, in that language where there is one."""
        if self.kind == "region":
            return self._region(locale)
        return (self._spoken(self.id, locale) if self.kind in _SPOKEN else "") or self.name

    def _region(self, locale: str) -> str:
        return (self._spoken(self.region_code, locale) if self.region else "") or self.region

    def _spoken(self, place: str, locale: str) -> str:
        return self.spoken(place, locale) if self.spoken and locale != "en" else ""

    def label(self, locale: str = "en") -> str:
        """The name with its region and country: "Chicago, Illinois, United States"; between them `within`, if any."""
        if self.kind == "country":
            return country_name(self.country, locale)
        named, region = self.named(locale), self._region(locale)
        if self.region == self.name and region == self.region:
            region = named  # a region called as its town, of which nobody has said what it is called in that language
        elif self.region == named != region and _is_bare(region):
            named = region  # and the other way round: 東京 is no region with a Tokyo in it
        is_apart = self.within != "" and fold(self.within) in (fold(self.region), fold(region))
        country = country_name(self.country, locale)
        if self.kind != "region" and not is_apart and self._is_idle(named, region, country):
            region = ""
        name = f"{self.postcode} {self._without_city(named)}".strip()
        said = ("" if is_apart else self.within, region if is_apart or region != name else "")
        return comma(locale).join([name, *filter(None, (*said, country if country != name else ""))])

    def _without_city(self, named: str) -> str:
        """A quarter's name less the city before it, where that is its region: "Wien, Innere Stadt"."""
        city, _, quarter = named.partition(", ")
        if not quarter or self.kind not in ("postcode", "village"):
            return named
        return quarter if city in (self.region, *map(self._region, languages())) else named

    def _is_idle(self, named: str, region: str, country: str) -> bool:
        """Whether its region, as all three are called in a language, says no more than it or its country does."""
        if self._is_own(named, region) or _is_whole(self.region_code, self.region, self.country):
            return True
        return fold(region) in (fold(named), fold(country)) or named.endswith(f", {region}")

    def _is_own(self, named: str, region: str) -> bool:
        """Whether its region is called after it: the State of Berlin."""
        if self.kind not in ("city", "postcode") or self.within or not is_own(self.name, self.region):
            return False
        return (region == self.region or is_own(named, region)) and country_name(self.country) != self.name


@dataclass(frozen=True, slots=True)
class Found:
    """A place that a typed line may mean."""

    place: Place
    match: str
    """exact, qualifier, postcode, coordinates, prefix, typo, or fallback (only part of the line was understood)."""
    score: float
    """Higher is likelier; comparable within one answer only (a step of 1 is ten times the inhabitants)."""
    corrected: bool = False
    """Whether the name had to be changed to be understood."""
    under: str = ""
    """The folded name it was found under; "" where it was none."""

    def as_json(self) -> dict[str, str | float]:
        """The public form of the contract."""
        place = self.place
        return {
            "name": place.name,
            "region": place.region,
            "country": place.country,
            "lat": place.lat,
            "lon": place.lon,
            "kind": place.kind,
            "match": self.match,
            "label": place.label(),
        }


def as_json(found: list[Found]) -> list[dict[str, str | float]]:
    """The public form of an answer, best first."""
    return [f.as_json() for f in found]


def _is_bare(region: str) -> bool:
    """Whether the name of a region is in another script and nothing in it says that it is one ("Одесская область")."""
    return region >= OTHER_SCRIPTS and without_suffix(region) == region and " " not in region


@lru_cache(maxsize=4096)
def _is_whole(code: str, region: str, country: str) -> bool:
    """Whether a region of GeoNames' own is as good as its country, so that both need not be said: Réunion, Svalbard."""
    own, whole = f"{country}.", fold(country_name(country))
    return code == own + country or (code.startswith(own) and f"{whole} ".startswith(f"{fold(region)} "))


def country_name(code: str, locale: str = "en") -> str:
    """What the country is called in `locale` (English when that is not a language), else its code."""
    return _countries(locale).get(code) or _countries("en").get(code, code)


@lru_cache(maxsize=64)
def _countries(locale: str) -> dict[str, str]:
    try:
        return dict(Locale(*parse_locale(locale.replace("-", "_"))[:1]).territories) if locale else {}
    except (UnknownLocaleError, ValueError):
        return {}
