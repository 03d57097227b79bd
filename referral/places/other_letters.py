"""Wrong letters in a name of another script than ours: how well known its place must be to be meant by it.

What a town is called in such a script is hardly ever its main name in the data, and words there are shorter: vowels are
not written, or a letter is a whole syllable. So a place is weighed as it stands, not by how its name is kept.
"""

from collections.abc import Mapping
from typing import NamedTuple

from referral.places import floors, scripts, slips, spoken, typos
from referral.places.folding import OTHER_SCRIPTS
from referral.places.hangul import apart, is_broken
from referral.places.matching import bias, named
from referral.places.store import Store
from referral.places.types import Found

Table = Mapping[int, float]
"""Letters typed → score of the place that may be meant; the last for all longer lines."""

HERE: tuple[Table, Table, Table] = (
    {3: 4.7, 4: 4.5, 5: 4.3, 6: 4.0, 7: 3.5, 8: 3.0},
    {4: 4.6, 5: 4.4, 6: 4.2, 7: 4.0, 8: 3.5},
    {4: 4.7, 5: 4.6, 6: 4.4, 7: 4.2, 8: 3.6},
)
"""Of towns in the visitor's country whose people write so, with a letter left out, swapped or doubled; with one on a
key beside the right one or that sounds or looks alike; with any other ..."""
AT_HOME: tuple[Table, Table, Table] = (
    {4: 4.8, 5: 4.4, 6: 4.0, 7: 3.5, 8: 3.0},
    {4: 5.0, 5: 4.6, 6: 4.4, 7: 4.0, 8: 3.5},
    {4: 5.5, 5: 4.8, 6: 4.5, 7: 4.2, 8: 3.6},
)
"""... of towns there that are written otherwise, and of those anywhere else whose people write so ..."""
ABROAD: tuple[Table, Table, Table] = (
    {3: 6.0, 4: 5.4, 5: 4.8, 6: 4.5, 7: 4.0, 8: 3.0},
    {4: 5.6, 5: 5.2, 6: 4.8, 7: 4.5, 8: 3.8},
    {4: 6.2, 5: 5.7, 6: 5.3, 7: 5.2, 8: 4.5},
)
"""... and of all others."""
FIRST_WRONG_HERE: Table = {3: 4.8, 4: 4.7, 5: 4.6, 6: 4.6, 7: 4.4, 8: 4.2}
"""The same with a wrong first letter ..."""
FIRST_WRONG: Table = {3: 6.3, 4: 5.7, 5: 5.8, 6: 5.3, 7: 5.0, 8: 4.5}
"""... and elsewhere."""
COSTS = (1.0, 1.3, 1.8)
"""What each of these slips costs ..."""
FIRST_LETTER = 0.8
"""... and the first letter more."""

TWICE_HERE: tuple[Table, Table] = (
    {6: 5.2, 7: 4.6, 8: 4.2, 9: 3.9, 10: 3.7},
    {7: 4.8, 8: 4.4, 9: 4.0, 10: 3.8},
)
"""Of towns in the visitor's country, with two letters left out, swapped or doubled; with strange ones ..."""
TWICE: tuple[Table, Table] = (
    {6: 6.4, 7: 5.5, 8: 4.8, 9: 4.5, 10: 4.2},
    {7: 6.2, 8: 5.4, 9: 5.1, 10: 4.8},
)
"""... and of all others."""
TWICE_FIRST_WRONG = 0.2
"""What it must score more when the first is one of them."""
SURELY = 8
"""Keys of Hangul from which two may be wrong where the place is not in the visitor's country."""
WORDS = 3
"""Words of the longest line that is looked through for two: longer ones are rather sentences."""
TWICE_COSTS = 2.0
STRANGE = 0.4
"""What two wrong letters cost, and each of them that the name does not have."""

KEYS, DENSE = 5, 0.4
"""Hardly a row of so few keys in Hangul is not near some name, once a letter may be another: there a place abroad must
score so much more ..."""
KANA, GREAT = 4, 6.4
"""... and with so few in kana, one more than there are, any place so much: half of three syllables are words."""

AREA_LETTERS = (6, 8, 8)
"""Letters from which an area may be meant, which are few and called something in every language ..."""
AREA = 1.0
"""... and what it must score more."""

ADDED = 2.5
"""At most so much more than its name is kept with scores a town: it sounds so, and lies where people write so."""


class Slip(NamedTuple):
    """How a line differs from a name."""

    edits: int
    kind: int
    """0 for letters left out, swapped or doubled, 1 for one easily taken for another, 2 for strange ones."""
    begins: bool
    """Whether the first letter is the name's."""
    letters: int
    """How many of the line tell it from others."""
    cost: float


def is_other(folded: str) -> bool:
    """Whether a line is in another script than ours."""
    return folded[:1] >= OTHER_SCRIPTS


def misspelt(store: Store, folded: str, country: str | None, most: int) -> list[tuple[int, int, Found]]:
    """(wrong letters, strange ones, the place) for every place that the line may mean with one wrong letter, else two.

    No more than `most`. A usual word misspells none.
    """
    if _count(apart(folded), 0) < _fewest(folded) or len(folded) == 1 or spoken.is_said(folded):
        return []
    found = _within(store, folded, country, 1)
    twice = not found and most > 1 and folded.count(" ") < WORDS
    return _within(store, folded, country, 2) if twice else found


def _fewest(folded: str) -> int:
    """How many letters a line must have; a broken syllable shows that one is wrong."""
    typed = apart(folded)
    return typos.MIN_LETTERS if typed != folded and not is_broken(folded) else typos.least_letters(typed)


def _within(store: Store, folded: str, country: str | None, edits: int) -> list[tuple[int, int, Found]]:
    """The same with so many wrong letters."""
    typed, found = apart(folded), []
    tables = (TWICE_HERE[0],) if edits > 1 else (HERE[0], AT_HOME[0], ABROAD[0])
    least = min(_of(table, _count(typed, 0)) for table in tables) - ADDED
    for name, wrong in typos.near(store, folded, edits, least) if least < floors.NEVER - ADDED else []:
        store.spend()
        if wrong == edits:
            slip = _slip(typed, apart(name), edits)
            found += [(edits, int(slip.kind > 0), f) for f in _meant(store, name, slip, country)]
    return found


def _meant(store: Store, name: str, slip: Slip, country: str | None) -> list[Found]:
    """The places of this name that are known well enough."""
    found = named(store, name, [], country, cost=slip.cost, how="typo", corrected=True)
    return [f for f in found if _weight(f, slip.cost, country) >= _least(f, name, slip, country)]


def _weight(found: Found, cost: float, country: str | None) -> float:
    """The score of the place itself, without bias and cost."""
    return found.score + cost - bias(found.place.country, country)


def _least(found: Found, name: str, slip: Slip, country: str | None) -> float:
    """What the place must score."""
    own, here = scripts.is_own(name, found.place.country), found.place.country == country
    if slip.edits > 1:
        if found.place.kind != "city" or (apart(name) != name and slip.letters < SURELY and not here):
            return floors.NEVER
        return _twice(slip, here or (own and country is None))
    near = here or (own and country is None and slip.kind == 0 and slip.begins)
    floor = _dense(_once(slip, own, near), name, slip, own)
    if found.place.kind == "city":
        return floor
    return floor + AREA if slip.letters >= AREA_LETTERS[slip.kind] else floors.NEVER


def _once(slip: Slip, own: bool, here: bool) -> float:
    table = HERE if own and here else AT_HOME if own or here else ABROAD
    first = {} if slip.begins else FIRST_WRONG_HERE if own and here else FIRST_WRONG
    return max(_of(table[slip.kind], slip.letters), _of(first, slip.letters) if first else 0.0)


def _dense(floor: float, name: str, slip: Slip, own: bool) -> float:
    """The same where another letter soon makes another name."""
    if slip.kind and typos.is_kana(name) and slip.letters <= KANA:
        return max(floor, GREAT)
    return floor + DENSE * (slip.kind > 0 and not own and slip.letters <= KEYS and apart(name) != name)


def _twice(slip: Slip, here: bool) -> float:
    table = (TWICE_HERE if here else TWICE)[slip.kind > 0]
    return _of(table, slip.letters) + (0.0 if slip.begins else TWICE_FIRST_WRONG)


def _of(table: Table, count: int) -> float:
    return table.get(min(count, max(table)), floors.NEVER)


def _slip(typed: str, name: str, edits: int) -> Slip:
    strange, begins = floors.strange(typed, name), floors.begins_so(typed, name)
    kind = 0 if not strange else 1 if edits == 1 and slips.is_usual(typed, name) else 2
    cost = COSTS[kind] if edits == 1 else TWICE_COSTS + STRANGE * strange
    letters = _count(typed, kind) if edits == 1 else typos.count(typed) - floors.articles(typed) // 2
    return Slip(edits, kind, begins, letters, cost + (0.0 if begins else FIRST_LETTER))


def _count(typed: str, kind: int) -> int:
    """How many letters tell the line from others; the Arabic article tells of no letter that is wrong."""
    return typos.count(typed) - (floors.articles(typed) if kind else 0)
