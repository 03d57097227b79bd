"""Stems of folded words: what Whoosh's stemmers lack (`forms.py`), and light stems where it has none.

A light stem is the word less what the language puts around it. A word may have several: whether the first letter of a
Hebrew word belongs to it, only its sense tells. No dictionary is asked; so a stem keeps three letters, else words that
have nothing to do with each other would meet.
"""

from collections.abc import Callable, Mapping, Sequence

from index import forms, semitic, turkish

LIGHT: Mapping[str, Callable[[str], Sequence[str]]] = {
    "he": semitic.hebrew,
    "ar": semitic.arabic,
    "tr": turkish.stems,
}
"""By language the light stems of a folded word; none where it is in another script."""

_NOT_LATIN = ("ru",)
"""Languages of Whoosh's stemmers that are written in other letters."""


def of(word: str, language: str, stemmer: Callable[[str], str]) -> tuple[str, ...]:
    """The stems of a folded word by a stemmer of Whoosh, each once; none where it is in another script."""
    if word.isascii() is (language in _NOT_LATIN):
        return ()
    if told := forms.stems(language).get(word):
        return told
    before, also, after = forms.rules(language)
    said = _by(before, word)
    may_be = (said, other) if (other := _by(also, said)) != said else (said,)
    return tuple(dict.fromkeys(_by(after, stemmer(form) or form) for form in may_be))


def _by(rules: forms.Rules, word: str) -> str:
    """A word by the first rule that fits."""
    return next((pattern.sub(said, word) for pattern, said in rules if pattern.search(word)), word)
