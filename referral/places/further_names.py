"""Further names of places by GeoNames number, while building; in a file, for there are millions.

In memory stand the numbers and where each name begins, about 20 bytes a name.
"""

from array import array
from collections.abc import Iterable
from tempfile import TemporaryFile

import numpy as np


class FurtherNames:
    """Names as they were read, to be asked for by number in any order until they are closed."""

    def __init__(self, named: Iterable[tuple[int, str]]) -> None:
        numbers, starts = array("q"), array("q")
        self._file = TemporaryFile()  # noqa: SIM115 - until it is closed
        start = 0
        for number, name in named:
            numbers.append(number)
            starts.append(start)
            start += self._file.write(f"{name}\n".encode())
        order = np.argsort(np.frombuffer(numbers, np.int64), kind="stable")
        self._numbers = np.frombuffer(numbers, np.int64)[order]
        self._starts = np.frombuffer(starts, np.int64)[order]

    def of(self, number: int) -> list[str]:
        """The names of a place, in the order they were read."""
        first = int(np.searchsorted(self._numbers, number))
        names: list[str] = []
        for at in range(first, len(self._numbers)):
            if self._numbers[at] != number:
                break
            self._file.seek(int(self._starts[at]))
            names.append(self._file.readline().decode().rstrip("\n"))
        return names

    def close(self) -> None:
        """Throw the file away."""
        self._file.close()
