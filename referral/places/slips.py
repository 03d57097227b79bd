"""Which wrong letters a hand or an ear makes: those on the next key, and those that sound alike.

A letter that is neither is as likely one of a word that means no place.
"""

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Mapping, Set
from itertools import combinations, pairwise

ROWS = (
    "qwertyuiop asdfghjkl zxcvbnm qwertzuiop yxcvbnm azertyuiop qsdfghjklm wxcvbn йцукенгшщзхъ фывапролджэ ячсмитьбю "
    "ضصثقفغعهخحجد شسيبلاتنمكط ئءؤرىهوزظ קראטוןםפ שדגכעיחלךף זסבהנמצתץ ςερτυθιοπ ασδφγηξκλ ζχψωβνμ "
    "ㅂㅈㄷㄱㅅㅛㅕㅑㅐㅔ ㅁㄴㅇㄹㅎㅗㅓㅏㅣ ㅋㅌㅊㅍㅠㅜㅡ"
).split()
"""Rows of keys, the upper before the lower on each keyboard."""
_BOARDS = ((0, 1, 2), (3, 1, 4), (5, 6, 7), (8, 9, 10), (11, 12, 13), (14, 15, 16), (17, 18, 19), (20, 21, 22))
"""Numbers of the rows of each."""

_ALIKE = (
    "aeiouy bp dt ckq sxz cs gj gk vwf mn lr аоуэыиеяёю бп дт кг сзц шщж вф мн лр ىيا هح كق سصث تط دضذ زظ عأا "
    "אהע כקח טת סצשז בפו יו αεηιουω "
    "ㅏㅓ ㅓㅗ ㅗㅜ ㅜㅡ ㅐㅔ ㄱㄲㅋ ㄷㄸㅌ ㅂㅃㅍ ㅅㅆ ㅈㅉㅊ "
    "アイウエオァィゥェォー カキクケコガギグゲゴ サシスセソザジズゼゾ タチツテトダヂヅデドッ "
    "ナニヌネノン ハヒフヘホバビブベボパピプペポ マミムメモ "
    "ラリルレロ ヤユヨャュョ ワヲヴ ソン シツ ノン クワ ナメ ヌス"
).split()
"""Letters that are taken for one another by whoever writes what they hear, or reads signs that look alike."""


def _confused() -> Mapping[str, Set[str]]:
    """Letter → what may be typed for it."""
    found: dict[str, set[str]] = defaultdict(set)
    pairs = [pair for group in _ALIKE for pair in combinations(group, 2)]
    for board in _BOARDS:
        rows = [ROWS[number] for number in board]
        pairs += [pair for row in rows for pair in pairwise(row)]
        for upper, lower in pairwise(rows):
            pairs += [*zip(upper, lower, strict=False), *zip(upper[1:], lower, strict=False)]
    for one, other in pairs:
        found[one].add(other)
        found[other].add(one)
    return found


_CONFUSED = _confused()


def is_usual(typed: str, name: str) -> bool:
    """Whether the letter that the name does not have is one that its own is easily taken for, or a key beside.

    Of scripts whose keyboards are not known here every letter is.
    """
    at = next((i for i, (a, b) in enumerate(zip(typed, name, strict=False)) if a != b), len(typed) - 1)
    beside = name[at : at + 1] if len(typed) == len(name) else name[max(0, at - 1) : at + 1]
    known = _CONFUSED.get(typed[at], frozenset())
    return any(letter in known for letter in beside) if known else not typed[at].isascii()


_MARKED = re.compile("[\u00df-\u024f\u1e00-\u1eff]")


def marks_missing(typed: str, name: str) -> int:
    """How many letters with a mark the line has that the name has not: nobody mistypes those into being.

    So "Hadoī" is rather Hardoī than Hanoi.
    """
    return 0 if typed.isascii() else (_marked(typed) - _marked(name)).total()


def _marked(text: str) -> Counter[str]:
    return Counter(_MARKED.findall(unicodedata.normalize("NFC", text).casefold()))
