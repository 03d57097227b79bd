"""Whether a typed line asks one of our questions: its words against the words of the questions. Pure."""

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, lru_cache

from index.words import stem, stop_words, typed, written
from referral.guidance import translations
from referral.model import Question
from referral.terms.plain import PEOPLE
from referral.text import DEFAULT, language

ENOUGH = 0.62
"""The share of what a line says that a question has to say too."""

WEIGHTY = 1.3
"""What the shared words have to weigh together: a line of one usual word asks nothing."""

OF_SHORT = 0.6
"""What a word of the short answer counts, where one of the question itself counts 1."""

UNKNOWN = 0.7
"""What a word that stands in no question weighs, of what the rarest of theirs does: people say it in their own way."""


@dataclass(frozen=True, slots=True)
class _Asked:
    """One way to ask a question: its title with its short answer, or other words for it."""

    slug: str
    words: frozenset[str]
    also: frozenset[str]
    """Words of the short answer."""


@dataclass(frozen=True, slots=True)
class Titles:
    """The words of all questions, by language; made when somebody first types in it."""

    questions: Sequence[Question] = ()
    _told: dict[str, "_Language"] = field(default_factory=dict)

    def find(self, line: str) -> str:
        """The slug of the question that `line` asks in the language of the moment; empty when it asks none."""
        here = language()
        if here not in self._told:
            self._told[here] = _read(self.questions)
        return self._told[here].find(line)


@dataclass(frozen=True, slots=True)
class _Language:
    """The questions in one language."""

    code: str
    ways: Sequence[_Asked]
    weights: Mapping[str, float]
    rarest: float
    """The weight of the rarest word."""

    def find(self, line: str) -> str:
        """The slug of the question the line asks, or nothing."""
        words = _stems(typed(line), self.code)
        if exact := next((way.slug for way in self.ways if words and words == way.words), ""):
            return exact
        shared = [self._shared(words, way) for way in self.ways]
        best = max(shared, default=0.0)
        enough = max(WEIGHTY, ENOUGH * sum(map(self._weight, words)))
        return self.ways[shared.index(best)].slug if best >= enough else ""

    def _shared(self, words: frozenset[str], way: _Asked) -> float:
        """What the words they share weigh; of two that share as much the shorter one is meant."""
        named, mentioned = words & way.words, (words & way.also) - way.words
        if named <= _of_anybody(self.code):
            return 0.0
        weight = sum(map(self._weight, named)) + OF_SHORT * sum(map(self._weight, mentioned))
        return weight - 0.001 * len(way.words)

    def _weight(self, word: str) -> float:
        return self.weights.get(word, UNKNOWN * self.rarest)


def _read(questions: Iterable[Question]) -> _Language:
    code = language()
    ways: list[_Asked] = []
    for one in questions:
        text, said = translations.here(one), translations.headline(one)
        others = text.asked if text else one.asked if code == DEFAULT else []
        ways.append(_Asked(one.slug, _stems(written(said.title), code), _stems(written(said.short), code)))
        own = [_Asked(one.slug, _stems(typed(other), code), frozenset()) for other in others]
        ways += own
        ways.append(_Asked(one.slug, frozenset().union(*(way.words for way in own)), frozenset()))
    weights = _weights(ways)
    return _Language(code, ways, weights, max(weights.values(), default=0.0))


def _weights(ways: Iterable[_Asked]) -> dict[str, float]:
    """How much each word tells: most where one question alone has it."""
    told: defaultdict[str, set[str]] = defaultdict(set)
    for way in ways:
        told[way.slug] |= way.words | way.also
    spread = Counter(word for words in told.values() for word in words)
    return {word: math.log(len(told) / n) / math.log(len(told) + 1) for word, n in spread.items()}


@cache
def _of_anybody(code: str) -> frozenset[str]:
    """What every line may hold: "ich und meine Frau" asks nothing."""
    return _stems(PEOPLE | stop_words(code), code)


def _stems(words: Iterable[str], code: str) -> frozenset[str]:
    return frozenset(_stem(word, code) for word in words)


@lru_cache(maxsize=4096)
def _stem(word: str, code: str) -> str:
    return stem(word, code)
