"""From a search in a URL to a query of the index: where the place lies, how far, and who may serve it."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from index.types import Circle, Query
from referral.listings.documents import NETWORK
from referral.places import distance
from referral.places.types import Place
from referral.search.urls import MAX_RADIUS, Search, Where

USUAL_RADIUS = 40
"""Kilometres (25 miles): as far as most people will go every week."""

RADII_KM = (5, 10, 25, 40, 80, 160, 320)
RADII_MILES = (8, 16, 40, 80, 161, 322)
"""Kilometres, too: 5, 10, 25, 50, 100 and 200 miles."""

SAME = 0.01
"""Two distances that differ by no more of themselves are one to who chooses."""

FARTHEST_MILES = 483
"""300 miles: the widest circle around two where distances are said in miles; in kilometres that is `MAX_RADIUS`."""

HALF_WAY = 0.7
"""Two who live apart are each offered this share of the way between them: half of it, and some for the roads."""


@dataclass(frozen=True, slots=True)
class Family:
    """A network with all that depend on it."""

    name: str
    slugs: tuple[str, ...]
    """Its own first."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A search together with the place it names."""

    search: Search
    place: Place | None
    other: Place | None = None
    """Where the other of two people lives."""
    network: Family | None = None
    """Whose members are asked for."""
    unmet: Place | None = None
    """Where the other one lives, if that is left out: where one of two is known by country or region alone, only online
    work can reach both.
    """

    @property
    def is_online(self) -> bool:
        """Whether only online work is asked for, so that the law counts and not the distance."""
        return self.search.chosen("delivery") == ("online",)

    @property
    def radius(self) -> int | None:
        """Kilometres around the place; None where distance does not count."""
        if self.place is None or self.search.area or self.is_online:
            return None
        return self._in_unit(self.search.radius) if self.search.radius else self._usual_radius()

    def _in_unit(self, radius: int) -> int:
        """What is a distance to choose from in the other unit is the one of this unit it hardly differs from."""
        ours, theirs = (RADII_MILES, RADII_KM) if self.miles else (RADII_KM, RADII_MILES)
        nearest = min(ours, key=lambda one: abs(one - radius))
        return nearest if radius in theirs and abs(nearest - radius) <= SAME * radius else radius

    def _usual_radius(self) -> int:
        """As far as most people will go; the reach of a landscape; for two who live apart, enough to meet half-way."""
        if self.place is None:
            return USUAL_RADIUS
        reach = max(USUAL_RADIUS, self.place.radius_km if self.place.kind == "area" else 0.0)
        if self.other is not None and not self.is_by_law:
            reach = max(reach, HALF_WAY * distance.km(self.place.lat, self.place.lon, self.other.lat, self.other.lon))
        choices = RADII_MILES if self.miles else RADII_KM
        return next((r for r in choices if r >= reach), FARTHEST_MILES if self.miles else MAX_RADIUS)

    @property
    def is_by_law(self) -> bool:
        """Whether one of two who live apart is known by country or region alone: only online work can reach both."""
        return self.other is not None and bool(self.search.area or self.other.area)

    @property
    def jurisdiction(self) -> str:
        """The narrowest area whose law holds where the visitor is; empty without a place."""
        if self.search.area:
            return self.search.area
        return self.place.jurisdiction if self.place else ""

    @property
    def other_jurisdiction(self) -> str:
        """The same where the other of two lives; empty where that is the same law."""
        there = self.other.jurisdiction if self.other else ""
        return "" if there == self.jurisdiction else there

    @property
    def miles(self) -> bool:
        """Whether distances are said in miles: as asked for, else as is usual there."""
        if self.search.unit:
            return self.search.unit == "mi"
        return self.place is not None and distance.unit(self.place.country) == "mi"


def locate(
    search: Search,
    by_id: Callable[[str], Place | None],
    around: Callable[[float, float], Place],
    family: Callable[[str], Family | None],
) -> Asked:
    """The search with its place and its network looked up; what no longer exists is as good as not said."""
    place = by_id(search.area or search.place) if search.is_placed and not search.near else None
    if search.near:
        place = around(*search.near)
    other = _other(search.and_near, by_id, around) if place is not None else None
    if other is not None and place is not None and (other.lat, other.lon) == (place.lat, place.lon):
        other = None
    network = family(search.network) if search.network else None
    said = replace(search, network=network.slugs[0] if network else "")
    asked = Asked(said if other else replace(said, and_near="", and_typed=""), place, other, network)
    if asked.is_by_law and not asked.is_online:
        return Asked(replace(said, and_near="", and_typed=""), place, None, network, unmet=other)
    return asked


def _other(where: Where, by_id: Callable[[str], Place | None], around: Callable[[float, float], Place]) -> Place | None:
    """The second place."""
    if not isinstance(where, str):
        return around(*where)
    return by_id(where) if where else None


def query(asked: Asked) -> Query:
    """What the index is asked."""
    search, place = asked.search, asked.place
    online_for = asked.jurisdiction if asked.is_online else ""
    circles: tuple[Circle, ...] = ()
    if place is not None and asked.radius is not None:
        centres = [place] if asked.other is None or asked.is_by_law else [place, asked.other]
        circles = tuple(Circle(centre.lat, centre.lon, float(asked.radius)) for centre in centres)
    return Query(
        text=search.text,
        circles=circles,
        area="" if online_for else search.area,
        terms=tuple(sorted((*search.terms, *_members(asked)))),
        either=tuple(sorted(search.either)),
        online_for=online_for,
        and_online_for=asked.other_jurisdiction if online_for else "",
        sort=search.sort,
        page=search.page,
        after=search.after if search.page > 1 else None,
    )


def _members(asked: Asked) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Whoever belongs to any network of the family."""
    return ((NETWORK, tuple(sorted(asked.network.slugs))),) if asked.network else ()
