"""What changed since the generation was built: small snapshots in memory, built and searched exactly as the large one.

Every change rebuilds the first, of very few; when it is full, its listings go to the second, and from there to the
last, which is closed when it is full. So a change costs little, however many there were, and no step builds more than
LAST documents. Values only; `embedded.py` swaps them.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

import numpy as np

from index.arrays import Ints
from index.building import Draft, Weighed
from index.part import Part, part_of
from index.types import Document
from index.vocabulary import Vocabulary

FIRST, SECOND, LAST = 4, 64, 768
"""So many changes fit into each kind of small snapshot."""


@dataclass(frozen=True, slots=True)
class _Layer:
    """Some of the changes."""

    ids: frozenset[int]
    part: Part | None
    """None when all of them are gone."""

    def without(self, ids: frozenset[int]) -> "_Layer":
        """Those that did not change again."""
        if self.ids.isdisjoint(ids):
            return self
        part = self.part and self.part.without(np.fromiter(ids, dtype=np.int64, count=len(ids)))
        return _Layer(self.ids - ids, part)


_EMPTY = _Layer(frozenset(), None)


@dataclass(frozen=True)
class Delta:
    """All changes since, by listing."""

    facets: tuple[str, ...]
    vocabulary: Vocabulary = field(default_factory=Vocabulary)
    """Shared by all states of a delta; grows only, under the writer's lock."""
    changes: Mapping[int, tuple[int, Weighed | None]] = field(default_factory=dict)
    """Listing -> the change's number, and the document; None for one that is gone."""
    first: _Layer = _EMPTY
    second: _Layer = _EMPTY
    last: tuple[_Layer, ...] = ()

    def parts(self) -> list[Part]:
        """What is to be searched beside the generation."""
        return [layer.part for layer in (*self.last, self.second, self.first) if layer.part]

    def ids(self) -> Ints:
        """All listings that changed."""
        return np.fromiter(self.changes, dtype=np.int64, count=len(self.changes))

    def with_changes(self, documents: Iterable[Document], gone: Iterable[int], seq: int) -> "Delta":
        """The delta after some more changes."""
        new: dict[int, tuple[int, Weighed | None]] = dict.fromkeys(gone, (seq, None))
        for document in documents:
            new[document.id] = seq, Weighed(document, *self.vocabulary.weigh(document))
        return self._with(new)

    def since(self, seq: int) -> "Delta":
        """Only what changed after `seq`, for a newer generation."""
        kept = {id_: change for id_, change in self.changes.items() if change[0] > seq}
        return Delta(self.facets, self.vocabulary)._with(kept) if kept else Delta(self.facets)

    def _with(self, new: Mapping[int, tuple[int, Weighed | None]]) -> "Delta":
        changes, ids = {**self.changes, **new}, frozenset(new)
        second, last = self.second.without(ids), tuple(layer.without(ids) for layer in self.last)
        last = tuple(layer for layer in last if layer.ids)
        ids |= self.first.ids
        if len(ids) <= FIRST:
            return replace(self, changes=changes, first=self._layer(ids, changes), second=second, last=last)
        ids |= second.ids
        if len(ids) <= SECOND:
            return replace(self, changes=changes, first=_EMPTY, second=self._layer(ids, changes), last=last)
        if last and len(last[-1].ids) + len(ids) <= LAST:
            ids, last = ids | last[-1].ids, last[:-1]
        ordered = sorted(ids)
        groups = [frozenset(ordered[begin : begin + LAST]) for begin in range(0, len(ordered), LAST)]
        last += tuple(self._layer(group, changes) for group in groups)
        return replace(self, changes=changes, first=_EMPTY, second=_EMPTY, last=last)

    def _layer(self, ids: frozenset[int], changes: Mapping[int, tuple[int, Weighed | None]]) -> _Layer:
        draft = Draft(self.facets, self.vocabulary)
        for id_ in ids:
            weighed = changes[id_][1]
            if weighed is not None:
                draft.put(weighed)
        return _Layer(ids, part_of(draft.finish(), self.facets) if len(draft) else None)
