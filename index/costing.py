"""What a typed line costs in each listing: for every word the edits to the nearest that stands there, name or not.

Where words are rare only listings that hold one near each are looked at; `guessing.py` says which line is meant.
"""

from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from index import spelling, words
from index.arrays import Bools, Ints, Levels, Rows, begins
from index.part import Part
from index.spelling import NAME, Near
from index.texts import Found

EDIT, NO_NAME, OTHERWISE = 512, 16, 1
"""What an edit costs, a word that is no name, and another first letter: no sum of twelve words reaches the next."""

NEVER = 1 << 14
"""What it costs where a listing holds neither a word nor any near it."""

_AS_TYPED = np.array([NEVER] + [NO_NAME * (level < NAME) for level in range(1, 256)], dtype=np.uint16)
"""What a word costs as it is typed, by its level."""

_NONE: Ints = np.zeros(0, dtype=np.int64)

Costs = NDArray[np.uint16]
"""For each row of a part."""


class Word(NamedTuple):
    """What one typed word may stand for."""

    typed: str
    nears: Sequence[Near]
    held: Sequence[Found]
    """For each part who holds the word as it is typed."""
    is_known: bool
    """Whether anybody does."""


class _Costs(NamedTuple):
    """What one word costs."""

    rows: Ints | None
    """Where it costs less than never, ascending; None where each row of the part is told."""
    costs: Costs
    which: Levels
    """Which of the words near it stands there, from 1; 0 for the word itself."""

    def at(self, places: Ints) -> "_Costs":
        """Those at some places."""
        return _Costs(
            None if self.rows is None else self.rows.take(places), self.costs.take(places), self.which.take(places)
        )


class Line:
    """What a line costs in the rows of one part that may have it, word after word."""

    def __init__(self, part: Part, at: int, among: Bools) -> None:
        self._part, self._at, self._among = part, at, among
        self._rows: Ints | None = None
        self._chosen: list[Levels] = []
        self.costs: Costs = np.zeros(0, dtype=np.uint16)

    def add(self, word: Word) -> None:
        """One word more."""
        found = _costs(self._part, word, word.held[self._at])
        if self._chosen:
            found = self._both(found)
            self.costs = self.costs + found.costs
        else:
            among = self._among if found.rows is None else self._among.take(found.rows)
            self.costs = np.where(among, found.costs, np.uint16(NEVER))
        self._rows = found.rows
        self._chosen.append(found.which)
        np.minimum(self.costs, NEVER, out=self.costs)

    def _both(self, found: _Costs) -> _Costs:
        """What the next word costs in the rows that are left, which are fewer than before where it is rare."""
        if self._rows is None:
            if found.rows is not None:
                self._keep(found.rows)
            return found
        if found.rows is None:
            return found.at(self._rows)._replace(rows=self._rows)
        _, own, other = np.intersect1d(self._rows, found.rows, assume_unique=True, return_indices=True)
        self._keep(own)
        return found.at(other)

    def _keep(self, places: Ints) -> None:
        self.costs, self._chosen = self.costs.take(places), [some.take(places) for some in self._chosen]

    def lines(self, line: Sequence[Word], cost: int) -> Counter[str]:
        """How many rows cost so much, by the line they have."""
        rows = np.flatnonzero(self.costs == cost)
        if len(line) == 1:  # of a common word there are thousands
            counts = np.bincount(self._chosen[0].take(rows)).tolist()
            return Counter({_put_right(line[0], which): count for which, count in enumerate(counts) if count})
        chosen = Counter(zip(*(some.take(rows).tolist() for some in self._chosen), strict=True))
        return Counter({" ".join(map(_put_right, line, some)): count for some, count in chosen.items()})


def _costs(part: Part, word: Word, held: Found) -> _Costs:
    """What the word costs in each row."""
    few = spelling.edits_for(word.typed[: words.LETTERS])
    found = [(number, *_near_costs(part, word, one, few)) for number, one in enumerate(word.nears, start=1)]
    if held.rows is None:
        costs, which = _AS_TYPED.take(held.levels), np.zeros(len(part.snapshot), dtype=np.uint8)
        for number, rows, own in found:
            less = own < costs.take(rows)
            costs[rows[less]], which[rows[less]] = own[less], number
        return _Costs(None, costs, which)
    every = [(0, held.rows, _AS_TYPED.take(held.levels)), *found] if len(held.rows) else found
    if len(every) == 1:
        number, rows, own = every[0]
        return _Costs(rows.astype(np.int64), own, np.full(len(rows), number, dtype=np.uint8))
    # Row, cost and word as one number: the first of each row is the cheapest, and the likelier of two.
    codes = np.concatenate(
        [_NONE, *(rows.astype(np.int64) << 24 | own.astype(np.int64) << 8 | n for n, rows, own in every)]
    )
    codes.sort()
    codes = codes[begins(codes >> 24)]
    return _Costs(codes >> 24, (codes >> 8 & 0xFFFF).astype(np.uint16), (codes & 0xFF).astype(np.uint8))


def _near_costs(part: Part, word: Word, one: Near, few: int) -> tuple[Ints | Rows, Costs]:
    """Where another word may stand for the typed one, and what that costs."""
    rows, levels = spelling.bearing(part, one.word)
    if word.is_known or one.edits > few:
        rows, levels = rows[levels >= NAME], levels[levels >= NAME]
    return rows, _AS_TYPED.take(levels) + np.uint16(one.edits * EDIT + one.begins_otherwise * OTHERWISE)


def _put_right(word: Word, which: int) -> str:
    return word.nears[which - 1].word if which else word.typed
