"""Where those who match stand on a map: a pin for each point or, where points are many, for each cell of a grid.

Only points that were themselves asked for count: in one of the circles, and in the box. Nothing here decides who
matches, or who comes first.
"""

import math
from collections.abc import Sequence
from itertools import pairwise

import numpy as np

from index.arrays import Bools, Floats, Ints, Keys
from index.matched import Matched
from index.part import Day, Part
from index.types import Pin, Query

MANY = 2000
"""Above so many points they are gathered in cells."""

NAMED = 20
"""Up to so many listings a pin names them."""

ACROSS = 16
"""A grid has from half as many to so many cells in each direction, and up to two more at the edges."""

_SMALLEST = 1e-6
"""The least width of a grid in degrees."""

_MILLION = 1_000_000
"""The middle of points is exact to a millionth of a degree, 11 cm: sums of whole numbers need no order."""

Held = Sequence[tuple[Part, Day, Matched]]
"""What each part of the index answers."""


def pins(held: Held, query: Query) -> tuple[Pin, ...]:
    """All pins of an answer, from south to north; their counts add up to the pairs of a listing and a point of it."""
    places = [_places(part, matched, query) for part, _, matched in held]
    if not any(map(len, places)):
        return ()
    stood = [one[0].snapshot.offices.points.degrees.take(some, axis=1) for one, some in zip(held, places, strict=True)]
    degrees = np.concatenate(stood, axis=1) if len(stood) > 1 else stood[0]
    spots, numbers = _distinct(degrees, len(held), query.few_pins) or _gathered(degrees, query)
    counts = np.bincount(numbers)
    return tuple(map(Pin, *spots.tolist(), counts.tolist(), _names(held, places, query, numbers, counts)))


def _places(part: Part, matched: Matched, query: Query) -> Ints:
    """The places of the points that were asked for, of those who match."""
    offices, matching = part.snapshot.offices, matched.flags(len(part.snapshot))
    places = offices.asked(query.circles, query.box)
    return places.take(np.flatnonzero(matching.take(offices.owners.take(places))))


def _distinct(degrees: Floats, parts: int, few: int) -> tuple[Floats, Ints] | None:
    """The different points in order, and which of them each is; None when there are too many."""
    fresh, most = _begins(degrees), min(MANY, few or MANY)
    if np.count_nonzero(fresh) > most * parts:  # equal points of a part stand together: one part alone has too many
        return None
    runs = degrees[:, fresh]
    at = np.lexsort((runs[1], runs[0]))
    first = _begins(runs[:, at])
    numbers = np.empty(len(at), dtype=np.int64)
    numbers[at] = first.cumsum() - 1
    spots = runs[:, at[first]]
    return (spots, numbers[fresh.cumsum() - 1]) if spots.shape[1] <= most else None


def _gathered(degrees: Floats, query: Query) -> tuple[Floats, Ints]:
    """The middles of the points in each cell of a grid, and the cell of each point, by number."""
    lats, lons = degrees[0], _eastwards(degrees[1], _west(query))
    south, west, north, east = _extent(lats, lons, query)
    cells = _lines(lats, south, north, 180) * (ACROSS + 2) + _lines(lons, west, east, 360)
    numbers = ((np.bincount(cells) > 0).cumsum() - 1).take(cells)
    middles = np.stack([_middles(lats, numbers), _middles(lons, numbers)])
    middles[1] = (middles[1] + 180 * _MILLION) % (360 * _MILLION) - 180 * _MILLION
    return middles / _MILLION, numbers


def _west(query: Query) -> float:
    """The longitude from which a map runs eastwards: so that the antimeridian cuts neither a box nor a circle."""
    west = query.box.west if query.box else query.circles[0].lon - 180 if query.circles else -180.0
    return west if -180 <= west < 180 else (west + 180) % 360 - 180


def _eastwards(lons: Floats, west: float) -> Floats:
    """Longitudes as from `west` on."""
    return np.where(lons < west, lons + 360, np.where(lons >= west + 360, lons - 360, lons))


def _extent(lats: Floats, lons: Floats, query: Query) -> tuple[float, float, float, float]:
    """South, west, north, east of the box, else of all points; east is never below west."""
    if query.box is None:
        return float(lats.min()), float(lons.min()), float(lats.max()), float(lons.max())
    box, west = query.box, _west(query)
    wide = 360.0 if box.east - box.west >= 360 else (box.east - box.west) % 360
    return box.south, west, box.north, west + wide


def _lines(values: Floats, low: float, high: float, whole: int) -> Ints:
    """The line of the grid of each, from 0.

    Lines are a half, a quarter ... of the globe, so that a map that is moved, or made a little larger, keeps them.
    """
    step = whole / 2 ** int(math.log2(whole * ACROSS / max(high - low, _SMALLEST)))
    lines = np.floor(values / step) - math.floor(low / step)
    clipped: Ints = np.clip(lines, 0, ACROSS + 1).astype(np.int64)
    return clipped


def _middles(values: Floats, numbers: Ints) -> Floats:
    """The mean of the values of each number, in whole millionths."""
    middles: Floats = np.rint(np.bincount(numbers, np.rint(values * _MILLION)) / np.bincount(numbers))
    return middles


def _names(held: Held, places: Sequence[Ints], query: Query, numbers: Ints, counts: Ints) -> list[tuple[int, ...]]:
    """The listings of each pin in the order of the answer; none where they are too many."""
    few = (counts <= NAMED).take(numbers)
    ids, tiers, keys = _standing(held, places, query, few)
    at = np.lexsort((ids, keys, tiers, numbers[few]))
    ids, pin = ids[at], numbers[few][at]
    once = _begins(np.stack([ids, pin]))  # a listing may have several points in a cell
    ends = pin[once].searchsorted(np.arange(len(counts) + 1)).tolist()
    listed = ids[once].tolist()
    return [tuple(listed[low:high]) for low, high in pairwise(ends)]


def _standing(held: Held, places: Sequence[Ints], query: Query, few: Bools) -> tuple[Ints, Ints, Keys]:
    """The listing of each point that is one of few, and what it is ordered by."""
    found, begin = [], 0
    for (part, day, matched), some in zip(held, places, strict=True):
        rows = part.snapshot.offices.owners[some[few[begin : begin + len(some)]]]
        found.append((part.snapshot.ids[rows], *matched.standing(day, rows, query.sort)))
        begin += len(some)
    ids, tiers, keys = (np.concatenate(column) for column in zip(*found, strict=True))
    return ids, tiers, keys


def _begins(columns: Floats | Ints) -> Bools:
    """Whether each differs from the one before, in either line."""
    first = np.ones(columns.shape[1], dtype=np.bool_)
    first[1:] = (columns[0, 1:] != columns[0, :-1]) | (columns[1, 1:] != columns[1, :-1])
    return first
