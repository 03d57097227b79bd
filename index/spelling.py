"""Known words that are near a typed one: one edit from 4 letters, two from 8.

An edit is a letter left out, added, changed, or two neighbours swapped. Which word is meant, `guessing.py` says. Beside
a name that somebody bears, a name may be an edit further away.
"""

from collections.abc import Iterator, Sequence
from functools import partial
from itertools import pairwise
from typing import NamedTuple

import numpy as np
from rapidfuzz.distance import OSA

from index import heard, sounding, syllables, words
from index.arrays import Levels, Rows
from index.lists import key_bytes
from index.order import LEVELS
from index.part import Part
from index.signs import pieces
from index.texts import holding, living_counts

ONE_EDIT, TWO_EDITS = 4, 8
"""From so many letters."""

BESIDE, BESIDE_BARE = 6, 3
"""From so many letters on two edits beside a name; one where the script leaves vowels out."""

MOST = 32
"""So many words near one are looked at."""

NAME = LEVELS[0]
"""From this level on a word is somebody's name."""


class Near(NamedTuple):
    """A known word, so many edits away; the smaller, the likelier it is meant."""

    edits: int
    is_no_name: bool
    begins_otherwise: bool
    rarity: int
    """The fewer bearers, the more."""
    word: str


def edits_for(word: str) -> int:
    """How many edits a word of this length may be away; none where it is searched by pieces, which are no words."""
    return 0 if pieces(word) != [word] else (len(word) >= ONE_EDIT) + (len(word) >= TWO_EDITS)


def edits_beside(word: str) -> int:
    """How many edits a name may be away, where another word of the line is a name."""
    few = edits_for(word)
    if pieces(word) != [word]:
        return few
    return max(few, 2 * (len(word) >= BESIDE), int(len(word) >= BESIDE_BARE and sounding.is_bare(word)))


def near(parts: Sequence[Part], word: str, *, only_names: bool, beside_name: bool = False) -> list[Near]:
    """The likeliest MOST of the other words, or names, within its edits that anybody has, likeliest first."""
    few = edits_for(word)
    edits = edits_beside(word) if beside_name else few
    found: dict[str, Near] = {}
    is_heard = few and not only_names and sounding.has_letters(word) and not sounding.is_latin(word)
    for one in (one for part in parts for one in _all_near(part, word, edits, is_heard=bool(is_heard))):
        if other := found.get(one.word):
            both = (one.is_no_name and other.is_no_name, one.begins_otherwise, one.rarity + other.rarity)
            one = Near(one.edits, *both, one.word)
        found[one.word] = one
    return sorted(one for one in found.values() if not (one.is_no_name and (only_names or one.edits > few)))[:MOST]


def _all_near(part: Part, word: str, edits: int, *, is_heard: bool) -> Iterator[Near]:
    """Those of one part, and names of other scripts that nearly sound so where none do."""
    yield from _near_in(part, word, edits)
    if is_heard:
        yield from _nearly_heard(part, word)


def _nearly_heard(part: Part, word: str) -> Iterator[Near]:
    """Names of other scripts that sound as the word but for one letter."""
    for known in sorted(heard.nearly(part.snapshot.words, word)):
        rows, levels = bearing(part, known)
        if count := int(part.living[rows[levels >= NAME]].sum()):
            yield Near(1, False, False, -count, known)


def _near_in(part: Part, word: str, edits: int) -> Iterator[Near]:
    """Those of one part."""
    if syllables.is_name(word):
        yield from _near_names(part, word)
    for place in _alike(part, word, edits).tolist() if edits else ():
        known = part.snapshot.words.table.text(place).decode("utf-8", "surrogatepass")
        away = OSA.distance(word, known, score_cutoff=edits)
        begins_otherwise = known[0] != word[0]
        if begins_otherwise and len(known) < ONE_EDIT <= len(word):
            continue  # lben is no Ben
        if 0 < away <= edits and (count := living_counts(part, place, place + 1)[0]):
            level = int(holding(part, place, place + 1)[1].max())
            yield Near(away, level < NAME, begins_otherwise, -count, known)


def _near_names(part: Part, word: str) -> Iterator[Near]:
    """Korean names with one other sound; whether all of it is one person's, is seen where the line is."""
    for known in filter(partial(_are_known, part), syllables.near(word)):
        rows, levels = bearing(part, known)
        if (count := int(part.living[rows[levels >= NAME]].sum())) > 0:
            yield Near(1, False, known[0] != word[0], -count, known)


def _are_known(part: Part, name: str) -> bool:
    """Whether anybody has each two neighbouring signs of a Korean name: of two hundred, few are asked further."""
    table = part.snapshot.words.table
    return all(table.find(key_bytes(one + other)) is not None for one, other in pairwise(name))


def bearing(part: Part, word: str) -> tuple[Rows, Levels]:
    """Who holds a word as it is written, all its pieces, and how well."""
    table, found = part.snapshot.words.table, []
    for piece in pieces(word):
        place = table.find(key_bytes(piece))
        if place is None:
            return np.zeros(0, dtype=np.int32), np.zeros(0, dtype=np.uint8)
        found.append(holding(part, place, place + 1))
    rows, levels = found[0]
    for others, held in found[1:]:
        rows, own, other = np.intersect1d(rows, others, assume_unique=True, return_indices=True)
        levels = np.minimum(levels[own], held[other])
    return rows, levels


def _alike(part: Part, word: str, edits: int) -> Rows:
    """Places of words of about this length with about these letters: each changed letter changes two of the set, each
    that is added or left out one.
    """
    places, letters, starts = part.snapshot.words.by_length
    bounds = starts[len(word) - edits : len(word) + edits + 2]
    begin, end = bounds[0], bounds[-1]
    most = np.array([2 * edits - abs(longer) for longer in range(-edits, edits + 1)], dtype=np.uint8)
    differing = np.bitwise_count(letters[begin:end] ^ np.uint64(words.letters_in(word)))
    alike: Rows = places[begin:end][differing <= most.repeat([after - before for before, after in pairwise(bounds)])]
    return alike
