"""The answer to a query over several parts: each answers for itself, totals and counts are added, the first merged.

Nothing here decides what matches or what comes first.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import compress

import numpy as np

from index import order, picking, pins, rings, spelling, texts, words
from index.arrays import Ints, Keys, Masks, Rows, flags_of
from index.matched import Matched
from index.matching import Facets, match
from index.part import Day, Part
from index.types import Hit, Query, Results

_Ranked = tuple[int, int, int, int | None]
"""Tier, key of the day, listing, metres."""

_Chosen = Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class _Page:
    begin: int
    end: int


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
    page = _page(query, total)
    ranked = [hit for part, day, one in held for hit in _first(part, day, one, query, page)]
    hits = ranked if len(held) == 1 else sorted(ranked, key=lambda hit: hit[:3])
    meant = spelling.did_you_mean(parts, asked) if asked and not total else ""
    shown = tuple([Hit(id_, None if way is None else way / 1000) for _, _, id_, way in hits[page.begin : page.end]])
    counts = _counts([(day, one) for _, day, one in held], chosen, facets)
    return Results(total, shown, counts, meant, pins.pins(held, query) if query.pins else ())


def _chosen(query: Query) -> _Chosen:
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


def _first(part: Part, day: Day, matched: Matched, query: Query, page: _Page) -> list[_Ranked]:
    """The first of one part, in order, as many as the page may need."""
    if page.begin == page.end or not matched.total:
        return []
    leading = matched.leading
    if rings.is_endless(query):
        leading = rings.nearest(part, matched, query.circles[0], page.end)
    if leading is None:
        return _first_of_mask(part, day, matched, matched.mask, page.end)
    rows, metres = leading.rows, leading.metres
    if query.sort == "nearest" and metres is not None:
        keys = order.shuffled(day.keys[rows])
        places = picking.first_near(metres, keys, page.end)
        return _ranked(part, rows[places], metres[places], keys[places], metres[places])
    tiers = leading.tiers()
    places = picking.first_by(tiers, day.ranks[rows], page.end)
    ways = None if metres is None else metres[places]
    return _ranked(part, rows[places], tiers[places], day.keys[rows[places]], ways)


def _first_of_mask(part: Part, day: Day, matched: Matched, mask: Masks, need: int) -> list[_Ranked]:
    """The same where no distance counts."""
    flags = flags_of(mask)[: len(part.snapshot)]
    if matched.levels is None:
        rows = picking.first_of_all(flags, matched.total, need, day.ranking)
        return _ranked(part, rows, np.zeros(len(rows), dtype=np.int64), day.keys[rows], None)
    rows, classes = picking.first_of_levels(matched.levels * flags, matched.total, need, day.ranking)
    return _ranked(part, rows, classes, day.keys[rows], None)


def _ranked(part: Part, rows: Ints | Rows, tiers: Ints, keys: Keys, metres: Ints | None) -> list[_Ranked]:
    ids = part.snapshot.ids[rows].tolist()
    ways = [None] * len(ids) if metres is None else metres.tolist()
    return list(zip(tiers.tolist(), keys.tolist(), ids, ways, strict=True))


def _counts(held: Sequence[tuple[Day, Matched]], chosen: _Chosen, facets: Facets) -> Mapping[str, Mapping[str, int]]:
    """Terms that somebody has, and the chosen ones."""
    counts: dict[str, dict[str, int]] = {facet: {} for facet in facets}
    for day, one in held:
        for facet, (terms, lines) in day.labels.items():
            some, known = one.counts[lines], counts[facet]
            fresh = dict(zip(compress(terms, some), filter(None, some), strict=True))
            if known:
                fresh = {term: count + known.get(term, 0) for term, count in fresh.items()}
            known.update(fresh)
    for facet, asked in chosen.items():
        for term in asked if facet in counts else ():
            counts[facet].setdefault(term, 0)
    return counts
