"""Which of a few listed documents match, row by row: in a small part that is cheaper than sets of bits.

The rules are those of `matching.py`, which decides who is listed at all.
"""

from collections.abc import Sequence
from functools import reduce
from operator import and_, or_

import numpy as np

from index.arrays import NOBODY, Bools, Ints, Masks, Rows, flags_of
from index.matched import Asked, Leading, Matched
from index.part import Day


def match(asked: Asked, leading: Leading, masks: Sequence[Masks]) -> Matched:
    """Those of `leading` who are in all of `masks` and have the chosen terms."""
    base = [flags_of(mask).take(leading.rows) for mask in masks]
    own = {facet: _has(asked, leading.rows, facet) for facet in asked.chosen}
    kept = leading.only(reduce(and_, (*base, *own.values()))) if base or own else leading
    if asked.query.only_total:
        return Matched(NOBODY, kept, None, len(kept.rows), ())
    counts = asked.day.count(kept.rows)
    for facet in own:
        if asked.facets.get(facet) == "any" and facet in asked.day.stretches:
            others = [*base, *(flags for other, flags in own.items() if other != facet)]
            rows = leading.rows[reduce(and_, others)] if others else leading.rows
            stretch = asked.day.stretches[facet]
            counts[stretch] = asked.day.count(rows)[stretch]
    return Matched(NOBODY, kept, None, len(kept.rows), counts)


def _has(asked: Asked, rows: Ints | Rows, facet: str) -> Bools:
    """Which rows have the chosen terms of one facet."""
    terms = [_truths(asked.day, rows, facet, term) for term in asked.chosen[facet]]
    return reduce(and_ if asked.facets.get(facet) == "all" else or_, terms)


def _truths(day: Day, rows: Ints | Rows, facet: str, term: str) -> Bools:
    line = day.places.get((facet, term))
    return np.zeros(len(rows), dtype=np.bool_) if line is None else day.truths[line].take(rows)
