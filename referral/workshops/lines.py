"""A workshop as lists and pages show it, in the language of the moment; and the few beside a page of results."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import lru_cache
from itertools import islice

from referral.listings.labels import PlaceNames, no_names
from referral.model import Network, Workshop
from referral.places.types import Place
from referral.text import Voice, at, country_name, language_name, listed, voice
from referral.workshops import times
from referral.workshops.planning import programmes
from referral.workshops.series import Entry, gathered
from referral.workshops.upcoming import Near, Upcoming

BESIDE, DAYS, FAR = 2, 90, 100.0
"""Beside results stand at most so many, that begin within so many days, within so many km."""

LOOKED_AT = 60
"""Dates of a country that are looked at for them: a series has many."""

LATER = 3
"""Later dates of a series that stand with its first; its page has all."""


@dataclass(frozen=True, slots=True)
class LaterDate:
    """Another date of a series, as a list shows it."""

    starts_on: date
    days: str
    url: str


@dataclass(frozen=True, slots=True)
class WorkshopLine:
    """A workshop, as a list shows it."""

    public_id: str
    slug: str
    url: str
    title: str
    language: str
    """Of the title and the words, ISO 639."""
    programme: str
    programme_label: str
    starts_on: date
    """The day at the place."""
    days: str
    place: str
    """ "Wien, Austria"; empty for one that is online alone."""
    online: bool
    language_label: str
    network_name: str
    network_url: str
    demonstration: bool
    later: tuple[LaterDate, ...] = ()
    """The next dates of its series."""
    further: int = 0
    """How many more it has than stand there."""


def lines(
    workshops: Iterable[Workshop], networks: Sequence[Network], names: PlaceNames = no_names
) -> list[WorkshopLine]:
    """Each workshop as a list shows it; `networks` are those that may have published one."""
    by_id = {n.id: n for n in networks}
    return [line(w, by_id.get(w.network_id or 0), names) for w in workshops]


def entries(found: Iterable[Entry], networks: Sequence[Network], names: PlaceNames) -> list[WorkshopLine]:
    """Each series as one entry, and each workshop that stands alone."""
    by_id = {n.id: n for n in networks}
    return [_with_later(line(w, by_id.get(w.network_id or 0), names), later) for w, _far, later in found]


def _with_later(first: WorkshopLine, later: Sequence[Workshop]) -> WorkshopLine:
    return replace(first, later=tuple(map(_later, later[:LATER])), further=max(0, len(later) - LATER))


def _later(workshop: Workshop) -> LaterDate:
    drawn = line(workshop, None)
    return LaterDate(drawn.starts_on, drawn.days, drawn.url)


def line(workshop: Workshop, network: Network | None, names: PlaceNames = no_names) -> WorkshopLine:
    """The workshop as a list shows it; `names` say what its town is called."""
    return _line(workshop, network, place_label(workshop, names), voice())


@lru_cache(maxsize=1024)
def _line(workshop: Workshop, network: Network | None, place: str, voice: Voice) -> WorkshopLine:
    """The same; rows are kept until one changes and are then others. `voice` decides words and links."""
    return WorkshopLine(
        public_id=workshop.public_id,
        slug=workshop.slug,
        url=at(f"/workshops/{workshop.slug}"),
        title=workshop.title,
        language=workshop.language,
        programme=workshop.programme,
        programme_label=programmes().get(workshop.programme, workshop.programme),
        starts_on=times.on(workshop.starts_at, workshop.time_zone),
        days=times.days(workshop.starts_at, workshop.ends_at, workshop.time_zone),
        place=place,
        online=workshop.online,
        language_label=language_name(workshop.language),
        network_name=network.name if network else "",
        network_url=at(f"/networks/{network.slug}") if network else "",
        demonstration=workshop.demonstration,
    )


def place_label(workshop: Workshop, names: PlaceNames = no_names) -> str:
    """Where it is: "Vienna, Austria"."""
    town = names(workshop.country, workshop.locality) if workshop.country and workshop.locality else workshop.locality
    return listed((town, workshop.country and country_name(workshop.country)))


def beside(
    upcoming: Upcoming,
    networks: Sequence[Network],
    place: Place | None,
    radius: float | None,
    now: datetime,
    names: PlaceNames,
) -> tuple[tuple[WorkshopLine, float | None], ...]:
    """The next workshops near a search, each with its distance in km; of a country, those in it."""
    if place is None:
        return ()
    if place.kind == "country":
        soon = islice(upcoming.soon_in(place.country, now, DAYS), LOOKED_AT)
        near: list[Near] = [(w, None) for w in soon]
    else:
        reach = max(FAR, radius or 0.0, place.radius_km)
        near = upcoming.within(place.lat, place.lon, reach, now, days=DAYS)
    found = gathered(near)[:BESIDE]
    return tuple(zip(entries(found, networks, names), (far for _w, far, _later in found), strict=True))
