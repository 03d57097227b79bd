"""Whether Latin names are spellings of a name in another script: one of them, or thousands at once.

How far into a name a spelling has come is one bit of a number, so that one shift moves every way on. The same sums are
made with an array of such numbers, one a name: to compare a word with a thousand names one by one took 7 ms.
"""

from collections.abc import Mapping, Sequence
from functools import lru_cache, reduce
from operator import or_
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from index.arrays import Bools, Ints, Levels, begins

VOWELS = "aeiouy"

LONGEST = 24
"""So many letters of a name are compared: as many bits and one more."""

_MUTE = "e"
"""The only vowel that may stand unspelled behind the last letter."""

_A, _LETTERS = ord("a"), 26

_IS_VOWEL = np.isin(np.arange(256), np.frombuffer(VOWELS.encode(), dtype=np.uint8))

Spelled = Sequence[tuple[str, ...]]
"""The spellings of each letter of a word; "+" for a vowel."""

Bits = int | NDArray[Any]
"""Places in one name, or in each of many."""


class Latin(NamedTuple):
    """One Latin name as numbers, or many as arrays of them; a doubled consonant is one letter."""

    letters: Mapping[str, Bits]
    """Where each letter stands."""
    vowels: Bits
    """Where any vowel stands."""
    sizes: Bits


@lru_cache(maxsize=8192)
def one(latin: str) -> Latin:
    """A name as numbers; its doubled consonants are one already."""
    letters: dict[str, int] = {}
    for at, letter in enumerate(latin):
        letters[letter] = letters.get(letter, 0) | 1 << at
    return Latin(letters, reduce(or_, (letters.get(vowel, 0) for vowel in VOWELS)), len(latin))


def many(written: Levels, sizes: Ints) -> Latin:
    """Names as arrays: `written` are their letters, one name after the other, and `sizes` how many each has, at most
    LONGEST.
    """
    names = np.arange(len(sizes)).repeat(sizes)
    is_single = _IS_VOWEL.take(written) | begins(written) | begins(names)
    names, codes = names[is_single], written[is_single] - _A
    sizes = np.bincount(names, minlength=len(sizes))
    bits = 1 << (np.arange(len(names)) - (sizes.cumsum() - sizes).repeat(sizes))
    known = codes < _LETTERS
    held = np.zeros(_LETTERS * len(sizes), dtype=np.uint32)
    np.add.at(held, codes[known].astype(np.int64) * len(sizes) + names[known], bits[known].astype(np.uint32))
    letters = {chr(_A + code): line for code, line in enumerate(held.reshape(_LETTERS, -1))}
    return Latin(letters, reduce(or_, (letters[vowel] for vowel in VOWELS)), sizes.astype(np.uint32))


def fits(spelled: Spelled, latin: Latin, *, is_bare: bool, may_be_mute: bool) -> Bools | bool:
    """Whether a name is a spelling of a word, or which of many are: `is_bare` where its script leaves vowels out,
    `may_be_mute` where none is written for the last letter.
    """
    reached: Bits = 1
    for number, spellings in enumerate(spelled):
        after = _after_vowels(reached, latin) | reached if is_bare and number else reached
        reached = reduce(or_, (_behind(one, reached, after, latin) for one in spellings))
        if isinstance(reached, int) and not reached:
            return False
    ends = reached >> latin.sizes & 1
    if may_be_mute:
        ends |= (reached & latin.letters.get(_MUTE, 0)) << 1 >> latin.sizes & 1
    fitting: Bools | bool = ends != 0
    return fitting


def is_about(latin: str, names: Latin) -> Bools:
    """Which of many names have about as many letters, and about the same, so that one edit may part them."""
    sizes = np.asarray(names.sizes, dtype=np.int64)
    differing = np.zeros(len(sizes), dtype=np.uint8)
    for letter, places in names.letters.items():
        differing += (places != 0) != (letter in latin)
    about: Bools = (differing <= 2) & (np.abs(sizes - len(latin)) <= 1)
    return about


def _behind(spelled: str, reached: Bits, after: Bits, latin: Latin) -> Bits:
    """Where one is behind a spelling; one that begins with a vowel skips none."""
    begun = reached if spelled[:1] in VOWELS and spelled else after
    for letter in spelled:
        begun = _after_vowels(begun, latin) if letter == "+" else (begun & latin.letters.get(letter, 0)) << 1
    return begun


def _after_vowels(reached: Bits, latin: Latin) -> Bits:
    """Where one is behind the next vowel, and the next."""
    once = (reached & latin.vowels) << 1
    return once | (once & latin.vowels) << 1
