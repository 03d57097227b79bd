"""What stands beside the results to narrow them: chips of what was understood, facets with counts, distances, order."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from referral import terms
from referral.listings.labels import label
from referral.places import distance
from referral.search.asking import RADII_KM, RADII_MILES, Asked
from referral.search.links import Links
from referral.search.page import Chip, FacetView, TermView
from referral.search.urls import Search, Sort, Unit, url, written
from referral.terms import Facet
from referral.text import _, either, exact_distance

Counts = Mapping[str, Mapping[str, int]]


def chips(asked: Asked, place_name: str, other_name: str = "") -> tuple[Chip, ...]:
    """One chip for each thing understood, with the link that takes it away."""
    return tuple(_chips(asked, place_name, other_name))


def _chips(asked: Asked, place_name: str, other_name: str) -> Iterator[Chip]:
    search = replace(asked.search, page=1, typed="", and_typed="")
    if asked.place is not None:
        yield _chip("place", search.area or search.place, place_name, _where_the_other_lives(asked, search))
    if asked.other is not None:
        alone = replace(search, and_near="", radius=None)
        yield _chip("and_near", written(search.and_near), _("and {place}").format(place=other_name), alone)
    if search.radius is not None and asked.radius is not None:
        words = _("within {far}").format(far=exact_distance(asked.radius, asked.miles))
        yield _chip("radius", str(search.radius), words, replace(search, radius=None))
    if asked.network is not None:
        yield _chip("network", search.network, asked.network.name, replace(search, network=""))
    for facet, chosen in search.terms:
        if facet in search.either:
            yield _one_of(search, facet, chosen)
        else:
            yield from (_chip(facet, term, label(facet, term), search.dropping(facet, term)) for term in chosen)
    if search.text:
        yield _chip("text", search.text, _("“{words}”").format(words=search.text), replace(search, text=""))


def _where_the_other_lives(asked: Asked, search: Search) -> Search:
    """The search without its place; of two who live apart, at the one that is left."""
    other = search.and_near
    if asked.other is not None and asked.other.area:
        return replace(search, place="", near=None, area=asked.other.area, and_near="", radius=None)
    place, near = (other, None) if isinstance(other, str) else ("", other)
    return replace(search, place=place, near=near, area="", and_near="", radius=None)


def _chip(kind: str, value: str, label: str, without: Search) -> Chip:
    return Chip(kind, value, label, url(without), ((kind, value),))


def _one_of(search: Search, facet: str, chosen: Sequence[str]) -> Chip:
    """One reading of several terms of which one is enough."""
    pairs = (*((facet, term) for term in chosen), ("any", facet))
    said = either(label(facet, term) for term in chosen)
    return Chip(facet, ",".join(chosen), said, url(without(search, facet)), pairs)


def without(search: Search, facet: str) -> Search:
    """The same search with nothing chosen of the facet."""
    for term in search.chosen(facet):
        search = search.dropping(facet, term)
    return search


def facets(search: Search, counts: Counts) -> tuple[FacetView, ...]:
    """Every facet that has anything to choose, as links and counts."""
    links = Links(replace(search, typed="", and_typed=""))
    views = (_facet(search, links, facet, counts.get(facet.name, {})) for facet in terms.facets().values())
    return tuple(view for view in views if view.terms)


def _facet(search: Search, links: Links, facet: Facet, counts: Mapping[str, int]) -> FacetView:
    chosen = set(search.chosen(facet.name))
    ids = [t for t in facet.terms if counts.get(t) or t in chosen]
    if facet.order == "counted":
        ids.sort(key=lambda t: (t not in chosen, -counts.get(t, 0)))
    views = tuple(
        TermView(
            term=t,
            label=label(facet.name, t),
            total=counts.get(t, 0),
            selected=t in chosen,
            url=links.dropping(facet.name, t) if t in chosen else links.choosing(facet.name, t),
        )
        for t in ids
    )
    return FacetView(
        facet.name, _(facet.label), views, max(facet.shown, len(chosen)), bool(chosen), _either(search, facet)
    )


def _either(search: Search, facet: Facet) -> tuple[bool, str] | None:
    """Whether one of the chosen terms is enough, and the link that changes it; None where two are not asked for."""
    search = replace(search, typed="", and_typed="")
    is_enough = facet.name in search.either
    other = search.with_all(facet.name) if is_enough else search.with_either((facet.name,))
    return None if other.either == search.either else (is_enough, url(other))


def radii(asked: Asked, links: Links) -> tuple[tuple[str, str, bool], ...]:
    """(label, link, chosen) of the distances to choose from; none where distance does not count."""
    if asked.radius is None:
        return ()
    return tuple(
        (exact_distance(r, asked.miles), links.changing(radius=str(r)), r == asked.radius)
        for r in sorted({*(RADII_MILES if asked.miles else RADII_KM), asked.radius})
    )


def units(asked: Asked, links: Links) -> tuple[tuple[str, str, bool], ...]:
    """(label, link, chosen) of the units to choose from; none where no distance is shown."""
    if asked.radius is None or asked.place is None:
        return ()
    usual = distance.unit(asked.place.country)
    labels: dict[Unit, str] = {"km": _("Kilometres"), "mi": _("Miles")}
    return tuple(
        (label, links.changing(unit="" if unit == usual else unit), asked.miles == (unit == "mi"))
        for unit, label in labels.items()
    )


def sorts(asked: Asked, links: Links) -> tuple[tuple[str, str, str, bool], ...]:
    """(id, label, link, chosen) of the orders to choose from; only one makes sense without a distance."""
    if asked.radius is None:
        return ()
    labels: dict[Sort, str] = {"best": _("Best match"), "nearest": _("Nearest first")}
    return tuple(
        (sort, label, links.changing(sort=sort.removeprefix("best")), sort == asked.search.sort)
        for sort, label in labels.items()
    )
