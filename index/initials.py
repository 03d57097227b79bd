"""An initial beside a surname: "K. Vance" is Keith Vance.

One letter stands for the names that begin with it, of those who bear the other words as names; only where nobody holds
the line as it is typed.
"""

from collections.abc import Sequence

import numpy as np

from index import sounding, texts, words
from index.lists import key_bytes
from index.order import LEVELS
from index.part import Part
from index.texts import Found

_NAME = LEVELS[0]
"""From this level on a word is somebody's name."""


def is_initial(word: str) -> bool:
    """Whether a folded word is one letter of a script that has letters."""
    return len(word) == 1 and word.isalpha() and sounding.has_letters(word)


def matching(parts: Sequence[Part], asked: Sequence[str], each: Sequence[list[Found]]) -> list[Found]:
    """For each part who bears all the words, of each of which `each` says who holds it; nobody without an initial."""
    others = [word for word in asked if not is_initial(word)]
    if not others or len(others) == len(asked):
        return []
    found = [
        _begun(parts, word, others) if is_initial(word) else [_named(one) for one in some]
        for word, some in zip(asked, each, strict=True)
    ]
    return texts.together(parts, found)


def _named(found: Found) -> Found:
    """Those of whom the word is a name."""
    if found.rows is None:
        return Found(None, np.where(found.levels >= _NAME, found.levels, np.uint8(0)))
    named = found.levels >= _NAME
    return Found(found.rows[named], found.levels[named])


def _begun(parts: Sequence[Part], initial: str, others: Sequence[str]) -> list[Found]:
    """For each part whose name begins so, but with none of the `others`: G. Gold is not Hannah Gold."""
    return [_begun_in(part, initial, others) for part in parts]


def _begun_in(part: Part, initial: str, others: Sequence[str]) -> Found:
    table = part.snapshot.words.table
    low, high = table.range(key_bytes(initial))
    own = {table.find(key_bytes(word)) for word in others if word.startswith(initial)}
    levels = np.zeros(len(part.snapshot), dtype=np.uint8)
    begin = low
    for end in (*sorted(place for place in own if place is not None), high):
        rows, held = texts.holding(part, begin, end)
        named = held >= _NAME
        np.maximum.at(levels, rows[named], words.PREFIXED.take(held[named]))
        begin = end + 1
    return Found(None, levels * part.living[: len(levels)] if part.wounded else levels)
