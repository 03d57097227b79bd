"""The answer to a query over several parts: each answers for itself, totals and counts are added, the first merged.

Nothing here decides what matches or what comes first.
"""

from collections.abc import Sequence
from datetime import date
from itertools import repeat
from typing import NamedTuple

from index import order, picking, pins, rings, spelling, texts, words
from index.arrays import Ints, Rows, flags_of
from index.counts import Chosen, Counts
from index.matched import Matched
from index.matching import Facets, match
from index.part import Day, Part
from index.types import Hit, Query, Results


class _Page(NamedTuple):
    """Which of the hits are asked for."""

    begin: int
    end: int


class _First(NamedTuple):
    """The first of one part, in order."""

    rows: Ints | Rows
    tiers: Ints | None
    """Smaller first, before the keys of the day; None where all are the same."""
    metres: Ints | None
    """None where no distance counts."""


_Held = tuple[Part, Day, Matched]


def answer(parts: Sequence[Part], query: Query, facets: Facets, today: date) -> Results:
    """The exact answer as of `today`."""
    asked = words.asked(query.text) if query.text else ()
    chosen = _chosen(query)
    found = texts.matching(parts, asked) if asked else [None] * len(parts)
    days = [part.day(today) for part in parts]
    matched = [
        match(part, day, query, chosen, facets, some) for part, day, some in zip(parts, days, found, strict=True)
    ]
    held = [(part, day, one) for part, day, one in zip(parts, days, matched, strict=True) if one is not None]
    total = sum(one.total for _, _, one in held)
    if query.only_total:
        return Results(total, (), {})
    hits = _hits(held, query, _page(query, total))
    meant = spelling.did_you_mean(parts, query.text) if asked and not total else ""
    counts = Counts([(day, one) for _, day, one in held], chosen, tuple(facets))
    return Results(total, hits, counts, meant, pins.pins(held, query) if query.pins else ())


def _chosen(query: Query) -> Chosen:
    """The chosen terms of each facet; a facet named twice has all of them."""
    chosen: dict[str, tuple[str, ...]] = {}
    for facet, terms in query.terms:
        if terms:
            chosen[facet] = chosen.get(facet, ()) + terms
    return chosen


def _page(query: Query, total: int) -> _Page:
    """Which of the hits are asked for; none beyond the end."""
    size = max(query.per_page, 1)
    begin = min((max(query.page, 1) - 1) * size, total)
    return _Page(begin, min(begin + size, total))


def _hits(held: Sequence[_Held], query: Query, page: _Page) -> tuple[Hit, ...]:
    """The asked page."""
    if page.begin == page.end:
        return ()
    firsts = [(part, day, _first(part, day, one, query, page.end)) for part, day, one in held if one.total]
    if len(firsts) > 1:
        return tuple([Hit(id_, way) for _, _, id_, way in _merged(firsts, query)[page.begin : page.end]])
    part, _, first = firsts[0]
    ids = part.snapshot.ids[first.rows[page.begin : page.end]].tolist()
    ways = repeat(None) if first.metres is None else (first.metres[page.begin : page.end] / 1000).tolist()
    # As Hit(id, way) does, without a call of Python for each: half the time.
    return tuple(map(tuple.__new__, repeat(Hit), zip(ids, ways)))  # noqa: B905


def _merged(firsts: Sequence[tuple[Part, Day, _First]], query: Query) -> list[tuple[int, int, int, float | None]]:
    """Tier, key of the day, listing and kilometres of the first of several parts, in order."""
    merged: list[tuple[int, int, int, float | None]] = []
    for part, day, (rows, tiers, metres) in firsts:
        keys = day.keys[rows]
        if _is_by_way(query, metres):
            tiers, keys = metres, order.shuffled(keys)
        ways = repeat(None) if metres is None else (metres / 1000).tolist()
        standing = repeat(0) if tiers is None else tiers.tolist()
        merged += zip(standing, keys.tolist(), part.snapshot.ids[rows].tolist(), ways)  # noqa: B905  # some never end
    return sorted(merged, key=lambda hit: hit[:3])


def _is_by_way(query: Query, metres: Ints | None) -> bool:
    return query.sort == "nearest" and metres is not None


def _first(part: Part, day: Day, matched: Matched, query: Query, need: int) -> _First:
    """The first `need` of one part."""
    leading = matched.leading
    if rings.is_endless(query):
        leading = rings.nearest(part, matched, query.circles[0], need)
    if leading is None:
        return _first_of_mask(part, day, matched, need)
    rows, metres = leading.rows, leading.metres
    if metres is not None and _is_by_way(query, metres):
        places = picking.first_near(metres, order.shuffled(day.keys[rows]), need)
        return _First(rows[places], None, metres[places])
    tiers = leading.tiers()
    places = picking.first_by(tiers, day.ranks[rows], need)
    return _First(rows[places], tiers[places], None if metres is None else metres[places])


def _first_of_mask(part: Part, day: Day, matched: Matched, need: int) -> _First:
    """The same where no distance counts."""
    if matched.levels is None and matched.total == len(day.ranking):
        return _First(day.ranking[:need], None, None)
    flags = flags_of(matched.mask)[: len(part.snapshot)]
    if matched.levels is None:
        return _First(picking.first_of_all(flags, matched.total, need, day.ranking), None, None)
    rows, classes = picking.first_of_levels(matched.levels * flags, matched.total, need, day.ranking)
    return _First(rows, classes, None)
