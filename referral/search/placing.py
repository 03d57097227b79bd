"""Which runs of words of the line are places as they stand, and how likely each is meant among other words."""

import re
from collections.abc import Iterator, Sequence
from itertools import product

from index.folding import fold
from referral.places.types import Found
from referral.search.exactly import Exactly
from referral.search.piece import LARGE, METROPOLIS, Piece, runs
from referral.search.tokens import ARTICLES, BEFORE_PLACES, Token, joined

MAX_PLACE_WORDS = 4
IN_LONG_LINES = 2
LONG = 9
"""In a line of more words than this, only runs of two are looked up as places, and longer ones where a phrase or a
state's code ends: "what to do san antonio tx".
"""

WORD = 3
"""A usual word of so many letters may begin or end a name (São Paulo, Viet Nam); "Columbia in" is not in Indiana."""

USUAL = 5.6
"""A place of this score (half a million people) costs nothing; ten times as many are worth 0.5."""
ENOUGH = 6.5
"""Beyond it a place is no likelier: a country is not meant before the town typed with it."""
LONGER = 0.35
"""What each further word of a place is worth: "Paris, Texas" before "Paris"."""
AFTER_IN = 1.0
"""What a word before it that says "in" is worth."""
ALSO_NOISE = 0.5
"""Cost of a place whose name is a usual word: "nice"."""
HAMLET = 3.0
"""Below this score a place typed in small letters is likelier a word ..."""
UNLIKELY = 1.5
"""... and costs so much more."""
EITHER = 2
"""Of so many places of one name a known one is meant: Geneva is in New York, too."""
RARE = 4.5
"""Below this score the name is a small town's, or hardly used of a large one."""
SHORT = 3
"""Letters of a word that is rarely a place ..."""
KNOWN_CODE = 5.0
"""... but from this score on: nyc, uk."""

SHORT_NAME = 4
"""Letters of a name that is likelier an abbreviation of a town than somebody's: NYC."""

KNOWN = 110_000
"""People of a town that is meant though its name is a word of every day: Mobile, Split; not Malé ..."""
KNOWN_AT_HOME = 60_000
"""... and in the visitor's country: Bath, Bend ..."""
KNOWN_AS_NAME = 25_000
"""... there with a capital behind another word, too: "therapist Geel"."""

_DECIMAL = re.compile(r"[+-]?\d+[.,]\d+°?")
"""Half of a point, no postcode."""


def places(line: Sequence[Token], exactly: Exactly) -> Iterator[Piece]:
    """Every run of words that is the name of a place, with or without what its language hangs on it."""
    for start, end in _runs(line, exactly.country):
        run = line[start:end]
        if not may_name_a_place(run, len(line), exactly.country) or _is_torn(line, start, end, exactly):
            continue
        piece = _place(start, end, run, exactly)
        if piece and (len(run) > 1 or _is_named(line, start, piece.found[0], exactly.country)):
            yield piece
    yield from _within(line, exactly)


def _is_torn(line: Sequence[Token], start: int, end: int, exactly: Exactly) -> bool:
    """Whether it ends within a namesake that has a phrase of its own: "Portland Maine, Portland" of one in Oregon."""
    begin = next(n for n in range(start, end) if line[n].phrase == line[end - 1].phrase)
    is_again = start < begin and fold(line[begin].typed) == fold(line[start].typed)
    if not is_again or end == len(line) or line[end].phrase != line[begin].phrase:
        return False
    return bool(exactly.find(joined(line[begin : end + 1])))


def _runs(line: Sequence[Token], country: str | None) -> Iterator[tuple[int, int]]:
    """Where every run of words begins and ends that is worth looking up."""
    if len(line) <= LONG:
        yield from runs(line, MAX_PLACE_WORDS)
        return
    yield from runs(line, IN_LONG_LINES)
    for end in range(IN_LONG_LINES + 1, len(line) + 1):
        is_last = end == len(line) or line[end].phrase != line[end - 1].phrase
        if is_last or (len(line[end - 1].typed) < WORD and _may_be_a_state(line[end - 2 : end], country)):
            longer = range(max(0, end - MAX_PLACE_WORDS), end - IN_LONG_LINES)
            yield from ((start, end) for start in longer if line[start].phrase == line[end - 1].phrase)


def _within(line: Sequence[Token], exactly: Exactly) -> Iterator[Piece]:
    """Every town with the country or region around it that is said with an "in": "Haifa in Israel"."""
    for cut, begin in _ins(line):
        for start, end in product(range(max(0, cut - IN_LONG_LINES), cut), range(begin + 1, begin + 1 + IN_LONG_LINES)):
            if end <= len(line) and line[start].phrase == line[end - 1].phrase:
                found = _in_an_area(line[start:cut], line[begin:end], exactly)
                if found:
                    cost = _cost(line[start:end], found[0], True)
                    yield Piece(start, end, cost - AFTER_IN, "place", None, tuple(found))


def _in_an_area(town: Sequence[Token], area: Sequence[Token], exactly: Exactly) -> list[Found]:
    """What the first words name within what the others do; [] for words of every day, and hamlets."""
    if any(token.is_noise or token.is_everyday for token in (town[0], town[-1], area[-1])):
        return []
    found = exactly.find(f"{joined(town)}, {joined(area)}")
    is_town = bool(found) and found[0].match == "qualifier" and not found[0].place.area
    return found if is_town and found[0].score >= (RARE if town[0].is_small else HAMLET) else []


def _ins(line: Sequence[Token]) -> Iterator[tuple[int, int]]:
    """Where an "in" begins, with what may follow it, and where a place after it does: "in", "in der", "au"."""
    for cut in range(1, len(line) - 1):
        begin = cut
        while begin < min(cut + 2, len(line) - 1) and line[begin].is_noise:
            begin += 1
        if fold(line[cut].typed) in BEFORE_PLACES and begin > cut and not line[cut].is_code:
            yield cut, begin


def _is_named(line: Sequence[Token], n: int, found: Found, country: str | None) -> bool:
    """Whether a word of every day is a place here: a well-known one, or with a capital after "in" or on its own."""
    word = line[n]
    is_name = n > 0 and not word.is_small
    if found.place.kind == "region" and found.place.country == country and not word.is_small:
        return True
    if not word.is_everyday or word.is_code or found.match == "postcode" or _is_known(word, found, country, is_name):
        return True
    is_alone = all(other.phrase != word.phrase for at, other in enumerate(line) if at != n)
    return (word.follows_in or is_alone) and is_called(word.typed, found) and (not word.is_small or len(line) == 1)


def is_called(word: str, found: Found) -> bool:
    """Whether the place goes by that name first of all: Hope, and not Lomé by "Love"."""
    return fold(found.place.name) == fold(word)


def _is_known(word: Token, found: Found, country: str | None, is_name: bool) -> bool:
    """Whether it is a large town of that name, less large in the visitor's country: Mobile, Bath, "therapist Geel"."""
    people = KNOWN
    if found.place.country == country:
        people = KNOWN_AS_NAME if is_name else KNOWN_AT_HOME
    return is_called(word.typed, found) and found.place.kind == "city" and found.place.population >= people


def may_name_a_place(run: Sequence[Token], words: int, country: str | None) -> bool:
    """Whether to look the run up: not when it begins or ends with a usual word, but for articles and codes."""
    first, last = run[0], run[-1]
    if len(run) == 1:
        usual = (
            first.is_noise
            and not first.is_code
            and (len(first.typed) < WORD or (words > LONG and not first.typed[:1].isupper()))
        )
        return not usual and not _DECIMAL.fullmatch(first.typed)
    if last.is_noise and not last.is_code and len(last.typed) < WORD and not _may_be_a_state(run, country):
        return False
    if first.is_noise and fold(first.typed) not in ARTICLES:
        near = first.phrase == run[1].phrase or len(run) == 2
        return len(first.typed) >= WORD and near and any(not t.is_noise for t in run)
    return any(not t.is_noise for t in run)


def _may_be_a_state(run: Sequence[Token], country: str | None) -> bool:
    """Whether the last word is a state's code in small letters ("peoria il"), no word of English ("columbia in")."""
    return country in STATES and fold(run[-1].typed) not in ENGLISH and not run[-2].is_noise


STATES = frozenset({"US", "CA", "AU"})
"""Countries whose people type the code of the state after a town."""
ENGLISH = frozenset("in or me hi oh no so at to of we my us is it do".split())
"""Words of English; some are codes as well."""


def _place(start: int, end: int, run: Sequence[Token], exactly: Exactly) -> Piece | None:
    """The place these words name; what hangs on the first or last of them is taken off if it is not named with it."""
    text, first = joined(run), run[0]
    found, inside = exactly.find(text), first.follows_in
    for form in (*first.forms[1:], *run[-1].forms[1:]):
        if found:
            break
        bare = form.text + text[len(first.typed) :] if form in first.forms else text[: -len(run[-1].typed)] + form.text
        found, inside = exactly.find(bare), inside or form.is_inside
    if first.is_code:
        found = sorted(found, key=lambda f: f.place.country != exactly.country)
    if not found or (len(run) == 1 and not _is_meant(first, found[0], inside, exactly.country)):
        return None
    shy = not inside and all(map(_is_lesser, found[:EITHER]))
    return Piece(start, end, _cost(run, found[0], inside), "place", None, tuple(found), shy)


def _is_lesser(found: Found) -> bool:
    """Whether it is a small town, a rare name of any (Dam of Damascus), or a region called as a word is: West."""
    if found.place.kind == "region":
        return found.score < METROPOLIS
    if found.place.kind in ("country", "postcode"):
        return False
    return found.place.population < LARGE or found.score < RARE


def _is_meant(token: Token, found: Found, inside: bool, country: str | None) -> bool:
    """Whether one word is a place among others: a usual word only if large, two or three small letters rarely."""
    is_short = len(token.typed) <= SHORT and _has_capitals(token.typed)
    if token.is_code and found.place.area and found.place.country == country:
        return True
    if token.is_noise:
        is_large = found.place.population >= LARGE and found.place.kind == "city"
        return is_large and (not is_short or found.place.country == country)
    if not is_short or found.match == "postcode" or token.is_code:
        return True
    return found.score >= (HAMLET if inside or not token.is_small else KNOWN_CODE)


def _has_capitals(word: str) -> bool:
    return word.upper() != word.lower()


def _cost(run: Sequence[Token], found: Found, inside: bool) -> float:
    is_sure = found.match == "qualifier" and found.score >= RARE  # a town and what holds it: both were meant
    cost = (USUAL - (ENOUGH if is_sure else min(found.score, ENOUGH))) / 2 - LONGER * (len(run) - 1)
    if inside:
        return cost - AFTER_IN
    if len(run) == 1 and run[0].is_noise:
        cost += ALSO_NOISE
    if found.score < HAMLET and run[0].is_small:
        cost += UNLIKELY
    return cost


def may_be_a_name(typed: str, named: Found) -> bool:
    """Whether somebody may be meant: the place is a small one, or a town that has another name first (Ivanov)."""
    is_word = len(typed) > SHORT_NAME and typed.isalpha()
    is_other = is_word and not is_called(typed, named) and named.place.kind == "city"
    is_small = named.place.population < LARGE and not named.place.area
    return named.match == "exact" and (is_small or is_other)
