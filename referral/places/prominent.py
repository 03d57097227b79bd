"""The largest towns of a part of the map, for its labels: kept as arrays, because a box may be the whole world."""

from itertools import chain
from typing import cast

import numpy as np

from index.types import Box
from referral.places.schema import DEGREE
from referral.places.store import Store

LEAST = 1000
"""Inhabitants of the smallest town that is ever a label."""

SQL = "SELECT id, lat, lon, population FROM place WHERE kind = 0 AND population >= ?"


class Prominent:
    """Every town of some size, the largest first: 1.8 MB, read once (0.2 s) when a map is first looked at."""

    def __init__(self, store: Store) -> None:
        numbers = chain.from_iterable(store.stream(SQL, (LEAST,)))
        rows = np.fromiter(numbers, dtype=np.int32).reshape(-1, 4)
        rows = rows[np.lexsort((rows[:, 0], -rows[:, 3]))]
        self._ids, self._lats, self._lons = (np.ascontiguousarray(column) for column in rows.T[:3])

    def within(self, box: Box, limit: int) -> list[int]:
        """The row numbers of up to `limit` towns of a box, the largest first."""
        south, west, north, east = (round(degrees * DEGREE) for degrees in (box.south, box.west, box.north, box.east))
        right, left = self._lons >= west, self._lons <= east
        across = right & left if west <= east else right | left
        inside = np.flatnonzero(across & (self._lats >= south) & (self._lats <= north))
        return cast(list[int], self._ids[inside[:limit]].tolist())
