"""Words: what a document's texts are found by, and how a typed line is read. The only module that imports Whoosh.

Whoosh does the analysis (its tokenizer and stemmers). Its query language, searchers and files are used nowhere: one
search with a wildcard could pin a processor for 20 s, and a searcher costs 0.2 s to open. A document's words are
exported to arrays.

Two kinds of keys stand in the word table: the word itself ("couples"), and for running text also its stem in the
language it is written in ("~en~coupl"). Folded words hold letters and digits only, so the two never meet.
"""

import re
from array import array
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache, partial
from itertools import chain
from typing import Any

import numpy as np
from numpy.typing import NDArray
from whoosh.analysis import Filter, RegexTokenizer
from whoosh.lang import has_stemmer, stemmer_for_language
from whoosh.lang.stopwords import stoplists

from index.arrays import Floats, Ints, Keys, Levels, begins, sorting
from index.folding import fold
from index.lists import key_bytes
from index.order import MENTIONS, WEIGHTS
from index.signs import pieces
from index.types import Document

LINE, WORDS, PIECES, LETTERS = 200, 12, 24, 40
"""What is read of a typed line: characters, words, their pieces, letters of a piece; of what is written, letters."""

PREFIX, SYLLABLES, EXPANSIONS = 3, 2, 200
"""From so many letters, or signs that stand for syllables, the last word also stands for so many longer ones."""

_SYLLABLES = re.compile("[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7a3]")

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


def typed(line: str) -> list[str]:
    """The words of a typed line, folded."""
    return fold(line[:LINE]).split()[:WORDS]


def asked(line: str) -> tuple[str, ...]:
    """What a typed line asks for: its words, or the pieces they are searched by (`signs.py`)."""
    return tuple([piece[:LETTERS] for word in typed(line) for piece in pieces(word)][:PIECES])


def may_begin(word: str) -> bool:
    """Whether an asked word is long enough to stand for longer ones; Korean and Chinese words have two signs."""
    return len(word) >= (SYLLABLES if _SYLLABLES.match(word) else PREFIX)


def keys(word: str, languages: tuple[str, ...]) -> tuple[str, ...]:
    """The keys in the word table that an asked word stands for: itself and its stem in each of `languages`."""
    return (word, *(stem_key(word, language) for language in languages))


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
    """The words of a text, folded, or their pieces."""
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
                for piece in pieces(word):
                    token.text = piece[:LETTERS]
                    yield token


_WORDS = RegexTokenizer(r"\S+") | _Folding()


@lru_cache(maxsize=64)
def _stemmer(language: str) -> Callable[[str], str]:
    stemmer: Callable[[str], str] = stemmer_for_language(language)
    return lru_cache(maxsize=20_000)(stemmer)


def stem_key(word: str, language: str) -> str:
    """The key of a folded word's stem."""
    return f"{STEM_MARK}{language}{STEM_MARK}{stem(word, language)}"


_FIELDS = tuple(WEIGHTS)
_WEIGHTS = np.array([WEIGHTS[field] for field in _FIELDS])
_MENTIONS = np.array([MENTIONS.get(field, 1) for field in _FIELDS])
_BY_LENGTH, _USUAL = np.array([_RUNNING_TEXT.get(field, (0.0, 1)) for field in _FIELDS]).T

_REMEMBERED = 400_000
"""So many pieces of text are known at once; then all are forgotten, which bounds memory and costs a little."""


@dataclass(frozen=True, slots=True)
class Entries:
    """The keys of some documents, each once a document: by key, and for each key by document."""

    keys: Ints
    """Numbers in the vocabulary."""
    rows: Ints
    """Which of the documents, from 0."""
    levels: Levels


class _Pieces(dict[str, int]):
    """Numbers for pieces of text, learnt when they are first met."""

    def __init__(self, learn: Callable[[str], int]) -> None:
        self._learn = learn

    def __missing__(self, piece: str) -> int:
        number = self[piece] = self._learn(piece)
        return number


class Vocabulary:
    """Numbers for the keys of documents, in the order they are met. Not for several threads at once.

    A piece is what stands between two spaces. Whoosh sees each piece once a language; from then on it is a number too,
    and all counting is numpy's, for many documents together.
    """

    def __init__(self) -> None:
        self.names: list[str] = []
        """All keys, by number."""
        self.stored: list[bytes] = []
        """The same as they are stored."""
        self._letters, self._lengths = array("Q"), array("B")
        self._numbers: dict[str, int] = {}
        self._forget()

    def weigh(self, document: Document) -> tuple[Ints, Levels]:
        """The document's keys by number, each once, and their levels."""
        entries = self.weigh_all([document])
        return entries.keys, entries.levels

    def weigh_all(self, documents: Iterable[Document]) -> Entries:
        """The keys of these documents, and their levels.

        The weight behind a level is BM25F's: over the fields, mentions times the field's weight, by length where it
        matters. It is the same to the last bit whatever other documents are weighed together with one.
        """
        if len(self._ends) > _REMEMBERED:
            self._forget()
        pieces, texts, lengths = array("I"), array("q"), array("q")
        for row, document in enumerate(documents):
            for place, field in enumerate(_FIELDS):
                before = len(pieces)
                for language, text in _written_in(document, field):
                    pieces.extend(map(self._known(field, language).__getitem__, text.split()))
                if len(pieces) > before:
                    texts.append(row * len(_FIELDS) + place)
                    lengths.append(len(pieces) - before)
        return self._weighed(
            np.array(pieces, dtype=np.uint32), np.array(texts, dtype=np.int64).repeat(np.array(lengths, dtype=np.int64))
        )

    def shapes(self, numbers: Ints) -> tuple[Keys, Levels]:
        """What suggestions look at first: letters and length of each key, nothing of stems."""
        if not len(numbers):
            return np.zeros(0, dtype=np.uint64), np.zeros(0, dtype=np.uint8)
        return (
            np.frombuffer(self._letters, dtype=np.uint64)[numbers],
            np.frombuffer(self._lengths, dtype=np.uint8)[numbers],
        )

    def _weighed(self, pieces: NDArray[np.uint32], texts: Ints) -> Entries:
        """The keys of pieces, each of which stands in a text: a document's row and a field as one number."""
        if not len(self._held):
            return Entries(texts[:0], texts[:0], np.zeros(0, dtype=np.uint8))
        ends, held = np.frombuffer(self._ends, dtype=np.int64), np.frombuffer(self._held, dtype=np.uint32)
        counts = ends[pieces + 1] - ends[pieces]
        at = (ends[pieces] - (counts.cumsum() - counts)).repeat(counts)
        at += np.arange(len(at))
        keys, texts = held[at], texts.repeat(counts)
        shares = _shares(np.bincount(texts[keys & 1 == 0], minlength=int(texts.max(initial=-1)) + 1))
        by_key = sorting(keys)
        keys, texts = keys[by_key], texts[by_key]
        starts = np.flatnonzero(begins(keys) | begins(texts))
        mentions = np.diff(starts, append=len(keys))
        keys, texts = keys[starts], texts[starts]
        weights = shares[keys & 1, texts] * np.minimum(mentions, _MENTIONS[texts % len(_FIELDS)])
        rows = texts // len(_FIELDS)
        starts = np.flatnonzero(begins(keys) | begins(rows))
        sums = np.add.reduceat(weights, starts) if len(starts) else weights
        return Entries((keys[starts] >> 1).astype(np.int64), rows[starts], levels_of(sums))

    def _known(self, field: str, language: str) -> _Pieces:
        """The pieces of a field; only running text has stems."""
        language = language if field in _RUNNING_TEXT and can_stem(language) else ""
        if language not in self._pieces:
            self._pieces[language] = _Pieces(partial(self._learn, language))
        return self._pieces[language]

    def _learn(self, language: str, piece: str) -> int:
        """Remember the words of a piece, and their stems."""
        words = written(piece)
        self._held.extend(2 * self._number(word) for word in words)
        if language:
            self._held.extend(2 * self._number(stem_key(word, language)) + 1 for word in words)
        self._ends.append(len(self._held))
        return len(self._ends) - 2

    def _number(self, key: str) -> int:
        number = self._numbers.setdefault(key, len(self.names))
        if number == len(self.names):
            typed = "" if key.startswith(STEM_MARK) else key
            self.names.append(key)
            self.stored.append(key_bytes(key))
            self._letters.append(letters_in(typed))
            self._lengths.append(min(len(typed), LETTERS))
        return number

    def _forget(self) -> None:
        """Know no pieces; the numbers of keys stay."""
        self._pieces: dict[str, _Pieces] = {}
        self._held, self._ends = array("I"), array("q", [0])
        # _held: the keys of all pieces, one after the other, twice their number, and one more for a stem.


def letters_in(word: str) -> int:
    """The set of a word's letters as 64 bits; some letters share one."""
    bits = 0
    for letter in word:
        bits |= 1 << (ord(letter) & 63)
    return bits


def stemmed_in(document: Document) -> set[str]:
    """The languages that stems of a document may be of."""
    return {one for one in (document.language, *chain.from_iterable(document.called.values())) if can_stem(one)}


def _written_in(document: Document, field: str) -> Iterator[tuple[str, str]]:
    """What a field says, and in which language."""
    if text := document.texts.get(field):
        yield document.language, text
    if called := document.called.get(field):
        yield from called.items()


def _shares(lengths: Ints) -> Floats:
    """What a mention weighs in each text of so many words: of a word in the first line, of a stem in the second."""
    lengths = np.append(lengths, np.zeros(-len(lengths) % len(_FIELDS), dtype=np.int64)).reshape(-1, len(_FIELDS))
    each = (_WEIGHTS / np.maximum(1.0, 1 - _BY_LENGTH + _BY_LENGTH * lengths / _USUAL)).ravel()
    return np.stack([each, each * _STEMMED])


def stop_words(language: str) -> frozenset[str]:
    """The folded words that hold sentences of a language (ISO 639-1) together; none where Whoosh has no list."""
    return frozenset(map(fold, stoplists.get(language, ())))
