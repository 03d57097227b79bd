"""Hangul as it is typed: the keys of each syllable, one after the other.

A syllable holds two to five of them, so that one wrong key makes another syllable: 서을 for 서울.
"""

import re
import unicodedata
from collections.abc import Iterator

_HANGUL = re.compile("[\u1100-\u11ff가-힣]")
_LONE = re.compile("[\u1100-\u11ff]")

_LEADS = "ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ"
_VOWELS = "ㅏㅐㅑㅒㅓㅔㅕㅖㅗㅘㅙㅚㅛㅜㅝㅞㅟㅠㅡㅢㅣ"
_FINALS = "ㄱㄲㄳㄴㄵㄶㄷㄹㄺㄻㄼㄽㄾㄿㅀㅁㅂㅄㅅㅆㅇㅈㅊㅋㅌㅍㅎ"
_TWO_KEYS = {
    "ㅘ": "ㅗㅏ", "ㅙ": "ㅗㅐ", "ㅚ": "ㅗㅣ", "ㅝ": "ㅜㅓ", "ㅞ": "ㅜㅔ", "ㅟ": "ㅜㅣ", "ㅢ": "ㅡㅣ",
    "ㄳ": "ㄱㅅ", "ㄵ": "ㄴㅈ", "ㄶ": "ㄴㅎ", "ㄺ": "ㄹㄱ", "ㄻ": "ㄹㅁ", "ㄼ": "ㄹㅂ",
    "ㄽ": "ㄹㅅ", "ㄾ": "ㄹㅌ", "ㄿ": "ㄹㅍ", "ㅀ": "ㄹㅎ", "ㅄ": "ㅂㅅ",
}  # fmt: skip
"""What is typed with two keys; ㄲ and its like are one with shift."""

_KEYS = {
    first + number: _TWO_KEYS.get(letter, letter)
    for first, letters in ((0x1100, _LEADS), (0x1161, _VOWELS), (0x11A8, _FINALS))
    for number, letter in enumerate(letters)
}
"""Letter as Unicode takes syllables apart → keys: a consonant is the same before its vowel and behind it."""


def apart(folded: str) -> str:
    """The keys of a folded name in Hangul; any other as it is."""
    return unicodedata.normalize("NFD", folded).translate(_KEYS) if _HANGUL.match(folded) else folded


def is_broken(folded: str) -> bool:
    """Whether a letter of a folded line stands in no syllable: ㄱ미 lacks one of 구미."""
    return _LONE.search(folded) is not None


_SYLLABLES = range(0xAC00, 0xD7A4)
_OF_LEAD, _OF_VOWEL = 588, 28
"""Syllables with the same first letter, and with the same first two."""
_KEYS_OF = {
    letters: [apart(chr(first + number)) for number in range(count)]
    for letters, first, count in ((_LEADS, 0x1100, 19), (_VOWELS, 0x1161, 21), (_FINALS, 0x11A8, 27))
}


def going_on(begun: str) -> Iterator[tuple[str, str]]:
    """The folded names, from each of these up to the other, that may become of what is typed in Hangul so far.

    The last syllable may want letters still, and give its last consonant to the next: 서우 and 붓 for 서울 and 부산.
    """
    before, last = begun[:-1], apart(begun[-1:])
    for lead in _may_become(last[:1], _LEADS):
        yield from _from_lead(before, lead, last[1:])


def _from_lead(before: str, lead: int, keys: str) -> Iterator[tuple[str, str]]:
    """The names that go on with this consonant and then with these keys."""
    start = _SYLLABLES.start + lead * _OF_LEAD
    if not keys:
        yield _between(before, start, _OF_LEAD)
        return
    for vowel, letters in enumerate(_KEYS_OF[_VOWELS]):
        at = start + vowel * _OF_VOWEL
        if letters.startswith(keys):
            yield _between(before, at, _OF_VOWEL)
        elif keys.startswith(letters):
            yield from _from_vowel(before, at, keys.removeprefix(letters))


def _from_vowel(before: str, open_: int, keys: str) -> Iterator[tuple[str, str]]:
    """The names that go on with this open syllable and then with these consonants."""
    for number, letters in enumerate(_KEYS_OF[_FINALS], 1):
        if letters.startswith(keys):
            yield _between(before, open_ + number, 1)
    for closed, letters in enumerate(("", *_KEYS_OF[_FINALS])):
        if keys.startswith(letters) and len(keys) == len(letters) + 1:
            for lead in _may_become(keys[-1], _LEADS):
                yield _between(before + chr(open_ + closed), _SYLLABLES.start + lead * _OF_LEAD, _OF_LEAD)


def _may_become(key: str, letters: str) -> Iterator[int]:
    return (number for number, letter in enumerate(letters) if letter == key)


def _between(before: str, first: int, count: int) -> tuple[str, str]:
    return before + chr(first), before + chr(first + count)
