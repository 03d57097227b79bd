"""What matches in one part of the index, and what it is ordered by. Values; `matching.py` finds them."""

from collections.abc import Mapping, Sequence
from typing import Literal, NamedTuple

import numpy as np

from index import order
from index.arrays import Bools, Ints, Keys, Levels, Masks, Rows, flags_of
from index.part import Day, Part
from index.types import Query

Chosen = Mapping[str, Sequence[str]]
"""The chosen terms of each facet."""

Facets = Mapping[str, Literal["any", "all"]]
"""How the chosen terms of each facet combine, in the order facets are shown."""


class Asked(NamedTuple):
    """What is asked of one part."""

    part: Part
    day: Day
    query: Query
    chosen: Chosen
    facets: Facets


class Leading(NamedTuple):
    """Documents found by place or by rare words, before all else is asked."""

    rows: Ints | Rows
    """Ascending."""
    metres: Ints | None
    """Their distances, when there is a circle."""
    levels: Levels | None
    """How well they match, when words were asked."""

    def only(self, places: Ints) -> "Leading":
        """Those of them at some places."""
        rows, metres, levels = self
        return Leading(
            rows.take(places),
            None if metres is None else metres.take(places),
            None if levels is None else levels.take(places),
        )

    def where(self, keep: Bools) -> "Leading":
        """Those of them to keep."""
        return self.only(np.flatnonzero(keep))

    def tiers(self) -> Ints | None:
        """Distance band and class of match of each, as one number; None where neither was asked."""
        if self.metres is None:
            return None if self.levels is None else order.match_classes(self.levels)
        bands = order.bands(self.metres)
        return bands if self.levels is None else order.tiers(bands, order.match_classes(self.levels))


class Matched(NamedTuple):
    """What matches in one part: tuples, like all here, which are made in half the time of frozen values."""

    mask: Masks
    """All that match, as bits of the whole part; only some words of it, or none, when `leading` says it."""
    leading: Leading | None
    """The same with distances and levels, when there is a circle or a rare word."""
    levels: Levels | None
    """How well each row matches, when common words were asked without a circle; 0 for those that do not."""
    total: int
    counts: Sequence[int]
    """How many there would be for each of the day's columns; what follows them counts nothing that is shown."""

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
        """What some of the matching rows are ordered by where not all are at hand: tier, then key, smaller first.

        The ring begins where a share of it lies, not where a share of all equals do.
        """
        keys = day.keys[rows]
        turned = order.turned(keys, day.share)
        tiers: Ints | None
        if self.leading is None:
            levels = self.levels_of(rows)
            tiers = None if levels is None else order.match_classes(levels)
        else:
            some = self.leading.only(self.leading.rows.searchsorted(rows))
            if sort == "nearest" and some.metres is not None:
                return some.metres, turned
            tiers = some.tiers()
        standings = order.standings(keys).astype(np.int64)
        return standings if tiers is None else tiers * order.STANDINGS + standings, turned
