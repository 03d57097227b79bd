"""How likely a place is meant: prominence when building, bias and nearness of names when asking.

The scale is the common logarithm of inhabitants: a step of 1 is ten times as many.
"""

from math import inf, log10

from referral.places import distance, kept
from referral.places.folding import fold, spellings
from referral.places.types import Found, Place

UNKNOWN_POPULATION = 300
"""Assumed of a town whose people nobody counted; GeoNames lists it for being a seat of something ..."""
LISTED = 20_000
"""... and of one that ISO lists as a division, as it does the boroughs of London."""

CAPITAL = 0.7
COUNTRY = 0.7
REGION = -0.7
COUNTY = -2.2
VILLAGE = 1.0
QUARTER = 0.3
"""How far above a town that names its own county a quarter of that name may score, to come second all the same."""

ALTERNATE = 1.5
"""Cost of a name that is not the place's main one ("Victoria" of Hong Kong)."""
LEADING = 0.4
"""Cost of a name that begins the main one ("Frankfurt" of Frankfurt am Main)."""
FOREIGN = 0.7
"""Cost of an area's name in another language ..."""
ANOTHERS = 1.0
"""... and what is added where a country is called so there: Georgien is hardly the state on the Atlantic."""
CODE = 3.2
"""Cost of an ISO code standing alone ("BOL"); an airport's costs a little more."""

SAID_CITY = 1.0
"""Cost of leaving out a word like "city", which may belong to the name."""
DOUBLED = 2.5
"""Cost of a doubled letter that an area's name does not have."""

SOUNDS = {"city": ALTERNATE, "region": FOREIGN, "country": FOREIGN}
"""What a name in another script gains that is the main name as that script writes it: what it was made to cost."""

OWN_SCRIPT = 1.0
"""What a town gains in the one country whose people write so: 안양 is Anyang in Korea, not in China."""

BIAS = 1.0
"""What the country a visitor is likely in adds: ten times the people."""

AT_HOME = {"region": 0.5, "county": 1.0, "village": 2.0}
"""What a region in that country gains on a country of its name: in the United States, Georgia is the state; and a
county or village on towns abroad: in Britain, Cornwall is no town in Ontario, nor Rowley one in Massachusetts ..."""
KNOWN_COUNTY = 40_000
"""... when so many live in the county's towns: "person" is none in North Carolina."""

CLOSE = 1.6
"""A runner-up within this of the best makes an answer ambiguous: Kingston is in Jamaica, Ontario and New York."""


SEATS = 5
"""Places that an answer names, with the first."""
NAMESAKE = 15_000
"""A town of so many people keeps its seat in the answer to its bare name before regions and other spellings ..."""
FIRST_CLAIM = (False, 0)
CITY = 100_000
"""A city of so many people comes before small towns though it is only called so too, as Siracusa is Syracuse; and where
namesakes fill all seats it may have one of theirs if its name begins so: Santa Cruz de la Sierra, but San Diego is no
San Miguel today."""
COUNTED = 1_000
"""... and one of so many before counties, villages and what is called so in another language."""
TWINS_KM = 15


def prominence(kind: str, population: int, *, capital: bool = False) -> float:
    """How much of the world's attention a place has."""
    if kind == "village":
        return VILLAGE
    people = log10(max(population, UNKNOWN_POPULATION))
    if kind == "country":
        return max(5.0, people + COUNTRY)
    extra = {"region": REGION, "county": COUNTY, "area": REGION}.get(kind, 0.0)
    return people + extra + (CAPITAL if capital else 0.0)


def behind(quarter: float, town: float) -> float:
    """The score of a quarter beside that of a town which names its own county: "Salamanca, Spain" is not Madrid's."""
    return min(quarter, town - 0.01) if quarter - town <= QUARTER else quarter


def stored(score: float) -> int:
    """A score as the gazetteer keeps it: ascending order is best first."""
    return -round(score * 100)


def best(found: list[Found], limit: int, *, areas: bool = False) -> list[Found]:
    """The likeliest first, each once; who must give way so that the first `SEATS` hold all namesakes stands behind.

    The likeliest stays first, but for a longer name before so many namesakes; one without a seat comes right after.
    With `areas` none gives way, and a region stays beside a town that reads alike.
    """
    known = _once(sorted(found, key=lambda f: (-f.score, f.place.id)), areas)
    if areas or len(known) <= SEATS:
        return known[:limit]
    bearers = [f for f in known if _claim(f) == FIRST_CLAIM]
    is_crowded = len(bearers) > SEATS
    gives_way = _gives_way(known, bearers)
    if gives_way and is_crowded:
        known.remove(bearers[0])
        known.insert(0, bearers[0])
    first = [] if gives_way else known[:1]
    least = 0.0 if is_crowded else inf if gives_way or len(bearers) < SEATS else bearers[-1].score + BIAS
    seats = sorted(known[len(first) :], key=lambda f: _claim_in_crowd(f, least))
    seated, namesakes = {id(f) for f in [*first, *seats][:SEATS]}, {id(f) for f in bearers}
    return sorted(known, key=lambda f: (id(f) not in seated, id(f) not in seated | namesakes))[:limit]


def _gives_way(known: list[Found], bearers: list[Found]) -> bool:
    """Whether so many namesakes stand close behind a town that is only called so too: San Luis Potosí in Mexico.

    Not where ten times as many people live there: Santa Cruz de la Sierra is no quarter of Manila.
    """
    first = known[0]
    if len(bearers) < SEATS or first.place.kind != "city" or is_its_name(first):
        return False
    return first.score - bearers[0].score < BIAS - LEADING


def _claim(found: Found) -> tuple[bool, int]:
    """Whose seat it is, the lowest first: what keeps one by hand, towns of exactly the name, then what is large."""
    place, claim = found.place, 2
    if is_seated(found):
        return found.corrected, -1
    if place.kind in ("region", "country", "area"):
        claim = 1
    elif place.kind == "city" and place.population >= COUNTED and is_its_name(found):
        claim = 0 if place.population >= NAMESAKE else 1
    elif place.kind == "city" and (place.population >= CITY or fold(place.name).startswith(f"{found.under} ")):
        claim = 1
    return found.corrected, claim


def _claim_in_crowd(found: Found, least: float) -> tuple[bool, int]:
    """The same where namesakes fill all seats: so large a city or area that scores enough has the claim of one."""
    corrected, claim = _claim(found)
    place = found.place
    is_called_so = place.kind == "area" or f"{fold(place.name)} ".startswith(f"{found.under} ")
    is_large = place.population >= CITY and place.kind in ("city", "area") and is_called_so and found.score >= least
    return corrected, min(claim, 0) if is_large else claim


def likely(found: list[Found]) -> list[Found]:
    """The same without what is only called so too, far behind the likeliest: Parys, Free State, is no Paris, Fr."""
    best = max((f.score for f in found), default=0.0)
    return [f for f in found if f.score > best - CLOSE or is_its_name(f)]


def is_seated(found: Found) -> bool:
    """Whether it keeps its seat by hand: Compostela in the answer to "Santiago"."""
    return found.under in kept.at_home().get(found.place.id, ())


def is_its_name(found: Found) -> bool:
    """Whether it was found under the name it is shown by."""
    return found.under in spellings(found.place.name)


def _once(found: list[Found], areas: bool) -> list[Found]:
    """The same without a place's further names, its twins (same name, kind and region, near) and what reads alike."""
    kept: dict[tuple[str, ...], list[Place]] = {}
    labels: set[tuple[str, bool]] = set()
    once: list[Found] = []
    for one in found:
        place = one.place
        label = place.label(), areas and bool(place.area)
        alike = kept.setdefault((fold(place.name), place.kind, place.country, place.region_code, place.postcode), [])
        if label not in labels and not any(_twins(place, other) for other in alike):
            alike.append(place)
            labels.add(label)
            once.append(one)
    return once


def _twins(place: Place, other: Place) -> bool:
    return place.id == other.id or distance.km(place.lat, place.lon, other.lat, other.lon) < TWINS_KM


def is_ambiguous(found: list[Found]) -> bool:
    """Whether a person should be offered the runners-up: the next is close, or the name was corrected."""
    if len(found) < 2:
        return False
    return found[0].corrected or found[0].score - found[1].score < CLOSE
