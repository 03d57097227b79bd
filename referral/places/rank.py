"""How likely a place is meant: prominence when building, bias and nearness of names when asking.

The scale is the common logarithm of inhabitants: a step of 1 is ten times as many.
"""

from math import log10

from referral.places import distance
from referral.places.types import Found

UNKNOWN_POPULATION = 300
"""Assumed of a town whose people nobody counted; GeoNames lists it for being a seat of something."""

CAPITAL = 0.7
COUNTRY = 0.7
REGION = -0.7
COUNTY = -2.2
VILLAGE = 1.0

ALTERNATE = 1.5
"""Cost of a name that is not the place's main one ("Victoria" of Hong Kong)."""
LEADING = 0.4
"""Cost of a name that begins the main one ("Frankfurt" of Frankfurt am Main)."""
FOREIGN = 0.7
"""Cost of an area's name in another language."""
CODE = 3.2
"""Cost of an ISO code standing alone ("BOL"); an airport's costs a little more."""

SAID_CITY = 1.0
"""Cost of leaving out a word like "city", which may belong to the name."""
DOUBLED = 2.5
"""Cost of a doubled letter that an area's name does not have."""

SOUNDS = {"city": ALTERNATE, "region": FOREIGN, "country": FOREIGN}
"""What a name in another script gains that is the main name as that script writes it: what it was made to cost."""

BIAS = 1.0
"""What the country a visitor is likely in adds: ten times the people."""

AT_HOME = {"region": 0.5, "county": 1.0}
"""What a region in that country gains on a country of its name: in the United States, Georgia is the state; and
a county on towns abroad: in Britain, Cornwall is no town in Ontario ..."""
KNOWN_COUNTY = 100_000
"""... when so many live there: "person" is no county in North Carolina."""

CLOSE = 1.6
"""A runner-up within this of the best makes an answer ambiguous: Kingston is in Jamaica, Ontario and New York."""


def prominence(kind: str, population: int, *, capital: bool = False) -> float:
    """How much of the world's attention a place has."""
    if kind == "village":
        return VILLAGE
    people = log10(max(population, UNKNOWN_POPULATION))
    if kind == "country":
        return max(5.0, people + COUNTRY)
    extra = {"region": REGION, "county": COUNTY, "area": REGION}.get(kind, 0.0)
    return people + extra + (CAPITAL if capital else 0.0)


def stored(score: float) -> int:
    """A score as the gazetteer keeps it: ascending order is best first."""
    return -round(score * 100)


def best(found: list[Found], limit: int) -> list[Found]:
    """The likeliest first, the same place or a twin of it (same name, within 15 km) only once."""
    kept: list[Found] = []
    for one in sorted(found, key=lambda f: (-f.score, f.place.id)):
        if not any(_twins(one, k) for k in kept):
            kept.append(one)
        if len(kept) == limit:
            break
    return kept


def _twins(one: Found, other: Found) -> bool:
    a, b = one.place, other.place
    if a.id == b.id:
        return True
    alike = a.name == b.name and a.kind == b.kind and a.country == b.country and a.postcode == b.postcode
    return alike and distance.km(a.lat, a.lon, b.lat, b.lon) < 15


def is_ambiguous(found: list[Found]) -> bool:
    """Whether a person should be offered the runners-up: the next is close, or the name was corrected."""
    if len(found) < 2:
        return False
    return found[0].corrected or found[0].score - found[1].score < CLOSE
