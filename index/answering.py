"""The answer to a query over several parts: each answers for itself, totals and counts are added, the first merged.

Nothing here decides what matches or what comes first.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

import numpy as np

from index import guessing, initials, paging, pins, texts, words
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
    each = texts.each(parts, asked, as_written=query.as_written) if asked else []
    found: Sequence[Found | None] = _holding(parts, each, query) if asked else [None] * len(parts)
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
    meant = _meant(parts, query, each, chosen, facets, today) if asked and not total else ""
    drawn = pins.pins(held, query) if query.pins else ()
    return Results(total, hits, Counts(held, chosen, facets), meant, drawn, end)


def _holding(parts: Sequence[Part], each: Sequence[list[Found]], query: Query) -> list[Found]:
    """Who holds the words; where nobody does, who holds what else they may be."""
    found = texts.together(parts, each)
    if query.as_written:
        return found
    for other in words.asked_otherwise(query.text) if not any(found) else ():
        found = texts.matching(parts, other)
        if any(found):
            return found
    return found if any(found) else initials.matching(parts, words.asked(query.text), each) or found


def _meant(
    parts: Sequence[Part], query: Query, each: Sequence[list[Found]], chosen: Chosen, facets: Facets, today: date
) -> str:
    """What was probably meant by words that find nobody; `each` says who holds each of them.

    Where somebody else holds all of them they may be right, and only a name is likelier.
    """
    bare, among = replace(query, text="", only_total=True), []
    for part in parts:
        one = match(part, part.day(today), bare, chosen, facets, None)
        among.append(np.zeros(len(part.snapshot), dtype=np.bool_) if one is None else one.flags(len(part.snapshot)))
    is_held = any(texts.together(parts, each))
    return guessing.meant(parts, query.text, each, among, only_names=is_held)


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
