"""Korean names that differ in one sound: 노선희 and 노선히. A name has three signs but seven to nine sounds."""

import unicodedata
from collections.abc import Iterator

FEWEST, MOST = 3, 4
"""Signs of a name that is written as one."""

_FIRST, _VOWELS, _LAST = (
    [chr(0x1100 + n) for n in range(19)],
    [chr(0x1161 + n) for n in range(21)],
    ["", *[chr(0x11A8 + n) for n in range(27)]],
)


def is_name(word: str) -> bool:
    """Whether a folded word may be a whole name in Korean."""
    return FEWEST <= len(word) <= MOST and all("가" <= sign <= "힣" for sign in word)


def near(word: str) -> Iterator[str]:
    """All words with another first sound, vowel or last consonant, or none, in one of the signs."""
    for at, sign in enumerate(word):
        for other in _near(sign):
            if other != sign:
                yield word[:at] + other + word[at + 1 :]


def _near(sign: str) -> Iterator[str]:
    first, vowel, *last = list(unicodedata.normalize("NFD", sign))
    end = "".join(last)
    sounds = (
        *((one, vowel, end) for one in _FIRST),
        *((first, one, end) for one in _VOWELS),
        *((first, vowel, one) for one in _LAST),
    )
    return (unicodedata.normalize("NFC", "".join(some)) for some in sounds)
