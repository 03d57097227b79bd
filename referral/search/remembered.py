"""Pages of results kept as they were drawn: many look for the same large towns, and find the same until somebody edits.

Kept in the memory of a process alone, with nothing of who looked, and forgotten as soon as anything changes.
"""

from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from threading import Lock

MOST = 128
"""Pages kept at most: some 10 MB."""


@dataclass(frozen=True, slots=True)
class Drawn:
    """One page."""

    html: bytes
    shown: frozenset[str]
    """The public ids of those on it."""
    small: dict[str, bytes] = field(default_factory=dict, compare=False)
    """How it was compressed -> the page, for who has asked for it so."""


class Remembered:
    """The pages of one moment; shared by the threads of a process."""

    def __init__(self, most: int = MOST) -> None:
        self._most = most
        self._moment: Hashable = None
        self._pages: dict[Hashable, Drawn] = {}
        self._lock = Lock()

    def page(self, moment: Hashable, key: Hashable, draw: Callable[[], tuple[Drawn, bool]]) -> Drawn:
        """The page of `key`, as everything stands at `moment`; `draw` says whether what it drew is of that moment.

        With an empty key nothing is looked up and nothing kept.
        """
        if not key:
            return draw()[0]
        if moment != self._moment:
            with self._lock:
                self._moment, self._pages = moment, {}
        found = self._pages.get(key)
        if found is None:
            found, is_of_moment = draw()
            if is_of_moment:
                self._put(moment, key, found)
        return found

    def _put(self, moment: Hashable, key: Hashable, drawn: Drawn) -> None:
        """Keep it, unless something changed while it was drawn; the oldest makes room."""
        with self._lock:
            if moment == self._moment:
                while len(self._pages) >= self._most:
                    del self._pages[next(iter(self._pages))]
                self._pages[key] = drawn
