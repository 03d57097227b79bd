"""Usual words, and first names of other scripts: whoever types one has not mistyped a place.

Of a table kept by hand. Which place such a word means that is also a name, is not asked here.
"""

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from referral.places.folding import unshortened

TABLE = Path(__file__).with_name("spoken.txt")

_BEFORE = re.compile("(?:و|ب|ك|ف)?ال(?=..)|(?:[והבלמש]ה?)(?=...)")
"""What Arabic and Hebrew write at the word: articles, "and", "in" ..."""
_BEHIND = re.compile("(?<=..)(?:은|는|이|가|을|를|에|의|도|로|와|과|해|한)$|(?<=..)(?:ها|هاي|م)$")
"""... and Korean and Persian behind it."""
_SURNAME = re.compile("[김이박최정강조윤장임한오서신권황안송류홍](?=[가-힣]{2}$)")
"""The commonest Korean surnames, which stand at the given name: 김철수."""


def is_said(folded: str) -> bool:
    """Whether a folded line is one usual word, or a first name; several in a row are hardly near any place."""
    known = _words()
    return " " not in folded and any(form in known for form in _forms(folded))


def _forms(word: str) -> Iterator[str]:
    """The word, and what it may be without what its language writes at it."""
    yield word
    for bare in (_BEFORE.match(word), _SURNAME.match(word)):
        if bare:
            yield word[bare.end() :]
    if (bare_behind := _BEHIND.sub("", word)) != word:
        yield bare_behind


@cache
def _words() -> frozenset[str]:
    lines = TABLE.read_text("utf-8").splitlines()
    return frozenset(unshortened(" ".join(line for line in lines if not line.startswith("#"))).split(" "))
