"""What somebody probably meant by a word that no listing holds: one edit from 4 letters, two from 8.

An edit is a letter left out, added, changed, or two neighbours swapped.
"""

from collections.abc import Sequence

import numpy as np
from rapidfuzz.distance import OSA

from index import words
from index.arrays import Ints
from index.part import Part
from index.signs import pieces
from index.texts import holds, living_counts

ONE_EDIT, TWO_EDITS = 4, 8
"""From so many letters."""


def edits_for(word: str) -> int:
    """How many edits a word of this length may be away; none where it is searched by pieces, which are no words."""
    return 0 if pieces(word) != [word] else (len(word) >= ONE_EDIT) + (len(word) >= TWO_EDITS)


def did_you_mean(parts: Sequence[Part], line: str, *, is_unknown: bool = False) -> str:
    """The line with every unknown word replaced by a known one; empty when none is unknown or one has nothing near.

    `is_unknown` says that it is one word, and that nobody has it.
    """
    typed = words.typed(line)
    last = len(typed) - 1
    unknown = [0] if is_unknown else [n for n, word in enumerate(typed) if not _is_known(parts, word, n == last)]
    better = {number: nearest(parts, typed[number][: words.LETTERS]) for number in unknown}
    if not unknown or not all(better.values()):
        return ""
    return " ".join(better.get(number, word) for number, word in enumerate(typed))


def _is_known(parts: Sequence[Part], word: str, is_last: bool) -> bool:
    """Whether somebody has each of its pieces."""
    *others, last = (piece[: words.LETTERS] for piece in pieces(word))
    return holds(parts, last, is_last=is_last) and all(holds(parts, piece, is_last=False) for piece in others)


def nearest(parts: Sequence[Part], word: str) -> str:
    """The known word with the fewest edits from `word`, the commonest of those; empty when none is near."""
    edits = edits_for(word)
    if not edits:
        return ""
    found: dict[str, tuple[int, int]] = {}
    for part in parts:
        for place in _alike(part, word, edits).tolist():
            known = part.snapshot.words.table.text(place).decode("utf-8", "surrogatepass")
            away = OSA.distance(word, known, score_cutoff=edits)
            if away <= edits and (count := living_counts(part, place, place + 1)[0]):
                found[known] = (away, found.get(known, (0, 0))[1] - count)
    return min(found, key=lambda known: (found[known], known), default="")


def _alike(part: Part, word: str, edits: int) -> Ints:
    """Places of words of about this length with about these letters: an edit changes at most two letters of the set."""
    postings = part.snapshot.words
    # Below the shortest, a difference of bytes wraps to more than any length: stems, whose length is 0, among them.
    places: Ints = np.flatnonzero(postings.lengths - np.uint8(len(word) - edits) <= 2 * edits)
    differing = np.bitwise_count(postings.letters.take(places) ^ np.uint64(words.letters_in(word)))
    alike: Ints = places[differing <= 2 * edits]
    return alike
