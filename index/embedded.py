"""The engine that needs nothing but a folder: a generation of memory-mapped arrays, and what changed since in memory.

Readers never wait: they take the current view, which is never changed, only exchanged. Several processes may use one
folder; each follows the database by itself and finds out about another's rebuild by a look at one file.
"""

import gc
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from threading import Lock
from time import monotonic

import numpy as np

from index import answering, comparing, generation
from index.building import Draft
from index.delta import Delta
from index.matched import Facets
from index.part import Part, part_of
from index.types import Document, IndexDamaged, Query, Results, State

_LOOK = 0.001
"""Seconds for which nobody looks again whether another generation has come: a page asks several questions."""

_REPORTED = 1000
"""Progress is told after every so many documents."""


@dataclass(frozen=True, slots=True)
class _View:
    """What is searched at one moment."""

    stamp: generation.Stamp | None
    name: str
    history: str
    """The generation's; none when there is none."""
    base: Part
    """The generation without what changed; empty when there is none."""
    delta: Delta
    parts: tuple[Part, ...]
    """What is searched: the base and the delta, if anything is left of them."""
    seq: int
    is_lost: bool = False
    """Whether the generation can no longer be read from the disk."""


class EmbeddedIndex:
    """An `index.types.Index` in a folder of its own. `facets` says how the chosen terms of each facet combine."""

    def __init__(self, folder: Path, facets: Facets) -> None:
        self._folder, self._path = folder, str(folder)
        self._facets = dict(facets)
        self._writing, self._looked = Lock(), 0.0
        self._view = self._empty(None)
        self._view = self._opened(self._view)
        self._told: tuple[_View | None, State] = None, State(0, 0, "", 0)

    def find(self, query: Query, today: date) -> Results:
        """The answer to `query` as of `today` (UTC). Raises IndexDamaged."""
        view = self._current()
        try:
            return answering.answer(view.parts, query, self._facets, today)
        except (ArithmeticError, LookupError, MemoryError, TypeError, ValueError) as error:
            if self._is_damaged(view):
                raise IndexDamaged(view.name) from error
            raise

    def rebuild(self, documents: Iterable[Document], seq: int, progress: Callable[[int], None] | None = None) -> State:
        """Replace everything by `documents`, which reflect the database at change `seq`; changes followed meanwhile are
        kept.

        Except when the index stood at a later change than `seq` when this began: then the database was restored, and
        every process forgets all changes it followed, for their history may be no more. (Or another thread followed
        while `documents` were asked for: then the next `follow` brings those changes again.)

        `progress` is told now and then how many documents were taken. Raises IndexBusy when another rebuild is running.
        """
        with generation.rebuilding(self._folder):
            begun = self._newest()
            history = begun.history if begun.history and begun.seq <= seq else generation.new_history()
            with _uncollected():
                snapshot = self._draft(documents, progress).finish()
            generation.write(self._folder, snapshot, seq, tuple(self._facets), history)
            self._looked = 0.0
        return self.state()

    def follow(self, documents: Iterable[Document], gone: Iterable[int], seq: int) -> None:
        """Put `documents`, forget `gone`, and stand at change `seq`. Older or equal `seq`: nothing happens."""
        self._newest()
        with self._writing:
            view = self._view
            if seq > view.seq:
                documents, gone = list(documents), list(gone)
                changed = np.array([*gone, *(document.id for document in documents)], dtype=np.int64)
                base, delta = view.base.without(changed), view.delta.with_changes(documents, gone, seq)
                self._view = replace(view, base=base, delta=delta, parts=_parts(base, delta), seq=seq)

    def state(self) -> State:
        """What the index holds now; change 0 and no generation when it is to be rebuilt."""
        view, (told, state) = self._current(), self._told
        if told is not view:
            documents = sum(len(part) for part in view.parts)
            state = State(view.seq, documents, view.name, len(view.delta.changes), view.is_lost)
            self._told = view, state
        return state

    def sketches(self, ids: Sequence[int], seq: int) -> Mapping[int, bytes]:
        """The sketches of those documents that are held, by number; none unless it stands at exactly change `seq`."""
        view = self._current()
        if view.seq != seq or not ids:
            return {}
        asked = np.array(ids, dtype=np.int64)
        return {id_: sketch for part in view.parts for id_, sketch in part.sketches(asked)}

    def differences(self, documents: Iterable[Document], today: date) -> list[str]:
        """One sentence for each document or term that differs from `documents`; none when all is well."""
        view = self._newest()
        if self._is_damaged(view):
            return [f"{view.name} is damaged: its bytes are not those that were written."]
        return comparing.differences(view.parts, documents, tuple(self._facets), today)

    def is_damaged(self, rest: float = 0.0) -> bool:
        """Whether bytes changed on the disk: reads all of them, with a `rest` in seconds after each million.

        What is damaged is no longer held: the generation before it is, if there is one.
        """
        return self._is_damaged(self._newest(), rest)

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
        """The view of a moment ago."""
        now = monotonic()
        if now < self._looked + _LOOK:
            return self._view
        self._looked = now
        return self._newest()

    def _newest(self) -> _View:
        """The view, exchanged if another generation has become current."""
        if generation.stamp(self._path) != self._view.stamp:
            with self._writing:
                if generation.stamp(self._path) != self._view.stamp:
                    self._view = self._opened(self._view)
        return self._view

    def _opened(self, held: _View) -> _View:
        """The current generation with what changed after it in the same history.

        What is `held` stays where the disk has lost it: it lies in memory, and is better than nothing.
        """
        facets = tuple(self._facets)
        stamp = generation.stamp(self._path)
        found = generation.read(self._folder, facets)
        if found is None:
            return replace(held, stamp=stamp, is_lost=True) if held.name else self._empty(stamp)
        delta = held.delta.since(found.seq) if held.history == found.history else Delta(facets)
        seq = max([found.seq, *(seq for seq, _ in delta.changes.values())])
        base = part_of(found.snapshot, facets).without(delta.ids())
        return _View(stamp, found.name, found.history, base, delta, _parts(base, delta), seq)

    def _empty(self, stamp: generation.Stamp | None, is_lost: bool = False) -> _View:
        """What is held where there is nothing."""
        facets = tuple(self._facets)
        return _View(stamp, "", "", part_of(Draft(facets).finish(), facets), Delta(facets), (), 0, is_lost)

    def _is_damaged(self, view: _View, rest: float = 0.0) -> bool:
        """Whether the generation of `view` is not what was written; then nothing of it is held any more."""
        if not view.name or view.is_lost or generation.is_sound(self._folder, view.name, rest):
            return False
        with self._writing:
            if self._view.name == view.name:
                self._view = self._before(self._view)
        return True

    def _before(self, damaged: _View) -> _View:
        """The generation before a damaged one, to be asked until another is built; nothing where there is none.

        What changed since is followed anew: `damaged` knows only what changed after it was built.
        """
        facets = tuple(self._facets)
        found = generation.before(self._folder, damaged.name, facets)
        if found is None or found.history != damaged.history:
            return self._empty(damaged.stamp, is_lost=True)
        base, delta = part_of(found.snapshot, facets), Delta(facets)
        return _View(
            damaged.stamp, found.name, found.history, base, delta, _parts(base, delta), found.seq, is_lost=True
        )


def _parts(base: Part, delta: Delta) -> tuple[Part, ...]:
    return tuple(part for part in (base, *delta.parts()) if len(part))


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
