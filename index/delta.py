"""What changed since the generation was built: small snapshots in memory, built and searched exactly as the large one.

There are at most two, a small one that every change rebuilds, and a larger one that takes it over now and then: one
change among 2,000 costs as little as one among a few. Values only; `embedded.py` swaps them.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

import numpy as np

from index.arrays import Ints
from index.building import Draft, Weighed
from index.part import Part, part_of
from index.types import Document
from index.words import Vocabulary

FRESH = 64
"""So many changes stay in the small snapshot."""


@dataclass(frozen=True)
class Delta:
    """All changes since, by listing."""

    facets: tuple[str, ...]
    vocabulary: Vocabulary = field(default_factory=Vocabulary)
    """Shared by all states of a delta; grows only, under the writer's lock."""
    changes: Mapping[int, tuple[int, Weighed | None]] = field(default_factory=dict)
    """Listing -> the change's number, and the document; None for one that is gone."""
    settled: Part | None = None
    fresh: Part | None = None
    unsettled: frozenset[int] = frozenset()
    """The listings in `fresh`."""

    def parts(self) -> list[Part]:
        """What is to be searched beside the generation."""
        return [part for part in (self.settled, self.fresh) if part is not None]

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
        changes = {**self.changes, **new}
        unsettled = self.unsettled | frozenset(new)
        if len(unsettled) > FRESH:
            settled = self._part(change for _, change in changes.values())
            return replace(self, changes=changes, settled=settled, fresh=None, unsettled=frozenset())
        settled = self.settled and self.settled.without(np.fromiter(new, dtype=np.int64, count=len(new)))
        fresh = self._part(changes[id_][1] for id_ in unsettled)
        return replace(self, changes=changes, settled=settled, fresh=fresh, unsettled=unsettled)

    def _part(self, weighed: Iterable[Weighed | None]) -> Part | None:
        draft = Draft(self.facets, self.vocabulary)
        for one in weighed:
            if one is not None:
                draft.put(one)
        return part_of(draft.finish(), self.facets) if len(draft) else None
