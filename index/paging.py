"""The asked page of an answer out of one part of the index or several: whom `picking.py` picks, and how far they are.

Nothing here decides what matches.
"""

from collections.abc import Sequence
from itertools import repeat
from typing import NamedTuple

import numpy as np

from index import order, picking, rings
from index.arrays import Ints, Keys, Rows, flags_of
from index.matched import Leading, Matched
from index.part import RANK, Day, Part
from index.picking import Page
from index.types import Hit, Query


class _Held(NamedTuple):
    """What one part answers."""

    part: Part
    day: Day
    matched: Matched
    leading: Leading | None
    """As in `matched`; where all distances count, those who may be on the page."""


def hits(held: Sequence[tuple[Part, Day, Matched]], query: Query, total: int) -> tuple[Hit, ...]:
    """The asked page of all who match; none beyond the end."""
    size = max(query.per_page, 1)
    begin = min((max(query.page, 1) - 1) * size, total)
    page = Page(begin, min(begin + size, total))
    if page.begin == page.end:
        return ()
    some = [_Held(part, day, one, _leading(part, one, query, page)) for part, day, one in held if one.total]
    ids, metres = _of_one(some[0], query, page) if len(some) == 1 else _of_several(some, query, page)
    ways = repeat(None) if metres is None else (metres / 1000).tolist()
    # As Hit(id, way) does, without a call of Python for each: half the time.
    return tuple(map(tuple.__new__, repeat(Hit), zip(ids.tolist(), ways)))  # noqa: B905  # `repeat` never ends


def _leading(part: Part, matched: Matched, query: Query, page: Page) -> Leading | None:
    return rings.nearest(part, matched, query.circles[0], page.end) if rings.is_endless(query) else matched.leading


def _is_by_way(query: Query) -> bool:
    return query.sort == "nearest" and bool(query.circles)


def _of_one(held: _Held, query: Query, page: Page) -> tuple[Ints, Ints | None]:
    """The listings of the page, and their distances, out of one part."""
    rows, metres = _rows_of_one(held, query, page), None
    if held.leading is not None and held.leading.metres is not None:
        metres = held.leading.metres[held.leading.rows.searchsorted(rows)]
    return held.part.snapshot.ids[rows], metres


def _rows_of_one(held: _Held, query: Query, page: Page) -> Ints | Rows:
    day, many = held.day, picking.FEW if held.matched.levels is None else picking.SORTED
    leading = _listed(held) if held.matched.total <= many else held.leading
    if leading is None:
        return _walked(_source(held), page)
    if leading.metres is not None and _is_by_way(query):
        near = picking.first_near(leading.metres, page.end)
        rows, metres = leading.rows[near], leading.metres[near]
        return rows[_nearest(metres, order.ring(day.keys[rows]), page, day.share)]
    codes = picking.codes_of(day, leading.rows, leading.tiers())
    found = picking.sorted_page(day, codes, page)
    return _walked(picking.Listed(day, codes), page) if found is None else found


def _walked(source: picking.Source, page: Page) -> Ints | Rows:
    found = [picking.walked(members[0], part, start) for members, part, start in picking.walks([source], page)]
    return found[0] if len(found) == 1 else np.concatenate(found)


def _listed(held: _Held) -> Leading:
    """All who match, as a list."""
    if held.leading is not None:
        return held.leading
    rows = np.flatnonzero(flags_of(held.matched.mask))
    return Leading(rows, None, held.matched.levels_of(rows))


def _source(held: _Held) -> picking.Source:
    """All who match, group by group."""
    matched, day = held.matched, held.day
    if held.leading is not None:
        return picking.Listed(day, picking.codes_of(day, held.leading.rows, held.leading.tiers()))
    if matched.total == len(day.ranking) and matched.levels is None:
        return picking.Flagged(day, None)
    if matched.levels is not None:
        return picking.Leveled(day, matched.levels)
    return picking.Flagged(day, flags_of(matched.mask)[: len(day.ranking)])


def _nearest(metres: Ints, ring: Keys, page: Page, share: int) -> Ints:
    """The places of the page by distance, then around the ring."""
    ordered = np.lexsort((ring, metres))
    return ordered[picking.turned(metres[ordered], page, share)]


def _of_several(held: Sequence[_Held], query: Query, page: Page) -> tuple[Ints, Ints | None]:
    """The same out of several parts."""
    if not _is_by_way(query) and sum(_size(one) for one in held) > picking.SORTED:
        return _of_many(held, page)
    found = [_candidates(one, query, page) for one in held]
    ids, groups, keys = (np.concatenate(column) for column in list(zip(*found, strict=True))[:3])
    at = _nearest(groups, keys, page, held[0].day.share)
    ways = [metres for *_, metres in found if metres is not None]
    return ids[at], np.concatenate(ways)[at] if ways else None


def _size(held: _Held) -> int:
    return held.matched.total if held.leading is None else len(held.leading.rows)


def _candidates(held: _Held, query: Query, page: Page) -> tuple[Ints, Ints, Keys, Ints | None]:
    """Who may be on the page out of one part: listing, group, place in the ring, distance."""
    leading, groups = _listed(held), None
    if leading.metres is not None and _is_by_way(query):
        leading = leading.only(picking.first_near(leading.metres, page.end))
        groups = leading.metres
    if groups is None:
        groups = (picking.codes_of(held.day, leading.rows, leading.tiers()) >> RANK).astype(np.int64)
    ring = order.ring(held.day.keys[leading.rows])
    return held.part.snapshot.ids[leading.rows], groups, ring, leading.metres


def _of_many(held: Sequence[_Held], page: Page) -> tuple[Ints, Ints | None]:
    """The same where they are too many to be sorted."""
    found = []
    for members, part, start in picking.walks([_source(one) for one in held], page):
        numbers = np.arange(len(held)).repeat([len(rows) for rows in members])
        keys = np.concatenate([one.day.keys[rows] for one, rows in zip(held, members, strict=True)])
        # Each source is in order already, which is what this way of sorting is fast at.
        at = picking.walked(keys.argsort(kind="stable"), part, start)
        found.append((numbers[at], np.concatenate(members)[at]))
    numbers, rows = (np.concatenate(column) for column in zip(*found, strict=True))
    ids, metres = np.empty(len(rows), dtype=np.int64), np.empty(len(rows), dtype=np.int64)
    for number, one in enumerate(held):
        here = numbers == number
        ids[here] = one.part.snapshot.ids[rows[here]]
        if one.leading is not None and one.leading.metres is not None:
            metres[here] = one.leading.metres[one.leading.rows.searchsorted(rows[here])]
    is_measured = held[0].leading is not None and held[0].leading.metres is not None
    return ids, metres if is_measured else None
