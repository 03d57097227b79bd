"""A typed line becomes a search: which part is a place, which a language or topic, which a name.

Each way to read the line has a cost, and the cheapest wins: a place or term that is meant exactly costs nothing,
a correction costs a little, words that only the text search can use cost more. Nothing is guessed in silence:
what was corrected, what else it could mean and what was not understood all come back with the reading.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Protocol

from index.folding import fold
from referral import terms
from referral.places.types import Found, Place
from referral.search.urls import Search, clean
from referral.terms import Term

BREAKS = re.compile(r"[,;/|·،、，]+")
"""Hard breaks between two phrases."""

MAX_TERM_WORDS = 5
LARGE = 100_000
"""From this many people on, a name that is also a term means the town: Nancy, not a topic of that name."""

GUESSED_WORDS = 3
"""In a line of more words than this, no misspelt place is looked for: too many words look like one."""

MOST_SPANS = 60
"""Runs of words looked up for one line."""

LONGER = 0.7
"""What each further word of a name is worth: "Paris, Texas" before "Paris"."""

HEBREW_IN = "ב"

_GUESSES = frozenset({"typo", "fallback", "prefix"})
"""Matches of the gazetteer that are no exact reading of the whole line."""

NOISE = frozenset(fold(w) for w in (Path(__file__).parent / "noise.txt").read_text("utf-8").split())
"""Words that every search here could hold: they narrow nothing."""


class Places(Protocol):
    """What a reading needs of the gazetteer."""

    def find(self, line: str, *, country: str | None = None, limit: int = 6) -> list[Found]:
        """The places a line may mean, best first."""
        ...

    def choices(self, found: Sequence[Found]) -> list[Place]:
        """What else the line may mean, when that has to be said."""
        ...


def nobody_knows(words: str) -> bool:
    """For who has no listings at hand."""
    return False


@dataclass(frozen=True, slots=True)
class _Looking:
    """Where a reading looks."""

    places: Places
    country: str | None
    known: Callable[[str], bool]


@dataclass(frozen=True, slots=True)
class Reading:
    """What a typed line was understood as."""

    search: Search
    found: Found | None = None
    """The place, with how it was matched."""
    choices: tuple[Place, ...] = ()
    """Other places the line may mean."""
    unread: str = ""
    """Words left for the text search: names, or nothing we know."""
    words: str = ""
    """The line as words, where it names a small town and is held by somebody's listing too."""

    @property
    def is_certain(self) -> bool:
        """Whether a large place was named as it is written."""
        return self.found is not None and not _is_guess([self.found]) and self.found.place.population >= LARGE


def read(
    line: str, places: Places, *, country: str | None = None, known: Callable[[str], bool] = nobody_knows
) -> Reading:
    """The cheapest reading of `line`; `country` (ISO 3166-1) is where a bare name is first looked for.

    `known` says whether somebody's listing holds some words: a therapist's name is no misspelt town.
    """
    typed = clean(line)
    if not _without_noise(re.split(r"[\s,;.!?]+", typed)) and not typed.isupper():
        return Reading(Search())
    whole = places.find(typed, country=country)
    if whole and not _is_guess(whole) and not _means_a_term(typed, whole[0].place):
        found = _reading(typed, (), whole, "", places)
        small = whole[0].place.population < LARGE and not whole[0].place.area
        return replace(found, words=typed) if small and whole[0].match == "exact" and known(typed) else found
    return _in_parts(typed, whole, _Looking(places, country, known))


def _means_a_term(typed: str, place: Place) -> bool:
    """Whether the whole line is the name of a term, and the place of that name is a small one."""
    return bool(terms.find(typed)) and place.kind not in ("country", "region") and place.population < LARGE


def _is_guess(found: Sequence[Found]) -> bool:
    return found[0].corrected or found[0].match in _GUESSES


def _in_parts(typed: str, whole: list[Found], looking: "_Looking") -> Reading:
    """Terms first, then a place in what is left, then words."""
    found_terms, rest = _take_terms(typed)
    if not found_terms and looking.known(typed):
        return _reading(typed, (), [], typed, looking.places)
    found, words = _take_place(rest, looking, whole if not found_terms and _is_short_or_address(typed) else [])
    return _reading(typed, found_terms, found, " ".join(words), looking.places)


def _take_terms(typed: str) -> tuple[tuple[Term, ...], list[list[str]]]:
    """The terms named in the line, and the words of each phrase that are left."""
    taken: list[Term] = []
    rest: list[list[str]] = []
    for phrase in BREAKS.split(typed):
        words, left = phrase.split(), []
        while words:
            length, found = _longest_term(words)
            if found:
                taken.append(found)
            else:
                left.append(words[0])
            words = words[length:]
        rest.append(left)
    return tuple(dict.fromkeys(taken)), [left for left in rest if left]


def _longest_term(words: Sequence[str]) -> tuple[int, Term | None]:
    """How many of the first words name a term, and which; (1, None) when none does."""
    for length in range(min(MAX_TERM_WORDS, len(words)), 0, -1):
        found = terms.find(" ".join(words[:length]))
        if found and _without_noise(words[:length]):
            return length, found[0]
    return 1, None


def _is_short_or_address(typed: str) -> bool:
    """Whether the line may be one misspelt or half-known place, and no sentence."""
    return len(_without_noise(typed.split())) <= GUESSED_WORDS or any(c.isdigit() for c in typed)


def _take_place(phrases: list[list[str]], looking: "_Looking", whole: list[Found]) -> tuple[list[Found], list[str]]:
    """The place named in what is left, and the words that name none; a sentence is not searched for misspelt ones.

    `whole` is what the line as a whole may be meant as, where no part of it is a place as it stands.
    """
    tokens = _tokens([_without_noise(p) for p in phrases])
    best = _surest(tokens, looking)
    if whole and (best is None or whole[0].match != "fallback" or best[2][0].place.population < LARGE):
        return whole, []
    if best is None and len(tokens) <= GUESSED_WORDS:
        best = _guessed(tokens, looking)
    if best is None:
        return [], [t.strip(",") for t in tokens]
    start, end, found = best
    return found, [w for t in (*tokens[:start], *tokens[end:]) if (w := t.strip(","))]


def _surest(tokens: list[str], looking: "_Looking") -> tuple[int, int, list[Found]] | None:
    """The run of words that is the likeliest place as it stands: a large town beats a short word that is one too."""
    sure: list[tuple[float, int, int, list[Found]]] = []
    for start, end in _spans(tokens):
        found = _find(tokens[start:end], looking)
        if found and not _is_guess(found) and _may_be_meant(tokens[start:end], found):
            sure.append((found[0].score + LONGER * (end - start - 1), start, end, found))
    best = max(sure, key=lambda one: one[0], default=None)
    return best[1:] if best else None


def _guessed(tokens: list[str], looking: "_Looking") -> tuple[int, int, list[Found]] | None:
    for start, end in _spans(tokens):
        found = _find(tokens[start:end], looking)
        if found and not looking.known(" ".join(tokens[start:end])):
            return start, end, found
    return None


def _find(tokens: Sequence[str], looking: "_Looking") -> list[Found]:
    """The places these words name; Hebrew writes "in" as the first letter of the name."""
    words = " ".join(tokens).strip(",")
    found = looking.places.find(words, country=looking.country)
    if words.startswith(HEBREW_IN) and len(words) > 3 and (not found or _is_guess(found)):
        found = looking.places.find(words[1:], country=looking.country) or found
    return found


def _may_be_meant(tokens: Sequence[str], found: Sequence[Found]) -> bool:
    """Among other words, two or three small letters are a word, not a code or a hamlet."""
    word = tokens[0].strip(",.")
    if len(tokens) > 1 or not word.isascii() or found[0].match == "postcode":
        return True
    return len(word) > 3 or (word.isupper() and len(word) > 1)


def _tokens(phrases: list[list[str]]) -> list[str]:
    """The words of all phrases; a comma stays where a phrase ended."""
    tokens = [w + ("," if n == len(p) - 1 else "") for p in phrases for n, w in enumerate(p)]
    return [*tokens[:-1], tokens[-1].rstrip(",")] if tokens else []


def _spans(tokens: Sequence[str]) -> list[tuple[int, int]]:
    """Runs of words that may be a place, the longest first; shorter ones in long lines."""
    longest = 4 if len(tokens) <= 8 else 2
    spans = [(s, e) for s in range(len(tokens)) for e in range(s + 1, min(len(tokens), s + longest) + 1)]
    return sorted(spans, key=lambda span: (span[0] - span[1], span[0]))[:MOST_SPANS]


def _without_noise(words: Sequence[str]) -> list[str]:
    return [w for w in words if fold(w) and fold(w) not in NOISE]


def _reading(typed: str, found_terms: tuple[Term, ...], found: list[Found], words: str, places: Places) -> Reading:
    search = Search(text=words)
    for one in found_terms:
        search = search.choosing(one.facet, one.id)
    choices = tuple(places.choices(found)) or _other_postcodes(found)
    if found:
        search = placed(search, found[0].place)
        if choices or _is_guess(found):
            search = replace(search, typed=typed)
    return Reading(search, found[0] if found else None, choices, words)


def _other_postcodes(found: Sequence[Found]) -> tuple[Place, ...]:
    """The same code in other countries: 10115 is New York, and Berlin."""
    if not found or found[0].match != "postcode":
        return ()
    return tuple(f.place for f in found[1:6] if f.match == "postcode" and f.place.country != found[0].place.country)


def placed(search: Search, place: Place) -> Search:
    """The search at `place`: all of a country or region, else around the point."""
    bare = replace(search, place="", near=None, area="", page=1)
    if place.kind == "point":
        return replace(bare, near=(round(place.lat, 2), round(place.lon, 2)))
    return replace(bare, area=place.area) if place.area else replace(bare, place=place.id)
