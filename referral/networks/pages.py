"""What the page of a network and the page of a country show: facts, neighbours, and the people in the area."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from index.types import Query
from referral.listings.cards import Card
from referral.model import Network
from referral.networks import areas
from referral.networks.areas import NetworkLine
from referral.search.sources import Sources
from referral.search.urls import Search, url

SHOWN = 6
"""People shown on such a page before "all of them"."""


@dataclass(frozen=True, slots=True)
class NetworkView:
    """One network as its page shows it."""

    line: NetworkLine
    city: str
    postal_address: str
    phone: str
    email: str
    has_directory: bool | None
    source_url: str
    confidence: str
    confidence_note: str
    parent: NetworkLine | None
    children: tuple[NetworkLine, ...]

    def __getattr__(self, name: str) -> object:
        """Everything of the line as well."""
        return getattr(self.line, name)


@dataclass(frozen=True, slots=True)
class NetworkPage:
    """A network and the people in its area."""

    network: NetworkView
    members: list[Card]
    members_total: int
    members_url: str
    members_area: str
    """The area shown: of several, the one where most people work."""


@dataclass(frozen=True, slots=True)
class CountryPage:
    """A country's networks, whom to ask when it has none, and the people there."""

    own: list[NetworkLine]
    fallback: list[NetworkLine]
    members: list[Card]
    members_total: int
    members_url: str


def network_page(sources: Sources, slug: str) -> NetworkPage | None:
    """The network of that slug, or None."""
    every = sources.editorial.networks
    found = next((n for n in every if n.slug == slug), None)
    if found is None:
        return None
    codes = [a.code for a in found.areas]
    sources.follow()
    codes.sort(key=lambda code: -sources.find(Query(area=code)).total)
    people, total = _people(sources, codes[:1])
    link = url(Search(area=codes[0])) if codes else ""
    largest = areas.area_label(codes[0], sources.area_name) if codes else ""
    return NetworkPage(_view(found, every, sources.area_name), people, total, link, largest)


def _view(found: Network, every: Sequence[Network], names: Callable[[str], str]) -> NetworkView:
    parent = next((areas.line(n, names) for n in every if n.id == found.parent_id), None)
    children = tuple(areas.line(n, names) for n in every if n.parent_id == found.id)
    return NetworkView(
        line=areas.line(found, names),
        city=found.city,
        postal_address=found.postal_address,
        phone=found.phone,
        email=found.email,
        has_directory=found.has_directory,
        source_url=found.source_url,
        confidence=found.confidence,
        confidence_note=found.confidence_note,
        parent=parent,
        children=children,
    )


def country_page(sources: Sources, code: str) -> CountryPage:
    """The networks responsible for the country `code` (ISO 3166-1) and for parts of it."""
    every = sources.editorial.networks
    responsible = areas.networks_for(every, code)
    own = [*responsible.own, *areas.networks_within(every, code)]
    names = sources.area_name
    people, total = _people(sources, [code])
    return CountryPage(
        [areas.line(n, names) for n in own],
        [areas.line(n, names, fallback=True) for n in responsible.fallback],
        people,
        total,
        url(Search(area=code)),
    )


def _people(sources: Sources, codes: Sequence[str]) -> tuple[list[Card], int]:
    """The first few people in these areas, and how many there are."""
    sources.follow()
    answers = [sources.find(Query(area=code, per_page=SHOWN)) for code in codes]
    ids = list(dict.fromkeys(hit.id for answer in answers for hit in answer.hits))
    shown = sources.cards(dict.fromkeys(ids[:SHOWN]))
    return [shown[id] for id in ids if id in shown], sum(a.total for a in answers)
