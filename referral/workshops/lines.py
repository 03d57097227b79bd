"""A workshop as lists and pages show it, in the language of the moment; and the few beside a page of results."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from itertools import islice

from referral.model import Network, Workshop
from referral.places.types import Place
from referral.text import Voice, at, country_name, language_name, listed, voice
from referral.workshops import times
from referral.workshops.planning import programmes
from referral.workshops.upcoming import Near, Upcoming

BESIDE, DAYS, FAR = 2, 90, 100.0
"""Beside results stand at most so many, that begin within so many days, within so many km."""


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


def lines(workshops: Iterable[Workshop], networks: Sequence[Network]) -> list[WorkshopLine]:
    """Each workshop as a list shows it; `networks` are those that may have published one."""
    by_id = {n.id: n for n in networks}
    return [line(w, by_id.get(w.network_id or 0)) for w in workshops]


def line(workshop: Workshop, network: Network | None) -> WorkshopLine:
    """The workshop as a list shows it."""
    return _line(workshop, network, voice())


@lru_cache(maxsize=1024)
def _line(workshop: Workshop, network: Network | None, voice: Voice) -> WorkshopLine:
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
        place=place_label(workshop),
        online=workshop.online,
        language_label=language_name(workshop.language),
        network_name=network.name if network else "",
        network_url=at(f"/networks/{network.slug}") if network else "",
        demonstration=workshop.demonstration,
    )


def place_label(workshop: Workshop) -> str:
    """Where it is: "Wien, Austria"."""
    return listed((workshop.locality, workshop.country and country_name(workshop.country)))


def beside(
    upcoming: Upcoming, networks: Sequence[Network], place: Place | None, radius: float | None, now: datetime
) -> tuple[tuple[WorkshopLine, float | None], ...]:
    """The next workshops near a search, each with its distance in km; of a country, those in it."""
    if place is None:
        return ()
    if place.kind == "country":
        near: list[Near] = [(w, None) for w in islice(upcoming.soon_in(place.country, now, DAYS), BESIDE)]
    else:
        reach = max(FAR, radius or 0.0, place.radius_km)
        near = upcoming.within(place.lat, place.lon, reach, now, days=DAYS)
    by_id = {n.id: n for n in networks}
    return tuple((line(w, by_id.get(w.network_id or 0)), far) for w, far in near[:BESIDE])
