"""The answer to a query over several parts: each answers for itself, totals and counts are added, the first merged.

Nothing here decides what matches or what comes first.
"""

from collections.abc import Sequence
from datetime import date

from index import paging, pins, spelling, texts, words
from index.counts import Counts
from index.matched import Chosen, Facets
from index.matching import match
from index.part import Part
from index.texts import Found
from index.types import Query, Results


def answer(parts: Sequence[Part], query: Query, facets: Facets, today: date) -> Results:
    """The exact answer as of `today`."""
    asked = words.asked(query.text) if query.text else ()
    chosen = _chosen(query) if query.terms else {}
    facets = _combined(facets, query.either) if query.either else facets
    found: Sequence[Found | None] = _holding(parts, asked, query) if asked else [None] * len(parts)
    held, total = [], 0
    for part, some in zip(parts, found, strict=True):
        day = part.day(today)
        one = match(part, day, query, chosen, facets, some)
        if one is not None:
            held.append((part, day, one))
            total += one.total
    if query.only_total:
        return Results(total, (), {})
    hits, end = paging.page(held, query, total)
    meant = ""
    if asked and not total:
        meant = spelling.did_you_mean(parts, query.text, is_unknown=len(asked) == 1 and not any(found))
    drawn = pins.pins(held, query) if query.pins else ()
    return Results(total, hits, Counts(held, chosen, facets), meant, drawn, end)


def _holding(parts: Sequence[Part], asked: Sequence[str], query: Query) -> list[Found]:
    """Who holds the words; where nobody does, who holds what else they may be."""
    found = texts.matching(parts, asked, as_written=query.as_written)
    if query.as_written:
        return found
    for other in words.asked_otherwise(query.text) if not any(found) else ():
        found = texts.matching(parts, other)
        if any(found):
            break
    return found


def _combined(facets: Facets, either: Sequence[str]) -> Facets:
    """How the chosen terms combine where one of them is enough in the facets `either`."""
    return {facet: "any" if facet in either else combine for facet, combine in facets.items()}


def _chosen(query: Query) -> Chosen:
    """The chosen terms of each facet; a facet named twice has all of them."""
    chosen: dict[str, tuple[str, ...]] = {}
    for facet, terms in query.terms:
        if terms:
            chosen[facet] = chosen.get(facet, ()) + terms
    return chosen
