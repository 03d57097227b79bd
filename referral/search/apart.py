"""Where each of two people is, said of one after the other: "mein Mann ist in Berlin ich bin in Hamburg".

No comma and no "and" need stand between them: what is said of somebody begins with a word for them.
"""

from collections.abc import Iterator, Sequence
from itertools import pairwise

from index.folding import fold
from referral.search import areas
from referral.search.exactly import Exactly
from referral.search.piece import Piece, runs
from referral.search.placing import KNOWN_AS_NAME, places
from referral.search.tokens import Token, joined, runs_of, words_of
from referral.search.two import FROM, Two, says_apart

WHO = runs_of("who.txt")
LIVING = words_of("living.txt")

APART = runs_of("living_apart.txt")
MOST_APART = 4
"""Words of such a run."""

MOST_WHO = 2
"""Words of a word for somebody."""

SMALLEST = 1_000
"""People of a town that is meant behind an "in"."""

_HE_IN_TURKISH = "o"
"""It is "or" and "the" elsewhere, where no apostrophe stands in the next word."""

_WE = frozenset(map(fold, "we wir nous wij nosotros nosotras vi noi biz אנחנו 우리 우리는 저희 저희는 نحن".split()))
"""Who live together say where in one word: then the other town is another matter."""


def find(line: Sequence[Token], exactly: Exactly) -> Two | None:
    """The second of two known towns of which one is said of each of two people; None for any other line."""
    said = list(_said(line))
    if len(said) < len(("one", "other")):
        return None
    every = [one for one in places(line, exactly) if _is_known(line, one)]
    towns = [(start, end, _town(line, start, end, every)) for start, end in said]
    named = [(start, end, town) for start, end, town in towns if town]
    if len(named) < len(("one", "other")) or any(fold(line[start].typed) in _WE for start, _end, _town in named):
        return None
    here, there = named[0][2], named[1][2]
    if joined(line[here.start : here.end]) == joined(line[there.start : there.end]):
        return None
    gone = {n for n in range(len(line)) if _is_idle(line, n)} | set(range(there.start, there.end))
    rest = [token for n, token in enumerate(line) if n not in gone or here.start <= n < here.end]
    return Two(rest, [one for one in there.found if one.place.kind == "city" or areas.is_known(there.found)])


def is_said(line: Sequence[Token]) -> bool:
    """Whether a word of the line says that two are spoken of."""
    return any(says_apart(token) or _begins(line, n) for n, token in enumerate(line))


def without_saying_so(line: Sequence[Token]) -> list[Token]:
    """The line of two places without the words that only say that there are two: "we live apart"."""
    said = {
        n
        for start, end in runs(line, MOST_APART)
        if line[start].phrase == line[end - 1].phrase and fold(joined(line[start:end])) in APART
        for n in range(start, end)
    }
    return [token for n, token in enumerate(line) if n not in said]


def _said(line: Sequence[Token]) -> Iterator[tuple[int, int]]:
    """Where what is said of each begins, and where the next begins."""
    starts = [n for n in range(len(line)) if _begins(line, n)]
    yield from pairwise([*starts, len(line)])


def _begins(line: Sequence[Token], n: int) -> bool:
    word = fold(line[n].typed)
    if word == _HE_IN_TURKISH:
        return n + 1 < len(line) and "'" in line[n + 1].typed.replace("’", "'")
    if line[n].is_code or line[n].follows_in:
        return False
    return word in _WE or any(fold(joined(line[n : n + many])) in WHO for many in range(1, MOST_WHO + 1))


def _is_idle(line: Sequence[Token], n: int) -> bool:
    """Whether the word only says who, or that they live there."""
    return _begins(line, n) or fold(line[n].typed) in LIVING


def _town(line: Sequence[Token], start: int, end: int, every: Sequence[Piece]) -> Piece | None:
    """The known town among these words, the longest name first; none where somebody only comes from."""
    found = [one for one in every if start < one.start and one.end <= end]
    best = min(found, key=lambda one: (one.start - one.end, one.cost), default=None)
    return None if best is None or fold(line[best.start - 1].typed) in FROM else best


def _is_known(line: Sequence[Token], town: Piece) -> bool:
    """Whether it is a town, country or region that people know, and no word of every day."""
    first = line[town.start]
    if town.end - town.start == 1 and not first.is_code and (first.is_everyday or first.is_noise):
        return False
    if areas.is_known(town.found):
        return True
    city = next((one.place for one in town.found if one.place.kind == "city"), None)
    return city is not None and city.population >= (SMALLEST if first.follows_in else KNOWN_AS_NAME)
