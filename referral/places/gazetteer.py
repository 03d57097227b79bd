"""The gazetteer: what a typed line may mean, as our own values and as a geopy geocoder. No network."""

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import replace
from functools import cached_property
from pathlib import Path
from typing import cast

from geopy import Location, Point
from geopy.exc import GeocoderQueryError
from geopy.geocoders.base import DEFAULT_SENTINEL, Geocoder

from index.types import Box
from referral.places import (
    around,
    coordinates,
    distance,
    kept,
    meaning,
    names,
    nowhere,
    options,
    parse,
    posting,
    rank,
    shapes,
    spoken,
    suggest,
)
from referral.places.folding import fold
from referral.places.nearby import nearest
from referral.places.prominent import Prominent
from referral.places.store import Exhausted, Store
from referral.places.types import Found, Place, country_name
from referral.terms import plain
from referral.text import language

MAX_CHOICES = 5

MAX_STEPS = 1_500
"""Steps a line may take: sensible ones need under 1,300, hostile ones are given up."""

MANY = 50
"""Namesakes that a begun region or country chooses among."""

SUBURB_KM = 20.0
SUBURB_SHARE = 10
"""A place is known by a city this much larger ..."""
SUBURB_LEAST = 1000
"""... and so is one whose people nobody counted."""


def open_gazetteer(path: Path) -> "Gazetteer":
    """The gazetteer in the file at `path`.

    Raises UsageError when it is missing, damaged or of another version.
    """
    return Gazetteer(path)


class Gazetteer(Geocoder):  # type: ignore[misc]  # geopy ships no types
    """Finds places by name, postcode or coordinates; safe to share between threads."""

    def __init__(self, path: Path | str) -> None:
        super().__init__()
        self.store = Store(Path(path))
        _ = (
            plain.is_plain(""),
            nowhere.is_nowhere(""),
            spoken.is_said(""),
            kept.kept(),
            shapes.shapes(),
            around.near("?"),
            country_name("", "ar"),
            names.may_be_begun("", ""),
        )  # read now, not while somebody waits: 90 ms

    def find(self, line: str, *, country: str | None = None, limit: int = 6, areas: bool = False) -> list[Found]:
        """The places `line` may mean, best first; [] for nothing sensible. Never raises for any text.

        `country` (ISO 3166-1) is where the visitor likely is; it never overrides a country in the line.
        With `areas` a region stays beside a town that reads alike: both Vienna, Austria.
        """
        text = parse.clean(line)
        if not text or coordinates.off_earth(text):
            return []
        bias = country.upper() if country else None
        if points := coordinates.points(text):
            return self._points(points, bias)
        if parse.is_telephone(text):
            return []
        return rank.best(self._bounded(meaning.readings, text, bias), limit, areas=areas)

    def _bounded(
        self, read: Callable[[Store, str, str | None], list[Found]], text: str, bias: str | None
    ) -> list[Found]:
        """What `read` finds, unsorted; nothing when that takes too long."""
        try:
            with self.store.allowed(MAX_STEPS):
                return read(self.store, text, bias)
        except Exhausted:
            return []

    def _points(self, points: Sequence[coordinates.Point], country: str | None) -> list[Found]:
        """The points with a town near them, first the one in the visitor's country or nearer to its town."""
        found: list[tuple[bool, float, Place]] = []
        for lat, lon in points:
            if near := self.nearest(lat, lon):
                there = self._point(near, [near], lat, lon, id=f"{lat:.5f},{lon:.5f}")
                away = distance.km(lat, lon, near.lat, near.lon)
                found.append((near.country != country, away, there))
        found.sort(key=lambda one: one[:2])
        return [Found(place, "coordinates", 10.0 - number) for number, (_, _, place) in enumerate(found)]

    def is_ambiguous(self, found: Sequence[Found]) -> bool:
        """Whether a person should be shown `choices`: the runner-up is close, or the name was corrected."""
        return rank.is_ambiguous(list(found))

    def choices(self, found: Sequence[Found]) -> list[Place]:
        """What else may have been meant, at most five; [] when the first is clear."""
        if not self.is_ambiguous(found):
            return []
        spoken = language()  # what reads alike to whoever is asked is no choice: Berlin, Deutschland is both
        shown = {fold(f.place.label(spoken)): f for f in reversed(found)}
        shown.pop(fold(found[0].place.label(spoken)), None)
        others = list(shown.values())[::-1]
        return [f.place for f in others[:MAX_CHOICES]] if self.is_ambiguous([found[0], *others]) else []

    def place(self, place_id: str) -> Place | None:
        """The place with this id, or None."""
        if place_id.isascii() and place_id.isdigit():
            number = int(place_id[:12])
            record = self.store.records([number]).get(number)
            return record.place if record and record.place.id == place_id else None
        country, colon, code = place_id.partition(":")
        if colon:
            found = [p for p in self.store.postcodes(code) if p.country == country]
            return posting.place_of(found[0], self.store.records([found[0].place])[found[0].place]) if found else None
        record = self.store.by_code(place_id)
        return record.place if record else None

    def nearest(self, lat: float, lon: float) -> Place | None:
        """The town nearest to a point; None when the point is not on earth."""
        return nearest(self.store, lat, lon)

    def suggest(self, prefix: str, *, country: str | None = None, limit: int = 10, locale: str = "en") -> list[Place]:
        """Up to `limit` places the typed letters may become, best first; they will be shown in `locale`."""
        text = parse.clean(prefix)
        *whole, begun = parse.segments(text) or [""]
        bias = country.upper() if country else None
        found = self._begun(whole, begun, country, limit, locale) if whole else []
        found = found or suggest.codes(self.store, text, bias, limit)
        found = found or (suggest.complete(self.store, text, bias, limit, locale) if text else [])
        found = found or self._behind_code(text, country, limit, locale)
        return found or suggest.distinct(
            (f.place for f in self.find(text, country=country, limit=limit)), locale, limit
        )

    def _behind_code(self, text: str, country: str | None, limit: int, locale: str) -> list[Place]:
        """The postcodes in a line that goes on with the beginning of their town."""
        code, _, begun = text.rpartition(" ")
        if not (begun.isalpha() and any(map(str.isdigit, code))):
            return []
        named = (f.place for f in self.find(code, country=country, limit=MANY))
        return suggest.of_code(named, begun, locale, limit)

    def under(self, prefix: str, places: Sequence[Place], locale: str = "en") -> dict[str, str]:
        """Of suggested places (by id) the name that was begun to be typed, where they are shown by another."""
        return suggest.under(self.store, parse.clean(prefix), places, locale)

    def _begun(self, whole: Sequence[str], begun: str, country: str | None, limit: int, locale: str) -> list[Place]:
        """The places that the whole parts mean, in what the last has begun to say; behind a street, its town."""
        bias, line = country.upper() if country else None, ", ".join(whole)
        if not any(map(str.isdigit, whole[-1])):
            named = rank.likely(self.find(line, country=bias, limit=MANY))
            found = suggest.within((f.place for f in named), begun, limit, locale)
            likely = [] if found else suggest.complete(self.store, line, bias, MANY, locale)
            return found or suggest.within(likely, begun, limit, locale)
        exact = self._bounded(meaning.strict, line, bias)
        if not exact:
            return suggest.complete(self.store, begun, bias, limit, locale)
        return suggest.within((f.place for f in rank.best(exact, MANY)), begun, limit, locale)

    def cities(self, countries: Collection[str], min_population: int = 0) -> Iterator[Place]:
        """The towns of these countries with at least so many people, by country and row number."""
        for country in sorted(set(countries)):
            for record in self.store.towns(country, min_population):
                yield record.place

    def largest(self, box: Box, limit: int) -> list[Place]:
        """Up to `limit` towns of a box, the most populous first."""
        ids = self._prominent.within(box, limit)
        found = self.store.records(ids)
        return [found[id_].place for id_ in ids]

    def around(self, lat: float, lon: float) -> Place:
        """The very point, under the names people have for it: "Wicker Park, Chicago"; else its numbers."""
        town = self.nearest(lat, lon)
        if town is None:
            return Place("", f"{lat:g}, {lon:g}", "point", "", "", "", lat, lon, 0)
        city = self.city_of(town)
        return self._point(town, [town, city] if city else [town], lat, lon, id="")

    def _point(self, town: Place, towns: Sequence[Place], lat: float, lon: float, *, id: str) -> Place:
        """A point in the region of a town, called as these towns are."""

        def spoken(place: str, locale: str) -> str:
            region = place == town.region_code
            return self.store.spoken(place, locale) if region else ", ".join(t.named(locale) for t in towns)

        at = replace(town, id=id, kind="point", lat=lat, lon=lon, population=0, within="", spoken=spoken)
        return replace(at, name=", ".join(t.name for t in towns))

    def city_of(self, town: Place) -> Place | None:
        """The city that people name with so small a place, as Chicago with Wicker Park; None where none is near."""
        near = distance.box(town.lat, town.lon, SUBURB_KM)
        largest = self.largest(Box(near.south, near.west, near.north, near.east), 1)
        least = SUBURB_SHARE * max(town.population, SUBURB_LEAST)
        own = (c for c in largest if (c.country, c.region_code) == (town.country, town.region_code))
        return next((c for c in own if c.id != town.id and c.population >= least), None)

    @cached_property
    def _prominent(self) -> Prominent:
        return Prominent(self.store)

    def geocode(
        self,
        query: str,
        *,
        exactly_one: bool = True,
        country_codes: str | Sequence[str] | None = None,
        limit: int | None = None,
        language: str | Sequence[str] | None = None,
        timeout: object = DEFAULT_SENTINEL,
    ) -> Location | list[Location] | None:
        """As geopy's geocoders: a Location (a list of them unless `exactly_one`), or None for nothing.

        `country_codes` keeps only places there, `language` may be an Accept-Language line; `timeout`
        is accepted for the interface, nothing waits.
        """
        if not isinstance(query, str):
            raise GeocoderQueryError("The query must be a string.")
        codes, limit = options.countries(country_codes), options.most(limit, exactly_one=exactly_one)
        kept = self._within(query, codes, limit) if codes else self.find(query, limit=max(MANY, limit))
        locations = [self._location(f, kept[: max(limit, options.MANY)], language) for f in kept[:limit]]
        return (locations[0] if exactly_one else locations) if locations else None

    def _within(self, query: str, codes: Sequence[str], limit: int) -> list[Found]:
        """What `query` means in these countries: among the foremost of the world or, where that is not enough, asked
        for with each country behind it.
        """
        found = [f for f in self.find(query, country=codes[0], limit=max(MANY, limit)) if f.place.country in codes]
        if len(found) < limit:
            named = [f for code in codes for f in self.find(f"{query}, {code}", limit=limit) if f.place.country == code]
            known = {f.place.id for f in found}
            found += sorted((f for f in named if f.place.id not in known), key=lambda f: -f.score)
        return found

    def reverse(
        self,
        query: Point | tuple[float, float] | str,
        *,
        exactly_one: bool = True,
        language: str | Sequence[str] | None = None,
        timeout: object = DEFAULT_SENTINEL,
    ) -> Location | list[Location] | None:
        """The nearest town to a point, as geopy's geocoders give it."""
        if query is None:
            raise GeocoderQueryError("The query must be a point.")
        try:
            point = Point(query)
        except ValueError as error:
            raise GeocoderQueryError(str(error)) from error
        place = self.nearest(point.latitude, point.longitude)
        if place is None:
            return None
        found = Found(place, "coordinates", 10.0)
        location = self._location(found, [found], language)
        return location if exactly_one else [location]

    def _location(self, found: Found, among: list[Found], language: str | Sequence[str] | None) -> Location:
        place, locale = found.place, options.language(language)
        raw = {
            "kind": place.kind,
            "country": place.country,
            "region": place.region,
            "match": found.match,
            "alternatives": [f.place.label(locale) for f in among if f is not found],
        }
        return Location(place.label(locale), (place.lat, place.lon), cast(object, raw))
