"""What the maps of networks show: a pin for each in the world, and for one the circles it is responsible for."""

from collections.abc import Iterable
from dataclasses import replace
from functools import lru_cache

from referral.model import Network
from referral.places.framing import Framed, Json, framed, number
from referral.places.gazetteer import Gazetteer
from referral.places.types import Place
from referral.text import at

TOWN_KM = 25.0
"""The circle of a city that nobody measured."""

SHAPED_KM = 20.0
"""A country within so small a circle is drawn as one."""

SHAPELESS = frozenset({"BQ", "GF", "GP", "MQ", "RE", "SJ", "TK", "TV", "UM", "XK", "YT"})
"""Parts of other countries in the data of the ground, or not in it at all: drawn as circles."""


def world(networks: Iterable[Network], gazetteer: Gazetteer, base_url: str) -> list[Json]:
    """A pin for every network that has a place, as GeoJSON; those at one point share it."""
    found: dict[tuple[float, float], list[Json]] = {}
    for network in networks:
        place = _seat(network.city, tuple(a.code for a in network.areas), gazetteer)
        if place is not None:
            one: Json = {"name": network.name, "url": base_url + at(f"/networks/{network.slug}")}
            found.setdefault((place.lat, place.lon), []).append(one)
    return [
        {
            "type": "Feature",
            "geometry": {"type": "Point", "coordinates": [round(lon, 3), round(lat, 3)]},
            "properties": {"count": len(here), "listings": here},
        }
        for (lat, lon), here in found.items()
    ]


@lru_cache(maxsize=512)
def _seat(city: str, codes: tuple[str, ...], gazetteer: Gazetteer) -> Place | None:
    """Where it sits, else the middle of its first area."""
    if city and codes:
        read = gazetteer.find(city, country=codes[0][:2], limit=1)
        if read and read[0].place.country == codes[0][:2]:
            return read[0].place
    return gazetteer.place(codes[0]) if codes else None


def areas(network: Network, gazetteer: Gazetteer) -> Framed | None:
    """Countries as they are shaped, and circles around regions and towns; None for one that works everywhere."""
    places = [place for a in network.areas if (place := gazetteer.place(a.code)) is not None]
    found = framed([(p.lat, p.lon, round(p.radius_km or TOWN_KM)) for p in places])
    if found is None:
        return None
    shaped = [number(p.country) if _has_shape(p) else "" for p in places]
    circles = [circle for circle, shape in zip(found.circles, shaped, strict=True) if not shape]
    return replace(found, circles=circles, outlines=[shape for shape in shaped if shape])


def _has_shape(place: Place) -> bool:
    known = place.kind == "country" and place.country not in SHAPELESS
    return known and (place.radius_km or 0) > SHAPED_KM
