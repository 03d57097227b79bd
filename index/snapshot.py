"""One part of the index as arrays: everything a search reads, in memory or memory-mapped and shared by all processes.

Rows are numbered in grid order, so that neighbours are neighbours in every array; those without a point come last.
Nothing here decides what matches or what comes first.
"""

from dataclasses import dataclass, fields, is_dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, get_type_hints

import numpy as np

from index.arrays import Bools, Ints, Keys, Levels, Masks
from index.grid import Offices
from index.lists import Lists

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
    lengths: Levels
    """How many letters each word has; 0 for the keys of stems, which nobody types."""


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
    areas: Lists
    serves: Lists
    words: Postings
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


def save(snapshot: object, folder: Path, name: str = "") -> None:
    """Write every array of `snapshot`, and of what it is made of, to a file of its own."""
    for field in fields(snapshot):  # type: ignore[arg-type]  # called with dataclasses only
        held = getattr(snapshot, field.name)
        if is_dataclass(held):
            save(held, folder, f"{name}{field.name}.")
        elif isinstance(held, np.ndarray):
            np.save(folder / f"{name}{field.name}.npy", held, allow_pickle=False)


def load(kind: type[Any], folder: Path, name: str = "", **plain: object) -> Any:
    """The dataclass that `save` wrote; `plain` are the fields that are no arrays. Raises OSError or ValueError when damaged."""
    parts = dict(plain)
    for field, hint in get_type_hints(kind).items():
        if is_dataclass(hint):
            parts[field] = load(hint, folder, f"{name}{field}.")  # type: ignore[arg-type]  # a class, not a value
        elif field not in plain:
            stored = np.load(folder / f"{name}{field}.npy", mmap_mode="r", allow_pickle=False)
            parts[field] = stored.view(np.ndarray)  # the subclass of mapped arrays makes every slice slow
    return kind(**parts)
