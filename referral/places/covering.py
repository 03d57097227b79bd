"""How few known names the words of a line are: what is no sequence of names is not tried in every way there is."""

import re
from collections.abc import Iterator

from referral.places.folding import SUFFIXES, fold
from referral.places.parse import dashes_broken, segments
from referral.places.schema import KINDS
from referral.places.store import Store

NONE = 99
"""Of words that no names make up."""

CITY = KINDS.index("city")
TOWN = 3.0
"""Score of a town that counts as one: "park" and "hill" are hamlets too."""
TOWN_LETTERS = 4

LIST = 3
"""So many towns that no country has together are a list, and none of them is meant."""
FAR_ABOVE = 2.0
"""A town of that name is thought of in a country when it is not so far below the best: Lincoln also in New Zealand."""
HOUSE = 3
"""Digits of the longest number of a house."""

_NUMBERED = re.compile(r"\w*\d\w*")


def fewest(store: Store, folded: str, *, towns: bool = False) -> int:
    """The fewest known names (or names of towns) that these words are, one after another; `NONE` when some are none."""
    return store.once(("fewest", folded, towns), lambda: _fewest(store, folded, towns)) if folded else 0


def _fewest(store: Store, folded: str, towns: bool) -> int:
    words = folded.split(" ")
    best = NONE
    for end in range(1, len(words) + 1):
        run = " ".join(words[:end])
        if _is_town(store, run) if towns else run[-1] in SUFFIXES or store.named(run, 1):
            best = min(best, 1 + fewest(store, " ".join(words[end:]), towns=towns))
        if end > 1 and not store.goes_on(run):
            break
    return best


def is_list(store: Store, line: str) -> bool:
    """Whether the line only lists towns that lie in no one country, with commas or numbers between them.

    Two are a list when a number as long as a postcode follows the first ("Paris 75011 Madrid"); a house number may
    also follow a street named after a town. Several names are one whatever they are, with such a number behind each.
    """
    named = list(_named_between(line))
    if len(named) >= LIST and all(digits > HOUSE for _, digits in named):
        return True
    countries = [found for name, _ in named if (found := _countries(store, name))]
    if len(countries) < 2 or frozenset.intersection(*countries):
        return False
    return len(countries) >= LIST or (len(countries) == len(named) and named[0][1] > HOUSE)


def _named_between(line: str) -> Iterator[tuple[str, int]]:
    """The words between commas and numbers, folded, each with the digits of the number right behind it."""
    for part in segments(dashes_broken(line)):
        names = [fold(words) for words in _NUMBERED.split(part)]
        numbers = [sum(map(str.isdigit, number)) for number in _NUMBERED.findall(part)]
        yield from ((name, digits) for name, digits in zip(names, [*numbers, 0], strict=True) if name)


def _countries(store: Store, name: str) -> frozenset[str]:
    """The countries in which a town of that name is likely meant; none when it is no town first of all."""
    if not _is_town(store, name):
        return frozenset()
    known = store.named(name)
    worst = known[0].rank + 100 * FAR_ABOVE
    return frozenset(n.country for n in known if n.kind == CITY and n.rank <= worst)


def _is_town(store: Store, name: str) -> bool:
    best = store.named(name, 1)
    return len(name) >= TOWN_LETTERS and bool(best) and best[0].kind == CITY and best[0].rank <= -100 * TOWN
