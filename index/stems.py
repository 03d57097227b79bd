"""Stems of folded words: what Whoosh's stemmers leave apart (`forms.toml`), and light stems where it has none.

A light stem is the word less what the language puts around it. A word may have several: whether the first letter of a
Hebrew word belongs to it, only its sense tells. No dictionary is asked; so a stem keeps three letters, else words that
have nothing to do with each other would meet.
"""

import re
import tomllib
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from pathlib import Path

from index import semitic, turkish

FORMS = Path(__file__).with_name("forms.toml")

LIGHT: Mapping[str, Callable[[str], Sequence[str]]] = {
    "he": semitic.hebrew,
    "ar": semitic.arabic,
    "tr": turkish.stems,
}
"""By language the light stems of a folded word; none where it is in another script."""

_NOT_LATIN = ("ru",)
"""Languages of Whoosh's stemmers that are written in other letters."""

_Rules = Sequence[tuple[re.Pattern[str], str]]


def of(word: str, language: str, stemmer: Callable[[str], str]) -> tuple[str, ...]:
    """The stems of a folded word by a stemmer of Whoosh, each once; none where it is in another script."""
    if word.isascii() is (language in _NOT_LATIN):
        return ()
    before, also, after = _rules(language)
    said = _by(before, word)
    forms = (said, other) if (other := _by(also, said)) != said else (said,)
    return tuple(dict.fromkeys(_by(after, stemmer(form) or form) for form in forms))


def _by(rules: _Rules, word: str) -> str:
    """A word by the first rule that fits."""
    return next((pattern.sub(said, word) for pattern, said in rules if pattern.search(word)), word)


@cache
def _rules(language: str) -> tuple[_Rules, _Rules, _Rules]:
    """The rules of a language: before, also, after."""
    told = tomllib.loads(FORMS.read_text("utf-8")).get(language, {})
    before, also, after = (
        [(re.compile(form), said) for form, said in told.get(kind, {}).items()] for kind in ("before", "also", "after")
    )
    return before, also, after
