"""What one part of the index answers, as the ways to a page read it. Values and their columns."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from index import order, picking, rings
from index.arrays import Ints, Keys, Rows, flags_of
from index.matched import Leading, Matched
from index.part import RANK, Day, Part
from index.types import Cursor, Query


class Some(NamedTuple):
    """Listings, a column for each fact."""

    ids: Ints
    groups: Ints
    """Who is equal, as in `picking.py`."""
    ring: Keys
    """Places in the ring of equals."""
    metres: Ints | None
    """None without a circle."""

    def at(self, places: Ints | slice) -> "Some":
        """Those of them at some places."""
        ids, groups, ring, metres = self
        return Some(ids[places], groups[places], ring[places], None if metres is None else metres[places])


class Held(NamedTuple):
    """What one part answers."""

    part: Part
    day: Day
    matched: Matched
    leading: Leading | None
    """As in `matched`; where all distances count, those who may be on the page."""

    def size(self) -> int:
        """How many may be on the page."""
        return self.matched.total if self.leading is None else len(self.leading.rows)

    def listed(self) -> Leading:
        """All who match, as a list."""
        if self.leading is not None:
            return self.leading
        rows = np.flatnonzero(flags_of(self.matched.mask))
        return Leading(rows, None, self.matched.levels_of(rows))

    def source(self) -> picking.Source:
        """All who match, group by group."""
        matched, day = self.matched, self.day
        if self.leading is not None:
            return picking.Listed(day, picking.codes_of(day, self.leading.rows, self.leading.tiers()))
        if matched.total == len(day.ranking) and matched.levels is None:
            return picking.Flagged(day, None)
        if matched.levels is not None:
            return picking.Leveled(day, matched.levels)
        return picking.Flagged(day, flags_of(matched.mask)[: len(day.ranking)])

    def ids(self, rows: Ints | Rows) -> Ints:
        """The listings of some rows."""
        return self.part.snapshot.ids[rows]

    def metres(self, rows: Ints | Rows) -> Ints | None:
        """The distances of some who match; None without a circle."""
        if self.leading is None or self.leading.metres is None:
            return None
        metres: Ints = self.leading.metres[self.leading.rows.searchsorted(rows)]
        return metres

    def in_group(self, group: int, rows: Rows) -> Some:
        """The facts of rows of one group."""
        return Some(self.ids(rows), np.full(len(rows), group), order.ring(self.day.keys[rows]), self.metres(rows))

    def end(self, group: int, last: int, first: int) -> Cursor:
        """Where a page ends whose last is of a group, the walk of which began with `first`: both as rows."""
        keys = self.day.keys
        return Cursor(group, order.place(int(keys[last])), order.place(int(keys[first])))

    def some(self, leading: Leading, query: Query) -> Some:
        """The facts of a list of those who match."""
        rows, groups = leading.rows, leading.metres
        if groups is None or not is_by_way(query):
            groups = (picking.codes_of(self.day, rows, leading.tiers()) >> RANK).astype(np.int64)
        return Some(self.ids(rows), groups, order.ring(self.day.keys[rows]), leading.metres)


def of(part: Part, day: Day, matched: Matched, query: Query, need: int) -> Held:
    """What a part answers, of which the first `need` by its own order may be on the page.

    Where a name may come before who is nearer, that is any of them.
    """
    if query.text and not is_by_way(query):
        need = matched.total
    if not rings.is_endless(query):
        return Held(part, day, matched, matched.leading)
    return Held(part, day, matched, rings.nearest(part, matched, query.circles[0], need))


def is_by_way(query: Query) -> bool:
    """Whether the distance alone orders."""
    return query.sort == "nearest" and bool(query.circles)


def together(found: Sequence[Some]) -> Some:
    """Several, one after the other."""
    if len(found) == 1:
        return found[0]
    ids, groups, ring, metres = zip(*found, strict=True)
    ways = None if metres[0] is None else np.concatenate(metres)
    return Some(np.concatenate(ids), np.concatenate(groups), np.concatenate(ring), ways)
