"""What the page of a network and the page of a country show: facts, neighbours, links, the people, what is on."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from index.types import Query, Results
from referral.links import checking
from referral.listings.cards import Card
from referral.listings.labels import label
from referral.model import LinkCheck, Network
from referral.networks import areas, drawing
from referral.networks.areas import NetworkLine
from referral.networks.asking import Told, told
from referral.places.framing import Framed
from referral.search import narrowing
from referral.search.asking import query
from referral.search.page import FacetView
from referral.search.sources import Sources
from referral.search.urls import Search, url
from referral.text import _, country_name, locale
from referral.workshops.lines import WorkshopLine, entries
from referral.workshops.series import gathered

SHOWN = 6
"""People shown on such a page before "all of them"."""

FACETS = ("language", "delivery", "format")
"""What the people of a network can be narrowed by on its page; the search has every facet."""


@dataclass(frozen=True, slots=True)
class Link:
    """A link of a network, and what the last look at it found."""

    kind: str
    label: str
    url: str
    check: LinkCheck | None
    """None where nobody has looked yet."""


@dataclass(frozen=True, slots=True)
class NetworkView:
    """One network as its page shows it."""

    line: NetworkLine
    language: str
    """Of its name: the first of its languages, ISO 639."""
    spoken: tuple[tuple[str, str, str], ...]
    """(code, what the language calls itself, its name in the language of the moment), its own first."""
    training: tuple[str, ...]
    """What it trains professionals in; nothing where nothing is known."""
    city: str
    postal_address: str
    phone: str
    email: str
    has_directory: bool | None
    levels: tuple[tuple[str, str], ...]
    """(the usual name of a level, what it is called here)."""
    links: tuple[Link, ...]
    source_url: str
    confidence: str
    confidence_note: str
    parent: NetworkLine | None
    children: tuple[NetworkLine, ...]
    beside: tuple[NetworkLine, ...]
    """Others that are responsible for a part of the same area."""

    def __getattr__(self, name: str) -> object:
        """Everything of the line as well."""
        return getattr(self.line, name)


@dataclass(frozen=True, slots=True)
class People:
    """The first few of a search, and the search itself."""

    label: str
    """The area, or the network."""
    total: int
    url: str
    cards: list[Card]
    facets: tuple[FacetView, ...]


@dataclass(frozen=True, slots=True)
class NetworkPage:
    """A network, its members, the people in its areas, and what is on."""

    network: NetworkView
    members: People
    """Of the network and of those within it; nobody where no membership is known."""
    around: list[People]
    """Whoever is listed in its areas, member or not, where most are first; cards only where no member is known."""
    workshops: list[WorkshopLine]
    drawn: Framed | None


@dataclass(frozen=True, slots=True)
class CountryPage:
    """A country's networks, whom to ask when it has none, and the people there."""

    told: Told
    people: People
    workshops: list[WorkshopLine]


def network_page(sources: Sources, slug: str) -> NetworkPage | None:
    """The network of that slug, or None."""
    every = sources.editorial.networks
    found = next((n for n in every if n.slug == slug), None)
    if found is None:
        return None
    sources.follow()
    members = _people(sources, found.name, Search(network=slug))
    return NetworkPage(
        network=_view(sources, found),
        members=members,
        around=_around(sources, found, with_cards=not members.total),
        workshops=_announced(sources, found),
        drawn=drawing.areas(found, sources.gazetteer),
    )


def _around(sources: Sources, found: Network, *, with_cards: bool) -> list[People]:
    """The people of each area of a network where anybody is listed; cards, if any, of the first."""
    searches = {areas.area_label(a.code, sources.area_name): Search(area=a.code) for a in found.areas}
    totals = {
        label: sources.find(replace(_asks(sources, one), only_total=True)).total for label, one in searches.items()
    }
    labels = sorted((label for label in searches if totals[label]), key=lambda label: -totals[label])
    return [
        _people(sources, label, searches[label])
        if with_cards and label == labels[0]
        else People(label, totals[label], url(searches[label]), [], ())
        for label in labels
    ]


def _people(sources: Sources, label: str, search: Search) -> People:
    answer = sources.find(_asks(sources, search))
    facets = tuple(f for f in narrowing.facets(search, answer.counts) if f.name in FACETS)
    return People(label, answer.total, url(search), _cards(sources, answer), facets)


def _asks(sources: Sources, search: Search) -> Query:
    """The query of the search, for as many as such a page shows."""
    return replace(query(sources.locate(search)), per_page=SHOWN)


def _announced(sources: Sources, found: Network) -> list[WorkshopLine]:
    """The workshops of a network and of those within it, by date."""
    every = sources.editorial.networks
    ids = {found.id, *(n.id for n in every if n.parent_id == found.id)}
    ahead = sources.editorial.upcoming.ahead(sources.now)
    return entries(gathered((w, None) for w in ahead if w.network_id in ids), every, sources.area_name)


def _view(sources: Sources, found: Network) -> NetworkView:
    every, names = sources.editorial.networks, sources.area_name
    parent = next((areas.line(n, names) for n in every if n.id == found.parent_id), None)
    line = areas.line(found, names)
    return NetworkView(
        line=line,
        language=found.languages[0] if found.languages else "",
        spoken=tuple(zip(found.languages, map(_autonym, found.languages), line.language_labels, strict=True)),
        training=areas.things(found.training),
        city=found.city,
        postal_address=found.postal_address,
        phone=found.phone,
        email=found.email,
        has_directory=found.has_directory,
        levels=tuple((label("credential", level), said) for level, said in found.level_labels.items()),
        links=_links(sources, found),
        source_url=found.source_url,
        confidence=found.confidence,
        confidence_note=found.confidence_note,
        parent=parent,
        children=tuple(areas.line(n, names) for n in every if n.parent_id == found.id),
        beside=tuple(areas.line(n, names) for n in _beside(found, every)),
    )


def _autonym(code: str) -> str:
    """What a language calls itself."""
    return (locale(code).languages.get(code) or code) if locale(code).language == code else code


def _beside(found: Network, every: Sequence[Network]) -> list[Network]:
    """Others with an area in common, or within one of its own, that are no family of it."""
    mine = {a.code for a in found.areas}
    family = {found.id, found.parent_id}
    return [
        n
        for n in every
        if n.id not in family and n.parent_id != found.id and {c for a in n.areas for c in (a.code, a.code[:2])} & mine
    ]


def _links(sources: Sources, found: Network) -> tuple[Link, ...]:
    named = (
        ("website", _("Its website"), found.website),
        ("directory", _("Its own list of therapists"), found.directory_url),
        ("workshops", _("Its own list of workshops"), found.workshops_url),
        ("source", _("Where we read this"), found.source_url),
    )
    known = checking.states(sources.session, [link for _kind, _label, link in named if link])
    return tuple(Link(kind, label, link, known.get(link)) for kind, label, link in named if link)


def country_page(sources: Sources, code: str) -> CountryPage:
    """The networks responsible for the country `code` (ISO 3166-1) and for parts of it."""
    sources.follow()
    here, kept = _people(sources, country_name(code), Search(area=code)), sources.editorial
    announced = gathered((w, None) for w in kept.upcoming.ahead(sources.now) if w.country == code and not w.online)
    workshops = entries(announced, kept.networks, sources.area_name)
    return CountryPage(told(kept.networks, code, sources.area_name), here, workshops)


def _cards(sources: Sources, answer: Results) -> list[Card]:
    """The first few people of an answer, in its order."""
    ids = [id for id, _km in answer.hits]
    shown = sources.cards(dict.fromkeys(ids))
    return [shown[id] for id in ids if id in shown]
