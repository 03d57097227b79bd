"""Documents turned into the arrays of a snapshot. Nothing here writes a file."""

from array import array
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from index import order
from index.arrays import Ints, Keys, Levels, mask_of, words_for
from index.grid import Offices, Points, cells, directory, unit_vectors
from index.lists import Lists, key_bytes, letters_of, lists_of
from index.snapshot import Column, Postings, Snapshot
from index.types import Document, Point
from index.words import LETTERS, STEM_MARK, Vocabulary, can_stem

COMMON, FEW = 8, 500
"""A word is common when more than one document in so many has it, and more than so many do."""


@dataclass(frozen=True, slots=True)
class Weighed:
    """A document whose words are already looked up."""

    document: Document
    keys: "array[int]"
    """Numbers in the vocabulary."""
    levels: Levels


class Draft:
    """Documents gathered for one snapshot; small enough for 100,000 of them at once."""

    def __init__(self, facets: Iterable[str], vocabulary: Vocabulary | None = None) -> None:
        self.vocabulary = vocabulary or Vocabulary()
        self._terms: dict[Column, array[int]] = {}
        self._facets = tuple(facets)
        self._areas: defaultdict[str, array[int]] = defaultdict(lambda: array("q"))
        self._serves: defaultdict[str, array[int]] = defaultdict(lambda: array("q"))
        self._ids, self._seeds, self._confirmed = array("q"), array("Q"), array("q")
        self._accepts, self._attested = bytearray(), bytearray()
        self._lats, self._lons, self._owners = array("d"), array("d"), array("q")
        self._keys, self._levels, self._lengths = array("I"), bytearray(), array("q")
        self._languages: set[str] = set()

    def __len__(self) -> int:
        return len(self._ids)

    def add(self, document: Document) -> None:
        """Take one more document."""
        self.put(Weighed(document, *self.vocabulary.weigh(document)))

    def put(self, weighed: Weighed) -> None:
        """Take one more document, whose numbers are of this draft's vocabulary."""
        self._put_places(weighed.document)
        self._put_facts(weighed.document)
        self._keys.extend(weighed.keys)
        self._levels.extend(weighed.levels.tobytes())
        self._lengths.append(len(weighed.keys))
        if can_stem(weighed.document.language):
            self._languages.add(weighed.document.language)

    def finish(self) -> Snapshot:
        """The snapshot of all documents taken."""
        offices, places = self._offices()
        columns = sorted(self._terms, key=lambda column: (self._facets.index(column[0]), column[1]))
        masks = [mask_of(places[_ints(self._terms[column])], len(self)) for column in columns]
        old = places.argsort()
        return Snapshot(
            ids=_ints(self._ids)[old],
            seeds=np.frombuffer(self._seeds, dtype=np.uint64)[old],
            accepts=np.frombuffer(self._accepts, dtype=np.bool_)[old],
            confirmed=_ints(self._confirmed)[old],
            attested=np.frombuffer(self._attested, dtype=np.bool_)[old],
            offices=offices,
            columns=tuple(columns),
            terms=np.array(masks, dtype=np.uint64).reshape(len(masks), words_for(len(self))),
            areas=lists_of({code: places[_ints(rows)] for code, rows in self._areas.items()}),
            serves=lists_of({code: places[_ints(rows)] for code, rows in self._serves.items()}),
            words=self._postings(places),
            languages=tuple(sorted(self._languages)),
        )

    def _put_places(self, document: Document) -> None:
        row = len(self)
        for lat, lon in sound_points(document):
            self._lats.append(lat)
            self._lons.append(lon)
            self._owners.append(row)
        for code in document.areas:
            self._areas[code].append(row)
        for code in document.serves:
            self._serves[code].append(row)

    def _put_facts(self, document: Document) -> None:
        row = len(self)
        for facet in self._facets:
            for term in document.terms.get(facet, ()):
                self._terms.setdefault((facet, term), array("q")).append(row)
        self._ids.append(document.id)
        self._seeds.append(order.seed(document.public_id))
        self._accepts.append(document.accepts)
        self._confirmed.append(document.confirmed_on.toordinal() if document.confirmed_on else 0)
        self._attested.append(document.attested)

    def _offices(self) -> tuple[Offices, Ints]:
        """The points, and the new row of each document."""
        lats, lons, owners = _floats(self._lats), _floats(self._lons), _ints(self._owners)
        cell = cells(lats, lons)
        ordered = cell.argsort(kind="stable")
        first = np.ones(len(owners), dtype=np.bool_)
        first[1:] = owners[1:] != owners[:-1]
        placed = owners[ordered[first[ordered]]]
        places = np.full(len(self), -1, dtype=np.int64)
        places[placed] = np.arange(len(placed))
        places[places < 0] = np.arange(len(placed), len(self))
        points = _points(lats[ordered], lons[ordered], cell[ordered])
        return Offices(points, places[owners[ordered]].astype(np.int32)), places

    def _postings(self, places: Ints) -> Postings:
        """The word table: one sort of key, document and level as one number."""
        numbers = np.frombuffer(self._keys, dtype=np.uint32)
        names = list(self.vocabulary.numbers)
        used = np.flatnonzero(np.bincount(numbers, minlength=len(names))).tolist()
        used.sort(key=names.__getitem__)
        rank = np.zeros(len(names) + 1, dtype=np.uint64)
        rank[used] = np.arange(len(used), dtype=np.uint64)
        packed = _packed(rank[numbers], np.repeat(places, _ints(self._lengths)), self._levels)
        letters, ends = letters_of(key_bytes(names[number]) for number in used)
        starts = packed.searchsorted(np.arange(len(used) + 1, dtype=np.uint64) << np.uint64(40))
        rows = (packed >> np.uint64(8) & np.uint64(0xFFFFFFFF)).astype(np.int32)
        table, levels = Lists(letters, ends, starts, rows), (packed & np.uint64(255)).astype(np.uint8)
        common = np.flatnonzero(np.diff(starts) > max(len(self) // COMMON, FEW))
        letters_, lengths = _shapes([names[number] for number in used])
        return Postings(table, levels, letters_, common, _spread(table, levels, common, len(self)), lengths)


def sound_points(document: Document) -> list[Point]:
    """The points that lie on the globe, and are numbers."""
    return [(lat, lon) for lat, lon in document.points if abs(lat) <= 90 and abs(lon) <= 180]


@lru_cache(maxsize=1 << 16)
def letters_in(word: str) -> int:
    """The set of a word's letters as 64 bits; some letters share one."""
    bits = 0
    for letter in word:
        bits |= 1 << (ord(letter) & 63)
    return bits


def _spread(table: Lists, levels: Levels, common: Ints, size: int) -> Levels:
    """The levels of the commonest keys, one a row."""
    spread = np.zeros((len(common), size), dtype=np.uint8)
    for line, place in zip(spread, common.tolist(), strict=True):
        line[table.span(place, place + 1)] = levels[table.starts[place] : table.starts[place + 1]]
    return spread


def _shapes(keys: list[str]) -> tuple[Keys, Levels]:
    """What suggestions look at first: letters and length of each word, nothing of stems."""
    typed = ["" if key.startswith(STEM_MARK) else key for key in keys]
    letters = np.array([letters_in(word) for word in typed], dtype=np.uint64)
    return letters, np.array([min(len(word), LETTERS) for word in typed], dtype=np.uint8)


def _packed(ranks: Keys, rows: Ints, levels: bytearray) -> Keys:
    """Key, document, level: 24, 32 and 8 bits, sorted."""
    packed = ranks << np.uint64(40)
    packed |= rows.astype(np.uint64) << np.uint64(8)
    packed |= np.frombuffer(levels, dtype=np.uint8)
    packed.sort()
    return packed


def _points(lats: NDArray[np.float64], lons: NDArray[np.float64], cell: Ints) -> Points:
    return Points(unit_vectors(lats, lons), np.stack([lats, lons]), directory(cell))


def _ints(values: "array[int]") -> Ints:
    return np.frombuffer(values, dtype=np.int64) if len(values) else np.zeros(0, dtype=np.int64)


def _floats(values: "array[float]") -> NDArray[np.float64]:
    return np.frombuffer(values, dtype=np.float64) if len(values) else np.zeros(0, dtype=np.float64)
