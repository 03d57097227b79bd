"""The page after another: from where that one ended, whoever came or went meanwhile.

A page by its number counts from the first listing anew: one fewer before it, and somebody is never shown. A cursor
says where in the order the page ended, and where the walk around its ring of equals began; both stay as they are.
"""

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence

import numpy as np

from index import held, order, picking
from index.arrays import Ints
from index.held import Held, Some
from index.types import Cursor, Query


def after(some: Sequence[Held], query: Query, cursor: Cursor, most: int) -> tuple[Some, Mapping[int, int]]:
    """The first `most` after `cursor`, in order; and for each of their groups where the walk around its ring began."""
    found, firsts = [_NOBODY], {cursor.group: cursor.first}
    for group, members in _groups(some, query, cursor.group, most):
        if group == cursor.group:
            walk = _on(members, cursor)
        else:
            walk = _anew(members, some[0].day.share)
            firsts[group] = int(members.ring[walk[0]])
        found.append(members.at(walk[:most]))
        most -= len(found[-1].ids)
        if not most:
            break
    return held.together(found[1:] or found), firsts


def _on(members: Some, cursor: Cursor) -> Ints:
    """The places of those after the cursor, on the walk that began where it says."""
    walked = order.along(members.ring, cursor.first)
    shown = order.along(np.array([cursor.last], dtype=np.uint64), cursor.first)
    behind = np.flatnonzero(walked > shown)
    return behind[walked[behind].argsort(kind="stable")]


def _anew(members: Some, share: int) -> Ints:
    """The places of all on the day's walk."""
    return np.roll(members.ring.argsort(kind="stable"), -order.start(len(members.ring), share))


def _groups(some: Sequence[Held], query: Query, least: int, most: int) -> Iterator[tuple[int, Some]]:
    """The groups from `least` on that anybody is in; where the way alone orders, as many as `most` can need."""
    if held.is_by_way(query):
        every = held.together([one.some(one.listed(), query) for one in some] or [_NOBODY])
        every = every.at(np.flatnonzero(every.groups >= least))
        for group in np.unique(every.groups)[: most + 1].tolist():
            yield group, every.at(np.flatnonzero(every.groups == group))
        return
    sources = [one.source() for one in some]
    for group in picking.GROUPS[bisect_left(picking.GROUPS, least) :]:
        rows = [source.members(group) for source in sources]
        members = held.together([one.in_group(group, r) for one, r in zip(some, rows, strict=True)] or [_NOBODY])
        if len(members.ids):
            yield group, members


_NOBODY = Some(np.zeros(0, np.int64), np.zeros(0, np.int64), np.zeros(0, np.uint64), None)
