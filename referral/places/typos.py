"""Misspelt names: a table of every name with letters left out, the same code when building and asking.

Two words are near when leaving out letters of each gives the same rest (Garbe's symmetric deletion). Every name is kept
with one letter left out, names of well-known places with two; the true distance is then measured.
"""

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator

from rapidfuzz.distance import OSA, DamerauLevenshtein

from referral.places.hangul import apart
from referral.places.records import padded
from referral.places.store import Store

MIN_LETTERS = 4
FEWEST_LETTERS = 3
"""The same of the scripts between ours and those of syllables, which leave out vowels or have letters of several."""
TWO_EDITS_FROM = 7
TWO_EDITS_FROM_CONSONANTS = 6
"""The same where vowels are not written."""
TWO_LEFT_OUT_FROM = 6
"""A line of so many letters may also lack two of a name, and be right otherwise."""
MAX_LETTERS = 40
"""Longer lines are not corrected: hardly a name is that long."""
TWO_EDITS_TO = 30
"""In longer lines one letter may be wrong: the number of deletions grows with the square."""

BASE = 0x9E3779B97F4A7C15
"""A word is hashed as the sum of letter * BASE ** position, modulo 2 ** 64: a letter is left out with two products."""

INVERSE = pow(BASE, -1, 1 << 64)

LOW_BITS = 12
"""The upper 32 bits of a hash are a bucket (the row) and this many low bits (kept with the entry)."""

_MASK = (1 << 64) - 1

_ALPHABETS = re.compile("[\u0370-\u10ff\u3130-\u318f]")
_CONSONANTS = re.compile("[\u0590-\u06ff]")
_KANA = re.compile("[\u3040-\u30ff]")

_NUMBERED = re.compile(r"\D{3,} \d\d?")


def may_be_wrong(folded: str) -> bool:
    """Whether letters may be wrong in it: a number stands only behind a name, as that of a district of Marseille."""
    return not any(map(str.isdigit, folded)) or _NUMBERED.fullmatch(folded) is not None


def count(folded: str) -> int:
    """How many letters a line has; one more in kana, each of which is a syllable."""
    return len(folded) - folded.count(" ") + is_kana(folded)


def is_kana(folded: str) -> bool:
    """Whether each letter is a syllable."""
    return _KANA.match(folded) is not None


def least_letters(folded: str) -> int:
    """How many letters a line must have to be corrected."""
    return FEWEST_LETTERS if _ALPHABETS.match(folded) else MIN_LETTERS


def edits_allowed(folded: str) -> int:
    """How many wrong letters a line of this length may have."""
    letters = count(folded)
    if letters < least_letters(folded) or len(folded) > MAX_LETTERS or not may_be_wrong(folded):
        return 0
    twice_from = TWO_EDITS_FROM_CONSONANTS if _CONSONANTS.match(folded) else TWO_EDITS_FROM
    return 2 if letters >= twice_from and len(folded) <= TWO_EDITS_TO else 1


def deletions(folded: str, depth: int) -> Iterator[int]:
    """32-bit hashes of `folded` itself and with up to `depth` letters left out."""
    sums = [0]
    power = 1
    for letter in folded:
        sums.append(sums[-1] + ord(letter) * power)
        power = power * BASE & _MASK
    total, length = sums[-1], len(folded)
    yield total >> 32 & 0xFFFFFFFF
    for i in range(length):
        yield (sums[i] + INVERSE * (total - sums[i + 1])) >> 32 & 0xFFFFFFFF
    if depth == 2:
        twice = INVERSE * INVERSE & _MASK
        for i in range(length):
            start = sums[i] - INVERSE * sums[i + 1]
            for j in range(i + 1, length):
                yield (start + INVERSE * sums[j] + twice * (total - sums[j + 1])) >> 32 & 0xFFFFFFFF


def near(store: Store, folded: str, most: int = 2, least: float = 0.0) -> list[tuple[str, int]]:
    """Names that score at least so much within the allowed edits of `folded`, and `most`, with their distance."""
    folded = apart(folded)
    allowed = min(edits_allowed(folded), most)
    if not allowed:
        return []
    wanted = _by_bucket(deletions(folded, allowed))
    buckets = list(wanted)
    ids: set[int] = set()
    for start in range(0, len(buckets), 64):
        for bucket, entries in store.deletions(_padded(buckets[start : start + 64])).items():
            ids.update(_matching(entries, wanted[bucket]))
    end = store.known_spellings(least) if ids else 0
    known = sorted(id_ for id_ in ids if id_ < end)
    words = [w for start in range(0, len(known), 64) for w in store.spellings(_padded(known[start : start + 64]))]
    two_left_out = len(folded) + 2 if allowed < most and len(folded) >= TWO_LEFT_OUT_FROM else 0
    number = _number(folded)
    measured = ((w, letters, _distance(folded, letters, most)) for w in words if _number(letters := apart(w)) == number)
    return [(w, d) for w, letters, d in measured if d <= (most if len(letters) == two_left_out else allowed)]


def _number(folded: str) -> str:
    """The figures of it, which nobody mistypes into others."""
    return "".join(filter(str.isdigit, folded))


def _distance(typed: str, name: str, most: int) -> int:
    """How many letters are wrong; a letter typed between two that are swapped is one more, and not two."""
    wrong = OSA.distance(typed, name, score_cutoff=most)
    return wrong if wrong <= most else DamerauLevenshtein.distance(typed, name, score_cutoff=most)


def _padded(numbers: list[int]) -> list[int]:
    """`numbers` filled up to a round count."""
    return padded(numbers, len(numbers) + -len(numbers) % 16)


def _by_bucket(hashes: Iterable[int]) -> dict[int, set[int]]:
    wanted: dict[int, set[int]] = defaultdict(set)
    for number in hashes:
        wanted[number >> LOW_BITS].add(number & ((1 << LOW_BITS) - 1))
    return wanted


def _matching(entries: bytes, lows: set[int]) -> Iterator[int]:
    """The spelling numbers in a packed bucket whose low bits are wanted: all low bits in order, then all numbers."""
    count = len(entries) // 6
    view = memoryview(entries)
    keys, numbers = view[: count * 2].cast("H"), view[count * 2 :].cast("I")
    for low in lows:
        at = bisect_left(keys, low)
        while at < count and keys[at] == low:
            yield numbers[at]
            at += 1
