"""Words that people put around a name: that it is near ("près de", "附近"), what kind of area it is ("Landkreis")."""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from babel.languages import get_official_languages

from referral.places.folding import fold
from referral.places.parse import segments

TABLE = Path(__file__).with_name("around.toml")

LEAST = 2
"""Signs of a name that nothing parts from such a word ..."""
LEAST_LETTERS = 3
"""... and letters of a Hebrew one."""

_ELIDED = re.compile(r"(?:d|l|dell|nell|all|sull)['’](?=\w{2})", re.IGNORECASE)
"""What French and Italians write before a vowel."""

Languages = frozenset[str]
Phrases = Mapping[str, Languages]
"""Folded words → the languages they are of."""


@dataclass(frozen=True, slots=True)
class Words:
    """The words of one kind."""

    before: Phrases
    behind: Phrases

    def without(self, part: str) -> tuple[str, Languages]:
        """The part less such words on either side, and the languages of those; none when it has none."""
        rest, before = _less(part, self.before, at_end=False)
        rest, behind = _less(rest, self.behind, at_end=True)
        return (_ELIDED.sub("", rest, count=1) if before else rest), before | behind


def _less(part: str, known: Phrases, *, at_end: bool) -> tuple[str, Languages]:
    """The part less the longest of these phrases at one end, which leaves a word."""
    words = part.split(" ")
    for length in range(min(_LONGEST, len(words) - 1), 0, -1):
        at = len(words) - length if at_end else length
        phrase, rest = (words[at:], words[:at]) if at_end else (words[:at], words[at:])
        if found := known.get(fold(" ".join(phrase))):
            return " ".join(rest), found
    elided = None if at_end else _ELIDED.search(part)
    if elided and (found := known.get(fold(part[: elided.end() - 1]))):
        return part[elided.end() :], found
    return part, frozenset()


_LONGEST = 5
"""Words of the longest of them."""


DECLINED = frozenset({"cs", "el", "hr", "pl", "ru", "uk"})
"""Languages in which such a word changes the end of the name behind it: "в Москве", "u Prahy"."""


def near(line: str) -> tuple[str, Languages]:
    """The line less the words that say near, or in, what its first part names, and the languages that say so.

    "" when it has none.
    """
    first, *within = segments(line) or [""]
    rest, said = _tables()["near"].without(first)
    if not said or "he" in said:
        rest = _detached(rest) or (rest if said else "")
    return (", ".join([rest, *within]) if rest and rest != first else "", said)


def between(line: str) -> str:
    """The line with a comma for such a word between two names: "Sankt Augustin bei Bonn"; "" for none."""
    found = _between().fullmatch(line)
    return f"{found[1]}, {found[2]}" if found else ""


@cache
def _between() -> re.Pattern[str]:
    words: list[str] = _read()["near"]["between"]["words"]
    any_of = "|".join(map(re.escape, sorted(words, key=len, reverse=True)))
    return re.compile(rf"([^,]*[^\W\d_]) (?:{any_of}) ([^,]{{3,}})", re.IGNORECASE)


def kinds(line: str) -> tuple[str, Languages]:
    """The line less what says of which kind the areas in it are, and the languages that say so; "" for nothing less."""
    parts = segments(line)
    bare = [_tables()["kinds"].without(part) for part in parts]
    said = frozenset[str]().union(*(languages for _, languages in bare))
    return (", ".join(rest for rest, _ in bare), said) if said else ("", said)


def is_spoken(country: str, languages: Languages) -> bool:
    """Whether people of this country speak one of these; of English, anybody may."""
    return "en" in languages or not languages.isdisjoint(_spoken(country))


@cache
def _spoken(country: str) -> frozenset[str]:
    return frozenset(get_official_languages(country, regional=True, de_facto=True))


def _detached(part: str) -> str:
    """The part less what is written together with a name: "İstanbul'da", "東京附近", "בחיפה"; "" for nothing less."""
    found = _attached().fullmatch(part)
    return next(filter(None, found.groups())) if found else ""


@cache
def _attached() -> re.Pattern[str]:
    words: dict[str, list[str]] = _read()["near"]["attached"]
    before, behind, endings, letters = (
        "|".join(sorted(map(re.escape, words[key]), key=len, reverse=True))
        for key in ("before", "behind", "endings", "letters")
    )
    return re.compile(
        rf"(?:{before})(.{{{LEAST},}})|(.{{{LEAST},}}?)(?:{behind})|(.{{{LEAST},}})['’](?:{endings})"
        rf"|(?:{letters})(?=[א-ת ]{{{LEAST_LETTERS}}})(.+)",
        re.IGNORECASE,
    )


@cache
def _tables() -> Mapping[str, Words]:
    return {key: Words(_by_phrase(sides["before"]), _by_phrase(sides["behind"])) for key, sides in _read().items()}


@cache
def _read() -> Mapping[str, Mapping[str, dict[str, list[str]]]]:
    return tomllib.loads(TABLE.read_text("utf-8"))


def _by_phrase(phrases: Mapping[str, list[str]]) -> Phrases:
    """The languages of each phrase."""
    found: dict[str, set[str]] = {}
    for language, known in phrases.items():
        for phrase in known:
            found.setdefault(fold(phrase), set()).add(language)
    return {phrase: frozenset(languages) for phrase, languages in found.items()}
