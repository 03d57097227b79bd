"""How a word is compared: one folding of case, accents and scripts, used when building and when asking.

Nothing here knows about places or listings; each of them adds its own rules on top.
"""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from functools import cache, lru_cache

_LETTERS = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ß": "ss", "ı": "i", "ħ": "h", "ŧ": "t"}
)
"""Letters that Unicode does not decompose, as people without that keyboard type them."""

_Table = tuple[frozenset[str], Mapping[int, str | None]]
"""Characters, and what becomes of each."""

APOSTROPHES = "'’‘ʼʻ`´ʹʿʾ׳״"
"""Dropped, as is often done when typing; none of them has a meaning in a class of a pattern."""

_APOSTROPHES = re.compile(f"[{APOSTROPHES}]")
_ASCII = str.maketrans({c: "" if c in "'`" else " " for c in map(chr, range(128)) if not c.isalnum() and c != "\n"})

_BREAK = "\n"
"""Kept by the folding of many pieces."""

_KEPT_MARKS = re.compile(r"[\u0900-\u0dff\u0e00-\u0fff\u1000-\u109f\u1780-\u17ff\u3099\u309a]")
"""Marks that carry a vowel or a voiced kana: dropping them would make another word."""


@lru_cache(maxsize=4096)
def fold(text: str) -> str:
    """`text` as it is compared: lower case, no accents, punctuation as single spaces.

    Combining marks are dropped but for Indic and South-East Asian vowel signs and the kana voicing marks.
    """
    return " ".join(_folded(text).split())


def fold_each(pieces: Sequence[str]) -> list[str]:
    """The same of many at once, ten times faster; none holds a line break, and there may be more spaces than one."""
    text = _BREAK.join(pieces)
    if text.isascii():
        return _folded(text).split(_BREAK)
    plain = _folded(_BREAK.join([piece if piece.isascii() else "" for piece in pieces])).split(_BREAK)
    other = _folded(_BREAK.join(["" if piece.isascii() else piece for piece in pieces])).split(_BREAK)
    return [one or another for one, another in zip(plain, other, strict=True)]


def _folded(text: str) -> str:
    """Folded, but for its spaces. What a text does not hold is not looked for: most of it is slow."""
    if text.isascii():
        return text.lower().translate(_ASCII)
    letters, dropped, not_a_word = _tables()
    text = unicodedata.normalize("NFKD", text).casefold()
    held = set(text)
    for characters, table in (letters, dropped):
        text = text if held.isdisjoint(characters) else text.translate(table)
    bare = _APOSTROPHES.sub("", unicodedata.normalize("NFC", text))
    return bare if bare.replace(" ", "").isalnum() else not_a_word.sub(" ", bare.replace("_", " "))


@cache
def _tables() -> tuple[_Table, _Table, re.Pattern[str]]:
    """Letters to write otherwise, marks to drop, and what is neither letter nor digit nor a mark nor a space.

    Worked out once: asking Unicode for each letter of each name made folding a million names four times slower.
    """
    dropped = frozenset(c for c in marks() if unicodedata.combining(c) and not _KEPT_MARKS.match(c))
    letters = frozenset(map(chr, _LETTERS))
    not_a_word = re.compile(rf"[^\w{marks()} {_BREAK}]+")
    return (letters, _LETTERS), (dropped, dict.fromkeys(map(ord, dropped))), not_a_word


@cache
def marks() -> str:
    """All marks that combine with the character before them."""
    return "".join(chr(c) for c in range(0x300, 0x1F000) if unicodedata.category(chr(c))[0] == "M")
