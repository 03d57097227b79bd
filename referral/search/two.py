"""Two towns in one line: where each of two people lives. "Boston / New York", "Lyon et Grenoble", "תל אביב וחיפה"."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from index.folding import fold
from referral.places.types import Found
from referral.search.exactly import Exactly
from referral.search.placing import KNOWN_AS_NAME, MAX_PLACE_WORDS
from referral.search.tokens import Token, joined, words_of

ALSO_IN = {"en": frozenset({"NL", "BE", "SR", "CW", "AW"}), "i": frozenset({"PL", "ES", "AD", "RU", "UA", "BY"})}
"""Such a word that says "in" elsewhere, and the countries of towns it joins: Getafe lies in Madrid."""

AND = frozenset(fold(word) for word in "and und et y e i en og och ve și и и e 그리고 و".split())
"""Words between two towns."""

FROM = words_of("where_from.txt")
"""Words before a town that somebody comes from and does not live in."""

_HUNG = re.compile(r"[ו](?=[א-ת]{2})|و(?=[\u0621-\u064a]{3})")
"""The same, hung before the second ..."""

_KOREAN = re.compile(r"(?:과|와|하고|이?랑)$")
"""... or behind the first."""

_SIGNS = re.compile(r"\s*[/&+]\s*")


@dataclass(frozen=True, slots=True)
class Two:
    """A line that names two towns."""

    rest: list[Token]
    """The line without the second."""
    found: list[Found]
    """What the second may be, best first."""


def has_a_sign(typed: str) -> bool:
    """Whether a sign may stand between two towns: "Boston / New York" is no Boston of the state of New York."""
    return _SIGNS.search(typed) is not None


def spelled_out(typed: str) -> str:
    """The line with a word for each sign that stands between two."""
    return _SIGNS.sub(" and ", typed)


def find(line: Sequence[Token], exactly: Exactly) -> Two | None:
    """The second of two known towns, side by side with an "and" or each after an "in"; None for one alone."""
    for cut, begin, first in _cuts(line):
        for end in range(min(len(line), begin + MAX_PLACE_WORDS), begin, -1):
            words = joined([replace(line[begin], typed=first), *line[begin + 1 : end]])
            found = _towns(line[begin:end], words, exactly)
            joins = ALSO_IN.get(fold(line[cut].typed)) if begin > cut else None
            if joins is not None and found and found[0].place.country not in joins:
                continue
            if found and _is_after_a_town(line, cut, begin, words, exactly):
                return Two([*line[:cut], *line[end:]], found)
    return None


def _cuts(line: Sequence[Token]) -> Iterator[tuple[int, int, str]]:
    """(where what comes before ends, where the second town may begin, its first word)."""
    for n, token in enumerate(line[1:], start=1):
        if fold(token.typed) in AND and n + 1 < len(line):
            yield n, n + 1, line[n + 1].typed
        elif (hung := _HUNG.match(token.typed)) is not None:
            yield n, n, token.typed[hung.end() :]
        elif (
            _KOREAN.search(line[n - 1].typed)
            or (token.follows_in and token.phrase != line[n - 1].phrase)
            or token.follows_in
        ):
            yield n, n, token.typed


def _is_after_a_town(line: Sequence[Token], cut: int, begin: int, second: str, exactly: Exactly) -> bool:
    """Whether another town ends there; for one after "in" it may be any before, after "in" too."""
    if cut == begin and line[begin].follows_in:
        starts = [n for n in range(cut - 1) if _is_lived_in(line, n) and _are_apart(line[n : begin + 1])]
        runs = [(n, end) for n in starts for end in range(n + 1, min(cut, n + MAX_PLACE_WORDS) + 1)]
    else:
        runs = [(n, cut) for n in range(max(0, cut - MAX_PLACE_WORDS), cut)]
    for start, end in runs:
        words = _KOREAN.sub("", joined(line[start:end]))
        if _towns(line[start:end], words, exactly) and not exactly.find(joined(line[start : begin + 1])):
            return fold(words) != fold(second)
    return False


def _is_lived_in(line: Sequence[Token], n: int) -> bool:
    """Whether the word before says "in", and not that somebody comes from there."""
    return line[n].follows_in and fold(line[n - 1].typed) not in FROM


def _are_apart(line: Sequence[Token]) -> bool:
    """Whether the last word is said of another than the first: in a phrase of its own, or after an "and"."""
    return line[0].phrase != line[-1].phrase or any(fold(token.typed) in AND for token in line)


def _towns(run: Sequence[Token], words: str, exactly: Exactly) -> list[Found]:
    """The towns of that name, where the best known one is no small one, and the name no word of every day."""
    if len(run) == 1 and not run[0].is_code and (run[0].is_everyday or run[0].is_noise):
        return []
    found = exactly.find(words)
    is_known = bool(found) and found[0].place.kind == "city" and found[0].place.population >= KNOWN_AS_NAME
    return [one for one in found if one.place.kind == "city"] if is_known else []
