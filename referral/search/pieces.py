"""Everything a run of words of the line may be, with its cost: a term, a place, a name, noise, or nothing known."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import product

from index.folding import fold
from referral import terms
from referral.search import sparing, surnames, times, unsaid
from referral.search.exactly import DIRECTIONS, Exactly
from referral.search.meant import likelier
from referral.search.negating import negated
from referral.search.piece import (
    INFLECTED,
    LARGE,
    METROPOLIS,
    NAME,
    NOISE,
    NOISE_AS_CODE,
    NUMBER,
    OVER_A_TOWN,
    TERM,
    UNREAD,
    Piece,
    runs,
)
from referral.search.placing import places
from referral.search.tokens import Token, joined, runs_of, words_of
from referral.search.tongues import without_languages
from referral.terms import Term

MAX_TERM_WORDS = 5

GIVEN = words_of("given.txt")
"""Given names that are places too."""

IDIOMS = runs_of("idioms.txt")
"""Runs of words that narrow nothing together."""

SIDES = words_of("sides.txt")
"""Words beside a town that say which part of it."""

MOST_OF = 2
"""Words between the two: "of the"."""

IMPLIED = frozenset({("format", "couple_sessions"), ("track", "clinical"), ("works_with", "couples")})
"""What everybody listed here offers: to name it narrows nothing."""


def pieces(
    line: Sequence[Token], exactly: Exactly, known: Callable[[str], bool], borne: Callable[[str], bool]
) -> list[Piece]:
    """All readings of all runs of words of the line."""
    called = without_languages(line, places(line, exactly), languages(line), exactly.country)
    named = likelier(line, list(_without_ways(called, line)))
    towns = {(p.start, p.end): p for p in named}
    found = [
        *_words(line),
        *_idioms(line),
        *times.pieces(line),
        *unsaid.pieces(line, borne),
        *sparing.pieces(line, exactly),
        *_terms(line, towns),
        *named,
        *_sides(line, named),
    ]
    found += _names(line, found, known, borne, exactly.country)
    return [*found, *negated(line, found)]


def is_told(line: Sequence[Token]) -> bool:
    """Whether usual words say something together: "she wants out"."""
    return any(piece.kind == "term" for piece in _terms(line, {}))


def _words(line: Sequence[Token]) -> Iterator[Piece]:
    for n, token in enumerate(line):
        if token.is_noise:
            is_after = n > 0 and (n + 1 == len(line) or not line[n - 1].is_noise)
            yield Piece(n, n + 1, NOISE_AS_CODE if token.is_code and is_after else NOISE, "noise")
        elif token.is_number:
            yield Piece(n, n + 1, NUMBER, "noise")
        else:
            yield Piece(n, n + 1, UNREAD, "text")


def _idioms(line: Sequence[Token]) -> Iterator[Piece]:
    for start, end in runs(line, MAX_TERM_WORDS):
        if end - start > 1 and fold(joined(line[start:end])) in IDIOMS:
            yield Piece(start, end, NOISE, "noise")


def _sides(line: Sequence[Token], named: Sequence[Piece]) -> Iterator[Piece]:
    """The words beside a town that say which part of it: "West London", "Chicago suburbs", "el centro de Madrid"."""
    for town in (one for one in named if not (one.found[0].place.area or line[one.start].is_particle)):
        before = town.start - 1
        while before > 0 and town.start - before <= MOST_OF and line[before].is_noise:
            before -= 1
        if before >= 0 and fold(line[before].typed) in DIRECTIONS:
            yield Piece(before, before + 1, NOISE, "noise")
        for n in (town.start - 1, town.end):
            if 0 <= n < len(line) and line[n].phrase == line[town.start].phrase and fold(line[n].typed) in SIDES:
                yield Piece(n, n + 1, NOISE, "noise")


def _terms(line: Sequence[Token], towns: dict[tuple[int, int], Piece]) -> Iterator[Piece]:
    for start, end in runs(line, MAX_TERM_WORDS):
        if line[start].phrase != line[end - 1].phrase or (end - start == 1 and line[start].is_noise):
            continue
        term, cost = _term(line[start:end])
        if term is None:
            continue
        if (term.facet, term.id) in IMPLIED:
            yield Piece(start, end, NOISE * (end - start), "noise")
        elif (town := towns.get((start, end))) and town.found[0].place.population >= LARGE:
            yield Piece(start, end, cost + OVER_A_TOWN, "term", term)
        else:
            yield Piece(start, end, cost, "term", term)


def languages(line: Sequence[Token]) -> list[Piece]:
    """Every run of words that is called as a language is."""
    return [p for p in _terms(line, {}) if p.term and p.term.facet == "language"]


def _without_ways(named: Iterable[Piece], line: Sequence[Token]) -> Iterator[Piece]:
    """The places but those within the words for a way to meet: "en ligne" is not in Ligné."""
    ways = [p for p in _terms(line, {}) if p.term and p.term.facet == "delivery" and p.end - p.start > 1]
    return (one for one in named if not any(way.start <= one.start and one.end <= way.end for way in ways))


def _term(words: Sequence[Token]) -> tuple[Term | None, float]:
    """The term these words name and its cost; with what is hung on the first and last word taken off if need be."""
    middle = [t.typed for t in words[1:-1]]
    last = words[-1].forms if len(words) > 1 else (None,)
    for first, final in product(words[0].forms, last):
        found = terms.find(" ".join([first.text, *middle, *([final.text] if final else [])]))
        if found:
            plain = first is words[0].forms[0] and final is last[0]
            return found[0], TERM if plain else TERM + INFLECTED
    return None, 0.0


def _names(
    line: Sequence[Token],
    found: Sequence[Piece],
    known: Callable[[str], bool],
    borne: Callable[[str], bool],
    country: str | None,
) -> Iterator[Piece]:
    """Two or three words that are a person's name, the first of which could be a town: Nancy Miller."""
    read = {n for p in found if p.kind in ("term", "noise") for n in range(p.start, p.end)}
    towns = {p.start: p for p in found if p.kind == "place" and p.end == p.start + 1}
    longer = {p.start for p in found if p.kind == "place" and p.end > p.start + 1}
    for start, end in runs(line, 3):
        rest = range(start + 1, end)
        if not rest or start not in towns or start in longer or line[start].phrase != line[end - 1].phrase:
            continue
        given, words = line[start].typed, joined(line[start:end])
        if all(n not in read and _may_be_a_surname(n, line, towns) for n in rest):
            if not (all(surnames.may_be(line[n].typed, given) for n in rest) or borne(words)):
                continue
            if (fold(given) in GIVEN and not _is_at_home(towns[start], country)) or known(words):
                yield Piece(start, end, NAME, "name")


def _may_be_a_surname(n: int, line: Sequence[Token], towns: dict[int, Piece]) -> bool:
    is_town = n in towns and not (towns[n].is_shy or towns[n].found[0].score < METROPOLIS)
    return not (line[n].is_small or is_town)


def _is_at_home(town: Piece, country: str | None) -> bool:
    """Whether it is large and in the visitor's country: then the town is meant, and the word after it is a quarter."""
    return town.found[0].place.population >= LARGE and town.found[0].place.country == country
