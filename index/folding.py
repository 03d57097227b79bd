"""How a word is compared: one folding of case, accents and scripts, used when building and when asking.

Nothing here knows about places or listings; each of them adds its own rules on top.
"""

import re
import unicodedata
from functools import cache, lru_cache

_LETTERS = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ß": "ss", "ı": "i", "ħ": "h", "ŧ": "t"}
)
"""Letters that Unicode does not decompose, as people without that keyboard type them."""

_APOSTROPHES = re.compile(r"['’‘ʼʻ`´ʹʿʾ׳״]")
_ASCII = str.maketrans({c: "" if c in "'`" else " " for c in map(chr, range(128)) if not c.isalnum()})

_KEPT_MARKS = re.compile(r"[\u0900-\u0dff\u0e00-\u0fff\u1000-\u109f\u1780-\u17ff\u3099\u309a]")
"""Marks that carry a vowel or a voiced kana: dropping them would make another word."""


@lru_cache(maxsize=4096)
def fold(text: str) -> str:
    """`text` as it is compared: lower case, no accents, punctuation as single spaces.

    Combining marks are dropped but for Indic and South-East Asian vowel signs and the kana voicing marks.
    """
    if text.isascii():
        return " ".join(text.lower().translate(_ASCII).split())
    dropped, not_a_word = _marks()
    decomposed = unicodedata.normalize("NFKD", text).casefold().translate(_LETTERS)
    bare = _APOSTROPHES.sub("", unicodedata.normalize("NFC", decomposed.translate(dropped)))
    words = bare if bare.replace(" ", "").isalnum() else not_a_word.sub(" ", bare)
    return " ".join(words.split())


@cache
def _marks() -> tuple[dict[int, None], re.Pattern[str]]:
    """The combining marks to drop, and what is neither letter nor digit nor a mark: worked out once, as tables.

    Asking Unicode for each letter of each name made folding a million names four times slower.
    """
    marks = [chr(c) for c in range(0x300, 0x1F000) if unicodedata.category(chr(c))[0] == "M"]
    dropped = {ord(c): None for c in marks if unicodedata.combining(c) and not _KEPT_MARKS.match(c)}
    return dropped, re.compile(rf"(?:[^\w{''.join(marks)}]|_)+")
