"""A typed line as words: where its phrases end, what each word may be, and which words narrow nothing.

Nothing here knows places or terms, but for the words of a hyphenated one that are terms of their own.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import groupby
from pathlib import Path

from index.folding import fold
from index.words import stop_words
from referral import terms
from referral.places.streets import counties_whole
from referral.search.affixes import Form, forms
from referral.terms import plain

_FOLDER = Path(__file__).parent

BREAKS = re.compile(r"[,;…/|·،、，؛]+|(?<=[^\W\d_]{4})[.!?]+(?=\s)|\s[-–—]\s|[()\[\]«»“”\"]+|[?!？！。]+")
"""Hard breaks between two phrases; a full stop only after a whole word, not in "St. Louis"."""

_IN_HEBREW = re.compile(r"(?<=[א-ת])[\"“”](?=[א-ת])")
"""What most keyboards have for the sign of an abbreviation: להט״ב, ד״ר."""

SPOKEN = ("en", "de", "fr", "nl", "es", "da", "no", "sv", "it", "pt", "tr", "ro")
"""Languages whose stop words narrow nothing."""

MOST_DIGITS = 4
"""Of a number that may be a count or a year: "we have 3 children", "married since 2015"."""

MOST_WORDS = 32
"""Of a longer line the rest is not read."""


def words_of(name: str) -> frozenset[str]:
    """The folded words of one of the lists beside this module; a line that begins with # is a comment."""
    return plain.words_of(_FOLDER / name)


def runs_of(name: str) -> frozenset[str]:
    """The folded lines of one of the lists: each a run of words."""
    lines = (_FOLDER / name).read_text("utf-8").splitlines()
    return frozenset(fold(line) for line in lines if line and not line.startswith("#"))


NOT_BEFORE = words_of("not_before.txt")
"""Words that say something is not wished, before it."""

NOT_AFTER = words_of("not_after.txt")
"""The same, said behind it."""

OR = words_of("or.txt")
"""Words that say one of two is enough."""

NOISE = plain.NOISE | NOT_BEFORE | NOT_AFTER | OR
"""Words that every search here could hold: they narrow nothing."""

IDLE = words_of("idle.txt")
"""Words that narrow nothing when they are typed small, and may be names with a capital."""

THAT = "ça"
"""Without its hook it would be California."""

BEFORE_PLACES = words_of("before_places.txt")
"""Words that say a place comes next."""

ALSO_TOWNS = words_of("also_towns.txt")
"""Usual words that are towns, too."""

ARTICLES = frozenset("the los las la el le les den de der die das do da al o a as os il lo gli l d".split())
"""Noise that may begin the name of a place: Los Angeles, La Paz, Den Haag."""


PARTICLES = frozenset("van von der de den del della di da do dos du des la le ten ter zu bin ben al el y e".split())
"""What may stand inside a person's name, and says nothing elsewhere."""


@dataclass(frozen=True, slots=True)
class Token:
    """One word of the line."""

    typed: str
    """Without the punctuation around it."""
    phrase: int
    """Which phrase it stands in, counted from 0."""
    forms: tuple[Form, ...]
    """What it may be, as typed first."""
    is_noise: bool
    follows_in: bool = False
    """Whether the word before says that a place comes next."""
    is_code: bool = False
    """Whether it is typed like a state or country: OR, IL, UK; not in a line that is all in capitals."""

    @property
    def is_number(self) -> bool:
        """Whether it is a count, a year or a short postcode."""
        return self.typed.isdecimal() and len(self.typed) <= MOST_DIGITS

    @property
    def is_everyday(self) -> bool:
        """Whether it is likelier a plain word than a place of that name."""
        return fold(self.typed) in plain.EVERYDAY

    @property
    def is_particle(self) -> bool:
        """Whether it may stand inside a person's name."""
        return fold(self.typed) in PARTICLES

    @property
    def is_small(self) -> bool:
        """Whether its script has capitals and it is typed without one."""
        return self.typed.islower()


def tokens(typed: str, country: str | None = None) -> list[Token]:
    """The words of a line, in order; `country` is where the visitor likely is."""
    typed = counties_whole(_IN_HEBREW.sub("״", typed))
    found: list[Token] = []
    shouted, alone = _is_shouted(typed), len(typed.split()) == 1
    for number, phrase in enumerate(BREAKS.split(typed)):
        before = ""
        for word in (w for typed_word in phrase.split() for w in _parts(typed_word)):
            if len(found) < MOST_WORDS and fold(word):
                may_be_a_town = (bool(found) or alone) and not shouted and not word.islower()
                found.append(_token(word, number, before, country, shouted, may_be_a_town))
                before = fold(word)
    return found


def _is_shouted(typed: str) -> bool:
    """Whether the line is all in capitals; beside letters that have none they are meant: "부부상담 LA"."""
    return typed.isupper() and not any(letter.isalpha() and letter.lower() == letter.upper() for letter in typed)


def _token(word: str, phrase: int, before: str, country: str | None, shouted: bool, may_be_a_town: bool) -> Token:
    may_be = tuple(forms(word, country))
    is_town = may_be_a_town and fold(word) in ALSO_TOWNS
    is_idle = word.islower() and (fold(word) in _idle() or word == THAT)
    is_noise = is_idle or (not is_town and any(fold(f.text) in NOISE for f in may_be))
    is_code = not shouted and len(word) in (2, 3) and word.isascii() and word.isalpha() and word.isupper()
    follows_in = before in BEFORE_PLACES
    return Token(word, phrase, may_be, is_noise and not (is_code and follows_in), follows_in, is_code)


@cache
def _idle() -> frozenset[str]:
    """The usual words of every language that are no term of any."""
    usual = frozenset().union(*(stop_words(language) for language in SPOKEN))
    return frozenset(fold(word) for word in IDLE | usual if not terms.find(word)) - ALSO_TOWNS


@lru_cache(maxsize=1024)
def _parts(word: str) -> tuple[str, ...]:
    """The word without punctuation around it; "Online-Paartherapie" as two, since each says something here."""
    bare = word.strip(".,:*'’‘`´~_-–—+=<>{}#&%$@^\\")
    if _UNSPACED.search(bare) and not terms.find(bare) and fold(bare) not in NOISE:
        return tuple(p for p in _known_unspaced().split(bare) if p)
    parts = [p for p in re.split(r"[-–]", bare) if p]
    if len(parts) > 1 and not terms.find(bare) and all(fold(p) in NOISE or terms.find(p) for p in parts):
        return tuple(parts)
    return (bare,)


_UNSPACED = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]{3}")
"""Chinese and Japanese are written without spaces: "上海夫妻治疗"."""


@cache
def _known_unspaced() -> re.Pattern[str]:
    """Every usual word and term of at least two such signs, the longest first."""
    known = {w for w in (*NOISE, *terms.names()) if re.fullmatch(r"[\u3040-\u30ff\u3400-\u9fff]{2,}", w)}
    return re.compile(f"({'|'.join(sorted(known, key=lambda w: (-len(w), w)))})")


def without_noise(found: Sequence[Token]) -> list[Token]:
    """The words that say something."""
    return [t for t in found if not t.is_noise]


def phrases(line: Sequence[Token]) -> list[list[Token]]:
    """The words of each phrase."""
    return [list(words) for _number, words in groupby(line, key=lambda token: token.phrase)]


def joined(found: Sequence[Token]) -> str:
    """The words as a line again, a comma where a phrase ended."""
    text = ""
    for before, token in zip((None, *found), found, strict=False):
        text += token.typed if before is None else f"{', ' if before.phrase != token.phrase else ' '}{token.typed}"
    return text
