"""What is tried when no name matches as typed: wrong letters in the name or what contains it, and unfinished words."""

from collections.abc import Sequence
from dataclasses import replace

from referral.places import areas, heads, typos
from referral.places.areas import Area
from referral.places.folding import fold, unshortened
from referral.places.matching import bias, named
from referral.places.parse import Split, segments, splits
from referral.places.store import Store
from referral.places.types import Found

EDIT = 1.0
"""Cost of a wrong letter."""
FOREIGN = 2.0
"""Further cost of a country's name in another language: there are 300 of each, near many words."""
OTHER_NAME = 0.5
"""The same of any other place's name that is not its main one."""
FIRST_LETTER = 0.7
"""Further cost when the first letter is wrong: people rarely mistype it."""

ENDINGS = ("borough", "brough", "burgh", "boro", "burg")
"""Endings that sound alike, the longest first; each is more than two letters from another."""
STEM = 3
"""Letters before such an ending."""
WELL_KNOWN = 4.0
"""Score a name with another ending needs."""

PROMINENT = {4: 5.0, 5: 4.7, 6: 3.6, 7: 3.0}
"""Score a name needs before a line of so few letters is corrected to it; 2 from 8 letters."""
TWICE_WRONG = {7: 5.0, 8: 4.0, 9: 3.8}
"""The same with two wrong letters."""
SHORT = 6
"""Up to so many letters the first must be right, or only swapped with the second."""
LONG = 6
"""From so many letters a lesser name of a place may be meant, with one wrong letter: there are a million of them."""

UNFINISHED = 4.5
"""Score a name needs before an unfinished line is completed to it."""
UNFINISHED_LETTERS = 5
UNFINISHED_SHARE = 0.6
"""How much of the name must be there."""


def match(store: Store, line: str, country: str | None, most: int = 2) -> list[Found]:
    """Places that the line misspells by at most so many letters, unsorted."""
    parts = segments(line)
    found = _whole(store, unshortened(" ".join(parts)), country, most) if parts else []
    found += _other_ending(store, parts, country)
    for split in splits(parts):
        if split.within:
            found += _qualified(store, split, country, most)
    return found


def _other_ending(store: Store, parts: list[str], country: str | None) -> list[Found]:
    """Prominent places whose name ends otherwise and sounds the same: "Edinborough"."""
    folded = fold(" ".join(parts))
    ending = next((e for e in ENDINGS if folded.endswith(e) and len(folded) - len(e) >= STEM), "")
    if not ending:
        return []
    names = (folded.removesuffix(ending) + other for other in ENDINGS if other != ending)
    found = [f for name in names for f in _at_cost(store, name, [], country, EDIT)]
    return [f for f in found if _strength(f, EDIT, country) >= WELL_KNOWN]


def _whole(store: Store, folded: str, country: str | None, most: int) -> list[Found]:
    found: list[Found] = []
    for name, cost, floor in spelled(store, folded, most):
        for one in _at_cost(store, name, [], country, cost):
            distrust = _distrust(one, name)
            trusted = not distrust or (cost < 2 * EDIT and len(folded) >= LONG)
            if trusted and _strength(one, cost, country) >= floor:
                found.append(replace(one, score=one.score - distrust))
    return found


def _distrust(found: Found, name: str) -> float:
    """What a correction to a lesser name of a place costs."""
    if f"{fold(found.place.name)} ".startswith(f"{fold(name)} "):
        return 0.0
    return FOREIGN if found.place.kind == "country" else OTHER_NAME


def _at_cost(
    store: Store, name: str, qualifiers: Sequence[Sequence[Area]], country: str | None, cost: float
) -> list[Found]:
    return named(store, name, qualifiers, country, cost=cost, how="typo", corrected=True)


def _strength(found: Found, cost: float, country: str | None) -> float:
    """The score of the name itself, without bias and cost."""
    return found.score + cost - bias(found.place.country, country)


def _qualified(store: Store, split: Split, country: str | None, most: int) -> list[Found]:
    """A wrong letter in the name, or in one qualifier, the rest as typed."""
    meant = [areas.meanings(store, text) for text in split.within]
    found: list[Found] = []
    if all(meant):
        for name, cost, _ in spelled(store, unshortened(split.name), most):
            found += _at_cost(store, name, meant, country, cost + split.cost)
    elif len(meant) == 1 and not split.cost:
        for name, cost, _ in spelled(store, unshortened(split.within[0]), most):
            if meanings := areas.meanings(store, name):
                found += _at_cost(store, fold(split.name), [meanings], country, cost + split.cost)
    return found


def spelled(store: Store, folded: str, most: int = 2) -> list[tuple[str, float, float]]:
    """(known name, cost, score its place must have alone) for every name at most so many letters away."""
    letters = len(folded) - folded.count(" ")
    found: list[tuple[str, float, float]] = []
    for name, edits in typos.near(store, folded, most):
        same_start = name[:1] == folded[:1]
        if edits and (same_start or letters > SHORT or name[:2] == folded[1::-1]):
            floor = PROMINENT.get(letters, 2.0) if edits == 1 else TWICE_WRONG.get(letters, 3.0)
            found.append((name, edits * EDIT + (0.0 if same_start else FIRST_LETTER), floor))
    return found


def complete(store: Store, line: str, country: str | None) -> list[Found]:
    """Prominent places whose name the line begins, unsorted."""
    folded = fold(line)
    if len(folded) < UNFINISHED_LETTERS:
        return []
    names = sorted(store.starting(folded, heads.FEW))[:20]
    records = store.records([n.place for n in names])
    longest = int(len(folded) / UNFINISHED_SHARE)
    found: list[Found] = []
    for name in names:
        place = records[name.place].place
        if -name.rank >= UNFINISHED * 100 and len(fold(place.name)) <= longest:
            found.append(Found(place, "prefix", -name.rank / 100 - 1 + bias(name.country, country)))
    return found
