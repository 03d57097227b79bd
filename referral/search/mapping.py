"""From a search to its map: where everybody who matches may be found, as GeoJSON. Coarse public points only."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from index.types import Box, Pin, Query, Results
from referral.errors import UsageError
from referral.listings.cards import Card
from referral.search.answer import Json
from referral.search.asking import RADII_KM, RADII_MILES, Asked, query
from referral.search.framing import frame
from referral.search.sources import Sources
from referral.search.urls import MAX_RADIUS, Search
from referral.text import _

NAMED = 120
"""Up to so many listings a map names at once; on a fuller one only those of the page, the others when asked for."""


LIGHT = 1000
"""Above so many pins a light map has them gathered: drawn on a page, most of them are heaps anyway."""


@dataclass(frozen=True, slots=True)
class Map:
    """What is drawn for a search."""

    asked: Asked
    query: Query
    total: int
    pins: tuple[Pin, ...] = ()
    cards: Mapping[int, Card] = field(default_factory=dict)
    """Listing number -> card, of those who are named."""
    is_light: bool = False
    """Whether it is small to send: what a page draws at once, and asks for more of where somebody looks closer."""


def find(sources: Sources, search: Search, box: Box | None = None, *, is_light: bool = False) -> Map:
    """The map of a search, all of it or only what lies in `box`; nobody for a search that asks for nothing."""
    sources.follow()
    asked = sources.locate(search)
    question = replace(query(asked), pins=True, box=box, few_pins=LIGHT if is_light else 0)
    if asked.search.is_empty or (search.is_placed and asked.place is None):
        return Map(asked, question, 0)
    question, results = _answer(sources, question)
    ids = _named(results)
    return Map(asked, question, results.total, results.pins, sources.cards(dict.fromkeys(ids)), is_light)


def _answer(sources: Sources, question: Query) -> tuple[Query, Results]:
    """The answer; words that nobody's listing holds are left out, as on the page."""
    results = sources.find(question)
    without = replace(question, text="", page=1)
    if results.total or not question.text or without == Query(pins=True, box=question.box, few_pins=question.few_pins):
        return question, results
    return without, sources.find(without)


def _named(results: Results) -> list[int]:
    """The listings whose names the map bears."""
    ids = list(dict.fromkeys(id for pin in results.pins for id in pin.ids))
    return ids if len(ids) <= NAMED else [id for id, _km in results.hits]


def box(text: str) -> Box | None:
    """The part of the map that `south,west,north,east` names, None when empty.

    Raises UsageError for anything else.
    """
    if not text:
        return None
    try:
        south, west, north, east = (float(part) + 0.0 for part in text.split(","))
    except ValueError:
        raise UsageError(_("A box is its south, west, north and east in degrees, like 41.5,-88,42,-87.5.")) from None
    in_range = max(abs(south), abs(north)) <= 90 and max(abs(west), abs(east)) <= 180
    if not (all(map(math.isfinite, (south, west, north, east))) and in_range and south <= north):
        raise UsageError(_("That box is not on the map."))
    return Box(south, west, north, east)


def as_json(drawn: Map, base_url: str) -> Json:
    """RFC 7946, with what a page needs to draw it: the circles that were asked for, and how far one may search.

    A light one has pins that name nobody in `pins` and not as features, which is a third less to send.
    """
    circles = drawn.query.circles
    features: list[Pin] = []
    apart: list[Pin] = []
    for pin in drawn.pins:
        (apart if drawn.is_light and drawn.cards.keys().isdisjoint(pin.ids) else features).append(pin)
    return {
        "type": "FeatureCollection",
        "bbox": frame(drawn.pins, circles, drawn.asked.place),
        "total": drawn.total,
        "circles": [{"lat": c.lat, "lon": c.lon, "radius_km": c.radius} for c in circles],
        "radii": [*(RADII_MILES if drawn.asked.miles else RADII_KM), MAX_RADIUS],
        "features": [_feature(pin, drawn.cards, base_url) for pin in features],
        **({"pins": _together(apart)} if drawn.is_light else {}),
    }


def _together(pins: Sequence[Pin]) -> Json:
    """Where pins stand, in ten-thousandths of a degree, each as so many steps from the one before; and their counts."""
    return {
        "lat": _steps([round(pin.lat * 10_000) for pin in pins]),
        "lon": _steps([round(pin.lon * 10_000) for pin in pins]),
        "count": [pin.count for pin in pins],
    }


def _steps(numbers: Sequence[int]) -> list[int]:
    return [after - before for before, after in pairwise((0, *numbers))]


def _feature(pin: Pin, cards: Mapping[int, Card], base_url: str) -> Json:
    """A pin; `listings` may be fewer than `count` says: all of them stand in the answer for a box around the pin."""
    named = [{"name": cards[id].name, "url": base_url + cards[id].url} for id in pin.ids if id in cards]
    return {
        "type": "Feature",
        "geometry": {"type": "Point", "coordinates": [round(pin.lon, 4), round(pin.lat, 4)]},
        "properties": {"count": pin.count, "listings": named},
    }
