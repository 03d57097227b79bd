"""Two towns in one line: where each of two people lives. "Boston / New York", "Lyon et Grenoble", "תל אביב וחיפה"."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from index.folding import fold
from referral import terms
from referral.places.types import Found, Place
from referral.search import areas, second
from referral.search.exactly import Exactly
from referral.search.piece import LARGE
from referral.search.placing import KNOWN_AS_NAME, MAX_PLACE_WORDS, RARE, may_name_a_place
from referral.search.tokens import OR, Token, joined, words_of
from referral.terms import approaches

ALSO_IN = {"en": frozenset({"NL", "BE", "SR", "CW", "AW"}), "i": frozenset({"PL", "ES", "AD", "RU", "UA", "BY"})}
"""Such a word that says "in" elsewhere, and the countries of towns it joins: Getafe lies in Madrid."""

AND = frozenset(fold(word) for word in "and und et y e i en og och ve și и и e 그리고 و ile".split())
"""Words between two towns."""

OTHERS = words_of("others.txt")
"""Words that say what follows of somebody else than what was said before."""

GIVEN = words_of("given.txt")
"""Given names that are towns, too ..."""

ABROAD = 200_000
"""People of a town beside another, where it is neither in the visitor's country nor in the other one's."""

GREAT = 2_000_000
"""... of fewer people."""

MOST = 3
"""Words of a large town."""

ONES = words_of("ones.txt")
"""Words that say what follows of one of two."""

FROM = words_of("where_from.txt")
"""Words before a town that somebody comes from and does not live in."""

_HUNG = re.compile(r"[ו](?=[א-ת]{2})|و(?=[\u0621-\u064a]{2})")
"""The same, hung before the second ..."""

_KOREAN = re.compile(r"(?:과|와|하고|이?랑)$")
"""... or behind the first."""

_BETWEEN, _TO = fold("בין"), re.compile(r"ל(?=[א-ת]{2})")
"""The Hebrew "between", after which a "to" hangs before the second."""

_SIGNS = re.compile(r"\s*(?:[/&+…↔⇄]|<-+>|(?<=\s)\.{2,}(?=\s))\s*")


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
        before = _before(line, cut, begin, exactly)
        for end in range(min(len(line), begin + MAX_PLACE_WORDS) if before else begin, begin, -1):
            for words in _called([replace(line[begin], typed=first), *line[begin + 1 : end]]):
                found = _towns(line[begin:end], words, exactly)
                joins = ALSO_IN.get(fold(line[cut].typed)) if begin > cut else None
                if joins is not None and found and found[0].place.country not in joins:
                    continue
                if found and _is_after_a_town(line, before, begin, words, exactly):
                    return Two([*line[:cut], *line[end:]], found)
    return None


def side_by_side(line: Sequence[Token], exactly: Exactly) -> Two | None:
    """The second of two large towns with nothing between them: "New York London"; none where one lies in the other.

    Nor where a word beside them may be somebody's name, or the first one is a given name.
    """
    for cut in range(1, len(line)):
        for start in range(max(0, cut - MOST), cut):
            here = _large(line[start:cut], exactly) if line[start].phrase == line[cut].phrase else []
            if not here or (fold(line[start].typed) in GIVEN and here[0].place.population < GREAT):
                continue
            for end in range(min(len(line), cut + MOST), cut, -1):
                there = _large(line[cut:end], exactly) if line[end - 1].phrase == line[start].phrase else []
                is_pair = bool(there) and _are_known(here[0].place, there[0].place, exactly.country)
                if (
                    is_pair
                    and _are_alone(line, start, end)
                    and not _is_one(line[start:end], here[0], there[0], exactly)
                ):
                    return Two([*line[:cut], *line[end:]], [one for one in there if one.place.kind == "city"])
    return None


def _large(run: Sequence[Token], exactly: Exactly) -> list[Found]:
    """The large town called exactly so, and no word of every day, nor a term; what else is called so behind it.

    Nor a name that is hardly used of it: Larkin is a village that was taken into a town.
    """
    if terms.find(joined(run)) or approaches.named_in(joined(run)):
        return []
    if (len(run) == 1 and (run[0].is_everyday or run[0].is_noise)) or not may_name_a_place(run, 0, exactly.country):
        return []
    found = exactly.find(joined(run))
    is_large = bool(found) and found[0].place.kind == "city" and found[0].place.population >= LARGE
    return found if is_large and found[0].match == "exact" and found[0].score >= RARE else []


def _are_known(here: Place, there: Place, visitors: str | None) -> bool:
    """Whether people know both: a town that is far from the visitor and from the other one is a larger one."""
    return here.country == there.country or all(
        one.country == visitors or one.population >= ABROAD for one in (here, there)
    )


def _is_one(run: Sequence[Token], here: Found, there: Found, exactly: Exactly) -> bool:
    """Whether they name one town of either's country, with what holds it."""
    whole = exactly.find(joined(run))
    homes = {here.place.country, there.place.country}
    return here.place.id == there.place.id or bool(whole and whole[0].place.country in homes)


def _are_alone(line: Sequence[Token], start: int, end: int) -> bool:
    """Whether no other word of the line may be a name, and no word says which of the two is meant."""
    beside = [*line[:start], *line[end:]]
    is_said = any(fold(token.typed) in FROM or fold(token.typed) in OR for token in beside)
    is_one_phrase = line[start].phrase == line[end - 1].phrase
    return (
        is_one_phrase
        and not is_said
        and all(token.is_noise or token.is_small or terms.find(token.typed) for token in beside)
    )


def _cuts(line: Sequence[Token]) -> Iterator[tuple[int, int, str]]:
    """(where what comes before ends, where the second town may begin, its first word)."""
    for n, token in enumerate(line[1:], start=1):
        if fold(token.typed) in AND and n + 1 < len(line):
            yield n, n + 1, line[n + 1].typed
        elif (hung := _HUNG.match(token.typed)) is not None:
            yield n, n, token.typed[hung.end() :]
        elif (to := _TO.match(token.typed)) is not None and any(fold(one.typed) == _BETWEEN for one in line[:n]):
            yield n, n, token.typed[to.end() :]
        elif _KOREAN.search(line[n - 1].typed) or _says_in(line, n):
            yield n, n, token.typed


def _says_in(line: Sequence[Token], n: int) -> bool:
    """Whether an "in" stands before a word, or hangs on it; a "he" before it says as much: "me Boston, him Denver"."""
    is_inside = line[n].follows_in or any(form.is_inside for form in line[n].forms)
    return is_inside or (n > 0 and fold(line[n - 1].typed) in OTHERS)


def _called(run: Sequence[Token]) -> Iterator[str]:
    """The words, then without the "in" that hangs on the first or last: "בתל אביב", "İstanbul'da", "서울에"."""
    yield _KOREAN.sub("", joined(run))
    for n in dict.fromkeys((0, len(run) - 1)):
        for form in run[n].forms:
            if form.is_inside:
                yield joined([*run[:n], replace(run[n], typed=form.text), *run[n + 1 :]])


def _before(line: Sequence[Token], cut: int, begin: int, exactly: Exactly) -> list[tuple[int, int]]:
    """Every run of words that may be the first town; for a second one after "in" it may be any after an "in", too."""
    runs = [*_inside(line, cut, begin), *_beside(line, cut, begin)]
    return [run for run in runs if may_name_a_place(line[slice(*run)], len(line), exactly.country)]


def _is_after_a_town(
    line: Sequence[Token], before: Sequence[tuple[int, int]], begin: int, other: str, exactly: Exactly
) -> bool:
    """Whether one of the runs before is another town."""
    for start, end in before:
        for words in _called(line[start:end]):
            if _towns(line[start:end], words, exactly) and not exactly.find(joined(line[start : begin + 1])):
                return fold(words) != fold(other)
    return False


def _inside(line: Sequence[Token], cut: int, begin: int) -> Iterator[tuple[int, int]]:
    """Every run of words after an "in", where the second town stands after one too and is said of another."""
    if cut < begin or not _says_in(line, begin):
        return
    for start in range(cut):
        if _says_in(line, start) and not _is_from(line, start) and _are_apart(line[start : begin + 1]):
            yield from ((start, end) for end in range(start + 1, min(cut, start + MAX_PLACE_WORDS) + 1))


def _beside(line: Sequence[Token], cut: int, begin: int) -> Iterator[tuple[int, int]]:
    """Every run of words that ends where an "and" or what hangs there joins the second town to it."""
    if cut < begin or _HUNG.match(line[begin].typed) or not _says_in(line, begin):
        yield from ((start, cut) for start in range(max(0, cut - MAX_PLACE_WORDS), cut))


def _is_from(line: Sequence[Token], n: int) -> bool:
    """Whether the word before says that somebody comes from there."""
    return n > 0 and fold(line[n - 1].typed) in FROM


def _are_apart(line: Sequence[Token]) -> bool:
    """Whether the last word is said of another than the first: in a phrase of its own, after an "and" or a "he"."""
    return line[0].phrase != line[-1].phrase or any(says_apart(token) for token in line[1:])


def says_apart(token: Token) -> bool:
    """Whether the word says that what follows is said of another: "and", "the other", "he"."""
    is_and = fold(token.typed) in AND or fold(token.typed) in ONES or _HUNG.match(token.typed) is not None
    return is_and or any(fold(form.text) in OTHERS for form in token.forms)


def _towns(run: Sequence[Token], words: str, exactly: Exactly) -> list[Found]:
    """The towns of that name, where the best known one is no small one, and the name no word of every day; else the
    country or region.
    """
    if len(run) == 1 and not run[0].is_code and (run[0].is_everyday or run[0].is_noise):
        return []
    if not may_name_a_place(run, len(run), exactly.country):
        return []
    found = exactly.find(words)
    is_known = bool(found) and found[0].place.kind == "city" and found[0].place.population >= KNOWN_AS_NAME
    is_known = is_known or (bool(found) and _shares_its_name(found, exactly.country))
    if not is_known and areas.is_known(found):
        return found
    return [one for one in found if one.place.kind == "city"] if is_known else []


def _shares_its_name(found: Sequence[Found], visitors: str | None) -> bool:
    """Whether a country is called so, not the visitor's own, and a city of millions elsewhere: عمان is Amman, too."""
    first = found[0].place
    cities = (one.place for one in found if one.place.kind == "city" and one.place.country != first.country)
    return (
        first.kind == "country" and first.country != visitors and any(city.population >= second.CITY for city in cities)
    )
