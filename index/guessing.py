"""What somebody probably meant by a line that finds nobody: the line that finds somebody with the fewest edits.

All its words are looked at together, known ones too: "vanse" is a word by chance, and Keith Vance is meant. For each
listing it is counted what every word costs there, so that no words need be tried side by side, and whatever is offered
finds somebody. Edits decide first, then that the words are somebody's name, then first letters, then how many have all
of them; a line with somebody's name in it may cost one edit more as a whole name. A word is put right as somebody has
written it, by no stem and no sound; one that anybody has, only to a name: who types "Maria Byrne" does not mean the
town of Bryne.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from index import spelling, texts, words
from index.arrays import Bools, Levels
from index.part import Part
from index.signs import pieces
from index.spelling import NAME, Near
from index.texts import Found

_EDIT, _NO_NAME, _OTHERWISE = 512, 16, 1
"""What an edit costs, a word that is no name, and another first letter: no sum of twelve words reaches the next."""

_NEVER = 1 << 14
"""What it costs where a listing holds neither a word nor any near it."""

_AS_TYPED = np.array([_NEVER] + [_NO_NAME * (level < NAME) for level in range(1, 256)], dtype=np.uint16)
"""What a word costs as it is typed, by its level."""

Costs = NDArray[np.uint16]
"""For each row of a part."""


class _Word(NamedTuple):
    """What one typed word may stand for."""

    typed: str
    nears: Sequence[Near]
    held: Sequence[Found]
    """For each part who holds the word as it is typed."""
    is_known: bool
    """Whether anybody does."""


class _Line:
    """What a line costs in each row of one part, word after word."""

    def __init__(self, part: Part, at: int, among: Bools) -> None:
        self._part, self._at = part, at
        self.costs: Costs = np.where(among, np.uint16(0), np.uint16(_NEVER))
        self._chosen: list[Levels] = []

    def add(self, word: _Word) -> None:
        """One word more."""
        costs, chosen = _costs(self._part, word, word.held[self._at])
        self.costs += costs
        np.minimum(self.costs, _NEVER, out=self.costs)
        self._chosen.append(chosen)

    def lines(self, line: Sequence[_Word], cost: int) -> Counter[str]:
        """How many rows cost so much, by the line they have."""
        rows = np.flatnonzero(self.costs == cost)
        chosen = Counter(zip(*(some.take(rows).tolist() for some in self._chosen), strict=True))
        return Counter({" ".join(map(_put_right, line, some)): count for some, count in chosen.items()})


def meant(
    parts: Sequence[Part],
    line: str,
    each: Sequence[list[Found]],
    among: Sequence[Bools],
    *,
    only_names: bool = False,
) -> str:
    """The line with the words that were probably meant, which somebody holds `among` the rows of each part.

    `each` says who holds each piece of the line, by part. `only_names`: only where all words are one person's name.
    Empty where there is no such line.
    """
    beside_name = any(_is_borne(some) for some in each)
    found = [_Line(part, at, some) for at, (part, some) in enumerate(zip(parts, among, strict=True))]
    read: list[_Word] = []
    for word in _words(parts, words.typed(line), each, beside_name):
        if all(one.costs.min(initial=_NEVER) == _NEVER for one in found):
            return ""
        read.append(word)
        for one in found:
            one.add(word)
    cost = min(_least(one.costs, only_names) for one in found)
    if beside_name and (of_names := min(_least(one.costs, True) for one in found)) // _EDIT <= cost // _EDIT + 1:
        cost = of_names
    if not _EDIT <= cost < _NEVER:
        return ""
    lines: Counter[str] = Counter()
    for one in found:
        lines.update(one.lines(read, cost))
    best = min(lines, key=lambda one: (-lines[one], one))
    return best if len(best) <= words.LINE else ""


def _least(costs: Costs, only_names: bool) -> int:
    if only_names:
        costs = costs[costs // _NO_NAME % (_EDIT // _NO_NAME) == 0]
    return int(costs.min(initial=_NEVER))


def _is_borne(held: Sequence[Found]) -> bool:
    """Whether a word is somebody's name."""
    return any(int(one.levels.max(initial=0)) >= NAME for one in held)


def _words(
    parts: Sequence[Part], typed: Sequence[str], each: Sequence[list[Found]], beside_name: bool
) -> Iterator[_Word]:
    """Each word, as it is come to; one whose pieces are too many to be asked for is what others leave of it."""
    held = iter(each)
    for word in typed:
        own = [some for _, some in zip(pieces(word), held, strict=False)]
        if own:
            found = texts.together(parts, own)
            is_known = any(found)
            may_be_far = beside_name and not _is_borne(found)
            nears = spelling.near(parts, word[: words.LETTERS], only_names=is_known, beside_name=may_be_far)
            yield _Word(word, nears, found, is_known)


def _costs(part: Part, word: _Word, held: Found) -> tuple[Costs, Levels]:
    """What the word costs in each row, and which of the words near it stands there, from 1; 0 for the word itself."""
    if held.rows is None:
        costs = _AS_TYPED.take(held.levels)
    else:
        costs = np.full(len(part.snapshot), _NEVER, dtype=np.uint16)
        costs[held.rows] = _AS_TYPED.take(held.levels)
    which, few = np.zeros(len(part.snapshot), dtype=np.uint8), spelling.edits_for(word.typed[: words.LETTERS])
    for number, one in enumerate(word.nears, start=1):
        rows, levels = spelling.bearing(part, one.word)
        own = _AS_TYPED.take(levels) + np.uint16(one.edits * _EDIT + one.begins_otherwise * _OTHERWISE)
        less = own < costs.take(rows)
        if word.is_known or one.edits > few:
            less &= levels >= NAME
        better = rows[less]
        costs[better], which[better] = own[less], number
    return costs, which


def _put_right(word: _Word, which: int) -> str:
    return word.nears[which - 1].word if which else word.typed
