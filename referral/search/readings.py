"""Readings of typed lines kept for a moment: a line becomes a link, and the page of that link says how it was read.

Kept in the memory of a process alone, by what was typed and not by whom; forgotten with the first change.
"""

from collections.abc import Callable, Hashable
from threading import Lock

from referral.search.understanding import Reading

MOST = 64
"""Readings kept at most; the page usually follows at once."""


class Readings:
    """The readings of one moment; shared by the threads of a process."""

    def __init__(self, most: int = MOST) -> None:
        self._most = most
        self._moment: Hashable = None
        self._kept: dict[Hashable, Reading] = {}
        self._lock = Lock()

    def read(self, moment: Hashable, key: Hashable, read: Callable[[], Reading]) -> Reading:
        """The reading of what `key` says, as listings stand at `moment`; with none known, nothing is kept.

        A line that is not in the link it becomes is never asked for again, and not kept either.
        """
        with self._lock:
            if moment != self._moment:
                self._moment, self._kept = moment, {}
            found = self._kept.get(key)
        if found is None:
            found = read()
            if moment is not None and found.search.typed:
                self._put(moment, key, found)
        return found

    def _put(self, moment: Hashable, key: Hashable, found: Reading) -> None:
        """Keep it, unless something changed while it was read; the oldest makes room."""
        with self._lock:
            if moment == self._moment:
                while len(self._kept) >= self._most:
                    del self._kept[next(iter(self._kept))]
                self._kept[key] = found
