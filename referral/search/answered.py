"""Answers of the index kept until it moves on: another page, unit or language of a search asks the same again.

Kept in the memory of a process alone, by what was asked and not by whom; forgotten with the first change.
"""

from collections import OrderedDict
from datetime import date
from threading import Lock

from index.types import Index, Query, Results

Moment = tuple[str, int, date]
"""Generation of the index, change it stands at, day."""

MOST = 1024
"""Answers kept at most: some 8 MB."""


class Answered:
    """The answers of one index at one moment of its own; shared by the threads of a process."""

    def __init__(self, index: Index, most: int = MOST) -> None:
        self._index, self._most = index, most
        self._moment: Moment | None = None
        self._answers: OrderedDict[Query, Results] = OrderedDict()
        self._lock = Lock()

    def find(self, query: Query, today: date) -> Results:
        """The answer to `query` as of `today`; that of a map, which is large, is not kept."""
        moment = self._now(today)
        if moment != self._moment:
            with self._lock:
                self._moment, self._answers = moment, OrderedDict()
        found = self._again(query)
        if found is None:
            found = self._index.find(query, today)
            if not query.pins:
                self._put(moment, query, found)
        return found

    def _again(self, query: Query) -> Results | None:
        """What is kept; it goes last of all that are kept now."""
        with self._lock:
            found = self._answers.get(query)
            if found is not None:
                self._answers.move_to_end(query)
            return found

    def _now(self, today: date) -> Moment:
        state = self._index.state()
        return state.generation, state.seq, today

    def _put(self, moment: Moment, query: Query, found: Results) -> None:
        """Keep it, unless the index moved on while it was asked; the one not asked for longest makes room."""
        with self._lock:
            if moment == self._moment == self._now(moment[2]):
                self._answers[query] = found
                if len(self._answers) > self._most:
                    self._answers.popitem(last=False)
