"""Which documents of one part match a query, and how many there would be for each term.

A document matches when everything asked holds: one of its points lies within each circle, one lies in the box, an
office lies in the area, it serves online where asked, it holds all words, and for each facet it has one of the chosen
terms (`any`) or all of them (`all`). A chosen term that no document has matches nothing.

`online_for` asks for the term "online" of the facet "delivery", and for somebody who may serve there. Asked for a
region (US-IL), who serves that region or its whole country (US) does; asked for a country, who serves it or any region
of it does: the page says "serves people in some of it".
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from index.arrays import Bools, Corner, Ints, Levels, Masks, Rows, corner_of, mask_of, mask_of_flags, size_of, whole
from index.part import Day, Part
from index.texts import Found
from index.types import Circle, Query

Facets = Mapping[str, Literal["any", "all"]]
"""How the chosen terms of each facet combine, in the order facets are shown."""

DELIVERY, ONLINE = "delivery", "online"
"""The facet and the term of those who work online."""


@dataclass(frozen=True, slots=True)
class Leading:
    """Documents found by place or by rare words, before all else is asked."""

    rows: Ints | Rows
    """Ascending."""
    metres: Ints | None
    """Their distances, when there is a circle."""
    levels: Levels | None
    """How well they match, when words were asked."""

    def only(self, keep: Bools) -> "Leading":
        """Those of them to keep."""
        metres, levels = self.metres, self.levels
        return Leading(
            self.rows[keep], None if metres is None else metres[keep], None if levels is None else levels[keep]
        )


@dataclass(frozen=True, slots=True)
class Matched:
    """What matches in one part."""

    mask: Masks
    """All that match, as bits of the whole part; only some words of it when `leading` says it."""
    leading: Leading | None
    """The same with distances and levels, when there is a circle or a rare word."""
    levels: Levels | None
    """How well each row matches, when common words were asked without a circle; to be read where `mask` is set."""
    total: int
    counts: Sequence[int]
    """How many there would be for each of the day's columns."""


def match(
    part: Part, day: Day, query: Query, chosen: Mapping[str, Sequence[str]], facets: Facets, found: Found | None
) -> Matched | None:
    """All of `part` that match; None when nothing can. `found` are those that hold the words, if any were asked."""
    leading = _leading(part, query.circles, found)
    if leading is not None and not len(leading.rows):
        return None
    corner = corner_of(leading.rows) if leading is not None else whole(_holding(part, found))
    base = corner.mask
    for mask in _other_masks(part, day, query):
        base = base & corner.cut(mask)
    own = {facet: _facet(day, corner, facet, terms, facets) for facet, terms in chosen.items()}
    final = base
    for mask in own.values():
        final = final & mask
    if leading is not None and final is not corner.mask:
        leading = leading.only(corner.within(final).has(leading.rows))
    total = size_of(final) if leading is None else len(leading.rows)
    if final is part.alive and not part.wounded:
        return Matched(final, None, None, total, day.totals)
    counts = _counts(day.terms, corner, final)
    for facet in own:
        if facets.get(facet) == "any" and facet in day.stretches:
            others = [mask for other, mask in own.items() if other != facet]
            without = np.bitwise_and.reduce([base, *others])
            counts[day.stretches[facet]] = _counts(day.terms[day.stretches[facet]], corner, without)
    levels = found.levels if found is not None and leading is None else None
    return Matched(final, leading, levels, total, counts.tolist())


def _leading(part: Part, circles: Sequence[Circle], found: Found | None) -> Leading | None:
    """Those within all circles who hold the words; None when there is nothing short to begin with."""
    if not circles:
        return None if found is None or found.rows is None else Leading(found.rows, None, found.levels)
    rows, metres = part.snapshot.offices.near(circles[0])
    for circle in circles[1:]:
        rows, metres = _both(rows, metres, *part.snapshot.offices.near(circle), len(part.snapshot))
    leading = Leading(rows, metres, None)
    if part.wounded:
        leading = leading.only(part.living[rows])
    if found is None:
        return leading
    levels = found.of(leading.rows, len(part.snapshot))
    return Leading(leading.rows, leading.metres, levels).only(levels > 0)


def _holding(part: Part, found: Found | None) -> Masks:
    """All, or those who hold the common words."""
    return part.alive if found is None else mask_of_flags(found.levels > 0)


def _both(rows: Ints, metres: Ints, others: Ints, farther: Ints, size: int) -> tuple[Ints, Ints]:
    """Those within two circles, with the longer of their two ways."""
    ways = np.full(size, -1, dtype=np.int64)
    ways[others] = farther
    keep = ways[rows] >= 0
    return rows[keep], np.maximum(metres, ways[rows])[keep]


def _other_masks(part: Part, day: Day, query: Query) -> list[Masks]:
    """What is asked beside circles, words and facets."""
    masks, size = [], len(part.snapshot)
    if query.box is not None:
        masks.append(mask_of(part.snapshot.offices.inside(query.box), size))
    if query.area:
        masks.append(mask_of(part.snapshot.areas.of(query.area), size))
    if query.online_for:
        masks.append(mask_of(_serving(part, query.online_for), size) & day.mask(DELIVERY, ONLINE))
    return masks


def _serving(part: Part, code: str) -> Rows:
    """Who may serve somebody there."""
    country, region, _ = code.partition("-")
    serves = part.snapshot.serves
    other = serves.of(country) if region else serves.under(country + "-")
    return np.concatenate([serves.of(code), other])


def _facet(day: Day, corner: Corner, facet: str, terms: Sequence[str], facets: Facets) -> Masks:
    """Who has the chosen terms of one facet."""
    masks = [corner.cut(day.mask(facet, term)) for term in terms]
    combined: Masks = (np.bitwise_and if facets.get(facet) == "all" else np.bitwise_or).reduce(masks)
    return combined


def _counts(terms: Masks, corner: Corner, mask: Masks) -> Ints:
    """How many of `mask` have each of `terms`."""
    counts: Ints = np.bitwise_count(corner.cut_all(terms) & mask).sum(axis=1, dtype=np.int64)
    return counts
