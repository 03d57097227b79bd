"""The links beside results, each of which changes one thing of the search: `urls` says what stands in them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from urllib.parse import urlencode

from referral import terms
from referral.search.urls import PATH, Search, at_choice, fields, in_order
from referral.text import at

_BEFORE = ("place", "near", "in", "and_near", "radius", "text", "network")
"""What stands before the facets in a link ..."""

_AFTER = ("any", "sort", "unit", "page", "after", "typed", "and_typed", "help", "question")
"""... and behind them."""


def _pairs(facet: str, chosen: Iterable[str]) -> str:
    return "&".join(f"{facet}={term}" for term in chosen)


def _any(facets: Iterable[str]) -> str:
    return _pairs("any", facets)


class Links:
    """The links that change one thing of a search: a page has a hundred of them, so the rest is written once."""

    def __init__(self, search: Search) -> None:
        self._chosen = dict(search.terms)
        self._pairs = {pair[0]: urlencode([pair]) for pair in fields(replace(search, terms=(), either=(), page=1))}
        self._either = search.either
        self._pairs["any"] = _any(search.either)
        self._before, self._after = self._joined(_BEFORE, self._pairs), self._joined(_AFTER, self._pairs)
        self._path = at(PATH)
        self._around: dict[str, tuple[str, str]] = {}

    def choosing(self, facet: str, term: str) -> str:
        """The link that chooses `term` as well, on the first page."""
        if facet not in self._around:
            self._around[facet] = self._without(facet)
        opening, close = self._around[facet]
        if facet not in self._chosen:
            return f"{opening}{facet}={term}{close}"
        return opening + _pairs(facet, sorted({*self._chosen[facet], term})) + close

    def _without(self, facet: str) -> tuple[str, str]:
        """All of a link that stands before and behind the terms of a facet."""
        order = list(terms.facets())
        place = order.index(facet)
        written = [_pairs(name, sorted(set(self._chosen.get(name, ())))) for name in order]
        before = "&".join(part for part in (self._before, *written[:place]) if part)
        after = "&".join(part for part in (*written[place + 1 :], self._after) if part)
        return f"{self._path}?{before}&" if before else f"{self._path}?", f"&{after}" if after else ""

    def dropping(self, facet: str, term: str) -> str:
        """The link that takes `term` away, on the first page."""
        left = {**self._chosen, facet: tuple(t for t in self._chosen.get(facet, ()) if t != term)}
        pairs = {**self._pairs, "any": _any(at_choice(self._either, left))}
        return self._link(self._before, left, self._joined(_AFTER, pairs))

    def changing(self, **fields: str) -> str:
        """The link in which fields that are no facets read so; without those that are empty."""
        pairs = self._pairs | {name: urlencode([(name, value)]) if value else "" for name, value in fields.items()}
        return self._link(self._joined(_BEFORE, pairs), self._chosen, self._joined(_AFTER, pairs))

    def _link(self, before: str, chosen: Mapping[str, tuple[str, ...]], after: str) -> str:
        middle = "&".join(_pairs(name, terms_) for name, terms_ in in_order(chosen))
        query = "&".join(part for part in (before, middle, after) if part)
        return f"{self._path}?{query}" if query else self._path

    @staticmethod
    def _joined(names: Sequence[str], pairs: Mapping[str, str]) -> str:
        return "&".join(pairs[name] for name in names if pairs.get(name))
