"""Which documents of one part match a query, and how many there would be for each term.

A document matches when everything asked holds: one of its points lies within each circle, one lies in the box, an office lies in
the area, it serves online where asked, it holds all words, and for each facet it has one of the chosen terms (`any`) or
all of them (`all`). A chosen term that no document has matches nothing.

`online_for` asks for the term "online" of the facet "delivery", and for somebody who may serve there. Asked for a region
(US-IL), who serves that region or its whole country (US) does; asked for a country, who serves it or any region of it does:
the page says "serves people in some of it".
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from index.arrays import Bools, Corner, Ints, Masks, Rows, corner_of, mask_of, size_of, whole
from index.part import Day, Part
from index.texts import Found
from index.types import Circle, Query

Facets = Mapping[str, Literal["any", "all"]]
"""How the chosen terms of each facet combine, in the order facets are shown."""

DELIVERY, ONLINE = "delivery", "online"
"""The facet and the term of those who work online."""


@dataclass(frozen=True, slots=True)
class Leading:
    """Documents found by place or by words, before all else is asked."""

    rows: Ints | Rows
    """Ascending."""
    metres: Ints | None
    """Their distances, when there is a circle."""
    classes: Ints | None
    """How well they match, when words were asked."""

    def only(self, keep: Bools) -> "Leading":
        """Those of them to keep."""
        metres, classes = self.metres, self.classes
        return Leading(
            self.rows[keep], None if metres is None else metres[keep], None if classes is None else classes[keep]
        )


@dataclass(frozen=True, slots=True)
class Matched:
    """What matches in one part."""

    corner: Corner
    """All that match."""
    leading: Leading | None
    """The same with distances and classes, when there is a circle or words."""
    total: int
    counts: Sequence[int]
    """How many there would be for each of the day's columns."""


def match(
    part: Part, day: Day, query: Query, chosen: Mapping[str, tuple[str, ...]], facets: Facets, found: Found | None
) -> Matched | None:
    """Everything of `part` that matches; None when nothing can. `found` are those that hold the words, if any were asked."""
    leading = _leading(part, query.circles, found)
    if leading is not None and not len(leading.rows):
        return None
    corner = whole(part.alive) if leading is None else corner_of(leading.rows)
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
    counts = _counts(day, corner, final)
    for facet in (facet for facet in own if facets.get(facet) == "any"):
        others = [mask for other, mask in own.items() if other != facet]
        _recount(counts, day, corner, facet, np.bitwise_and.reduce([base, *others]))
    return Matched(corner.within(final), leading, total, counts.tolist())


def _leading(part: Part, circles: Sequence[Circle], found: Found | None) -> Leading | None:
    """Those within all circles who hold the words; None when neither is asked."""
    if not circles:
        return None if found is None else Leading(found.rows, None, found.levels.astype(np.int64, copy=False))
    rows, metres = part.snapshot.offices.near(circles[0])
    for circle in circles[1:]:
        rows, metres = _both(rows, metres, *part.snapshot.offices.near(circle), len(part.snapshot))
    if part.wounded:
        keep = part.living[rows]
        rows, metres = rows[keep], metres[keep]
    if found is None:
        return Leading(rows, metres, None)
    classes = np.full(len(part.snapshot), -1, dtype=np.int64)
    classes[found.rows] = found.levels
    return Leading(rows, metres, classes[rows]).only(classes[rows] >= 0)


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


def _counts(day: Day, corner: Corner, mask: Masks) -> Ints:
    """How many of `mask` have each column."""
    counts: Ints = np.bitwise_count(corner.cut_all(day.terms) & mask).sum(axis=1, dtype=np.int64)
    return counts


def _recount(counts: Ints, day: Day, corner: Corner, facet: str, mask: Masks) -> None:
    """Count the columns of one facet again, without its own choices."""
    stretch = day.stretches.get(facet)
    if stretch is not None:
        masks = corner.cut_all(day.terms[stretch]) & mask
        counts[stretch] = np.bitwise_count(masks).sum(axis=1, dtype=np.int64)
