"""What to look at when a search finds few: further away, the whole country, and online. Said, never done in silence."""

import math
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass, replace

from index.order import FACET
from index.types import Circle, Query, Results
from referral.listings.labels import label
from referral.places.types import Place
from referral.search.asking import Asked, query
from referral.search.counting import counted
from referral.search.urls import Search, rounded, url
from referral.search.wording import MAY_TAKE, place_label
from referral.text import _, country_name, either, exact_distance, inside, listed

FEW = 3
"""Fewer hits than this, and the search is widened."""

SHOWN = 3
"""Cards shown of each wider search."""

NEAREST = frozenset({"nearest", "anybody"})
"""Kinds that show one person, however far."""

WIDER_KM = (50, 100, 200, 300, 500)
WIDER_MILES = (80, 161, 322, 483)
"""Kilometres, too: 50, 100, 200 and 300 miles."""


@dataclass(frozen=True, slots=True)
class Wider:
    """A wider search that found somebody."""

    kind: str
    """One of "circle", "area", "online", "without", "nearest", "anybody" (who is nearest of all and does not fit)."""
    sentence: str
    """Empty for the nearest: it is told by their card."""
    url: str
    """The wider search on its own page; empty for the nearest."""
    ids: tuple[tuple[int, float | None], ...]
    """(listing, distance in km) of the first few that the search itself did not find."""
    total: int
    """How many it finds, those that stand above among them."""
    more: bool = True
    """Whether it finds more than the page shows."""


Wish = tuple[str, tuple[str, ...]]
"""A facet, and the terms of it that are wished for together."""

Ask = Callable[[Asked], Results]


def widen(
    asked: Asked, found: Results, find: Callable[[Query], Results], by_id: Callable[[str], Place | None]
) -> Iterator[Wider]:
    """The wider searches that find more than the search did; none when it found enough.

    Where nobody is found by any of them, who is near without a wish; else whoever is nearest, however far; not for two,
    whose page leads to each alone.
    """
    if found.total >= FEW:
        return
    seen, kinds = {id for id, _km in found.hits}, {"found"} if found.total else set()
    for step in (_further, _country, _online, _without):
        wider = step(asked, found.total, lambda a: find(query(a)), by_id)
        if wider is not None:
            fresh = tuple(pair for pair in wider.ids if pair[0] not in seen)[:SHOWN]
            above = sum(id in seen for id, _distance in wider.ids)
            seen.update(id for id, _distance in fresh)
            if fresh:
                kinds.add(wider.kind)
                yield _shown(wider, fresh, above)
    if not seen and (wider := _further_without(asked, lambda a: find(query(a)), by_id)):
        kinds.add(wider.kind)
        yield _shown(wider, wider.ids[:SHOWN], 0)
    if asked.place is not None and asked.other is None:
        yield from _far(asked, asked.place, find, kinds)


def _far(asked: Asked, place: Place, find: Callable[[Query], Results], kinds: Collection[str]) -> Iterator[Wider]:
    """Whoever is nearest where nothing else was found (`kinds`); behind a wider circle alone, who has room where nobody
    in it has.
    """
    if not kinds:
        yield from _nearest(asked, place, find)
    elif kinds == {"circle"}:
        yield from _beyond(asked, place, find)


def _beyond(asked: Asked, place: Place, find: Callable[[Query], Results]) -> Iterator[Wider]:
    """The nearest of those who fit and may take new clients, where nobody within the widest circle may."""
    farthest = (WIDER_MILES if asked.miles else WIDER_KM)[-1]
    wanted = _with_room(_fitting(asked, place))
    hits = find(wanted).hits
    if hits and (hits[0][1] or 0.0) > farthest:
        yield Wider("nearest", "", "", hits, 1, more=False)


def _fitting(asked: Asked, place: Place) -> Query:
    """Whoever is nearest of those who fit."""
    own = query(asked)
    terms = tuple((facet, chosen) for facet, chosen in own.terms if facet != "delivery" or asked.is_online)
    return replace(_anybody(place), text=own.text, terms=terms, either=own.either)


def _anybody(place: Place) -> Query:
    """Whoever is nearest of all."""
    return Query(circles=(Circle(place.lat, place.lon, math.inf),), sort="nearest", per_page=1)


def _nearest(asked: Asked, place: Place, find: Callable[[Query], Results]) -> Iterator[Wider]:
    """Whoever is nearest of those who fit, else of all; wherever one goes, one goes there. Who may take new clients is
    led to before who takes none, and who wants to meet online to nobody who does not.
    """
    fitting, anybody = _fitting(asked, place), _anybody(place)
    for one in dict.fromkeys((fitting,) if asked.is_online else (fitting, anybody)):
        if hits := find(_with_room(one)).hits or find(one).hits:
            kind = "nearest" if one == fitting else "anybody"
            yield Wider(kind, "", "", hits, 1, more=False)
            return


def _with_room(wanted: Query) -> Query:
    """The same of those who may take new clients, where nothing else is wished of that."""
    said = {FACET: MAY_TAKE, **dict(wanted.terms)}
    return replace(wanted, terms=tuple(sorted(said.items())))


def _shown(wider: Wider, fresh: tuple[tuple[int, float | None], ...], above: int) -> Wider:
    """As the page shows it, where `above` of those it finds stand already."""
    said = _("{sentence}, with those above").format(sentence=wider.sentence) if above else wider.sentence
    return replace(wider, ids=fresh, sentence=said, more=wider.total > above + len(fresh))


def _further(asked: Asked, total: int, ask: Ask, by_id: Callable[[str], Place | None]) -> Wider | None:
    """The first larger circle with enough in it, else the largest with anybody more.

    A country has one where it is so small that a circle around its middle reaches beyond it.
    """
    around, reach = (asked, asked.radius) if asked.radius is not None else _around_a_country(asked)
    if reach is None:
        return None
    best: tuple[int, Results] | None = None
    for radius in (r for r in (WIDER_MILES if asked.miles else WIDER_KM) if r > reach):
        results = ask(replace(around, search=replace(around.search, radius=radius, page=1)))
        if results.total > total and (best is None or results.total > best[1].total):
            best = radius, results
        if results.total >= FEW:
            break
    if best is None:
        return None
    sentence = _("{who} within {far} of both of you") if asked.other else _("{who} within {far}")
    far, country = exact_distance(best[0], asked.miles), place_label(asked.place)
    if asked.search.area:
        sentence = _("{who} within {far} of {place}")
    said = sentence.format(who=counted(best[1]), far=far, place=country)
    return _wider("circle", said, replace(around.search, radius=best[0]), best[1])


def _around_a_country(asked: Asked) -> tuple[Asked, float | None]:
    """The search around the middle of the whole country that is asked for, and how far (km) that one reaches; None for
    any other search.
    """
    place = asked.place
    if place is None or asked.is_online or len(asked.search.area) != len("LI"):
        return asked, None
    near = rounded(place.lat, place.lon)
    middle = replace(place, lat=near[0], lon=near[1])
    return replace(asked, search=replace(asked.search, area="", near=near), place=middle), place.radius_km


def _country(asked: Asked, total: int, ask: Ask, by_id: Callable[[str], Place | None]) -> Wider | None:
    """The whole country of a region."""
    country = by_id(asked.search.area[:2]) if len(asked.search.area) > 2 else None
    if country is None or asked.is_online:
        return None
    search = replace(asked.search, area=country.area, page=1)
    results = ask(replace(asked, search=search, place=country, other=None))
    if results.total <= total:
        return None
    said = _("{who} in all of {place}").format(who=counted(results), place=inside(country_name(country.country)))
    return _wider("area", said, search, results)


def _online(asked: Asked, total: int, ask: Ask, by_id: Callable[[str], Place | None]) -> Wider | None:
    return online(asked, ask)


def online(asked: Asked, ask: Ask) -> Wider | None:
    """Those who work online and may serve somebody who lives there."""
    there = _meeting_online(asked)
    results = ask(there) if there else None
    if there is None or results is None or not results.total:
        return None
    return _wider("online", _who_online(asked, results), there.search, results)


def online_without(asked: Asked, ask: Ask) -> Wider | None:
    """The same without the one choice that shuts out most; without all of them where none does alone."""
    there = _meeting_online(asked)
    return _leaving_out(there, 0, ask, lambda results: _who_online(asked, results), "delivery") if there else None


def _meeting_online(asked: Asked) -> Asked | None:
    """The search for who works online there; None where it is one, or no law is known there."""
    if asked.is_online or not asked.jurisdiction:
        return None
    others = tuple((f, t) for f, t in asked.search.terms if f != "delivery")
    search = replace(asked.search, terms=others, radius=None, page=1).choosing("delivery", "online")
    return replace(asked, search=search)


def _who_online(asked: Asked, results: Results) -> str:
    said = _("{who} online who may see both of you") if asked.other else _("{who} online who may see you there")
    return said.format(who=counted(results))


def _without(asked: Asked, total: int, ask: Ask, by_id: Callable[[str], Place | None]) -> Wider | None:
    """The same place without the one choice that shuts out most; without all of them where none does alone."""
    return _leaving_out(asked, total, ask, counted)


def _further_without(asked: Asked, ask: Ask, by_id: Callable[[str], Place | None]) -> Wider | None:
    """The same in the first larger circle where that finds anybody."""
    if asked.radius is None:
        return None
    within = _("{who} within {far} of both of you") if asked.other else _("{who} within {far}")
    for radius in (r for r in (WIDER_MILES if asked.miles else WIDER_KM) if r > asked.radius):
        far = exact_distance(radius, asked.miles)
        larger = replace(asked, search=replace(asked.search, radius=radius, page=1))
        wider = _leaving_out(larger, 0, ask, lambda results: within.format(who=counted(results), far=far))  # noqa: B023
        if wider is not None:
            return wider
    return None


def _leaving_out(asked: Asked, total: int, ask: Ask, who: Callable[[Results], str], kept: str = "") -> Wider | None:
    """Who is found without some choice, but for those of the facet `kept`; `who` tells how many, and where."""
    wishes = [one for one in _wishes(asked.search) if one[0] != kept and not (asked.is_by_law and one[0] == "delivery")]
    for ways in ([(wish,) for wish in wishes], [tuple(wishes)] if len(wishes) > 1 else []):
        asks = [(ask(replace(asked, search=search)), way, search) for way in ways for search in (_less(asked, way),)]
        results, left, search = max(asks, key=lambda one: one[0].total, default=(None, (), asked.search))
        if results is not None and results.total > total:
            term = listed(either(label(facet, term) for term in some) for facet, some in left)
            said = _("{who} if you leave out “{term}”").format(who=who(results), term=term)
            return _wider("without", said, search, results)
    return None


def _wishes(search: Search) -> Iterator[Wish]:
    """Each chosen term; those of which one is enough are one wish."""
    for facet, chosen in search.terms:
        yield from [(facet, chosen)] if facet in search.either else [(facet, (term,)) for term in chosen]


def _less(asked: Asked, left: Iterable[Wish]) -> Search:
    search = asked.search
    for facet, some in left:
        for term in some:
            search = search.dropping(facet, term)
    return search


def _wider(kind: str, sentence: str, search: Search, results: Results) -> Wider:
    return Wider(kind, sentence, url(replace(search, page=1, typed="", and_typed="")), results.hits, results.total)
