"""Words where a script writes none apart, and where it builds long ones: as pairs of neighbouring signs.

Somebody who types 相談 means it wherever it stands in 夫婦関係の相談: no list of words is needed to find it there, and
none has the words of this field. Korean is among them: it writes spaces, but 부부상담 holds 상담.
"""

import re
from functools import cache
from itertools import pairwise

from index.folding import marks

SCRIPTS = (
    "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff"  # Thai, Lao, Burmese, Khmer
    "\u3005-\u3007\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\U00020000-\U0003ffff"  # Japanese, Chinese
    "\uac00-\ud7a3"  # Korean
)
"""As part of a pattern: the letters that are taken as signs."""

_ANY = re.compile(f"[{SCRIPTS}]")


@cache
def _sign() -> re.Pattern[str]:
    """A sign with its marks; made when first needed, because the marks of Unicode are worked out."""
    return re.compile(rf"[{SCRIPTS}][{marks()}]*")


@cache
def _stretches() -> re.Pattern[str]:
    return re.compile(rf"((?:[{SCRIPTS}][{marks()}]*)+)")


def pieces(word: str) -> list[str]:
    """What a folded word is searched by: itself, or the pairs of its signs and whatever other letters stand between."""
    if word.isascii() or not _ANY.search(word):
        return [word]
    return [word[begin:end] for begin, end in places(word)]


def places(word: str) -> list[tuple[int, int]]:
    """Where the pieces of a word begin and end, also of one that is not folded."""
    found: list[tuple[int, int]] = []
    at = 0
    for number, stretch in enumerate(_stretches().split(word)):
        if number % 2:
            found += _pairs(stretch, at)
        elif stretch:
            found.append((at, at + len(stretch)))
        at += len(stretch)
    return found


def _pairs(stretch: str, at: int) -> list[tuple[int, int]]:
    """Each two neighbours; one that stands alone is a piece itself."""
    signs = [(at + sign.start(), at + sign.end()) for sign in _sign().finditer(stretch)]
    if len(signs) == 1:
        return signs
    return [(begin, end) for (begin, _), (_, end) in pairwise(signs)]
