"""Misspelt names: a table of every name with letters left out, the same code when building and asking.

Two words are near when leaving out letters of each gives the same rest (Garbe's symmetric deletion). Every name is kept
with one letter left out, names of well-known places with two; the true distance is then measured.
"""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import combinations
from zlib import crc32

from rapidfuzz.distance import OSA

from referral.places.store import Store

MIN_LETTERS = 4
TWO_EDITS_FROM = 8
MAX_LETTERS = 30
"""Longer lines are not corrected: no name is that long, and the number of deletions grows with the square."""

LOW_BITS = 12
"""A hash splits into a bucket (the row) and this many low bits (kept with the entry)."""


def edits_allowed(folded: str) -> int:
    """How many wrong letters a line of this length may have."""
    letters = len(folded) - folded.count(" ")
    if letters < MIN_LETTERS or len(folded) > MAX_LETTERS or any(c.isdigit() for c in folded):
        return 0
    return 2 if letters >= TWO_EDITS_FROM else 1


def deletions(folded: str, depth: int) -> Iterator[int]:
    """Hashes of `folded` itself and with up to `depth` letters left out."""
    yield crc32(folded.encode())
    if folded.isascii():
        raw = folded.encode()
        for i in range(len(raw)):
            yield crc32(raw[:i] + raw[i + 1 :])
    else:
        for i in range(len(folded)):
            yield crc32((folded[:i] + folded[i + 1 :]).encode())
    if depth == 2:
        for i, j in combinations(range(len(folded)), 2):
            yield crc32((folded[:i] + folded[i + 1 : j] + folded[j + 1 :]).encode())


def near(store: Store, folded: str) -> list[tuple[str, int]]:
    """Known names within the allowed edits of `folded`, with their distance."""
    allowed = edits_allowed(folded)
    if not allowed:
        return []
    wanted = _by_bucket(deletions(folded, allowed))
    buckets = list(wanted)
    ids: set[int] = set()
    for start in range(0, len(buckets), 64):
        for bucket, entries in store.deletions(_padded(buckets[start : start + 64])).items():
            ids.update(_matching(entries, wanted[bucket]))
    known = sorted(ids)
    words = [w for start in range(0, len(known), 64) for w in store.spellings(_padded(known[start : start + 64]))]
    measured = ((w, OSA.distance(folded, w, score_cutoff=allowed)) for w in words)
    return [(w, d) for w, d in measured if d <= allowed]


def _padded(numbers: list[int]) -> list[int]:
    """`numbers` filled up to a round count, so that few different statements are prepared."""
    return numbers + [-1] * (-len(numbers) % 16)


def _by_bucket(hashes: Iterable[int]) -> dict[int, set[int]]:
    wanted: dict[int, set[int]] = defaultdict(set)
    for number in hashes:
        wanted[number >> LOW_BITS].add(number & ((1 << LOW_BITS) - 1))
    return wanted


def _matching(entries: bytes, lows: set[int]) -> Iterator[int]:
    """The spelling numbers in a packed bucket whose low bits are wanted: first all low bits sorted, then all numbers."""
    count = len(entries) // 6
    view = memoryview(entries)
    keys, numbers = view[: count * 2].cast("H"), view[count * 2 :].cast("I")
    for low in lows:
        at = bisect_left(keys, low)
        while at < count and keys[at] == low:
            yield numbers[at]
            at += 1
