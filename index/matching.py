"""Which documents of one part match a query, and how many there would be for each term.

A document matches when everything asked holds: one of its points lies within each circle, one lies in the box, an
office lies in the area, it serves online where asked, it holds all words, and for each facet it has one of the chosen
terms (`any`) or all of them (`all`, unless the query says that either is enough). A chosen term that no document has
matches nothing.

`online_for` asks for the term "online" of the facet "delivery", and for somebody who may serve there. Asked for a
region (US-IL), who serves that region or its whole country (US) does; asked for a country, who serves it or any region
of it does: the page says "serves people in some of it". `and_online_for` asks the same for a second person.
"""

from collections.abc import Mapping, Sequence
from functools import reduce
from operator import and_, or_

import numpy as np

from index import listing, order
from index.arrays import (
    Corner,
    Ints,
    Masks,
    Rows,
    corner_of,
    each_once,
    flags_of,
    mask_of,
    mask_of_flags,
    size_of,
    whole,
)
from index.grid import is_sound
from index.matched import Asked, Facets, Leading, Matched
from index.part import MOST, Day, Part
from index.rings import is_endless
from index.texts import Found
from index.types import Query

SMALL = 4096
"""In a part of so many documents, bits cost less than lists."""

FEW = 2048
"""So many of a larger part are listed rather than held as bits."""

SEARCHED = 512
"""So many are looked up one by one among others; more by place, which reads all between the first and the last."""

SPARSE = 32
"""Unless those between are so many times those who are there."""

DELIVERY, ONLINE = "delivery", "online"
"""The facet and the term of those who work online."""


def match(
    part: Part, day: Day, query: Query, chosen: Mapping[str, Sequence[str]], facets: Facets, found: Found | None
) -> Matched | None:
    """All of `part` that match; None when nothing can. `found` are those that hold the words, if any were asked."""
    boxed = part.snapshot.offices.inside(query.box) if query.box is not None else None
    leading = _leading(part, query, boxed, found)
    if leading is None:
        if query.circles and not is_sound(query.circles[0]):
            return None
    elif not len(leading.rows):
        return None
    asked = Asked(part, day, query, chosen, facets)
    listed = leading is not None and found is None and not query.circles
    masks = _other_masks(asked, boxed, listed)
    if leading is None and found is None and not masks and not chosen:
        return Matched(part.alive, None, None, len(part), part.totals(day))
    if leading is not None and len(leading.rows) <= MOST and len(part.snapshot) <= SMALL:
        return listing.match(asked, leading, masks)
    return _in_bits(asked, leading, masks, found)


def _in_bits(asked: Asked, leading: Leading | None, masks: Sequence[Masks], found: Found | None) -> Matched:
    """The same by sets of bits."""
    part, day, query, chosen, facets = asked
    corner = corner_of(leading.rows) if leading is not None else whole(_holding(part, found))
    base = corner.mask
    for mask in masks:
        base = base & corner.cut(mask)
    own = {facet: _facet(day, corner, facet, terms, facets) for facet, terms in chosen.items()}
    final = reduce(and_, own.values(), base)
    if leading is not None and final is not corner.mask:
        leading = leading.where(corner.within(final).has(leading.rows))
    if query.only_total:
        return Matched(final, leading, None, size_of(final) if leading is None else len(leading.rows), ())
    counts = _counts(asked, corner, base, own, final)
    levels = found.levels if found is not None and leading is None else None
    if levels is not None and final is not corner.mask:
        levels = levels * flags_of(final)[: len(levels)]
    return Matched(final, leading, levels, sum(counts[-order.STANDINGS :]), counts)


def _counts(asked: Asked, corner: Corner, base: Masks, own: Mapping[str, Masks], final: Masks) -> list[int]:
    """How many of `final` have each line of the day's table; the terms of a facet combined by `any` ignore its own
    choice: `final` is `base` with what was chosen of each facet, `own`.
    """
    table = corner.cut_all(asked.day.table)
    held = table & final
    for facet in own:
        if asked.facets.get(facet) == "any" and facet in asked.day.stretches:
            lines = asked.day.stretches[facet]
            without = reduce(and_, (mask for other, mask in own.items() if other != facet), base)
            np.bitwise_and(table[lines], without, out=held[lines])
    counts: list[int] = np.add.reduce(np.bitwise_count(held), axis=1, dtype=np.uint32).tolist()
    return counts


def _leading(part: Part, query: Query, boxed: Rows | None, found: Found | None) -> Leading | None:
    """Those within all circles who hold the words; None when there is nothing short to begin with."""
    circles = () if is_endless(query) else query.circles
    if not circles:
        if found is not None:
            return None if found.rows is None else Leading(found.rows, None, found.levels)
        return None if query.circles else _few(part, boxed, query.area)
    rows, metres = part.snapshot.offices.near(circles[0])
    for circle in circles[1:]:
        rows, metres = _both(rows, metres, *part.snapshot.offices.near(circle))
    leading = Leading(rows, metres, None)
    if part.wounded:
        leading = leading.where(part.living[rows])
    if found is None:
        return leading
    levels = found.of(leading.rows, len(part.snapshot))
    return Leading(leading.rows, leading.metres, levels).where(levels > 0)


def _few(part: Part, boxed: Rows | None, area: str) -> Leading | None:
    """Those in the box or, without one, in the area, where they are few: most words of bit sets are then not read."""
    rows = boxed if boxed is not None else part.snapshot.areas.short(area) if area else None
    if rows is None or len(rows) > (MOST if len(part.snapshot) <= SMALL else FEW):
        return None
    leading = Leading(rows if boxed is None else each_once(rows), None, None)
    return leading.where(part.living[leading.rows]) if part.wounded else leading


def _holding(part: Part, found: Found | None) -> Masks:
    """All, or those who hold the common words."""
    return part.alive if found is None else mask_of_flags(found.levels)


def _both(rows: Ints, metres: Ints, others: Ints, farther: Ints) -> tuple[Ints, Ints]:
    """Those within two circles, both ascending, with the longer of their two ways."""
    if not len(rows) or not len(others):
        return rows[:0], metres[:0]
    low, high = int(others[0]), int(others[-1])
    if len(rows) <= SEARCHED or high - low > SPARSE * (len(rows) + len(others)):
        places = np.minimum(others.searchsorted(rows), len(others) - 1)
        both = np.flatnonzero(others.take(places) == rows)
        return rows.take(both), np.maximum(metres.take(both), farther.take(places.take(both)))
    begin, end = rows.searchsorted([low, high + 1]).tolist()
    rows, metres = rows[begin:end], metres[begin:end]
    ways = np.full(high - low + 1, -1, dtype=np.int32)
    ways[others - low] = farther
    ways = ways.take(rows - low)
    both = np.flatnonzero(ways >= 0)
    return rows.take(both), np.maximum(metres.take(both), ways.take(both))


def _other_masks(asked: Asked, boxed: Rows | None, listed: bool) -> list[Masks]:
    """What is asked beside circles, words and facets; `boxed` are those in the box, `listed` says that those who lead
    are the ones in the box or, without one, in the area.
    """
    part, day, query = asked[:3]
    masks, size = [part.placed] if is_endless(query) else [], len(part.snapshot)
    if boxed is not None and not listed:
        masks.append(mask_of(boxed, size))
    if query.area and not (listed and boxed is None):
        masks.append(part.snapshot.areas.mask([query.area], size))
    if query.online_for:
        masks.append(_serving(part, query.online_for) & day.mask(DELIVERY, ONLINE))
        if query.and_online_for:
            masks.append(_serving(part, query.and_online_for))
    return masks


def _serving(part: Part, code: str) -> Masks:
    """Who may serve somebody there."""
    country, region, _ = code.partition("-")
    serves, size = part.snapshot.serves, len(part.snapshot)
    if region:
        return serves.mask([code, country], size)
    return serves.mask([code], size, under=country + "-")


def _facet(day: Day, corner: Corner, facet: str, terms: Sequence[str], facets: Facets) -> Masks:
    """Who has the chosen terms of one facet."""
    return reduce(and_ if facets.get(facet) == "all" else or_, (corner.cut(day.mask(facet, term)) for term in terms))
