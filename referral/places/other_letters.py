"""A wrong letter in a name of another script than ours: how well known its place must be to be meant by it.

What a town is called in such a script is hardly ever its main name in the data, and words there are shorter: vowels are
not written, or a letter is a whole syllable. So a place is weighed as it stands, not by how its name is kept.
"""

import re
from collections.abc import Mapping

from referral.places import floors, scripts, slips, typos
from referral.places.folding import OTHER_SCRIPTS
from referral.places.hangul import apart
from referral.places.matching import bias, named
from referral.places.store import Store
from referral.places.types import Found

Table = Mapping[int, float]
"""Letters typed → score of the place that may be meant; the last for all longer lines."""

AT_HOME: tuple[Table, Table, Table] = (
    {4: 4.8, 5: 4.4, 6: 4.0, 7: 3.5, 8: 3.0},
    {4: 5.0, 5: 4.6, 6: 4.4, 7: 4.0, 8: 3.5},
    {4: 5.5, 5: 4.8, 6: 4.5, 7: 4.2, 8: 3.6},
)
"""Of towns whose people write so, with a letter left out, swapped or doubled; with one on a key beside the right one
or that sounds or looks alike; with any other ..."""
ABROAD: tuple[Table, Table, Table] = (
    {4: 5.5, 5: 4.5, 6: 4.3, 7: 3.8, 8: 3.0},
    {4: 5.9, 5: 5.0, 6: 4.5, 7: 4.2, 8: 3.5},
    {4: 6.2, 5: 5.4, 6: 4.7, 7: 4.3, 8: 3.8},
)
"""... and of all others."""
FIRST_WRONG: Table = {4: 5.7, 5: 6.0, 6: 5.4, 7: 5.0, 8: 4.5}
"""The same with a wrong first letter."""
COSTS = (1.0, 1.3, 1.8)
"""What each of these slips costs ..."""
FIRST_LETTER = 0.8
"""... and the first letter more."""

_DENSE = re.compile("[\u0600-\u06ff\u3130-\u318f]")
DENSE = 0.4
DENSE_TO = 5
"""Hardly a row of so few letters in Arabic or Hangul is not near some name, once a letter may be another: there a place
abroad must score so much more."""

AREA_LETTERS = (6, 8, 8)
"""Letters from which an area may be meant, which are few and called something in every language ..."""
AREA = 1.0
"""... and what it must score more."""

ADDED = 2.5
"""At most so much more than its name is kept with scores a town: it sounds so, and lies where people write so."""


def is_other(folded: str) -> bool:
    """Whether a line is in another script than ours."""
    return folded[:1] >= OTHER_SCRIPTS


def misspelt(store: Store, folded: str, country: str | None) -> list[tuple[int, int, Found]]:
    """(wrong letters, strange ones, the place) for every place that the line may mean with one wrong letter."""
    typed, found = apart(folded), []
    if _count(typed, 0) < typos.MIN_LETTERS or len(folded) == 1:
        return []
    least = min(_floor(_count(typed, 0), own, 0) for own in (True, False)) - ADDED
    for name, edits in typos.near(store, folded, 1, least):
        store.spend()
        if edits:
            slip = _slip(typed, apart(name))
            found += [(1, int(slip > 0), f) for f in _meant(store, typed, name, slip, country)]
    return found


def _meant(store: Store, typed: str, name: str, slip: int, country: str | None) -> list[Found]:
    """The places of this name that are known well enough."""
    begins = floors.begins_so(typed, apart(name))
    count, cost = _count(typed, slip), COSTS[slip] + (0.0 if begins else FIRST_LETTER)
    found = named(store, name, [], country, cost=cost, how="typo", corrected=True)
    first = 0.0 if begins else _of(FIRST_WRONG, count)
    return [f for f in found if _weight(f, cost, country) >= max(first, _least(f, name, count, slip))]


def _weight(found: Found, cost: float, country: str | None) -> float:
    """The score of the place itself, without bias and cost."""
    return found.score + cost - bias(found.place.country, country)


def _least(found: Found, name: str, count: int, slip: int) -> float:
    own = scripts.is_own(name, found.place.country)
    floor = _floor(count, own, slip)
    if slip and not own and count <= DENSE_TO and _DENSE.match(apart(name)):
        floor += DENSE
    if found.place.kind == "city":
        return floor
    return floor + AREA if count >= AREA_LETTERS[slip] else floors.NEVER


def _floor(count: int, own: bool, slip: int) -> float:
    return _of((AT_HOME if own else ABROAD)[slip], count)


def _of(table: Table, count: int) -> float:
    return table.get(min(count, max(table)), floors.NEVER)


def _slip(typed: str, name: str) -> int:
    """0 for a letter left out, swapped or doubled, 1 for one easily taken for another, 2 for a strange one."""
    if not floors.strange(typed, name):
        return 0
    return 1 if slips.is_usual(typed, name) else 2


def _count(typed: str, slip: int) -> int:
    """How many letters tell the line from others; the Arabic article tells of no letter that is wrong."""
    return typos.count(typed) - (floors.articles(typed) if slip else 0)
