"""Rows on disk between the steps of a build, so that no process holds more than it works on and none sends them.

A folder for each kind of rows, in it a file for each country or other part. Only the Python that wrote them reads them.
"""

import marshal
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from heapq import merge
from itertools import count, groupby, islice, takewhile
from operator import itemgetter
from pathlib import Path
from typing import Generic, TypeVar
from urllib.parse import quote, unquote

Row = TypeVar("Row", bound=tuple[object, ...])

BATCH = 100_000
"""Rows held at a time; smaller ones cost more files to open, larger ones memory."""

RUN = 1_000_000
"""Rows that are put in order at a time: about 250 MB."""

_PLAIN = 2
"""The format without references, which rows do not need: seven times faster to write than pickle."""

_LENGTH = 8
"""Bytes before each batch that say how long it is."""


@dataclass(frozen=True, slots=True)
class Spool(Generic[Row]):
    """Rows of one kind in parts, each in the order it was put in."""

    folder: Path

    def put(self, part: str, rows: Iterable[Row]) -> None:
        """Add `rows` to a part."""
        self.folder.mkdir(parents=True, exist_ok=True)
        remaining = iter(rows)
        with self._path(part).open("ab") as file:
            while batch := list(map(tuple, islice(remaining, BATCH))):
                packed = marshal.dumps(batch, _PLAIN)
                file.write(len(packed).to_bytes(_LENGTH, "big"))
                file.write(packed)

    def sort_in(self, rows: Iterable[Row], column: int) -> None:
        """Add rows of all parts, each to the one that its `column` names."""
        part_of = itemgetter(column)
        remaining = iter(rows)
        while batch := sorted(islice(remaining, BATCH), key=part_of):
            for part, own in groupby(batch, part_of):
                self.put(part, own)

    def rows(self, part: str) -> Iterator[Row]:
        """The rows of a part, as plain tuples; none when nothing was put in."""
        if self._path(part).exists():
            with self._path(part).open("rb") as file:
                while length := file.read(_LENGTH):
                    yield from marshal.loads(file.read(int.from_bytes(length, "big")))

    def put_runs(self, part: str, rows: Iterable[Row], order: Callable[[list[Row]], list[Row]]) -> None:
        """Add `rows` in runs that are each put in `order`, so that only one is held; `merged` gives them back."""
        remaining = iter(rows)
        while run := list(islice(remaining, RUN)):
            self.put(f"{part}/{len(list(self._runs(part)))}", order(run))

    def merged(self, part: str) -> Iterator[Row]:
        """The rows of all runs of a part in order."""
        return merge(*(self.rows(run) for run in self._runs(part)))

    def _runs(self, part: str) -> Iterator[str]:
        return (f"{part}/{number}" for number in takewhile(lambda n: self._path(f"{part}/{n}").exists(), count()))

    def sizes(self) -> dict[str, int]:
        """Part → bytes of its rows."""
        return {unquote(path.name[1:]): path.stat().st_size for path in self.folder.glob("*")}

    def _path(self, part: str) -> Path:
        """A file name even for the country of a place in no country, which dumps leave empty."""
        return self.folder / f"_{quote(part, safe='')}"
