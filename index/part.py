"""One snapshot as it is searched: which of its documents still count, and what the day makes of them."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property

import numpy as np

from index import order
from index.arrays import Bools, Ints, Keys, Levels, Masks, Rows, flags_of, mask_of, size_of, words_for
from index.snapshot import Column, Snapshot

RANK = 28
"""Bits that hold a place in the order of a day."""

MOST = 255
"""So many rows `Day.count` can count."""


@dataclass(frozen=True)
class Day:
    """What one day makes of a snapshot."""

    day: date
    share: int
    """`order.share`."""
    keys: Keys
    """`order.keys`, by row."""
    ranking: Rows
    """All rows in order of their keys."""
    codes: Rows
    """The place of each row in `ranking`, and from bit RANK on its standing (`order.standings`)."""
    edges: tuple[int, ...]
    """Where in `ranking` each standing begins; one more at the end."""
    columns: tuple[Column, ...]
    """What each line of `terms` stands for, the day's own terms among them; the terms of a facet stand together."""
    terms: Masks
    table: Masks
    """The same, and below them the standings: who is in none of them is in no document."""

    @cached_property
    def truths(self) -> Bools:
        """`table`, a byte for each bit: for small parts, where rows are asked one by one."""
        bits = np.unpackbits(self.table.view(np.uint8), axis=1, count=len(self.ranking), bitorder="little")
        return bits.view(np.bool_)

    @cached_property
    def lanes(self) -> Keys:
        """`truths` by row, eight bytes to a number: a sum of up to MOST rows counts all lines at once."""
        lines, rows = self.truths.shape
        held = np.zeros((rows, (lines + 7) // 8 * 8), dtype=np.uint8)
        held[:, :lines] = self.truths.T
        return held.view(np.uint64)

    def count(self, rows: Ints | Rows) -> list[int]:
        """How many of up to MOST rows each line of `terms` has."""
        counts: list[int] = np.add.reduce(self.lanes.take(rows, axis=0)).view(np.uint8).tolist()
        return counts

    @cached_property
    def places(self) -> Mapping[Column, int]:
        """The line of `terms` of each column."""
        return {column: line for line, column in enumerate(self.columns)}

    @cached_property
    def stretches(self) -> Mapping[str, slice]:
        """The lines of `terms` of each facet."""
        facets = [facet for facet, _ in self.columns]
        return {facet: slice(facets.index(facet), facets.index(facet) + facets.count(facet)) for facet in facets}

    @cached_property
    def labels(self) -> Mapping[str, tuple[Sequence[str], slice]]:
        """The terms of each facet, and the lines where they stand."""
        return {facet: ([term for _, term in self.columns[lines]], lines) for facet, lines in self.stretches.items()}

    def mask(self, facet: str, term: str) -> Masks:
        """Who has a term; nobody has an unknown one."""
        line = self.places.get((facet, term))
        return np.zeros(self.terms.shape[1], dtype=np.uint64) if line is None else self.terms[line]


@dataclass(frozen=True)
class Part:
    """A snapshot without the documents that were replaced or withdrawn since."""

    snapshot: Snapshot
    facets: tuple[str, ...]
    alive: Masks
    wounded: bool = False
    """Whether any document was taken out."""
    _days: list[Day] = field(default_factory=list)
    """The last day asked for; shared by all parts of one snapshot."""
    _totals: list[tuple[Day, list[int]]] = field(default_factory=list)
    """Of the last day asked for."""

    def without(self, ids: Ints) -> "Part":
        """The same part with those documents taken out; itself when it has none of them."""
        rows = self.snapshot.rows_of(ids)
        if not len(rows):
            return self
        return replace(self, alive=self.alive & ~mask_of(rows, len(self.snapshot)), wounded=True, _totals=[])

    def __len__(self) -> int:
        return self._size

    @cached_property
    def _size(self) -> int:
        return size_of(self.alive)

    def day(self, today: date) -> Day:
        """What `today` makes of the snapshot: worked out once."""
        held = self._days[-1:]
        if held and held[0].day == today:
            return held[0]
        day = _day(self.snapshot, self.facets, today)
        self._days[:] = [day]
        return day

    def totals(self, day: Day) -> Sequence[int]:
        """How many of `alive` each line of the day's table has: worked out once."""
        held = self._totals[-1:]
        if held and held[0][0] is day:
            return held[0][1]
        counts: list[int] = np.bitwise_count(day.table & self.alive).sum(axis=1).tolist()
        self._totals[:] = [(day, counts)]
        return counts

    def sketches(self, ids: Ints) -> Iterator[tuple[int, bytes]]:
        """(listing, its sketch) of those of `ids` that are here and count."""
        rows = self.snapshot.rows_of(ids)
        if self.wounded:
            rows = rows[self.living[rows]]
        for id_, row in zip(self.snapshot.ids[rows].tolist(), rows.tolist(), strict=True):
            yield id_, self.snapshot.sketches.text(row)

    @cached_property
    def placed(self) -> Masks:
        """Those of `alive` who have a point."""
        return self.alive & mask_of(np.arange(self.snapshot.offices.placed()), len(self.snapshot))

    @cached_property
    def living(self) -> Bools:
        """`alive`, one truth a row."""
        return flags_of(self.alive)


def part_of(snapshot: Snapshot, facets: tuple[str, ...]) -> Part:
    """The whole snapshot."""
    return Part(snapshot, facets, mask_of(np.arange(len(snapshot)), len(snapshot)))


def _day(snapshot: Snapshot, facets: tuple[str, ...], today: date) -> Day:
    open_ = order.openness(snapshot.accepts, snapshot.confirmed, today)
    keys = order.keys(open_, snapshot.attested, snapshot.seeds)
    ranking = keys.argsort(kind="stable").astype(np.int32)
    standings = order.standings(keys)
    codes = np.empty_like(ranking)
    codes[ranking] = np.arange(len(ranking), dtype=np.int32)
    codes |= standings.astype(np.int32) << RANK
    edges = standings[ranking].searchsorted(np.arange(order.STANDINGS + 1)).tolist()
    columns, terms = _terms(snapshot, facets, open_)
    standing = [mask_of(np.flatnonzero(standings == number), len(ranking)) for number in range(order.STANDINGS)]
    table = np.concatenate([terms, np.array(standing).reshape(order.STANDINGS, -1)])
    share = order.share(today)
    return Day(today, share, keys, ranking, codes, tuple(edges), columns, table[: len(columns)], table)


def _terms(snapshot: Snapshot, facets: tuple[str, ...], open_: Levels) -> tuple[tuple[Column, ...], Masks]:
    """The bit sets, those of `order.FACET` as the day has them."""
    if order.FACET not in facets or not len(snapshot):
        return snapshot.columns, snapshot.terms
    by_column = dict(zip(snapshot.columns, snapshot.terms, strict=True))
    closed = mask_of(np.flatnonzero(open_ == order.CLOSED), len(snapshot))
    for column in snapshot.columns:
        if column[0] == order.FACET:
            by_column[column] = by_column[column] & closed
    for term, says in ((order.ACCEPTING, order.CONFIRMED), (order.ASK, order.ASKING)):
        mask = mask_of(np.flatnonzero(open_ == says), len(snapshot))
        by_column[order.FACET, term] = by_column.get((order.FACET, term), np.uint64(0)) | mask
    columns = sorted(by_column, key=lambda column: (facets.index(column[0]), column[1]))
    return tuple(columns), np.array([by_column[column] for column in columns]).reshape(-1, words_for(len(snapshot)))
