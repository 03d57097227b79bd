"""Which documents hold the asked words, and how well, over all parts of an index at once.

All words must match, each in any field. The last also stands for the commonest longer words. How rare a word is counts over
all parts together, so that an answer does not depend on how documents are spread over parts.
"""

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from index import words
from index.arrays import Ints, Levels, Rows
from index.lists import key_bytes
from index.order import match_classes
from index.part import Part


@dataclass(frozen=True, slots=True)
class Found:
    """The documents of one part that hold a word, or all words."""

    rows: Ints | Rows
    """Ascending."""
    levels: Ints | Levels
    """How well each matches: from 1 to 255, or in the end the class of that."""


def matching(parts: Sequence[Part], asked: Sequence[str]) -> list[Found]:
    """For each part the documents that hold all of `asked`, which are at least one word, with the class of their match."""
    languages = _languages(parts)
    found = [
        _matching_word(parts, word, languages, is_last=word_at == len(asked) - 1) for word_at, word in enumerate(asked)
    ]
    if len(found) == 1:
        return [Found(one.rows, match_classes(one.levels)) for one in found[0]]
    documents = sum(len(part) for part in parts)
    weights = [_rarity(sum(len(one.rows) for one in some), documents) for some in found]
    return [_all(part, [some[at] for some in found], weights) for at, part in enumerate(parts)]


def holds(parts: Sequence[Part], word: str, *, is_last: bool) -> bool:
    """Whether any document holds the word."""
    languages = _languages(parts)
    return any(len(found.rows) for found in _matching_word(parts, word, languages, is_last=is_last))


def _languages(parts: Sequence[Part]) -> frozenset[str]:
    return frozenset(language for part in parts for language in part.snapshot.languages)


def _rarity(documents: int, all_: int) -> int:
    """What a word weighs beside others: the rarer, the more; whole, so that sums are exact."""
    return round(16 * math.log2(2 + all_ / (documents + 1)))


def _matching_word(parts: Sequence[Part], word: str, languages: frozenset[str], *, is_last: bool) -> list[Found]:
    longer = _longer(parts, word) if is_last and len(word) >= words.PREFIX else [[] for _ in parts]
    keys = [key_bytes(key) for key in words.keys(word, languages)]
    found = []
    for part, begun in zip(parts, longer, strict=True):
        places = [part.snapshot.words.table.find(key) for key in keys]
        exact = [(place, False) for place in places if place is not None]
        found.append(_union(part, exact + [(place, True) for place in begun if place != places[0]]))
    return found


def _union(part: Part, places: list[tuple[int, bool]]) -> Found:
    """The documents of several keys, each with its best level."""
    pieces = [_piece(part, place, begun) for place, begun in places]
    size = sum(len(piece.rows) for piece in pieces)
    if len(pieces) == 1:
        return _living(pieces[0], part)
    if size * 32 < len(part.snapshot):
        return _living(_union_of_few(pieces), part)
    levels = np.zeros(len(part.snapshot), dtype=np.uint8)
    for piece in pieces:
        levels[piece.rows] = np.maximum(levels[piece.rows], piece.levels)
    rows = np.flatnonzero(levels.view(np.bool_))
    return _living(Found(rows, levels[rows]), part)


def _union_of_few(pieces: list[Found]) -> Found:
    """The same where there are few: sorted as one number, and the last of each document taken."""
    packed = [piece.rows.astype(np.int64) << 8 | piece.levels for piece in pieces]
    both = np.sort(np.concatenate(packed or [np.zeros(0, dtype=np.int64)]))
    rows = both >> 8
    last = np.ones(len(rows), dtype=np.bool_)
    np.not_equal(rows[1:], rows[:-1], out=last[:-1])
    return Found(rows[last], (both[last] & 255).astype(np.uint8))


def _piece(part: Part, place: int, begun: bool) -> Found:
    """The documents of one key."""
    postings = part.snapshot.words
    low, high = int(postings.table.starts[place]), int(postings.table.starts[place + 1])
    levels = postings.levels[low:high]
    return Found(postings.table.rows[low:high], words.PREFIXED[levels] if begun else levels)


def _living(found: Found, part: Part) -> Found:
    """Without the documents that were taken out."""
    if not part.wounded:
        return found
    keep = part.living[found.rows]
    return Found(found.rows[keep], found.levels[keep])


def _all(part: Part, found: list[Found], weights: list[int]) -> Found:
    """The documents in all of `found`, with the class of their mean level, by weight."""
    pairs = sorted(zip(found, weights, strict=True), key=lambda pair: len(pair[0].rows))
    rows, sums = pairs[0][0].rows, pairs[0][0].levels.astype(np.int64) * pairs[0][1]
    for other, weight in pairs[1:]:
        levels = np.zeros(len(part.snapshot), dtype=np.uint8)
        levels[other.rows] = other.levels
        shared = levels[rows]
        both = shared.view(np.bool_)
        rows, sums = rows[both], sums[both] + shared[both].astype(np.int64) * weight
    return Found(rows, match_classes(sums // sum(weights)))


def _longer(parts: Sequence[Part], word: str) -> list[list[int]]:
    """For each part the places of keys that begin with `word`: the commonest EXPANSIONS, then by the alphabet."""
    ranges = [part.snapshot.words.table.range(key_bytes(word)) for part in parts]
    if sum(high - low for low, high in ranges) <= words.EXPANSIONS:
        return [list(range(low, high)) for low, high in ranges]
    common: Counter[bytes] = Counter()
    for part, (low, high) in zip(parts, ranges, strict=True):
        for place, count in zip(range(low, high), living_counts(part, low, high), strict=True):
            common[part.snapshot.words.table.key(place)] += count
    best = sorted(common, key=lambda key: (-common[key], key))[: words.EXPANSIONS]
    places = [[part.snapshot.words.table.find(key) for key in best if common[key]] for part in parts]
    return [[place for place in some if place is not None] for some in places]


def living_counts(part: Part, low: int, high: int) -> list[int]:
    """How many documents have each key from place `low` to before `high`."""
    table = part.snapshot.words.table
    starts = table.starts[low : high + 1]
    counts = np.diff(starts)
    if part.wounded and low < high:
        counts = np.add.reduceat(part.living[table.span(low, high)], starts[:-1] - starts[0], dtype=np.int64)
    return [int(count) for count in counts]
