"""The asked page of an answer out of one part of the index or several: whom `picking.py` picks, and how far they are.

Nothing here decides what matches.
"""

from collections.abc import Sequence
from itertools import repeat
from typing import NamedTuple

import numpy as np

from index import following, held, order, picking
from index.arrays import Ints, Keys, Rows
from index.held import Held
from index.matched import Leading, Matched
from index.part import RANK, Day, Part
from index.picking import Page
from index.types import Cursor, End, Hit, Query


class _Shown(NamedTuple):
    """Who is on a page, in order."""

    ids: Ints
    metres: Ints | None
    """None without a circle."""
    end: End | None
    """None where nobody comes after it."""


def page(parts: Sequence[tuple[Part, Day, Matched]], query: Query, total: int) -> tuple[tuple[Hit, ...], End | None]:
    """The asked page of all who match, none beyond the end; and where it ends, None where nobody comes after it."""
    size = max(query.per_page, 1)
    begin = min((max(query.page, 1) - 1) * size, total)
    asked = Page(begin, min(begin + size, total))
    need = asked.end if query.after is None else total
    some = [held.of(*one, query, need) for one in parts if one[2].total]
    if query.after is not None:
        shown = _after(some, query, query.after, size)
    elif asked.begin == asked.end:
        return (), None
    else:
        shown = _of_one(some[0], query, asked) if len(some) == 1 else _of_several(some, query, asked)
    ways = repeat(None) if shown.metres is None else (shown.metres / 1000).tolist()
    hits = tuple(zip(shown.ids.tolist(), ways))  # noqa: B905  # `repeat` never ends
    return hits, shown.end if asked.end < total or query.after is not None else None


def _after(some: Sequence[Held], query: Query, cursor: Cursor, size: int) -> _Shown:
    """Who is on the page after a cursor."""
    found, firsts = following.after(some, query, cursor, size + 1)
    ids, groups, ring, metres = found.at(slice(0, size))
    if len(found.ids) <= size:
        return _Shown(ids, metres, None)
    return _Shown(ids, metres, lambda: Cursor(group := int(groups[-1]), int(ring[-1]), firsts[group]))


def _of_one(one: Held, query: Query, page: Page) -> _Shown:
    """Who is on the page, out of one part."""
    day, many = one.day, picking.FEW if one.matched.levels is None else picking.SORTED
    leading = one.listed() if one.matched.total <= many else one.leading
    if leading is None:
        return _walked(one, one.source(), page)
    if leading.metres is not None and held.is_by_way(query):
        return _nearest_of_one(one, leading, leading.metres, page)
    codes = picking.codes_of(day, leading.rows, leading.tiers())
    found = picking.sorted_page(day, codes, page)
    if found is None:
        return _walked(one, picking.Listed(day, codes), page)
    shown, first = found
    rows = picking.rows_of(day, shown)
    return _Shown(
        one.ids(rows),
        one.metres(rows),
        lambda: one.end(int(shown[-1]) >> RANK, int(rows[-1]), picking.row_of(day, first)),
    )


def _nearest_of_one(one: Held, leading: Leading, metres: Ints, page: Page) -> _Shown:
    near = picking.first_near(metres, page.end)
    rows, metres = leading.rows[near], metres[near]
    at, first = _nearest(metres, order.ring(one.day.keys[rows]), page, one.day.share)
    last = at[-1]
    return _Shown(one.ids(rows[at]), metres[at], lambda: one.end(int(metres[last]), int(rows[last]), int(rows[first])))


def _walked(one: Held, source: picking.Source, page: Page) -> _Shown:
    walks = list(picking.walks([source], page))
    found = [picking.walked(members[0], part, start) for _, members, part, start in walks]
    rows: Rows = found[0] if len(found) == 1 else np.concatenate(found)
    group, (members,), _, start = walks[-1]
    return _Shown(one.ids(rows), one.metres(rows), lambda: one.end(group, int(rows[-1]), int(members[start])))


def _nearest(groups: Ints, ring: Keys, page: Page, share: int) -> tuple[Ints, int]:
    """The places of the page by group, then around the ring; and of whom the walk of its last began with."""
    ordered = np.lexsort((ring, groups))
    at, first = picking.turned(groups[ordered], page, share)
    return ordered[at], int(ordered[first])


def _of_several(some: Sequence[Held], query: Query, page: Page) -> _Shown:
    """Who is on the page, out of several parts."""
    many = picking.FEW if any(one.leading is None for one in some) else picking.SORTED
    is_by_way = held.is_by_way(query)
    if not is_by_way and sum(one.size() for one in some) > many:
        return _of_many(some, page)
    every = held.together([_candidates(one, query, page) for one in some])
    if len(every.ids) > picking.FEW and not is_by_way:
        touched, page = picking.touched(every.groups, page)
        every = every.at(touched)
    at, first = _nearest(every.groups, every.ring, page, some[0].day.share)
    last = at[-1]
    return _Shown(
        every.ids[at],
        None if every.metres is None else every.metres[at],
        lambda: Cursor(int(every.groups[last]), int(every.ring[last]), int(every.ring[first])),
    )


def _candidates(one: Held, query: Query, page: Page) -> held.Some:
    """Who may be on the page out of one part."""
    leading = one.listed()
    if leading.metres is not None and held.is_by_way(query):
        leading = leading.only(picking.first_near(leading.metres, page.end))
    return one.some(leading, query)


def _of_many(some: Sequence[Held], page: Page) -> _Shown:
    """The same where they are too many to be sorted."""
    found = []
    for group, members, part, start in picking.walks([one.source() for one in some], page):
        numbers = np.arange(len(some)).repeat([len(rows) for rows in members])
        rows = np.concatenate(members)
        keys = np.concatenate([one.day.keys[rows] for one, rows in zip(some, members, strict=True)])
        # Each source is in order already, which is what this way of sorting is fast at.
        ring = keys.argsort(kind="stable")
        at = picking.walked(ring, part, start)
        found.append((numbers[at], rows[at]))
        last = group, int(keys[at[-1]]), int(keys[ring[start]])
    numbers, rows = (np.concatenate(column) for column in zip(*found, strict=True))
    group, shown, first = last
    return _Shown(*_facts(some, numbers, rows), lambda: Cursor(group, order.place(shown), order.place(first)))


def _facts(some: Sequence[Held], numbers: Ints, rows: Ints | Rows) -> tuple[Ints, Ints | None]:
    """The listings of rows, each of the part of its number, and their distances."""
    ids, metres = np.empty(len(rows), dtype=np.int64), np.empty(len(rows), dtype=np.int64)
    is_measured = False
    for number, one in enumerate(some):
        here = numbers == number
        ids[here] = one.ids(rows[here])
        if (ways := one.metres(rows[here])) is not None:
            metres[here], is_measured = ways, True
    return ids, metres if is_measured else None
