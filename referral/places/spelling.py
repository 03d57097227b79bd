"""The table behind `typos`, when building: which names it knows and how the entries are packed."""

from array import array
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from referral.places.typos import LOW_BITS, MAX_LETTERS, MIN_LETTERS, TWO_EDITS_FROM, deletions

KNOWN = 1.2
"""Names worth less than this (score) are not corrected to."""

WELL_KNOWN = 3.6
"""Names worth this much are found with two wrong letters."""


@dataclass(frozen=True, slots=True)
class Spelled:
    """The names that can be corrected to, and the hashes that lead to them."""

    words: list[str]
    hashes: "array[int]"
    numbers: "array[int]"

    def buckets(self) -> Iterator[tuple[int, bytes]]:
        """(bucket, packed entries) in order; see `typos` for the packing."""
        keys = (np.frombuffer(self.hashes, np.uint32).astype(np.uint64) << np.uint64(32)) | np.frombuffer(
            self.numbers, np.uint32
        )
        keys = np.unique(keys)
        hashed = (keys >> np.uint64(32)).astype(np.uint32)
        lows = (hashed & ((1 << LOW_BITS) - 1)).astype("<u2")
        numbers = keys.astype("<u4")
        bucket = hashed >> LOW_BITS
        starts = np.flatnonzero(np.diff(bucket, prepend=-1))
        ends = np.append(starts[1:], len(bucket))
        for number, start, end in zip(bucket[starts].tolist(), starts.tolist(), ends.tolist(), strict=True):
            yield number, lows[start:end].tobytes() + numbers[start:end].tobytes()


def choose(names: Sequence[tuple[str, int, int, str, int]]) -> Spelled:
    """The spellings worth correcting to, out of name rows sorted by folded name."""
    words: list[str] = []
    hashes, numbers = array("I"), array("I")
    before = ""
    for folded, stored, _, _, kind in names:
        if folded == before or kind == 1 or -stored < KNOWN * 100 or not _is_correctable(folded):
            continue
        before = folded
        depth = 2 if -stored >= WELL_KNOWN * 100 and len(folded) >= TWO_EDITS_FROM - 1 else 1
        number = len(words)
        words.append(folded)
        count = len(hashes)
        hashes.extend(deletions(folded, depth))
        numbers.extend([number] * (len(hashes) - count))
    return Spelled(words, hashes, numbers)


def _is_correctable(folded: str) -> bool:
    return MIN_LETTERS - 1 <= len(folded) <= MAX_LETTERS and not any(c.isdigit() for c in folded)


