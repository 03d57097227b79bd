"""The engine that needs nothing but a folder: a generation of memory-mapped arrays, and what changed since in memory.

Readers never wait: they take the current view, which is never changed, only exchanged. Several processes may use one
folder; each follows the database by itself and finds out about another's rebuild by a look at one file.
"""

import gc
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from threading import Lock

from index import answering, comparing, generation
from index.building import Draft
from index.delta import Delta
from index.matching import Facets
from index.part import Part, part_of
from index.types import Document, Query, Results, State

_REPORTED = 1000
"""Progress is told after every so many documents."""


@dataclass(frozen=True, slots=True)
class _View:
    """What is searched at one moment."""

    stamp: generation.Stamp | None
    name: str
    base: Part
    """The generation, whole; empty when there is none."""
    delta: Delta
    parts: tuple[Part, ...]
    """What is searched: the generation without what changed, and the delta."""
    seq: int


class EmbeddedIndex:
    """An `index.types.Index` in a folder of its own. `facets` says how the chosen terms of each facet combine."""

    def __init__(self, folder: Path, facets: Facets) -> None:
        self._folder, self._path = folder, str(folder)
        self._facets = dict(facets)
        self._writing = Lock()
        self._view = self._opened(Delta(tuple(self._facets)))

    def find(self, query: Query, today: date) -> Results:
        """The answer to `query` as of `today` (UTC)."""
        return answering.answer(self._current().parts, query, self._facets, today)

    def rebuild(self, documents: Iterable[Document], seq: int, progress: Callable[[int], None] | None = None) -> State:
        """Replace everything by `documents`, which reflect the database at change `seq`; changes followed after it are
        kept.

        `progress` is told now and then how many documents were taken. Raises IndexBusy when another rebuild is running.
        """
        with generation.rebuilding(self._folder):
            with _uncollected():
                snapshot = self._draft(documents, progress).finish()
            generation.write(self._folder, snapshot, seq, tuple(self._facets))
        return self.state()

    def follow(self, documents: Iterable[Document], gone: Iterable[int], seq: int) -> None:
        """Put `documents`, forget `gone`, and stand at change `seq`. Older or equal `seq`: nothing happens."""
        self._current()
        with self._writing:
            if seq > self._view.seq:
                delta = self._view.delta.with_changes(documents, gone, seq)
                self._view = _view(self._view.stamp, self._view.name, self._view.base, delta, seq)

    def state(self) -> State:
        """What the index holds now; change 0 and no generation when it is to be rebuilt."""
        view = self._current()
        return State(view.seq, sum(len(part) for part in view.parts), view.name, len(view.delta.changes))

    def differences(self, documents: Iterable[Document], today: date) -> list[str]:
        """One sentence for each document or term that differs from `documents`; none when all is well."""
        return comparing.differences(self._current().parts, documents, tuple(self._facets), today)

    def _draft(self, documents: Iterable[Document], progress: Callable[[int], None] | None) -> Draft:
        draft = Draft(self._facets)
        for document in documents:
            draft.add(document)
            if progress and len(draft) % _REPORTED == 0:
                progress(len(draft))
        if progress:
            progress(len(draft))
        return draft

    def _current(self) -> _View:
        """The view, exchanged if another generation has become current."""
        if generation.stamp(self._path) != self._view.stamp:
            with self._writing:
                if generation.stamp(self._path) != self._view.stamp:
                    self._view = self._opened(self._view.delta)
        return self._view

    def _opened(self, delta: Delta) -> _View:
        """The current generation with what changed after it."""
        facets = tuple(self._facets)
        stamp = generation.stamp(self._path)
        found = generation.read(self._folder, facets)
        if found is None:
            return _view(stamp, "", part_of(Draft(facets).finish(), facets), Delta(facets), 0)
        delta = delta.since(found.seq)
        seq = max([found.seq, *(seq for seq, _ in delta.changes.values())])
        return _view(stamp, found.name, part_of(found.snapshot, facets), delta, seq)


def _view(stamp: generation.Stamp | None, name: str, base: Part, delta: Delta, seq: int) -> _View:
    parts = [part for part in (base.without(delta.ids()), *delta.parts()) if len(part)]
    return _View(stamp, name, base, delta, tuple(parts), seq)


@contextmanager
def _uncollected() -> Iterator[None]:
    """Without the garbage collector: it would look again and again at millions of numbers that are all still needed."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
