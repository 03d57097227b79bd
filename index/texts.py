"""Which documents hold the asked words, and how well, over all parts of an index at once.

All words must match, each in any field. The last also stands for the commonest longer words. How rare a word is counts
over all parts together, so that an answer does not depend on how documents are spread over parts.
"""

import math
from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import reduce
from itertools import pairwise

import numpy as np

from index import heard, words
from index.arrays import Ints, Levels, Rows
from index.lists import key_bytes
from index.part import Part

_SPARSE, _SORTED = 16, 80
"""Below one document in so many they are listed, above every row has a level; below the second they are sorted."""

_Span = tuple[int, int]
"""From one place of the word table to before another."""


@dataclass(frozen=True, slots=True)
class Found:
    """The documents of one part that hold a word, or all words."""

    rows: Ints | Rows | None
    """Ascending; None when `levels` has an entry for every row, 0 for those that do not match."""
    levels: Levels
    """How well each matches, from 1 to 255."""

    def __len__(self) -> int:
        return int(np.count_nonzero(self.levels)) if self.rows is None else len(self.rows)

    def of(self, rows: Ints | Rows, size: int) -> Levels:
        """The levels of some rows, 0 for those that do not match."""
        if self.rows is None:
            return self.levels[rows]
        levels = np.zeros(size, dtype=np.uint8)
        levels[self.rows] = self.levels
        return levels[rows]


NOWHERE = Found(np.zeros(0, dtype=np.int32), np.zeros(0, dtype=np.uint8))
"""Nobody: of a word that is not known."""


def matching(parts: Sequence[Part], asked: Sequence[str], *, as_written: bool = False) -> list[Found]:
    """For each part the documents that hold all of `asked`, which is at least one word; `as_written` in its script."""
    return together(parts, each(parts, asked, as_written=as_written))


def each(parts: Sequence[Part], asked: Sequence[str], *, as_written: bool = False) -> list[list[Found]]:
    """For each of the words, for each part the documents that hold it; the last may begin longer ones."""
    last = len(asked) - 1
    return [
        _matching_word(parts, word, is_last=number == last, as_written=as_written) for number, word in enumerate(asked)
    ]


def together(parts: Sequence[Part], found: Sequence[list[Found]]) -> list[Found]:
    """For each part the documents that hold all of these words, at least one."""
    if len(found) == 1:
        return found[0]
    documents = sum(len(part) for part in parts)
    weights = [_rarity(sum(len(one) for one in some), documents) for some in found]
    return [_all(part, [some[at] for some in found], weights) for at, part in enumerate(parts)]


def living_counts(part: Part, low: int, high: int) -> list[int]:
    """How many documents have each key of the word table from place `low` to before `high`."""
    table = part.snapshot.words.table
    starts = table.starts[low : high + 1]
    counts = np.diff(starts)
    if part.wounded and low < high:
        counts = np.add.reduceat(part.living[table.span(low, high)], starts[:-1] - starts[0], dtype=np.int64)
    return [int(count) for count in counts]


def _rarity(documents: int, of_all: int) -> int:
    """What a word weighs beside others: the rarer, the more; whole, so that sums are exact."""
    return round(16 * math.log2(2 + of_all / (documents + 1)))


def _matching_word(parts: Sequence[Part], word: str, *, is_last: bool, as_written: bool) -> list[Found]:
    """For each part the documents that hold one word."""
    longer = _longer(parts, word) if is_last and words.may_begin(word) else [range(0)] * len(parts)
    return [
        _living(_union(part, _places(part, word, as_written=as_written), begun), part)
        for part, begun in zip(parts, longer, strict=True)
    ]


def _places(part: Part, word: str, *, as_written: bool) -> list[int]:
    """Where the word and its stems stand, and the names of other scripts that sound as it."""
    keys = (key_bytes(key) for key in words.keys(word, part.snapshot.languages))
    found = [place for place in map(part.snapshot.words.table.find, keys) if place is not None]
    return found if as_written else [*found, *heard.places(part.snapshot.words, word)]


def _union(part: Part, exact: Sequence[int], begun: Sequence[int]) -> Found:
    """The documents of several keys, each with its best level; those of longer words count less."""
    held, size = part.snapshot.words, len(part.snapshot)
    table, longer = held.table, _spans_of(begun)
    if longer and len(begun) == 1 and begun[0] in exact:
        longer = []
    if len(exact) == 1 and not longer and exact[0] not in held.lines:
        return Found(*holding(part, exact[0], exact[0] + 1))
    if not exact and not longer:
        return NOWHERE
    entries = sum([table.count(place, place + 1) for place in exact] + [table.count(*span) for span in longer])
    if entries * _SPARSE >= size:
        return Found(None, _many(part, exact, longer))
    if entries * _SORTED < size:
        return _few(part, exact, longer)
    levels = _many(part, exact, longer)
    rows = np.flatnonzero(levels > 0)
    return Found(rows, levels[rows])


def _spans_of(places: Sequence[int]) -> list[_Span]:
    """Some places of the word table, as few spans."""
    if isinstance(places, range):
        return [(places.start, places.stop)] if places else []
    return [(place, place + 1) for place in places]


def _many(part: Part, exact: Sequence[int], longer: Sequence[_Span]) -> Levels:
    """The best level of every row among some keys. A longer word that is in `exact` too counts there, which is more."""
    lines = part.snapshot.words.lines
    lists, common = _parted(part, longer) if longer else ([], [])
    own = [place for place in exact if place not in lines]
    whole = [lines[place] for place in exact if place in lines]
    if far := [lines[place] for place in common if place not in exact]:
        whole.append(words.PREFIXED.take(reduce(np.maximum, far)))
    levels = reduce(np.maximum, whole) if whole else np.zeros(len(part.snapshot), dtype=np.uint8)
    if (lists or own) and len(whole) == 1:
        levels = levels.copy()  # else what is held of a common word would be written over
    for span in lists:
        rows, held = holding(part, *span)
        np.maximum.at(levels, rows, words.PREFIXED.take(held))
    for place in own:
        np.maximum.at(levels, *holding(part, place, place + 1))
    return levels


def _parted(part: Part, spans: Sequence[_Span]) -> tuple[list[_Span], list[int]]:
    """The keys of some spans: those in between the commonest as spans, and the places of these."""
    places = part.snapshot.words.places
    lists: list[tuple[int, int]] = []
    common: list[int] = []
    for low, high in spans:
        inside = places[bisect_left(places, low) : bisect_left(places, high)]
        lists += pairwise([low - 1, *inside, high]) if inside else [(low - 1, high)]
        common += inside
    return [(before + 1, place) for before, place in lists if before + 1 < place], common


def _few(part: Part, exact: Sequence[int], longer: Sequence[_Span]) -> Found:
    """The same where there are few: sorted as one number, and the last of each document taken."""
    pieces = [holding(part, place, place + 1) for place in exact]
    pieces += [holding(part, *span) for span in (*longer, (0, 0))]
    both = np.concatenate([rows for rows, _ in pieces]).astype(np.int64)
    both <<= 8
    both |= np.concatenate(
        [words.PREFIXED.take(held) if number >= len(exact) else held for number, (_, held) in enumerate(pieces)]
    )
    both.sort()
    rows = both >> 8
    last = np.ones(len(rows), dtype=np.bool_)
    np.not_equal(rows[1:], rows[:-1], out=last[:-1])
    return Found(rows[last], (both[last] & 255).astype(np.uint8))


def holding(part: Part, low: int, high: int) -> tuple[Rows, Levels]:
    """The entries of the keys from place `low` to before `high`, and their levels."""
    postings = part.snapshot.words
    stretch = postings.table.stretch(low, high)
    return postings.table.rows[stretch], postings.levels[stretch]


def _living(found: Found, part: Part) -> Found:
    """Without the documents that were taken out."""
    if not part.wounded:
        return found
    if found.rows is None:
        return Found(None, found.levels * part.living[: len(found.levels)])
    keep = part.living[found.rows]
    return Found(found.rows[keep], found.levels[keep])


def _all(part: Part, found: list[Found], weights: list[int]) -> Found:
    """The documents in all of `found`, with their mean level, by weight."""
    rows = min((one.rows for one in found if one.rows is not None), key=len, default=None)
    if rows is None:
        held = reduce(np.minimum, [one.levels for one in found]) > 0
        if int(np.count_nonzero(held)) * _SPARSE >= len(part.snapshot):
            return Found(None, _means([one.levels for one in found], weights) * held)
        rows = np.flatnonzero(held)
        return Found(rows, _means([one.levels.take(rows) for one in found], weights))
    levels = [one.of(rows, len(part.snapshot)) for one in found]
    both = np.flatnonzero(reduce(np.minimum, levels))
    return Found(rows.take(both), _means([some.take(both) for some in levels], weights))


def _means(levels: Sequence[Levels], weights: Sequence[int]) -> Levels:
    """The mean of several levels of each row, by weight, rounded down; in the smallest numbers that hold the sums."""
    kind = np.uint16 if 255 * sum(weights) < 1 << 16 else np.uint32
    sums = reduce(np.add, [np.multiply(some, kind(weight)) for some, weight in zip(levels, weights, strict=True)])
    return (sums // kind(sum(weights))).astype(np.uint8)


def _longer(parts: Sequence[Part], word: str) -> Sequence[Sequence[int]]:
    """For each part the places of keys that begin with `word`: the commonest EXPANSIONS, then by the alphabet."""
    ranges = [part.snapshot.words.table.range(key_bytes(word)) for part in parts]
    if sum(high - low for low, high in ranges) <= words.EXPANSIONS:
        return [range(low, high) for low, high in ranges]
    common: Counter[bytes] = Counter()
    for part, (low, high) in zip(parts, ranges, strict=True):
        for place, count in zip(range(low, high), living_counts(part, low, high), strict=True):
            common[part.snapshot.words.table.text(place)] += count
    best = sorted(common, key=lambda key: (-common[key], key))[: words.EXPANSIONS]
    places = [[part.snapshot.words.table.find(key) for key in best if common[key]] for part in parts]
    return [[place for place in some if place is not None] for some in places]
