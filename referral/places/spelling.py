"""The table behind `typos`, when building: which names it knows and how the entries are packed."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from referral.places.folding import OTHER_SCRIPTS
from referral.places.hangul import apart
from referral.places.typos import (
    BASE,
    INVERSE,
    LOW_BITS,
    MAX_LETTERS,
    MIN_LETTERS,
    TWO_EDITS_FROM,
    TWO_EDITS_TO,
    may_be_wrong,
)

KNOWN = 2.0
"""Names worth less than this (score) are not corrected to."""

WELL_KNOWN = 3.8
"""Names worth this much are found with two wrong letters ..."""
KNOWN_ELSEWHERE = 3.0
"""... as are those in other scripts, where hardly a place bears its main name."""

Words = NDArray[np.uint64]
Places = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Spelled:
    """The names that can be corrected to."""

    words: list[str]
    """The most prominent first, so that those worth so much are the first so many."""
    ranks: list[int]
    """Of each word, as stored."""
    known_well: list[bool]
    """Of each word, whether two letters may be wrong."""

    def counts(self) -> Iterator[tuple[int, int]]:
        """(rank, how many words have at most it) for every rank there is."""
        for at, rank in enumerate(self.ranks, 1):
            if at == len(self.ranks) or self.ranks[at] != rank:
                yield rank, at

    def buckets(self) -> Iterator[tuple[int, bytearray]]:
        """(bucket, packed entries) in order; see `typos` for the packing.

        Bytes that could change are bound to a statement three times faster than those that cannot.
        """
        keys = self._keys()
        keys.sort()
        keys = keys[np.append(True, keys[1:] != keys[:-1])]
        hashed = (keys >> np.uint64(32)).astype(np.uint32)
        lows = bytearray((hashed & ((1 << LOW_BITS) - 1)).astype("<u2"))
        numbers = bytearray(keys.astype("<u4"))
        bucket = (hashed >> LOW_BITS).astype(np.int64)
        starts = np.flatnonzero(np.diff(bucket, prepend=-1))
        ends = np.append(starts[1:], len(bucket))
        for number, start, end in zip(bucket[starts].tolist(), starts.tolist(), ends.tolist(), strict=True):
            yield number, lows[start * 2 : end * 2] + numbers[start * 4 : end * 4]

    def _keys(self) -> Words:
        """Hash and word number of every deletion, as `typos.deletions` makes them, over all words at once."""
        words = [apart(word) for word in self.words]
        lengths = np.array([len(w) for w in words], np.int64)
        order = np.arange(len(lengths))
        parts = [np.zeros(0, np.uint64)]
        for length in np.unique(lengths).tolist():
            picked = order[lengths == length]
            text = "".join(words[i] for i in picked.tolist())
            letters = np.frombuffer(text.encode("utf-32-le"), "<u4").reshape(-1, length).astype(np.uint64)
            sums = _sums(letters)
            parts += [_key(h, picked) for h in _once(sums)]
            well = np.array([self.known_well[i] for i in picked.tolist()], bool)
            parts += [_key(h, picked[well]) for h in _twice(sums[well])]
        return np.concatenate(parts)


def _sums(letters: Words) -> Words:
    """Per word, the hash of each beginning: one column more than letters."""
    powers = np.array([pow(BASE, k, 1 << 64) for k in range(letters.shape[1])], np.uint64)
    sums = np.zeros((letters.shape[0], letters.shape[1] + 1), np.uint64)
    np.cumsum(letters * powers, axis=1, out=sums[:, 1:])
    return sums


def _once(sums: Words) -> Iterator[Words]:
    """The words whole, then with each letter left out."""
    inverse = np.uint64(INVERSE)
    total = sums[:, -1]
    yield total
    for i in range(sums.shape[1] - 1):
        yield sums[:, i] + inverse * (total - sums[:, i + 1])


def _twice(sums: Words) -> Iterator[Words]:
    """The words with each two letters left out."""
    once, twice = np.uint64(INVERSE), np.uint64(INVERSE * INVERSE % (1 << 64))
    total = sums[:, -1]
    for i in range(sums.shape[1] - 1):
        start = sums[:, i] - once * sums[:, i + 1]
        for j in range(i + 1, sums.shape[1] - 1):
            yield start + once * sums[:, j] + twice * (total - sums[:, j + 1])


def _key(hashes: Words, numbers: Places) -> Words:
    return (hashes & np.uint64(0xFFFFFFFF00000000)) | numbers.astype(np.uint64)


def choose(names: Sequence[tuple[str, int, int, str, int]]) -> Spelled:
    """The spellings worth correcting to, out of name rows sorted by folded name and rank."""
    chosen: list[tuple[int, str]] = []
    before = ""
    for folded, stored, _, _, kind in names:
        if folded == before or kind == 1 or stored > -KNOWN * 100 or not _is_correctable(folded):
            continue
        before = folded
        chosen.append((stored, folded))
    chosen.sort()
    words = [folded for _, folded in chosen]
    known_well = [_is_known_well(stored, folded) for stored, folded in chosen]
    return Spelled(words, [stored for stored, _ in chosen], known_well)


def _is_known_well(stored: int, folded: str) -> bool:
    least = KNOWN_ELSEWHERE if folded >= OTHER_SCRIPTS else WELL_KNOWN
    return stored <= -least * 100 and _may_be_twice_wrong(folded)


def _may_be_twice_wrong(folded: str) -> bool:
    return TWO_EDITS_FROM - 2 <= len(apart(folded)) <= TWO_EDITS_TO


def _is_correctable(folded: str) -> bool:
    return MIN_LETTERS - 1 <= len(apart(folded)) <= MAX_LETTERS and may_be_wrong(folded)
