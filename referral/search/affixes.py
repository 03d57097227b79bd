"""What a word may be without what its language hangs on it: "בירושלים", "부산에서", "Konya'da", "l'infidélité"."""

import re
from collections.abc import Iterator
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Form:
    """A word, or what is left of it."""

    text: str
    is_inside: bool = False
    """Whether what was taken off says "in": then a place follows, or stands before it."""


_ELIDED = re.compile(r"(?:qu|[cdjlmnst]|un|all|dall|dell|nell|sull|quell)['’](?=\w)", re.IGNORECASE)
_AFTER_APOSTROPHE = re.compile(r"['’]([dt][ae](?:n|y[ıi][mz])?|[dt][ae]ki|[ny]?[aeiıuü]|n?[iıuü]n)$")
_TURKISH = re.compile(r"(?<=\w{4})[dt][ae]$")
"""Of istanbulda: without the apostrophe only a Turkish visitor means it, for others it ends "Canada" and "agenda"."""

_HEBREW = re.compile(r"[ושמהלבכ](?=[א-ת]{2})")
_ARABIC = re.compile(r"(?:وال|بال|لل|ال|[وبل])(?=[\u0621-\u064a]{3})")
_CYRILLIC = re.compile(r"(?<=[а-яіїє]{3})[еиуі]$", re.IGNORECASE)
"""Of в Москве, в Казани: what stood there, and the endings that may have."""
_HUNGARIAN = re.compile(r"(?<=\w{4})(?:b[ae]n|[oeö]n|[oeö]tt|n)$")
"""Of Szegeden, Debrecenben: only a Hungarian visitor means it."""
_AT_HOME = {"TR": _TURKISH, "HU": _HUNGARIAN}

_UNSPACED = re.compile(r"^[在到]|(?:での|找|で|にて|に|の|的|市)$")

_KOREAN = re.compile(r"(?<=[가-힣]{2})(에서는?|에서의|에|으로|로|의|을|를|이|가|은|는|과|와|도|쪽|랑|하고|이?나)$")

_TONGUE = re.compile(r"(?<=\w{4})(?:sprachig|talig)(?:e[nrs]?)?$")
"""Of türkischsprachige, Engelstalig: the language is what stands before it."""

MOST_HEBREW = 3
"""Letters that may stand before a Hebrew word at once: "ושב"."""


def forms(word: str, country: str | None = None) -> Iterator[Form]:
    """The word as it is, then without what its script or apostrophe says was hung on it; `country` of the visitor."""
    yield Form(word)
    if found := _TONGUE.search(word):
        yield Form(word[: found.start()])
    if word.isascii() and "'" not in word and country not in _AT_HOME:
        return
    if found := _ELIDED.match(word):
        yield Form(word[found.end() :])
    if found := _AFTER_APOSTROPHE.search(word):
        yield Form(word[: found.start()], found[1][0] in "dt")
    elif country in _AT_HOME and (found := _AT_HOME[country].search(word)):
        yield Form(word[: found.start()], True)
    yield from _of_script(word)


def _of_script(word: str) -> Iterator[Form]:
    yield from _semitic(word)
    if found := _CYRILLIC.search(word):
        for ending in ("", "а", "ь", "я"):
            yield Form(word[: found.start()] + ending, True)
    if len(bare := _UNSPACED.sub("", word)) > 1 and bare != word:
        yield Form(bare, True)
    if found := _KOREAN.search(word):
        yield Form(word[: found.start()], found[1].startswith("에"))


def _semitic(word: str) -> Iterator[Form]:
    for taken in range(1, MOST_HEBREW + 1):
        if not _HEBREW.match(word, taken - 1):
            break
        yield Form(word[taken:], word[taken - 1] == "ב")
    if found := _ARABIC.match(word):
        yield Form(word[found.end() :], "ب" in found[0])
        if found[0] in ("بال", "لل", "وال"):
            yield Form("ال" + word[found.end() :], "ب" in found[0])
        elif found[0] == "ب":
            yield Form(word[1:], True)
