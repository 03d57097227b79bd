"""Where the other of two people lives: which place a line means beside the first, and what else it could mean."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from referral.places import distance
from referral.places.gazetteer import Gazetteer
from referral.places.types import Found, Place
from referral.search import areas
from referral.search.guessing import MAJOR, is_guess
from referral.search.piece import LARGE
from referral.search.understanding import Reading, other_postcodes, placed
from referral.search.urls import Search, Where, is_area

CITY = 1_000_000
"""Where two live apart, a city of so many is likelier than the country of that name: عمان is Amman, and Oman."""

LESS_KNOWN = 2.0
"""Springfield in the next state may be a hundred times smaller than the largest and is still likelier."""


@dataclass(frozen=True, slots=True)
class Second:
    """The second place as it was read."""

    place: Place
    is_guess: bool
    """Whether the line had to be corrected."""
    choices: tuple[Place, ...]
    """What else it may mean; beside a town no areas, for one does not live in the middle of Texas."""

    @property
    def is_certain(self) -> bool:
        """Whether nothing has to be said about it."""
        return not (self.is_guess or self.choices)


def find(places: Gazetteer, here: Place, line: str) -> Second | None:
    """The place that `line` means to somebody whose partner lives `here`; None when it is none, or holds `here`."""
    found = places.find(line, country=here.country)
    meant = likelier_near(here, found) if found else None
    if meant is None or (meant.area and areas.holds(meant, here)):
        return None
    others = [found[0].place, *(places.choices(found) or other_postcodes(found))]
    others = [place for place in others if meant.area or not place.area]
    choices = tuple(p for p in others if p.label() not in ("", meant.label(), here.label()))
    return Second(meant, is_guess(found), choices)


def likelier_near(here: Place, found: Sequence[Found]) -> Place:
    """Which of several places of a name the other of a couple lives in: of those about as well known, the nearest.

    Beside a great city no small town of that name: not Boston, New York. And no part of a town: Zürich (Kreis 11).
    """
    best = found[0]
    found = [one for one in found if not one.place.name.startswith(f"{best.place.name} (")]
    people = LARGE if best.place.population >= MAJOR else 0
    likely = [
        f.place
        for f in found
        if f.place.kind == best.place.kind and f.score >= best.score - LESS_KNOWN and f.place.population >= people
    ]
    return min(likely, key=lambda p: distance.km(here.lat, here.lon, p.lat, p.lon))


def joined(search: Search, place: Place) -> Search:
    """The search for both, from its first page, as far as is usual for two; nothing is left of how it was typed.

    Where one is known by country or region alone, it is for who works online, until a town is named for both.
    """
    where: Where = place.area or (place.id if place.kind != "point" else (place.lat, place.lon))
    both = replace(search, and_near=where, and_typed="", radius=None, page=1)
    is_by_law = bool(place.area or search.area)
    for term in both.chosen("delivery") if is_by_law or is_area(search.and_near) else ():
        both = both.dropping("delivery", term)
    return both.choosing("delivery", "online") if is_by_law else both


def may_meet_online(here: Reading, other: Place) -> bool:
    """Whether neither place lies in the other, and nothing speaks against meeting online."""
    is_apart = here.found is not None and not areas.holds(here.found.place, other)
    return is_apart and here.search.chosen("delivery") in ((), ("online",))


def at_a_city(read: Reading, visitors: str | None) -> Reading:
    """The reading at the city of millions that a country it does not lie in shares its name with; else as it is.

    `visitors` (ISO 3166-1) is who visits from: whoever is in the country itself means it.
    """
    if read.found is None or not read.search.area or read.found.place.country == visitors:
        return read
    country = read.found.place.country
    city = next((one for one in read.choices if one.population >= CITY and one.country != country), None)
    return replace(read, found=replace(read.found, place=city), search=placed(read.search, city)) if city else read
