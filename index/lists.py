"""Sorted tables from a key (a word, a code) to the documents that have it, ascending, as memory-mapped arrays.

Nothing here knows what a key means. Keys are compared as UTF-8, which sorts as the characters do.
"""

from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from index.arrays import Ints, Levels, Masks, Rows, mask_of, mask_of_flags, words_for

SHARE, FEW = 64, 500
"""A list is long when more than one document in so many is in it, and more than so many are."""

_KEPT = 1 << 21
"""Bytes of sets that a table keeps at most."""

_STRIDE = 8
"""Every so many keys one is held in memory, for the first half of a look-up."""


@dataclass(frozen=True)
class Texts:
    """One text for each row."""

    letters: Levels
    """All of them, one after the other."""
    ends: Ints
    """Where each ends in `letters`; begins with 0."""

    def text(self, row: int) -> bytes:
        """The text of one row."""
        return self._bytes[self._ends[row] : self._ends[row + 1]].tobytes()

    @cached_property
    def _bytes(self) -> memoryview:
        return _view(self.letters)

    @cached_property
    def _ends(self) -> memoryview:
        """Python's own view: it gives one number in half the time."""
        return _view(self.ends)


@dataclass(frozen=True)
class Lists(Texts):
    """One table; its texts are the keys."""

    starts: Ints
    """Where each key's documents begin in `rows`; one more at the end."""
    rows: Rows
    """Documents, ascending for each key."""

    def __len__(self) -> int:
        return len(self.ends) - 1

    def place(self, key: bytes) -> int:
        """Where `key` stands, or would stand."""
        low = (bisect_left(self._heads, key) - 1) * _STRIDE
        if low < 0:
            return 0
        return bisect_left(self._places, key, low, min(low + _STRIDE, self._size), key=self.text)

    def find(self, key: bytes) -> int | None:
        """Where `key` stands; None when it is not there."""
        place = self.place(key)
        return place if place < self._size and self.text(place) == key else None

    def of(self, key: str) -> Rows:
        """The documents of one key; none for an unknown one."""
        place = self.find(key_bytes(key))
        return self.rows[:0] if place is None else self.span(place, place + 1)

    def under(self, prefix: str) -> Rows:
        """The documents of all keys that begin with `prefix`; they may repeat."""
        return self.span(*self.range(key_bytes(prefix)))

    def range(self, prefix: bytes) -> tuple[int, int]:
        """The places of keys that begin with `prefix`; most often there are none."""
        low = self.place(prefix)
        if low == self._size or not self.text(low).startswith(prefix):
            return low, low
        return low, self.place(prefix + b"\xff")

    def span(self, low: int, high: int) -> Rows:
        """The documents of the keys from place `low` to before `high`."""
        return self.rows[self.stretch(low, high)]

    def stretch(self, low: int, high: int) -> slice:
        """Where their documents stand in `rows`."""
        return slice(self._starts[low], self._starts[high])

    def places_of_rows(self) -> Ints:
        """For each entry of `rows` the place of its key."""
        return np.repeat(np.arange(len(self)), np.diff(self.starts))

    def count(self, low: int, high: int) -> int:
        """How many entries the keys from place `low` to before `high` have together."""
        return self._starts[high] - self._starts[low]

    @cached_property
    def _size(self) -> int:
        return len(self)

    @cached_property
    def _places(self) -> Sequence[int]:
        return range(len(self))

    @cached_property
    def _starts(self) -> memoryview:
        return _view(self.starts)

    @cached_property
    def _heads(self) -> list[bytes]:
        return [self.text(place) for place in range(0, len(self), _STRIDE)]


def _view(array: Ints | Levels) -> memoryview:
    return memoryview(array)  # type: ignore[arg-type]  # arrays are buffers; numpy says so only from Python 3.12 on


@dataclass(frozen=True)
class Sets(Lists):
    """A table whose long lists are bit sets too: spreading 45,000 rows over bits took half of a search."""

    long: Ints
    """The places of keys with long lists, ascending."""
    masks: Masks
    """For each of `long` its documents."""

    def short(self, key: str) -> Rows | None:
        """The documents of a key whose list is short; None when it is long."""
        place = self.find(key_bytes(key))
        if place is None:
            return self.rows[:0]
        return None if place in self._lines else self.span(place, place + 1)

    def mask(self, keys: Sequence[str], size: int, under: str = "") -> Masks:
        """The documents, of `size`, that have any of these keys, or one that begins with `under`; not to be changed.

        Those of the keys last asked for are kept: most people who search ask for the same few countries and regions.
        """
        asked = (*keys, under)
        if (mask := self._kept.get(asked)) is None:
            if len(self._kept) * words_for(size) * 8 >= _KEPT:
                self._kept.clear()
            mask = self._kept[asked] = self._mask(keys, size, under)
        return mask

    def _mask(self, keys: Sequence[str], size: int, under: str) -> Masks:
        found = [place for key in keys if (place := self.find(key_bytes(key))) is not None]
        begun = range(*self.range(key_bytes(under))) if under else ()
        if len(found) == 1 and not begun and (line := self._lines.get(found[0])) is not None:
            only: Masks = self.masks[line]
            return only
        return self._union((*found, *begun), size)

    def _union(self, places: Iterable[int], size: int) -> Masks:
        flags, long = np.zeros(words_for(size) << 6, dtype=np.bool_), []
        for place in places:
            line = self._lines.get(place)
            if line is None:
                flags[self.span(place, place + 1)] = True
            else:
                long.append(line)
        mask = mask_of_flags(flags)
        for line in long:
            mask |= self.masks[line]
        return mask

    @cached_property
    def _kept(self) -> dict[tuple[str, ...], Masks]:
        return {}

    @cached_property
    def _lines(self) -> Mapping[int, int]:
        """The line of `masks` of each long list."""
        return {place: line for line, place in enumerate(self.long.tolist())}


def key_bytes(key: str) -> bytes:
    """A key as it is stored; half a character from elsewhere is just an unknown key."""
    return key.encode("utf-8", "surrogatepass")


def letters_of(keys: Iterable[bytes]) -> tuple[Levels, Ints]:
    """`letters` and `ends` for keys in order."""
    held = list(keys)
    ends = np.zeros(len(held) + 1, dtype=np.int64)
    np.cumsum([len(key) for key in held], out=ends[1:])
    return np.frombuffer(b"".join(held), dtype=np.uint8), ends


def lists_of(rows_by_key: Mapping[str, Ints]) -> Lists:
    """The table of a mapping whose rows may be in any order."""
    pairs = sorted((key_bytes(key), np.sort(rows)) for key, rows in rows_by_key.items())
    letters, ends = letters_of(key for key, _ in pairs)
    starts = np.zeros(len(pairs) + 1, dtype=np.int64)
    np.cumsum([len(rows) for _, rows in pairs], out=starts[1:])
    rows = np.concatenate([rows for _, rows in pairs] or [np.zeros(0, dtype=np.int64)])
    return Lists(letters, ends, starts, rows.astype(np.int32))


def sets_of(rows_by_key: Mapping[str, Ints], size: int) -> Sets:
    """The same with bit sets, for `size` documents."""
    lists = lists_of(rows_by_key)
    long = np.flatnonzero(np.diff(lists.starts) > max(size // SHARE, FEW))
    masks = [mask_of(lists.span(place, place + 1), size) for place in long.tolist()]
    held = np.array(masks, dtype=np.uint64).reshape(len(masks), words_for(size))
    return Sets(lists.letters, lists.ends, lists.starts, lists.rows, long, held)
