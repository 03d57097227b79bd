"""The answer to a query over several parts: each answers for itself, totals and counts are added, the first merged.

Nothing here decides what matches or what comes first.
"""

from collections.abc import Sequence
from datetime import date

from index import paging, pins, spelling, texts, words
from index.counts import Chosen, Counts
from index.matching import Facets, match
from index.part import Part
from index.types import Query, Results


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
    hits = paging.hits(held, query, total)
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
