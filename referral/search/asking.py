"""From a search in a URL to a query of the index: where the place lies, how far, and who may serve it."""

from collections.abc import Callable
from dataclasses import dataclass

from index.types import Circle, Query
from referral.places.types import Place
from referral.search.urls import Search

USUAL_RADIUS = 40
"""Kilometres (25 miles): as far as most people will go every week."""

RADII_KM = (5, 10, 25, 40, 80, 160, 320)
RADII_MILES = (8, 16, 40, 80, 161, 322)
"""Kilometres, too: 5, 10, 25, 50, 100 and 200 miles."""

MILES = frozenset({"US", "GB", "LR", "MM"})
"""Countries whose road signs show miles."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A search together with the place it names."""

    search: Search
    place: Place | None

    @property
    def is_online(self) -> bool:
        """Whether only online work is asked for, so that the law counts and not the distance."""
        return self.search.chosen("delivery") == ("online",)

    @property
    def radius(self) -> int | None:
        """Kilometres around the place; None where distance does not count."""
        if self.place is None or self.search.area or self.is_online:
            return None
        return self.search.radius or USUAL_RADIUS

    @property
    def jurisdiction(self) -> str:
        """The narrowest area whose law holds where the visitor is; empty without a place."""
        if self.search.area:
            return self.search.area
        return self.place.jurisdiction if self.place else ""

    @property
    def miles(self) -> bool:
        """Whether distances are said in miles there."""
        return self.place is not None and self.place.country in MILES


def locate(
    search: Search, by_id: Callable[[str], Place | None], nearest: Callable[[float, float], Place | None]
) -> Asked:
    """The search with its place looked up; a place that no longer exists is as good as none."""
    if search.near:
        return Asked(search, _around(*search.near, nearest))
    return Asked(search, by_id(search.area or search.place) if search.is_placed else None)


def _around(lat: float, lon: float, nearest: Callable[[float, float], Place | None]) -> Place:
    """The very point, under the name of the town nearest to it."""
    town = nearest(lat, lon)
    return Place(
        id="",
        name=town.name if town else f"{lat:g}, {lon:g}",
        kind="point",
        country=town.country if town else "",
        region_code=town.region_code if town else "",
        region=town.region if town else "",
        lat=lat,
        lon=lon,
        population=0,
    )


def query(asked: Asked) -> Query:
    """What the index is asked."""
    search, place = asked.search, asked.place
    online_for = asked.jurisdiction if asked.is_online else ""
    circles: tuple[Circle, ...] = ()
    if place is not None and asked.radius is not None:
        circles = (Circle(place.lat, place.lon, float(asked.radius)),)
    return Query(
        text=search.text,
        circles=circles,
        area="" if online_for else search.area,
        terms=tuple(sorted(search.terms)),
        online_for=online_for,
        sort=search.sort,
        page=search.page,
    )
