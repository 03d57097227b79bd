"""The word table built from weighed documents: of all of them in little memory, or of a few in little time."""

import mmap
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from index.arrays import Ints, Levels, Rows, begins, sorting
from index.lists import Lists, letters_of
from index.snapshot import Postings
from index.types import Document
from index.vocabulary import Vocabulary

_Kind = TypeVar("_Kind", bound=np.generic)

COMMON, FEW = 8, 500
"""A word is common when more than one document in so many has it, and more than so many do."""

_DENSE = 128
"""A key that more than one document in so many has, and FEW, is put in order by writing it over all rows."""

_SORTED = 1 << 20
"""About so many entries of other keys are sorted at once."""


@dataclass(frozen=True, slots=True)
class _Block:
    """The entries of some documents, by key: three bytes each."""

    keys: NDArray[np.uint32]
    """Each once."""
    counts: Ints
    """How many entries each has."""
    first: int
    """The number of the first document."""
    rows: NDArray[np.uint16]
    """The document of each entry, from `first`."""
    levels: Levels


class Streamed:
    """The words of documents that come in their own order, and go where they are told at the end.

    The least that 100,000 documents need: their entries once as blocks, and once more as the table, into which one
    block after the other is spread.
    """

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._vocabulary, self._documents = vocabulary, 0
        self._blocks: list[_Block] = []

    def add(self, documents: Sequence[Document]) -> None:
        """Take some more, at most 65,536."""
        entries = self._vocabulary.weigh_all(documents)
        starts = np.flatnonzero(begins(entries.keys))
        counts = np.diff(starts, append=len(entries.keys))
        keys, rows = entries.keys[starts].astype(np.uint32), entries.rows.astype(np.uint16)
        self._blocks.append(_Block(keys, counts, self._documents, _apart(rows), _apart(entries.levels)))
        self._documents += len(documents)

    def finish(self, places: Ints) -> Postings:
        """The table, once all are taken; `places` says the row of each document."""
        counts = np.zeros(len(self._vocabulary.names), dtype=np.int64)
        for block in self._blocks:
            counts[block.keys] += block.counts
        used = _by_name(np.flatnonzero(counts), self._vocabulary.names)
        starts = _starts(counts[used])
        rows, levels = np.empty(starts[-1], dtype=np.int32), np.empty(starts[-1], dtype=np.uint8)
        free = counts
        free[used] = starts[:-1]
        while self._blocks:
            block = self._blocks.pop()
            at = (free[block.keys] - (block.counts.cumsum() - block.counts)).repeat(block.counts)
            at += np.arange(len(at))
            free[block.keys] += block.counts
            rows[at] = places[block.first :][block.rows]
            levels[at] = block.levels
        _put_in_order(starts, rows, levels, len(places))
        return _table(used, self._vocabulary, starts, rows, levels, len(places))


def postings_of(keys: Sequence[Ints], levels: Sequence[Levels], vocabulary: Vocabulary) -> Postings:
    """The table of documents whose keys and levels are given by row."""
    numbers = np.concatenate(keys)
    counts = np.bincount(numbers, minlength=len(vocabulary.names))
    used = _by_name(np.flatnonzero(counts), vocabulary.names)
    rank = np.empty(len(counts), dtype=np.int64)
    rank[used] = np.arange(len(used))
    by_rank = sorting(rank[numbers])
    rows = np.arange(len(keys), dtype=np.int32).repeat([len(some) for some in keys])[by_rank]
    held = np.concatenate(levels)[by_rank]
    return _table(used, vocabulary, _starts(counts[used]), rows, held, len(keys))


def _apart(values: NDArray[_Kind]) -> NDArray[_Kind]:
    """The same in pages of its own, which go back to the system when it is dropped; the heap would keep them."""
    pages = mmap.mmap(-1, max(values.nbytes, 1))
    held = np.frombuffer(pages, dtype=values.dtype, count=len(values))
    held[:] = values
    return held


def _by_name(numbers: Ints, names: Sequence[str]) -> Ints:
    return np.array(sorted(numbers.tolist(), key=names.__getitem__), dtype=np.int64)


def _starts(counts: Ints) -> Ints:
    starts = np.zeros(len(counts) + 1, dtype=np.int64)
    np.cumsum(counts, out=starts[1:])
    return starts


def _put_in_order(starts: Ints, rows: Rows, levels: Levels, size: int) -> None:
    """Let the entries of each key ascend by row."""
    dense = np.flatnonzero(np.diff(starts) > max(size // _DENSE, FEW))
    line = np.zeros(size, dtype=np.uint8)
    for low, high in zip(starts[dense].tolist(), starts[dense + 1].tolist(), strict=True):
        line[rows[low:high]] = levels[low:high]
        found = np.flatnonzero(line)
        rows[low:high], levels[low:high] = found, line[found]
        line[found] = 0
    edges = [-1, *dense.tolist(), len(starts) - 1]
    for before, after in pairwise(edges):
        for low, high in _stretches(starts, before + 1, after):
            _sort(starts[low : high + 1], rows, levels)


def _stretches(starts: Ints, low: int, high: int) -> Iterable[tuple[int, int]]:
    """The keys from `low` to before `high`, some at a time."""
    while low < high:
        end = max(int(starts.searchsorted(starts[low] + _SORTED, side="right")) - 1, low + 1)
        yield low, min(end, high)
        low = end


def _sort(starts: Ints, rows: Rows, levels: Levels) -> None:
    """The same for some keys: key, row and level as one number, of 24, 32 and 8 bits."""
    low, high = int(starts[0]), int(starts[-1])
    packed = np.arange(len(starts) - 1).repeat(np.diff(starts)) << 40
    packed |= rows[low:high].astype(np.int64) << 8
    packed |= levels[low:high]
    packed.sort()
    rows[low:high] = packed >> 8 & 0xFFFFFFFF
    levels[low:high] = packed & 255


def _table(used: Ints, vocabulary: Vocabulary, starts: Ints, rows: Rows, levels: Levels, size: int) -> Postings:
    letters, ends = letters_of(map(vocabulary.stored.__getitem__, used.tolist()))
    table = Lists(letters, ends, starts, rows)
    common = np.flatnonzero(np.diff(starts) > max(size // COMMON, FEW))
    shapes, lengths = vocabulary.shapes(used)
    return Postings(table, levels, shapes, common, _spread(table, levels, common, size), lengths)


def _spread(table: Lists, levels: Levels, common: Ints, size: int) -> Levels:
    """The levels of the commonest keys, one a row."""
    spread = np.zeros((len(common), size), dtype=np.uint8)
    for line, place in zip(spread, common.tolist(), strict=True):
        line[table.span(place, place + 1)] = levels[table.starts[place] : table.starts[place + 1]]
    return spread
