"""Names for the kinds of arrays, and sets of documents as bits, 64 to a word.

A document is known here by its row: its place in the arrays of one part of the index.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]
"""Rows, metres, days."""

Rows = NDArray[np.int32]
"""Rows as they are stored."""

Floats = NDArray[np.float64]

Keys = NDArray[np.uint64]
"""Sort keys and hashes."""

Levels = NDArray[np.uint8]
"""Small numbers, and bytes."""

Bools = NDArray[np.bool_]

Masks = NDArray[np.uint64]
"""Bit sets: row r is bit r % 64 of word r // 64."""


NOBODY: Masks = np.zeros(0, dtype=np.uint64)
"""A set that is not there, because a list says who is in it."""


def words_for(size: int) -> int:
    """How many words hold `size` bits."""
    return (size + 63) >> 6


def mask_of(rows: Ints | Rows, size: int) -> Masks:
    """The set of `rows`, which may repeat, among `size` documents."""
    flags = np.zeros(words_for(size) << 6, dtype=np.bool_)
    flags[rows] = True
    return np.packbits(flags, bitorder="little").view(np.uint64)


def mask_of_flags(flags: Bools | Levels) -> Masks:
    """The set of rows whose flag is set, or is not 0."""
    packed = np.packbits(flags, bitorder="little")
    if len(packed) % 8:
        packed = np.concatenate([packed, np.zeros(-len(packed) % 8, dtype=np.uint8)])
    return packed.view(np.uint64)


def each_once(rows: Rows) -> Rows:
    """The same rows, ascending, each once."""
    ordered = np.sort(rows)
    fresh = np.ones(len(ordered), dtype=np.bool_)
    np.not_equal(ordered[1:], ordered[:-1], out=fresh[1:])
    return ordered[fresh]


def flags_of(mask: Masks) -> Bools:
    """One truth a bit."""
    return np.unpackbits(mask.view(np.uint8), bitorder="little").view(np.bool_)


def size_of(mask: Masks) -> int:
    """How many bits are set."""
    return int(np.add.reduce(np.bitwise_count(mask), dtype=np.int64))


@dataclass(frozen=True, slots=True)
class Corner:
    """A set of documents that names only the words of the bit sets it can touch, so that small sets cost little."""

    at: slice | Ints
    """Which words."""
    mask: Masks
    """Those words."""

    def cut(self, mask: Masks) -> Masks:
        """The words of another set that matter here."""
        return mask[self.at]

    def cut_all(self, masks: Masks) -> Masks:
        """The same of many sets, one a line."""
        return masks[:, self.at] if isinstance(self.at, slice) else masks.take(self.at, axis=1)

    def within(self, mask: Masks) -> "Corner":
        """This corner with other words in it."""
        return Corner(self.at, mask)

    def has(self, rows: Ints | Rows) -> Bools:
        """Which of `rows`, all of them in these words, are in the set."""
        if isinstance(self.at, slice):
            at = rows - (self.at.start << 6)
        else:
            at = (self.at.searchsorted(rows >> 6) << 6) + (rows & 63)
        within: Bools = flags_of(self.mask)[at]
        return within


def whole(mask: Masks) -> Corner:
    """A corner that is not one: every word."""
    return Corner(slice(0, len(mask)), mask)


def corner_of(rows: Ints | Rows) -> Corner:
    """The set of `rows`, which are ascending and at least one."""
    low, high = int(rows[0]) >> 6, (int(rows[-1]) >> 6) + 1
    if high - low < 2 * len(rows) + 64:
        return Corner(slice(low, high), mask_of(rows - (low << 6), (high - low) << 6))
    words = rows >> 6
    starts = np.flatnonzero(np.diff(words, prepend=-1))
    bits = np.left_shift(np.uint64(1), (rows & 63).astype(np.uint64))
    return Corner(words[starts].astype(np.int64), np.bitwise_or.reduceat(bits, starts))


def sorting(numbers: NDArray[Any]) -> Ints:
    """The stable order of numbers below 2**32: by halves of 16 bits, which numpy sorts without comparing."""
    order: Ints = (numbers & 0xFFFF).astype(np.uint16).argsort(kind="stable")
    if int(numbers.max(initial=0)) >> 16:
        order = order[(numbers >> 16).astype(np.uint16)[order].argsort(kind="stable")]
    return order


def begins(values: NDArray[Any]) -> Bools:
    """Whether each differs from the one before."""
    first = np.ones(len(values), dtype=np.bool_)
    np.not_equal(values[1:], values[:-1], out=first[1:])
    return first
