"""Documents turned into the arrays of a snapshot. Nothing here writes a file."""

from array import array
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from index import order
from index.arrays import Ints, Levels, mask_of, words_for
from index.grid import Offices, Points, cells, directory, in_order, unit_vectors
from index.lists import Texts, letters_of, sets_of
from index.postings import Streamed, postings_of
from index.snapshot import Column, Postings, Snapshot
from index.types import Document, Point
from index.vocabulary import Vocabulary, stemmed_in

TOGETHER = 512
"""So many documents are weighed at once."""


@dataclass(frozen=True, slots=True)
class Weighed:
    """A document whose words are already looked up."""

    document: Document
    keys: Ints
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
        self._pending: list[Document] = []
        self._streamed = Streamed(self.vocabulary)
        self._weighed: list[Weighed] = []
        self._languages: set[str] = set()
        self._sketches: list[bytes] = []

    def __len__(self) -> int:
        return len(self._ids)

    def add(self, document: Document) -> None:
        """Take one more document."""
        self._put_facts(document)
        self._pending.append(document)
        if len(self._pending) == TOGETHER:
            self._flush()

    def put(self, weighed: Weighed) -> None:
        """Take one more document, whose numbers are of this draft's vocabulary; a draft is made by this or by `add`."""
        self._put_facts(weighed.document)
        self._weighed.append(weighed)

    def finish(self) -> Snapshot:
        """The snapshot of all documents taken. It uses them up: a draft is finished once."""
        self._flush()
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
            areas=sets_of({code: places[_ints(rows)] for code, rows in self._areas.items()}, len(self)),
            serves=sets_of({code: places[_ints(rows)] for code, rows in self._serves.items()}, len(self)),
            words=self._postings(places, old),
            sketches=Texts(*letters_of(self._sketches[row] for row in old.tolist())),
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

    def _flush(self) -> None:
        """Weigh what is pending."""
        self._streamed.add(self._pending)
        self._pending = []

    def _put_facts(self, document: Document) -> None:
        self._put_places(document)
        self._languages |= stemmed_in(document)
        row = len(self)
        for facet in self._facets:
            for term in document.terms.get(facet, ()):
                self._terms.setdefault((facet, term), array("q")).append(row)
        self._ids.append(document.id)
        self._seeds.append(order.seed(document.public_id))
        self._accepts.append(document.accepts)
        self._confirmed.append(document.confirmed_on.toordinal() if document.confirmed_on else 0)
        self._attested.append(document.attested)
        self._sketches.append(document.sketch)

    def _offices(self) -> tuple[Offices, Ints]:
        """The points, and the new row of each document."""
        lats, lons, owners = _floats(self._lats), _floats(self._lons), _ints(self._owners)
        cell = cells(lats, lons)
        ordered = in_order(lats, lons, cell)
        first = np.ones(len(owners), dtype=np.bool_)
        first[1:] = owners[1:] != owners[:-1]
        placed = owners[ordered[first[ordered]]]
        places = np.full(len(self), -1, dtype=np.int64)
        places[placed] = np.arange(len(placed))
        places[places < 0] = np.arange(len(placed), len(self))
        points = _points(lats[ordered], lons[ordered], cell[ordered])
        return Offices(points, places[owners[ordered]].astype(np.int32)), places

    def _postings(self, places: Ints, old: Ints) -> Postings:
        if self._weighed:
            held = [self._weighed[row] for row in old.tolist()]
            return postings_of([one.keys for one in held], [one.levels for one in held], self.vocabulary)
        return self._streamed.finish(places)


def sound_points(document: Document) -> list[Point]:
    """The points that lie on the globe, and are numbers, each once."""
    return [(lat, lon) for lat, lon in dict.fromkeys(document.points) if abs(lat) <= 90 and abs(lon) <= 180]


def _points(lats: NDArray[np.float64], lons: NDArray[np.float64], cell: Ints) -> Points:
    return Points(unit_vectors(lats, lons), np.stack([lats, lons]), directory(cell))


def _ints(values: "array[int]") -> Ints:
    return np.frombuffer(values, dtype=np.int64) if len(values) else np.zeros(0, dtype=np.int64)


def _floats(values: "array[float]") -> NDArray[np.float64]:
    return np.frombuffer(values, dtype=np.float64) if len(values) else np.zeros(0, dtype=np.float64)
