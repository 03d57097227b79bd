"""What the answer of a network geocoder says, in the words of any of them, and whether it is one to take."""

import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from babel.core import get_global

from referral.places import areas

WHOLE_PLACES = frozenset(
    "administrative borough city country county district hamlet island localadmin locality macrocounty macroregion "
    "municipality neighbourhood postal_code postalcode postcode quarter region state suburb town village".split()
)
"""Kinds of places that are no address: who does not know a street answers with the town around it."""

COUNTRY = ("country_code", "countrycode", "countryCode", "country_a", "Country", "country")
"""Fields that hold a country's code, in some services its name."""

PARTS = ("address", "properties", "components", "attributes")
"""Parts of an answer that say what it is; Nominatim, Photon and Pelias, OpenCage, ArcGIS have each their own."""


BORDER_DEGREES = 0.3
"""The nearest town of an address so near a border (33 km) may lie in the country behind it."""
_SIDES = tuple((a, b) for a in (-1, 0, 1) for b in (-1, 0, 1) if a or b)


class Answer(Protocol):
    """What is used of a geopy Location."""

    latitude: float
    longitude: float
    raw: dict[str, object]


@dataclass(frozen=True, slots=True)
class Address:
    """Where an address is."""

    lat: float
    lon: float


def checked(answer: Answer, country: str, country_of: Callable[[float, float], str]) -> Address | None:
    """The point of an answer; None when it is a whole town and no address, or not in the country that was asked for.

    An answer that names no country lies in the one that `country_of` its point says, and one that names another than
    the country around its point is none; Puerto Rico is in the US too.
    Raises ValueError or LookupError for a point that is none, is not on earth, or is where nothing is (0, 0).
    """
    lat, lon = map(_number, _point(answer))
    if not (lat or lon) or not (math.isfinite(lat) and math.isfinite(lon) and abs(lat) <= 90 and abs(lon) <= 180):
        raise ValueError(f"{lat}, {lon} is not on earth")
    if WHOLE_PLACES & set(_said(answer.raw, ("addresstype", "type", "layer"))):
        return None
    lies_in = country_of(lat, lon)
    said = country_said(answer.raw) or lies_in
    if lies_in not in ("", said) and not _is_near_border(lat, lon, said, country_of):
        return None
    return Address(lat, lon) if country.upper() in (said, *areas.PARTS.get(said, ())) else None


def _is_near_border(lat: float, lon: float, country: str, country_of: Callable[[float, float], str]) -> bool:
    """Whether the nearest towns a little further on lie in the country, or in a part of it with a code of its own."""
    known = (country, *areas.PARTS.get(country, ()))
    wide = BORDER_DEGREES / max(math.cos(math.radians(lat)), 0.1)
    around = ((lat + BORDER_DEGREES * a, (lon + wide * b + 180) % 360 - 180) for a, b in _SIDES)
    return country_of(lat, lon) in known or any(country_of(*point) in known for point in around if abs(point[0]) <= 90)


def country_said(raw: Mapping[str, object]) -> str:
    """The country an answer names by its code of two letters or three (ISO 3166-1), as two; "" where it names none."""
    said = next((code for code in _said(raw, COUNTRY) if len(code) in (2, 3)), "") or _component(raw)
    known: Mapping[str, list[str]] = get_global("territory_aliases")
    return known.get(said.upper(), [said.upper()])[0]


def _component(raw: Mapping[str, object]) -> str:
    """The country among Google's pieces of an address."""
    pieces = raw.get("address_components")
    for piece in pieces if isinstance(pieces, list) else ():
        if isinstance(piece, dict) and "country" in piece.get("types", ()):
            return str(piece.get("short_name", ""))
    return ""


def _point(answer: Answer) -> tuple[object, object]:
    """Latitude and longitude as Nominatim, Photon and Pelias say them; geopy would make 160 of longitude -200."""
    raw, geometry = answer.raw, answer.raw.get("geometry")
    if "lat" in raw or "lon" in raw:
        return raw["lat"], raw["lon"]
    if isinstance(geometry, dict) and "coordinates" in geometry:
        return geometry["coordinates"][1], geometry["coordinates"][0]
    return answer.latitude, answer.longitude


def _number(said: object) -> float:
    if isinstance(said, bool) or not isinstance(said, int | float | str):
        raise ValueError(f"{said!r} is no coordinate")
    return float(said)


def _said(raw: Mapping[str, object], fields: Sequence[str]) -> Iterator[str]:
    """What an answer says in these fields, wherever services put them."""
    for part in (raw, *map(raw.get, PARTS)):
        for name in fields:
            value = part.get(name) if isinstance(part, dict) else None
            if isinstance(value, str) and value:
                yield value
