"""How many of an answer have each term: counted with the answer, given names when somebody reads them.

Half of all answers are only turned to hits: the names of eighty terms took them a quarter of their time.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from itertools import compress

from index.matched import Chosen, Matched
from index.part import Day, Part

Held = Sequence[tuple[Part, Day, Matched]]
"""What each part of the index answers."""

Named = Mapping[str, Mapping[str, int]]
"""Facet -> term -> how many."""


class Counts(Mapping[str, Mapping[str, int]]):
    """Terms that somebody has, and the chosen ones, over all parts of an index."""

    __slots__ = ("_chosen", "_facets", "_held", "_named")

    def __init__(self, held: Held, chosen: Chosen, facets: Collection[str]) -> None:
        self._held, self._chosen, self._facets = held, chosen, facets
        self._named: Named | None = None

    def __getitem__(self, facet: str) -> Mapping[str, int]:
        return self._all()[facet]

    def __iter__(self) -> Iterator[str]:
        return iter(self._facets)

    def __len__(self) -> int:
        return len(self._facets)

    def __repr__(self) -> str:
        return repr(self._all())

    def _all(self) -> Named:
        """Named once; two threads may both do it, and get the same. What was counted is let go of, for it is large."""
        held, named = self._held, self._named
        if named is None:
            named = self._named = _named(held, self._chosen, self._facets)
            self._held = ()
        return named


def _named(held: Held, chosen: Chosen, facets: Collection[str]) -> Named:
    counts: dict[str, dict[str, int]] = {facet: {} for facet in facets}
    for _, day, one in held:
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
