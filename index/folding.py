"""How a word is compared: one folding of case, accents and scripts, used when building and when asking.

Nothing here knows about places or listings; each of them adds its own rules on top.
"""

import re
import unicodedata
from functools import lru_cache

_LETTERS = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ß": "ss", "ı": "i", "ħ": "h", "ŧ": "t"}
)
"""Letters that Unicode does not decompose, as people without that keyboard type them."""

_APOSTROPHES = re.compile(r"['’‘ʼʻ`´ʹʿʾ׳״]")
_NOT_A_WORD = re.compile(r"[\W_]+")

_KEPT_MARKS = re.compile(r"[\u0900-\u0dff\u0e00-\u0fff\u1000-\u109f\u1780-\u17ff\u3099\u309a]")
"""Marks that carry a vowel or a voiced kana: dropping them would make another word."""


@lru_cache(maxsize=4096)
def fold(text: str) -> str:
    """`text` as it is compared: lower case, no accents, punctuation as single spaces.

    Combining marks are dropped but for Indic and South-East Asian vowel signs and the kana voicing marks.
    """
    decomposed = unicodedata.normalize("NFKD", text).casefold().translate(_LETTERS)
    bare = "".join(c for c in decomposed if not unicodedata.combining(c) or _KEPT_MARKS.match(c))
    bare = _APOSTROPHES.sub("", unicodedata.normalize("NFC", bare))
    return " ".join(w for w in _split(bare))


def _split(text: str) -> list[str]:
    """The words of `text`: runs of letters, digits and kept marks."""
    if text.isascii():
        return _NOT_A_WORD.sub(" ", text).split()
    return "".join(c if c.isalnum() or unicodedata.category(c)[0] == "M" else " " for c in text).split()
