"""Documents turned into numbered keys and how well each matches: BM25F over fields, for many documents together.

What a word or its stem is, `words.py` says; nothing here analyses.
"""

from array import array
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import chain

import numpy as np
from numpy.typing import NDArray

from index.arrays import Floats, Ints, Keys, Levels, begins, sorting
from index.lists import key_bytes
from index.order import ALSO_CALLED, MENTIONS, WEIGHTS
from index.types import Document
from index.words import (
    LETTERS,
    STEM_MARK,
    can_stem,
    heard_keys,
    joined,
    letters_in,
    levels_of,
    stem_keys,
    surnames,
    written,
)

_RUNNING_TEXT = {"credentials": (0.0, 1), "topics": (0.5, 12), "bio": (0.75, 120)}
"""Fields whose words are stemmed too: (BM25's b: how much length matters, usual length in words).

The usual length is fixed and not the day's average, so that a listing's score never depends on others; texts that are
shorter gain nothing.
"""

_STEMMED = 0.8
"""What a match of the stem weighs, where the word itself weighs 1."""

_NAME, _HEARD = "name", 0.5
"""The field whose words are found in other scripts too, and what such a match weighs: below any name as it is typed."""

_TOPICS, _ALSO = "topics", "also"
"""What else topics are called, in all languages, is a field of its own: its hundred words make no topic's own name
count less.
"""

_FIELDS = (*WEIGHTS, _ALSO)
_WEIGHTS = np.array([*WEIGHTS.values(), WEIGHTS[_TOPICS] * ALSO_CALLED])
_MENTIONS = np.array([MENTIONS.get(field, 1) for field in _FIELDS])
_OTHERWISE = np.array([_HEARD if field == _NAME else _STEMMED for field in _FIELDS])
_BY_LENGTH, _USUAL = np.array([_RUNNING_TEXT.get(field, (0.0, 1)) for field in _FIELDS]).T

_NOTHING: Mapping[str, Sequence[str]] = {}

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

    A piece is what stands between two spaces, or a whole phrase of what terms are called. Whoosh sees each piece once a
    language; from then on it is a number too, and all counting is numpy's, for many documents together.
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
                if text := document.texts.get(field):
                    pieces.extend(map(self._known(field, document.language).__getitem__, text.split()))
                for language, phrases in _called(document, field).items():
                    pieces.extend(map(self._known(field, language).__getitem__, phrases))
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
        """The pieces of a field; only running text has stems, and only a name is heard."""
        language = _NAME if field == _NAME else language if field in _RUNNING_TEXT and can_stem(language) else ""
        if language not in self._pieces:
            self._pieces[language] = _Pieces(partial(self._learn, language))
        return self._pieces[language]

    def _learn(self, language: str, piece: str) -> int:
        """Remember the words of a piece, and their stems or how they are heard; of names the surname, and as one."""
        words = written(piece)
        self._held.extend(2 * self._number(word) for word in words)
        if language == _NAME:
            self._held.extend(2 * self._number(one) for one in (*surnames(piece), *joined(piece)))
            self._held.extend(2 * self._number(key) + 1 for key in heard_keys(piece))
        elif language:
            self._held.extend(2 * self._number(key) + 1 for word in words for key in stem_keys(word, language))
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
        # _held: the keys of all pieces, one after the other, twice their number, and one more for a stem or a sound.


def _called(document: Document, field: str) -> Mapping[str, Sequence[str]]:
    """What terms of a field are called, by language; what topics are called in any language stands in `_ALSO`."""
    if field not in (_TOPICS, _ALSO):
        return document.called.get(field, _NOTHING)
    called = document.called.get(_TOPICS, _NOTHING)
    return {language: phrases for language, phrases in called.items() if (language == "") == (field == _ALSO)}


def stemmed_in(document: Document) -> set[str]:
    """The languages that stems of a document may be of."""
    return {one for one in (document.language, *chain.from_iterable(document.called.values())) if can_stem(one)}


def _shares(lengths: Ints) -> Floats:
    """What a mention weighs in each text of so many words: of a word, and in the second line of a stem or a sound."""
    lengths = np.append(lengths, np.zeros(-len(lengths) % len(_FIELDS), dtype=np.int64)).reshape(-1, len(_FIELDS))
    each = (_WEIGHTS / np.maximum(1.0, 1 - _BY_LENGTH + _BY_LENGTH * lengths / _USUAL)).ravel()
    return np.stack([each, each * np.tile(_OTHERWISE, len(lengths))])
