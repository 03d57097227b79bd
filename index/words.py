"""Words: what a document's texts are found by, and how a typed line is read. The only module that imports Whoosh.

Whoosh does the analysis (its tokenizer and stemmers; `stems.py` has what they lack). Its query language, searchers and
files are used nowhere: one search with a wildcard could pin a processor for 20 s, and a searcher costs 0.2 s to open. A
document's words are exported to arrays.

Three kinds of keys stand in the word table: the word itself ("couples"), for running text also its stems in the
language it is written in ("~en~coupl"), and for names also the word behind its skeleton ("~~hebrew~n~כהן"), so that
names of other scripts that may sound as an asked word stand side by side (`sounding.py`). Folded words hold letters and
digits only, so these never meet (`vocabulary.py`).
"""

import re
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache
from typing import Any

import numpy as np
from whoosh.analysis import Filter, RegexTokenizer
from whoosh.lang import has_stemmer, stemmer_for_language
from whoosh.lang.stopwords import stoplists

from index import forms, particles, sounding, stems
from index.arrays import Floats, Levels
from index.folding import fold
from index.signs import pieces

LINE, WORDS, PIECES, LETTERS = 200, 12, 24, 40
"""What is read of a typed line: characters, words, their pieces, letters of a piece; of what is written, letters."""

PREFIX, SYLLABLES, EXPANSIONS = 3, 2, 200
"""From so many letters, or signs that stand for syllables, the last word also stands for so many longer ones."""

_SYLLABLES = re.compile("[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7a3]")

STEM_MARK = "~"
"""Begins the key of a stem."""

HEARD = STEM_MARK * 2
"""Begins the key of a name by how it sounds."""

SATURATION = 1.2
"""BM25's k1: how soon further mentions stop mattering."""

_STEMMABLE = 3
"""Shorter words have no other forms, and some stemmers fail on them."""

_PREFIXED = 0.5
"""What a match of a longer word weighs."""


def typed(line: str) -> list[str]:
    """The words of a typed line, folded."""
    return fold(line[:LINE]).split()[:WORDS]


def asked(line: str) -> tuple[str, ...]:
    """What a typed line asks for: its words, or the pieces they are searched by (`signs.py`)."""
    return _in_pieces([particles.bare(word) for word in typed(line)])


def asked_otherwise(line: str) -> list[tuple[str, ...]]:
    """What it asks for where nobody has that: names that may be no names, and names that are written as one."""
    bare = _in_pieces([particles.bare(word, also_names=True) for word in typed(line)])
    return [other for other in (bare, asked_apart(line)) if other and other != asked(line)]


def _in_pieces(asked: Iterable[str]) -> tuple[str, ...]:
    return tuple([piece[:LETTERS] for word in asked for piece in pieces(word)][:PIECES])


def may_begin(word: str) -> bool:
    """Whether an asked word is long enough to stand for longer ones; Korean and Chinese words have two signs."""
    return len(word) >= (SYLLABLES if _SYLLABLES.match(word) else PREFIX)


def keys(word: str, languages: tuple[str, ...]) -> tuple[str, ...]:
    """The keys in the word table that an asked word stands for: itself and its stem in each of `languages`."""
    return (word, *(key for language in languages for key in stem_keys(word, language)))


def asked_apart(line: str) -> tuple[str, ...]:
    """The words with the names in it that are written as one as surname and given name; empty where it holds none."""
    parted = [part for word in typed(line) for part in sounding.parted(word)]
    return tuple(parted[:PIECES]) if parted != typed(line) else ()


def heard(text: str) -> list[str]:
    """What the words of a name may be in other scripts, folded; those with a hyphen between also as one."""
    folded = fold(text).split()
    whole = ["".join(folded)] if len(folded) > 1 else []
    return list(dict.fromkeys(one for word in (*folded, *whole) for one in sounding.heard(word[:LETTERS])))


def joined(text: str) -> list[str]:
    """The words of a name with a hyphen between, folded, as some type them: hyerin for Hye-rin."""
    folded = fold(text).split()
    whole = "".join(folded)
    return [whole[:LETTERS]] if len(folded) > 1 and pieces(whole) == [whole] else []


def surnames(text: str) -> list[str]:
    """The surnames in a name whose script writes all of it as one, folded."""
    return [one for word in fold(text).split() if (one := sounding.surname(word))]


def heard_keys(text: str) -> list[str]:
    """The keys by which the words of a name are found in other scripts."""
    return [begun + one for one in heard(text) for begun in _begun(one, sounding.script(one))]


def begun_by(word: str, scripts: Iterable[str]) -> list[str]:
    """What keys of names in some scripts begin with that may sound as an asked word; none in its own does."""
    return [begun for script in scripts if script != sounding.script(word) for begun in _begun(word, script)]


def heard_in(script: str) -> str:
    """What the keys of all names in a script begin with."""
    return f"{HEARD}{script}{STEM_MARK}"


def _begun(word: str, script: str) -> list[str]:
    return [f"{heard_in(script)}{one}{STEM_MARK}" for one in sorted(sounding.skeletons(word))]


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
    """The barest stem of a folded word; the word itself where the language has none."""
    return (word, *stems_of(word, language))[-1]


def stems_of(word: str, language: str) -> tuple[str, ...]:
    """All stems a folded word may have; none where its language has none, or is written in other letters."""
    return _stems(language)(word) if can_stem(language) else ()


@lru_cache(maxsize=64)
def can_stem(language: str) -> bool:
    """Whether there are stems of its words."""
    return language in stems.LIGHT or bool(has_stemmer(language))


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
def _stems(language: str) -> Callable[[str], tuple[str, ...]]:
    light = stems.LIGHT.get(language)
    whoosh: Callable[[str], str] | None = None if light else stemmer_for_language(language)

    @lru_cache(maxsize=20_000)
    def found(word: str) -> tuple[str, ...]:
        if len(word) < _STEMMABLE:
            return (word,)
        return tuple(light(word)) if light else stems.of(word, language, whoosh) if whoosh else ()

    return found


def stem_keys(word: str, language: str) -> tuple[str, ...]:
    """The keys of a folded word's stems."""
    return tuple([f"{STEM_MARK}{language}{STEM_MARK}{stem}" for stem in stems_of(word, language)])


def beginnings(word: str, language: str) -> frozenset[str]:
    """What the other forms of a folded word may begin with."""
    told = forms.beginnings(language)
    return frozenset(word[0]).union(*(told.get(stem, ()) for stem in stems_of(word, language)))


def letters_in(word: str) -> int:
    """The set of a word's letters as 64 bits; some letters share one."""
    bits = 0
    for letter in word:
        bits |= 1 << (ord(letter) & 63)
    return bits


def stop_words(language: str) -> frozenset[str]:
    """The folded words that hold sentences of a language (ISO 639-1) together; none where Whoosh has no list."""
    return frozenset(map(fold, stoplists.get(language, ())))
