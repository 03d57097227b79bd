"""The first of those who match however far away: read in rings, because the first page rarely needs the far ones.

Only for one circle without an end: `matching.py` then leaves all distances to this.
"""

import math
from dataclasses import replace

import numpy as np

from index import order
from index.matched import Leading, Matched
from index.part import Part
from index.types import Circle, Query

RINGS = tuple(km for km in order.BANDS_KM if km in (25, 100, 1000))
"""Kilometres: ends of distance bands, so that nobody beyond a ring comes before somebody in it, but by name."""

FEW = 256
"""So many are measured faster than sought."""


def is_endless(query: Query) -> bool:
    """Whether the first page can be read in rings: pins need the distances of all."""
    return len(query.circles) == 1 and query.circles[0].radius == math.inf and not query.pins


def nearest(part: Part, matched: Matched, circle: Circle, need: int) -> Leading:
    """Those who match in the smallest ring that holds at least `need` of them, with their distances."""
    offices, matching = part.snapshot.offices, matched.flags(len(part.snapshot))
    for radius in RINGS if matched.total > max(FEW, need) else ():
        rows, metres = offices.near(replace(circle, radius=radius))
        inside = np.flatnonzero(matching.take(rows))
        if len(inside) >= need:
            rows = rows.take(inside)
            return Leading(rows, metres.take(inside), matched.levels_of(rows))
    rows, metres = offices.ways(circle, matching)
    return Leading(rows, metres, matched.levels_of(rows))
