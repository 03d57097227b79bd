"""The index compared with the documents it should hold, read from the very arrays that are searched."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np

from index import order
from index.arrays import Keys, flags_of, mask_of
from index.building import sound_points
from index.grid import Offices, Points, cells, directory, in_order, unit_vectors
from index.lists import Lists
from index.part import Part
from index.snapshot import Postings, Snapshot
from index.types import Document, Point
from index.vocabulary import Vocabulary
from index.words import HEARD

_NAMED = 20
"""So many listings are told which of their words differ; the words of one are sought among all."""

_BLOCK = 1 << 22
"""So many entries of the word table are summed at once."""


@dataclass(frozen=True, slots=True)
class _Facts:
    """What the arrays say of one document, or what a document says."""

    points: list[Point]
    areas: frozenset[str]
    serves: frozenset[str]
    terms: frozenset[tuple[str, str]]
    accepts: bool
    confirmed: int
    attested: bool
    seed: int


def differences(parts: Sequence[Part], documents: Iterable[Document], facets: Sequence[str], today: date) -> list[str]:
    """One sentence for each difference between the living documents of `parts` and `documents`."""
    readers = [_Reader(part, today) for part in parts]
    places = {id_: (reader, row) for reader in readers for id_, row in reader.rows()}
    expected = _Expected(facets, today)
    told = [sentence for part in parts for sentence in _structure(part.snapshot)]
    told += [f"Listing {id_} is in the index twice." for id_ in _repeated(readers)]
    for document in documents:
        reader, row = places.pop(document.id, (None, 0))
        if reader is None:
            told.append(f"Listing {document.id} is missing.")
        else:
            told += _compared(document, reader, row, expected)
    return told + [f"Listing {id_} should not be in the index." for id_ in places]


class _Expected:
    """What documents say, in the shape of `_Facts`."""

    def __init__(self, facets: Sequence[str], today: date) -> None:
        self._facets, self._today = facets, today
        self._vocabulary = Vocabulary()
        self._hashes: list[int] = []
        self.named = 0

    def facts(self, document: Document) -> _Facts:
        """Of one document."""
        confirmed = document.confirmed_on.toordinal() if document.confirmed_on else 0
        return _Facts(
            points=sorted(sound_points(document)),
            areas=document.areas,
            serves=document.serves,
            terms=frozenset(self._terms(document, confirmed)),
            accepts=document.accepts,
            confirmed=confirmed,
            attested=document.attested,
            seed=order.seed(document.public_id),
        )

    def sum(self, document: Document) -> int:
        """A sum over its words and their levels."""
        numbers, levels = self._vocabulary.weigh(document)
        for name in self._vocabulary.names[len(self._hashes) :]:
            self._hashes.append(order.seed(name))
        hashes = np.array([self._hashes[number] for number in numbers.tolist()], dtype=np.uint64)
        return int(order.mixed(hashes + levels).sum(dtype=np.uint64))

    def words(self, document: Document) -> dict[str, int]:
        """Its words and their levels."""
        numbers, levels = self._vocabulary.weigh(document)
        names = self._vocabulary.names
        return {names[number]: level for number, level in zip(numbers.tolist(), levels.tolist(), strict=True)}

    def _terms(self, document: Document, confirmed: int) -> Iterator[tuple[str, str]]:
        for facet in self._facets:
            if facet == order.FACET and document.accepts:
                recent = confirmed >= self._today.toordinal() - order.CONFIRMED_DAYS
                yield facet, order.ACCEPTING if recent else order.ASK
            else:
                yield from ((facet, term) for term in document.terms.get(facet, ()))


class _Reader:
    """Documents read back from the arrays of one part."""

    def __init__(self, part: Part, today: date) -> None:
        self._part, self._day = part, part.day(today)
        size = len(part.snapshot)
        self._areas, self._serves = _inverted(part.snapshot.areas, size), _inverted(part.snapshot.serves, size)
        self._terms = (
            np.array([flags_of(mask)[:size] for mask in self._day.terms], dtype=np.bool_).reshape(-1, size).T.copy()
        )
        self._points = _points(part.snapshot.offices, size)
        self._sums = _sums(part.snapshot.words, size)

    def rows(self) -> Iterator[tuple[int, int]]:
        """Listing and row of each living document."""
        rows = np.flatnonzero(self._part.living)
        return zip(self._part.snapshot.ids[rows].tolist(), rows.tolist(), strict=True)

    def facts(self, row: int) -> _Facts:
        """Of one document."""
        snapshot, columns = self._part.snapshot, self._day.columns
        return _Facts(
            points=sorted(self._points[row]),
            areas=frozenset(self._areas[row]),
            serves=frozenset(self._serves[row]),
            terms=frozenset(columns[line] for line in np.flatnonzero(self._terms[row]).tolist()),
            accepts=bool(snapshot.accepts[row]),
            confirmed=int(snapshot.confirmed[row]),
            attested=bool(snapshot.attested[row]),
            seed=int(snapshot.seeds[row]),
        )

    def sum(self, row: int) -> int:
        """A sum over its words and their levels."""
        return int(self._sums[row])

    def sketch(self, row: int) -> bytes:
        """What lists show of it."""
        return self._part.snapshot.sketches.text(row)

    def words(self, row: int) -> dict[str, int]:
        """Its words and their levels."""
        postings = self._part.snapshot.words
        entries = np.flatnonzero(postings.table.rows == row)
        places = (postings.table.starts.searchsorted(entries, side="right") - 1).tolist()
        names = [postings.table.text(place).decode("utf-8", "surrogatepass") for place in places]
        return dict(zip(names, postings.levels[entries].tolist(), strict=True))


def _compared(document: Document, reader: _Reader, row: int, expected: _Expected) -> Iterator[str]:
    """A sentence for each fact that differs."""
    held, right = reader.facts(row), expected.facts(document)
    for fact in _Facts.__slots__:
        if getattr(held, fact) != getattr(right, fact):
            was, should = _plain(getattr(held, fact)), _plain(getattr(right, fact))
            yield f"Listing {document.id}: {fact} {was} instead of {should}."
    if reader.sketch(row) != document.sketch:
        yield f"Listing {document.id}: what lists show of it differs."
    if reader.sum(row) != expected.sum(document):
        expected.named += 1
        yield f"Listing {document.id}: words differ{_named(document, reader, row, expected)}."


def _named(document: Document, reader: _Reader, row: int, expected: _Expected) -> str:
    """Which words, for the first listings."""
    if expected.named > _NAMED:
        return ""
    keys = sorted(key for key, _ in set(reader.words(row).items()) ^ set(expected.words(document).items()))
    differing = [key for key in keys if not key.startswith(HEARD)]
    return ": " + ", ".join(dict.fromkeys(differing))


def _plain(fact: object) -> str:
    """A fact as it reads in a sentence, the same in every run."""
    return str(sorted(fact)) if isinstance(fact, frozenset) else str(fact)


def _repeated(readers: Sequence[_Reader]) -> list[int]:
    seen: set[int] = set()
    ids = [id_ for reader in readers for id_, _ in reader.rows()]
    return sorted({id_ for id_ in ids if id_ in seen or seen.add(id_)})  # type: ignore[func-returns-value]  # add as "and remember"


def _structure(snapshot: Snapshot) -> Iterator[str]:
    """What is wrong with what is held twice: points not where their cell or degrees say, bit sets other than lists."""
    if not _is_sound(snapshot.offices.points):
        yield "The grid of points is not in order."
    for sets in (snapshot.areas, snapshot.serves):
        for place, mask in zip(sets.long.tolist(), sets.masks, strict=True):
            if not np.array_equal(mask, mask_of(sets.span(place, place + 1), len(snapshot))):
                yield f"The bit set of {sets.text(place).decode('utf-8', 'surrogatepass')} is not its list."


def _is_sound(points: Points) -> bool:
    lats, lons = points.degrees
    cell = cells(lats, lons)
    ordered = bool((np.diff(in_order(lats, lons, cell)) == 1).all()) and np.array_equal(directory(cell), points.starts)
    return ordered and bool(np.allclose(unit_vectors(lats, lons), points.vectors, rtol=0, atol=1e-12))


def _points(offices: Offices, size: int) -> list[list[Point]]:
    """The points of each document."""
    points: list[list[Point]] = [[] for _ in range(size)]
    for row, (lat, lon) in zip(offices.owners.tolist(), offices.points.degrees.T.tolist(), strict=True):
        points[row].append((lat, lon))
    return points


def _inverted(lists: Lists, size: int) -> list[list[str]]:
    """The keys of each document."""
    keys: list[list[str]] = [[] for _ in range(size)]
    for place in range(len(lists)):
        key = lists.text(place).decode("utf-8", "surrogatepass")
        for row in lists.span(place, place + 1).tolist():
            keys[row].append(key)
    return keys


def _sums(postings: Postings, size: int) -> Keys:
    """For each document a sum over its words and their levels: equal sums mean equal words, but for one in 2**64."""
    sums = np.zeros(size, dtype=np.uint64)
    names = (postings.table.text(place) for place in range(len(postings.table)))
    hashes = np.array([order.seed(name.decode("utf-8", "surrogatepass")) for name in names], dtype=np.uint64)
    for low in range(0, len(postings.levels), _BLOCK):
        entries = np.arange(low, min(low + _BLOCK, len(postings.levels)))
        places = postings.table.starts.searchsorted(entries, side="right") - 1
        np.add.at(sums, postings.table.rows[entries], order.mixed(hashes[places] + postings.levels[entries]))
    return sums
