"""Whom a page shows by the published order, out of one part or several, without sorting all who match.

Who is equal is told by a group: tier and standing as one number, or metres. The ring of equals begins at a rank among
all of them, over all parts; so a page needs the whole of each group that it touches, and nothing of any other.
"""

from collections.abc import Iterator, Sequence
from typing import NamedTuple, Protocol, TypeVar

import numpy as np
from numpy.typing import NDArray

from index import order
from index.arrays import Bools, Ints, Levels, Rows
from index.part import RANK, Day

_Kind = TypeVar("_Kind", bound=np.generic)

SORTED = 2048
"""So many are sorted; of more, each group is put in order by itself."""

FEW = 256
"""So many are put in order by two columns without a look at which of them the page needs ..."""

WHOLE = 1024
"""... and so many by one number each."""

STANDING = 3
"""Bits of a group that hold the standing; the tier is above them."""

_CLASSES = len(order.MATCHES) + 1
_TIERS = (len(order.BANDS_KM) + 1) * _CLASSES
GROUPS = [tier << STANDING | standing for tier in range(_TIERS) for standing in range(order.STANDINGS)]
"""All there can be where more than the way orders, in order."""

_STANDING_BITS = (1 << STANDING) - 1
_RANKS = (1 << RANK) - 1


class Page(NamedTuple):
    """Which of all are asked for."""

    begin: int
    end: int


def turned(groups: Ints, page: Page, share: int) -> tuple[Ints, int]:
    """Where the page stands among all, whose `groups` ascend, each whole and in order of the ring; and where the walk
    around the ring of its last began.
    """
    asked = groups[page.begin : page.end]
    low = groups.searchsorted(asked)
    size = groups.searchsorted(asked, side="right") - low
    start = order.start(size, share)
    return low + (np.arange(page.begin, page.end) - low + start) % size, int(low[-1] + start[-1])


def touched(groups: Ints, page: Page) -> tuple[Ints, Page]:
    """The places of all whose group the page touches, and the page among them."""
    ends = np.bincount(groups).cumsum()
    first, last = ends.searchsorted([page.begin, page.end - 1], side="right").tolist()
    before = int(ends[first - 1]) if first else 0
    held = groups <= last
    if first:
        held &= groups >= first
    return np.flatnonzero(held), Page(page.begin - before, page.end - before)


def first_near(metres: Ints, end: int) -> Ints:
    """The places of all who are no farther than the last before `end`."""
    if len(metres) <= FEW:
        return np.arange(len(metres))
    last = min(end, len(metres)) - 1
    return np.flatnonzero(metres <= np.partition(metres, last)[last])


def codes_of(day: Day, rows: Ints | Rows, tiers: Ints | None) -> Ints | Rows:
    """Group and rank of each as one number; one tier where None."""
    codes = day.codes[rows]
    return codes if tiers is None else tiers << (RANK + STANDING) | codes


def rows_of(day: Day, codes: Ints | Rows) -> Rows:
    """Whose codes they are."""
    rows: Rows = day.ranking[codes & _RANKS]
    return rows


def row_of(day: Day, code: int) -> int:
    """Whose code it is."""
    return int(day.ranking[code & _RANKS])


def sorted_page(day: Day, codes: Ints | Rows, page: Page) -> tuple[Ints | Rows, int] | None:
    """The codes of the page out of one part, whose codes it sorts, and that with which the walk of its last began; None
    where they are too many for that.
    """
    if len(codes) > WHOLE:
        some, page = touched(codes >> RANK, page)
        if len(some) > SORTED:
            return None
        codes = codes[some]
    codes.sort()
    places, first = turned(codes >> RANK, page, day.share)
    return codes[places], int(codes[first])


class Source(Protocol):
    """What matches in one part, group by group."""

    day: Day

    def members(self, group: int) -> Rows:
        """The rows of a group in order of the ring."""
        ...


class Listed:
    """Documents as a list of `codes_of`."""

    def __init__(self, day: Day, codes: Ints | Rows) -> None:
        self.day, self._codes, self._groups = day, codes, codes >> RANK
        self._sizes: list[int] = np.bincount(self._groups).tolist()

    def members(self, group: int) -> Rows:
        """Put in order by setting a flag for each rank: faster than to sort many."""
        if group >= len(self._sizes) or not self._sizes[group]:
            return self.day.ranking[:0]
        standing = _standing(self.day, group)
        flags = np.zeros(standing.stop - standing.start, dtype=np.bool_)
        flags[(self._codes[np.flatnonzero(self._groups == group)] & _RANKS) - standing.start] = True
        return self.day.ranking[standing].take(np.flatnonzero(flags))


class Flagged:
    """Documents of one tier that have a flag; all where None."""

    def __init__(self, day: Day, flags: Bools | None) -> None:
        self.day, self._flags = day, flags

    def members(self, group: int) -> Rows:
        """Those of the day's order who have it."""
        some = self.day.ranking[_standing(self.day, group)] if group < 1 << STANDING else self.day.ranking[:0]
        return some if self._flags is None else some.take(np.flatnonzero(self._flags.take(some)))


class Leveled:
    """Documents that have a level, 0 for those who do not match: a tier for each class."""

    def __init__(self, day: Day, levels: Levels) -> None:
        self.day, self._levels = day, levels
        self._tier = -1
        self._source: Source = Flagged(day, None)

    def members(self, group: int) -> Rows:
        """Those of its class."""
        tier = group >> STANDING
        if tier >= _CLASSES:
            return self.day.ranking[:0]
        if tier != self._tier:
            self._tier, self._source = tier, self._of(tier)
        return self._source.members(group & _STANDING_BITS)

    def _of(self, tier: int) -> Source:
        flags = self._levels >= (*order.LEVELS, 1)[tier]
        if tier:
            flags &= self._levels < order.LEVELS[tier - 1]
        if np.count_nonzero(flags) > SORTED:
            return Flagged(self.day, flags)
        return Listed(self.day, codes_of(self.day, np.flatnonzero(flags), None))


class Walk(NamedTuple):
    """What a page shows of one group."""

    group: int
    members: Sequence[Rows]
    """All its rows, in each source."""
    part: slice
    """What is to be shown of their ring, as it is walked today ..."""
    start: int
    """... from this rank on."""


def walks(sources: Sequence[Source], page: Page) -> Iterator[Walk]:
    """One for each group that the page touches."""
    begin, end = page
    for group in GROUPS:
        if end <= 0:
            break
        members = [source.members(group) for source in sources]
        size = sum(map(len, members))
        if size > max(begin, 0):
            yield Walk(group, members, slice(max(begin, 0), min(end, size)), order.start(size, sources[0].day.share))
        begin, end = begin - size, end - size


def walked(ring: NDArray[_Kind], part: slice, start: int) -> NDArray[_Kind]:
    """A part of a ring that is walked all around from a rank on."""
    low = (part.start + start) % len(ring)
    over = low + part.stop - part.start - len(ring)
    return ring[low : low + part.stop - part.start] if over <= 0 else np.concatenate([ring[low:], ring[:over]])


def _standing(day: Day, group: int) -> slice:
    """Where the standing of a group is in the day's order."""
    standing = group & _STANDING_BITS
    return slice(day.edges[standing], day.edges[standing + 1])
