"""Words: what a document's texts are found by, and how a typed line is read. The only module that imports Whoosh.

Whoosh does the analysis (its tokenizer and stemmers). Its query language, searchers and files are used nowhere: one
search with a wildcard could pin a processor for 20 s, and a searcher costs 0.2 s to open. A document's words are
exported to arrays.

Two kinds of keys stand in the word table: the word itself ("couples"), and for running text also its stem in the
document's language ("~en~coupl"). Folded words hold letters and digits only, so the two never meet.
"""

from array import array
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache
from typing import Any

import numpy as np
from whoosh.analysis import Filter, RegexTokenizer
from whoosh.lang import has_stemmer, stemmer_for_language

from index.arrays import Floats, Levels
from index.folding import fold
from index.order import MENTIONS, WEIGHTS
from index.types import Document

LINE, WORDS, LETTERS = 200, 12, 40
"""What is read of a typed line: characters, words, letters of a word. Written words are cut to the same letters."""

PREFIX, EXPANSIONS = 3, 200
"""From so many letters the last word also stands for longer ones, but for no more than so many."""

STEM_MARK = "~"
"""Begins the key of a stem."""

SATURATION = 1.2
"""BM25's k1: how soon further mentions stop mattering."""

_RUNNING_TEXT = {"credentials": (0.0, 1), "topics": (0.5, 12), "bio": (0.75, 120)}
"""Fields whose words are stemmed too: (BM25's b: how much length matters, usual length in words).

The usual length is fixed and not the day's average, so that a listing's score never depends on others; texts that are
shorter gain nothing.
"""

_STEMMABLE = 3
"""Shorter words have no other forms, and some stemmers fail on them."""

_STEMMED = 0.8
"""What a match of the stem weighs, where the word itself weighs 1."""

_PREFIXED = 0.5
"""What a match of a longer word weighs."""


def asked(line: str) -> tuple[str, ...]:
    """The words of a typed line, folded."""
    return tuple(word[:LETTERS] for word in fold(line[:LINE]).split()[:WORDS])


def keys(word: str, languages: tuple[str, ...]) -> tuple[str, ...]:
    """The keys in the word table that an asked word stands for: itself and its stem in each of `languages`."""
    return (word, *(_stem_key(word, language) for language in languages))


def levels_of(weights: Floats) -> Levels:
    """BM25F's saturation, from 1 to 255: the more and weightier the mentions, the nearer to 255."""
    return np.maximum(np.rint(255 * weights / (weights + SATURATION)), 1).astype(np.uint8)


def _prefixed() -> Levels:
    """By the level of a longer word: solve the saturation for the weight, and take only a share of that."""
    levels = np.arange(255)
    weights = np.append(SATURATION * levels / (255 - levels), 1e9)
    return np.append(np.zeros(1, dtype=np.uint8), levels_of(_PREFIXED * weights[1:]))


PREFIXED = _prefixed()
"""The level of a match by a longer word, by its own level; 0 stays none."""


def written(text: str) -> list[str]:
    """The words of a text, folded."""
    return [token.text for token in _WORDS(text)]


def stem(word: str, language: str) -> str:
    """The stem of a folded word; the word itself where Whoosh has no stemmer for the language."""
    return _stemmer(language)(word) or word if len(word) >= _STEMMABLE and can_stem(language) else word


@lru_cache(maxsize=64)
def can_stem(language: str) -> bool:
    """Whether Whoosh has a stemmer for it."""
    return bool(has_stemmer(language))


class _Folding(Filter):  # type: ignore[misc]  # Whoosh ships no types
    """Whoosh's filter that folds each token, and makes several of those that hold several words."""

    def __call__(self, tokens: Iterable[Any]) -> Iterator[Any]:
        for token in tokens:
            for word in fold(token.text).split():
                token.text = word[:LETTERS]
                yield token


_WORDS = RegexTokenizer(r"\S+") | _Folding()


@lru_cache(maxsize=64)
def _stemmer(language: str) -> Callable[[str], str]:
    stemmer: Callable[[str], str] = stemmer_for_language(language)
    return lru_cache(maxsize=20_000)(stemmer)


def _stem_key(word: str, language: str) -> str:
    return f"{STEM_MARK}{language}{STEM_MARK}{stem(word, language)}"


_Numbers = tuple[tuple[int, ...], tuple[int, ...]]
"""Of a piece of text: its words, and their stems."""


class Vocabulary:
    """Numbers for the keys of documents, in the order they are met."""

    def __init__(self) -> None:
        self.numbers: dict[str, int] = {}
        self._known: dict[str, dict[str, _Numbers]] = {}

    def weigh(self, document: Document) -> tuple["array[int]", Levels]:
        """The document's keys by number, each once, and their levels.

        The weight behind a level is BM25F's: over the fields, mentions times the field's weight, by length where it
        matters.
        """
        weights: dict[int, float] = {}
        for field, weight in WEIGHTS.items():
            if text := document.texts.get(field):
                self._weigh_text(text, field, weight, document.language, weights)
        return array("I", weights), levels_of(np.array(list(weights.values()), dtype=np.float64))

    def _weigh_text(self, text: str, field: str, weight: float, language: str, weights: dict[int, float]) -> None:
        """Add what one field weighs."""
        language = language if field in _RUNNING_TEXT and can_stem(language) else ""
        known = self._known.setdefault(language, {})
        mentions = [(known.get(piece) or self._learn(piece, language), n) for piece, n in Counter(text.split()).items()]
        b, usual = _RUNNING_TEXT.get(field, (0.0, 1))
        each = weight / max(1.0, 1 - b + b * sum(len(plain) * n for (plain, _), n in mentions) / usual)
        for kind, share in ((0, each), (1, each * _STEMMED)):
            counts: dict[int, int] = {}
            for numbers, n in mentions:
                for number in numbers[kind]:
                    counts[number] = counts.get(number, 0) + n
            for number, n in counts.items():
                weights[number] = weights.get(number, 0.0) + share * min(n, MENTIONS.get(field, 1))

    def _learn(self, piece: str, language: str) -> _Numbers:
        """Remember the words of a piece of text without spaces, and their stems."""
        words = written(piece)
        stems = [_stem_key(word, language) for word in words] if language else []
        self._known[language][piece] = self._numbered(words), self._numbered(stems)
        return self._known[language][piece]

    def _numbered(self, keys: list[str]) -> tuple[int, ...]:
        return tuple(self.numbers.setdefault(key, len(self.numbers)) for key in keys)
