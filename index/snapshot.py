"""One part of the index as arrays: everything a search reads, in memory or memory-mapped and shared by all processes.

Rows are numbered in grid order, so that neighbours are neighbours in every array; those without a point come last.
Nothing here decides what matches or what comes first.
"""

import mmap
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields, is_dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, BinaryIO, get_type_hints

import numpy as np
from numpy.typing import NDArray

from index import sounding
from index.arrays import Bools, Ints, Keys, Levels, Masks, Rows
from index.grid import Offices
from index.lists import Lists, Sets, Texts, key_bytes
from index.words import heard_in

Column = tuple[str, str]
"""A facet and one of its terms."""


@dataclass(frozen=True)
class Postings:
    """The words of documents: Whoosh's analysis, exported once."""

    table: Lists
    """Word -> documents."""
    levels: Levels
    """How well each entry of `table.rows` matches, from 1 to 255."""
    letters: Keys
    """For each word the set of its letters, as bits; for suggestions."""
    common: Ints
    """The places of the commonest keys, ascending."""
    spread: Levels
    """For each of `common` the level of every row, 0 for those without it: faster than reading long lists."""
    lengths: Levels
    """How many letters each word has; 0 for the keys of stems, which nobody types."""

    @cached_property
    def places(self) -> list[int]:
        """`common`, for a look at a few of them."""
        return list(self.common.tolist())

    @cached_property
    def by_length(self) -> tuple[Rows, Keys, list[int]]:
        """Places of words in order of their lengths, the letters of each, and where each length begins."""
        places = self.lengths.argsort(kind="stable")
        starts = np.bincount(self.lengths, minlength=np.iinfo(np.uint8).max).cumsum()
        words = places[starts[0] :].astype(np.int32)
        return words, self.letters.take(words), [0, *(starts - starts[0]).tolist()]

    @cached_property
    def scripts(self) -> tuple[str, ...]:
        """The scripts that names are written in."""
        begun = {script: self.table.range(key_bytes(heard_in(script))) for script in sounding.SCRIPTS}
        return tuple(script for script, (low, high) in begun.items() if low < high)

    @cached_property
    def lines(self) -> Mapping[int, Levels]:
        """`spread` by place."""
        return dict(zip(self.common.tolist(), self.spread, strict=True))


@dataclass(frozen=True)
class Snapshot:
    """The arrays of one part."""

    ids: Ints
    """The listing's number, by row."""
    seeds: Keys
    """`order.seed` of the public id, by row."""
    accepts: Bools
    confirmed: Ints
    """Day of the confirmation as `date.toordinal` counts, 0 for never."""
    attested: Bools
    offices: Offices
    columns: tuple[Column, ...]
    """What each line of `terms` stands for; the terms of a facet stand together, in order."""
    terms: Masks
    """A bit set for each column."""
    areas: Sets
    serves: Sets
    words: Postings
    sketches: Texts
    """`Document.sketch`, by row: who is near on the ground is near in the file."""
    languages: tuple[str, ...]
    """Those whose stems stand in `words`."""

    def __len__(self) -> int:
        return len(self.ids)

    @cached_property
    def by_id(self) -> Ints:
        """Rows in order of their listing's number."""
        return self.ids.argsort()

    def rows_of(self, ids: Ints) -> Ints:
        """The rows of those of `ids` that are here."""
        if not len(self):
            return ids[:0]
        places = np.minimum(self.ids.searchsorted(ids, sorter=self.by_id), len(self) - 1)
        rows: Ints = self.by_id[places]
        here: Ints = rows[self.ids[rows] == ids]
        return here


Layout = Mapping[str, tuple[str, tuple[int, ...], int]]
"""Where each array stands in a file: kind of number, shape, first byte."""

_ALIGNED = 64
"""Arrays begin at multiples of so many bytes."""


def save(snapshot: Snapshot, file: BinaryIO) -> Layout:
    """Write all arrays into one file."""
    layout: dict[str, tuple[str, tuple[int, ...], int]] = {}
    for name, stored in _arrays(snapshot):
        file.write(bytes(-file.tell() % _ALIGNED))
        layout[name] = stored.dtype.str, stored.shape, file.tell()
        file.write(np.ascontiguousarray(stored).data)
    return layout


def load(path: Path, layout: Layout, **plain: object) -> Snapshot:
    """The snapshot that `save` wrote, memory-mapped; `plain` are its fields that are no arrays.

    Raises OSError, ValueError, KeyError or TypeError when it is damaged.
    """
    with path.open("rb") as file:
        mapped = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
    arrays = {
        name: np.ndarray(tuple(shape), np.dtype(kind), buffer=mapped, offset=begin)
        for name, (kind, shape, begin) in layout.items()
    }
    snapshot: Snapshot = _made(Snapshot, arrays, "", plain)
    return snapshot


def _arrays(held: Any, name: str = "") -> Iterator[tuple[str, NDArray[Any]]]:
    """Every array of a dataclass, and of those it is made of, by its path."""
    for field in fields(held):
        value = getattr(held, field.name)
        if is_dataclass(value):
            yield from _arrays(value, f"{name}{field.name}.")
        elif isinstance(value, np.ndarray):
            yield name + field.name, value


def _made(kind: type[Any], arrays: Mapping[str, NDArray[Any]], name: str, plain: Mapping[str, object]) -> Any:
    """A dataclass out of the arrays whose paths begin with `name`."""
    made = dict(plain)
    for field, hint in get_type_hints(kind).items():
        if isinstance(hint, type) and is_dataclass(hint):
            made[field] = _made(hint, arrays, f"{name}{field}.", {})
        elif field not in plain:
            made[field] = arrays[name + field]
    return kind(**made)
