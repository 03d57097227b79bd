"""Whether a name in another script is a place's main name as that script writes it, or another name altogether.

The data does not say so: "Абуджа" is a name of Abuja, and of Suleja, which was Abuja once. How the two sound does.
"""

import re
from functools import lru_cache

from anyascii import anyascii
from rapidfuzz import fuzz

from referral.places.folding import OTHER_SCRIPTS, fold
from referral.places.types import Place

_HAN = re.compile("[\u3400-\u9fff ]+")
READ_OTHERWISE = frozenset({"JP", "KR"})
"""Countries that read these signs in ways of their own: a name in them is taken for the main one there."""

_VOWELS = re.compile("[aeiouyhw ]+|(?<=n)g")
"""What scripts leave out or mix up."""
_TWICE = re.compile(r"(.)\1+")
_ALIKE = str.maketrans("cqgxzjvfpdr", "kkkkssbbbtl")


def likeness(folded: str, place: Place) -> float:
    """How much a name in another script sounds as the place's main name, from 0 to 1; 0 of a name in our letters."""
    if folded[:1] < OTHER_SCRIPTS:
        return 0.0
    if place.country in READ_OTHERWISE and _HAN.fullmatch(folded):
        return 1.0
    return alike(folded, place.name)


def alike(name: str, main: str) -> float:
    """How much two names sound alike, whatever letters they are in, from 0 to 1."""
    return max(fuzz.ratio(a, b) for a, b in zip(_spoken(name), _spoken(main), strict=True)) / 100


@lru_cache(maxsize=256)
def _spoken(name: str) -> tuple[str, str]:
    """A name in our letters, and its consonants, those that sound alike as one."""
    latin = fold(anyascii(name))
    return latin, _TWICE.sub(r"\1", _VOWELS.sub("", latin).translate(_ALIKE))
