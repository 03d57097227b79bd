"""What matches in one part of the index, and what it is ordered by. Values; `matching.py` finds them."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from index import order
from index.arrays import Bools, Ints, Keys, Levels, Masks, Rows, flags_of
from index.part import Day


@dataclass(frozen=True, slots=True)
class Leading:
    """Documents found by place or by rare words, before all else is asked."""

    rows: Ints | Rows
    """Ascending."""
    metres: Ints | None
    """Their distances, when there is a circle."""
    levels: Levels | None
    """How well they match, when words were asked."""

    def only(self, keep: Bools | Ints) -> "Leading":
        """Those of them to keep."""
        metres, levels = self.metres, self.levels
        return Leading(
            self.rows[keep], None if metres is None else metres[keep], None if levels is None else levels[keep]
        )

    def tiers(self) -> Ints:
        """Distance band and class of match of each, as one number."""
        bands = np.zeros(len(self.rows), dtype=np.int64) if self.metres is None else order.bands(self.metres)
        return bands if self.levels is None else bands * (len(order.MATCHES) + 1) + order.match_classes(self.levels)


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

    def flags(self, size: int) -> Bools:
        """Whether each row of the part, which has `size`, matches."""
        if self.leading is None:
            return flags_of(self.mask)[:size]
        flags = np.zeros(size, dtype=np.bool_)
        flags[self.leading.rows] = True
        return flags

    def levels_of(self, rows: Ints | Rows) -> Levels | None:
        """How well some of the matching rows match; None when no words were asked."""
        if self.leading is None:
            return None if self.levels is None else self.levels[rows]
        return self.leading.only(self.leading.rows.searchsorted(rows)).levels

    def standing(self, day: Day, rows: Ints | Rows, sort: str) -> tuple[Ints, Keys]:
        """What some of the matching rows are ordered by: tier, then key, smaller first."""
        if self.leading is None:
            levels = self.levels_of(rows)
            tiers = np.zeros(len(rows), dtype=np.int64) if levels is None else order.match_classes(levels)
            return tiers, day.keys[rows]
        some = self.leading.only(self.leading.rows.searchsorted(rows))
        if sort == "nearest" and some.metres is not None:
            return some.metres, order.shuffled(day.keys[rows])
        return some.tiers(), day.keys[rows]
