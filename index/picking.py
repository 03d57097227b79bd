"""The first documents of many by the published order, without sorting them all."""

import numpy as np

from index import order
from index.arrays import Bools, Ints, Keys, Levels, Rows

_FEW = 2048
"""So many are sorted as they are."""

_NEAR = 128
"""The same for two numbers, which are sorted one after the other."""

_SMALL = 1024
"""Below it, tiers are counted and not sorted."""


def first_of_all(matching: Bools, total: int, need: int, ranking: Rows) -> Ints:
    """The first `need` of the matching rows in the order of `ranking`: walk it until enough of them match."""
    found: list[Rows] = []
    held, begin, step = 0, 0, max(64, 2 * need * len(ranking) // max(total, 1))
    while held < min(need, total):
        some = ranking[begin : begin + step]
        found.append(some[matching[some]])
        held, begin, step = held + len(found[-1]), begin + step, step * 2
    return np.concatenate(found or [ranking[:0]])[:need].astype(np.int64)


def first_of_levels(levels: Levels, total: int, need: int, ranking: Rows) -> tuple[Ints, Ints]:
    """The first `need` rows by class of match, then in the order of `ranking`, and their classes.

    `levels` has one entry a row, 0 for those that do not match; `total` do.
    """
    rows, classes, held = [ranking[:0].astype(np.int64)], [np.zeros(0, dtype=np.int64)], 0
    lower = levels > 0
    for number, limit in enumerate((*order.LEVELS, 1)):
        if held == min(need, total):
            break
        here = levels >= limit if limit > 1 else lower
        fresh = here if number == 0 else here & (levels < order.LEVELS[number - 1])
        count = int(np.count_nonzero(fresh))
        rows.append(first_of_all(fresh, count, min(need, total) - held, ranking) if count else rows[0])
        classes.append(np.full(len(rows[-1]), number))
        held += len(rows[-1])
    return np.concatenate(rows), np.concatenate(classes)


def first_by(tiers: Ints, ranks: Rows, need: int) -> Ints:
    """The places of the first `need` by tier, then by rank, in order."""
    if len(tiers) <= _FEW:
        return np.argsort(tiers << 32 | ranks)[:need]
    cut = _cut(tiers, need)
    before, last = np.flatnonzero(tiers < cut), np.flatnonzero(tiers == cut)
    near = np.concatenate([before, last[_lowest(ranks[last], need - len(before))]])
    return near[np.argsort(tiers[near] << 32 | ranks[near])[:need]]


def first_near(metres: Ints, shuffled: Keys, need: int) -> Ints:
    """The places of the first `need` by distance, then by the day's shuffle, in order."""
    near = np.flatnonzero(metres <= _cut(metres, need)) if len(metres) > _NEAR else np.arange(len(metres))
    return near[np.lexsort((shuffled[near], metres[near]))[:need]]


def _cut(tiers: Ints, need: int) -> int:
    """The last tier that is needed for `need`."""
    if int(tiers.max()) < _SMALL:
        return int(np.bincount(tiers).cumsum().searchsorted(min(need, len(tiers))))
    return int(np.partition(tiers, min(need, len(tiers)) - 1)[min(need, len(tiers)) - 1])


def _lowest(ranks: Rows, need: int) -> Ints:
    """The places of at least the `need` lowest ranks: those below a guess that grows until there are enough."""
    limit = max(1, 2 * need * (int(ranks.max()) + 1) // len(ranks))
    low = np.flatnonzero(ranks < limit)
    while len(low) < min(need, len(ranks)):
        limit *= 4
        low = np.flatnonzero(ranks < limit)
    return low
