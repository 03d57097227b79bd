"""Light stems of Hebrew and Arabic: a word less its article, its one-letter prepositions, number, gender and owner.

Only the sense tells whether a first letter is a preposition ("לזוג") or of the word itself ("לימוד"): the word is kept
both ways. A word whose stem is told (`forms.py`) is read as that one, also behind what may stand before it.
"""

import re
from collections.abc import Iterable, Iterator

from index import forms

SHORTEST = 3
"""So many letters are left at least: nearly all roots have three."""

_HEBREW, _ARABIC = re.compile("[א-ת]+"), re.compile("[ء-ي]+")

_FINAL = str.maketrans("ךםןףץ", "כמנפצ")
"""Hebrew letters that are written otherwise at the end."""

_BEFORE = {"": "הובלכמש", "ו": "הבלכמש", "ש": "הבלכמ", "כ": "ש", "מ": "ה"}
"""Which letters may stand before a Hebrew word, by the one before them: "ולזוגות", "כשהזוג"."""

_DOUBTFUL = "מש"
"""More words begin with these by themselves: more must be left of the others."""

_LEFT = f"(?<={'.' * SHORTEST})"
_ENDINGS = re.compile(
    _LEFT + "(?:ותי(?:המ|הנ|כמ|כנ|נו|ה|ו|כ)?|י(?:המ|הנ|כמ|כנ|נו)|תנו|נו|יות|אות|יימ|(?<=.)ינ|ימ|ות|ית|יו|יה|י|ה)$"
)
_FEMALE = re.compile(_LEFT + "ת$")
"""The last of what is left: "משפחתית" is of משפחה, "מטפלת" of מטפל."""

_WRITTEN = str.maketrans({"ى": "ي", "ة": "ه", "ـ": None})
"""Arabic letters that people write for one another at the end of a word."""

_ARTICLE, _PREPOSITION = re.compile("[بك]?ال|لل"), re.compile("[بكلف]")

_ARABIC_ENDINGS = re.compile(_LEFT + "(?:(?:ات|ت)(?:هما|هم|ها|كم|نا|ه|ي)|هما|هم|ها|كم|نا|ات|ان|ون|يين|ين|يه|ه|ي)$")
_BROKEN = re.compile("ا(..)ا(.)|(م.)ا(..)")
"""Plurals that are made inside the word: أزواج of زوج, مشاكل of مشكلة."""


def hebrew(word: str) -> tuple[str, ...]:
    """The stems of a folded word; none where it is in another script."""
    if not _HEBREW.fullmatch(word):
        return ()
    begun = [*_begun(word, "")]
    return _told("he", begun) or tuple(dict.fromkeys(map(_bare, begun)))


def _told(language: str, begun: Iterable[str]) -> tuple[str, ...]:
    """The stems that are told of the longest of these words; none where nothing is told."""
    told = forms.stems(language)
    return next((told[word] for word in begun if word in told), ())


def _bare(word: str) -> str:
    return _FEMALE.sub("", _ENDINGS.sub("", word.translate(_FINAL)))


def _begun(word: str, before: str) -> Iterator[str]:
    """The word, and what is left of it without what may stand before it."""
    yield word
    first, rest = word[:1], word[1:]
    if first and first in _BEFORE.get(before, "") and len(_bare(rest)) >= SHORTEST + (first in _DOUBTFUL):
        yield from _begun(rest, first)


def arabic(word: str) -> tuple[str, ...]:
    """The stems of a folded word; none where it is in another script."""
    if not _ARABIC.fullmatch(word):
        return ()
    begun = [*_without_and(word)]
    if told := _told("ar", begun):
        return told
    bare = [*map(_without_ending, begun)]
    return tuple(dict.fromkeys([*bare, *("".join(m.groups("")) for one in bare if (m := _BROKEN.fullmatch(one)))]))


def _without_and(word: str) -> Iterator[str]:
    yield from _without_article(word)
    if word[:1] == "و" and _is_left(word[1:], SHORTEST):
        yield from _without_article(word[1:])


def _without_article(word: str) -> Iterator[str]:
    yield word
    for before, letters in ((_ARTICLE, SHORTEST), (_PREPOSITION, SHORTEST + 1)):
        if (begun := before.match(word)) and _is_left(rest := word[begun.end() :], letters):
            yield rest
            return


def _is_left(word: str, letters: int) -> bool:
    return len(_without_ending(word)) >= letters


def _without_ending(word: str) -> str:
    return _ARABIC_ENDINGS.sub("", word.translate(_WRITTEN))
