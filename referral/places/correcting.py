"""What is tried when no name matches as typed: wrong letters in the name or what contains it, and unfinished words."""

from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

from referral.places import areas, floors, heads, names, other_letters, scripts, slips, typos
from referral.places.areas import Area
from referral.places.covering import NONE, fewest
from referral.places.folding import fold, unshortened
from referral.places.hangul import apart
from referral.places.matching import bias, named
from referral.places.parse import REVERSED, Split, segments, splits
from referral.places.rank import is_its_name
from referral.places.store import Store
from referral.places.types import Found

FOREIGN = 2.0
"""Further cost of a country's name in another language: there are 300 of each, near many words."""
OTHER_NAME = 0.6
"""The same of any other place's name that is not its main one."""
OWN_SIGNS = 1.5
"""So much less is noted of a name in signs of its own, which are far from all others, than its place scores."""
OWN_KNOWN = (5.2, 6.2)
"""Score a place needs to be meant by such a name as by its first: a city of 150,000 people, with a strange letter one
of more than a million."""
DOUBT = 0.3
"""What a strange letter takes where another place needs none: a letter left out or swapped is likelier ..."""
AGAIN = 1.0
"""... and what a second wrong letter does: before what is one letter away stands only what is far above it."""
MARKED = 2
"""As so many wrong letters counts one with a mark that the place's name lacks, where another's has it. What marks
a further name bears is not known: København is Copenhagen."""

ENDINGS = ("borough", "brough", "burgh", "boro", "burg")
"""Endings that sound alike, the longest first; each is more than two letters from another."""
STEM = 3
"""Letters before such an ending."""
WELL_KNOWN = 4.0
"""Score a name with another ending needs."""

LONG = {"country": 8}
SHORTEST_LONG = 6
"""From so many letters a lesser name of a place may be meant, with one wrong letter: there are a million of them ..."""
LESSER = {6: 4.6}
"""... and of so many must score this much when the wrong letter is a strange one."""

CODE_LETTERS = 3
NAMES_IN_A_ROW = 4
"""So many names of towns one after another misspell none."""
SENTENCE = 5
"""Of names with so many spaces only one letter may be wrong: they are few, and sentences are many."""

TWO_WORDS = 2
LONG_ENOUGH = 5
"""Letters of a city and a country or region that may both be misspelt ..."""
KNOWN_CITY, KNOWN_COUNTRY = 3.6, 5.0
"""... what their names must score ..."""
CITY, TOWN = 100_000, 15_000
"""... and people of the city, less behind a comma."""

LEAST = 1.0
"""What must be left of a score when the wrong letters are paid ..."""
SURE = {9: 0.8, 10: 0.7}
"""... and when so many letters are typed ..."""
SUREST = 0.5
"""... or more."""

UNFINISHED = 4.5
"""Score a name needs before an unfinished line is completed to it."""
UNFINISHED_LETTERS = 5
UNFINISHED_SHARE = 0.6
"""How much of the name must be there."""


def match(store: Store, line: str, country: str | None, most: int = 2) -> list[Found]:
    """Places that the line misspells by at most so many letters, unsorted."""
    parts = segments(line)
    if town := _abroad(store, parts):
        found = _qualified(store, town, country, most)
        # Without a comma the country may be no country: "Sao Palo".
        whole = _whole(store, " ".join(parts), country, 1) if town.cost and not found else []
        return found or [f for f in whole if f.place.kind == "city"]
    found = _whole(store, " ".join(parts), country, min(most, _most(store, parts))) if parts else []
    found += _other_ending(store, parts, country)
    for split in splits(parts):
        store.spend()
        if split.within:
            found += _qualified(store, split, country, most)
    return found or _other_doubles(store, parts, country) or _both(store, parts, country)


def _both(store: Store, parts: list[str], country: str | None) -> list[Found]:
    """Cities with one wrong letter before their country or region with one: "Sprnigfield, Illinios".

    Without a comma large ones, before their country: "Marseilles Frnace".
    """
    is_parted = len(parts) == TWO_WORDS
    words = parts if is_parted else " ".join(parts).split(" ")
    if len(words) != TWO_WORDS or min(map(len, words)) < LONG_ENOUGH:
        return []
    found: list[Found] = []
    for area in spelled(store, unshortened(words[1]), 1, KNOWN_COUNTRY):
        within = areas.meanings(store, area.name)
        if within and (is_parted or areas.names_country(store, area.name)):
            for name in spelled(store, unshortened(words[0]), 1, KNOWN_CITY):
                found += _at_cost(store, name.name, [within], country, name.cost + area.cost)
    least = TOWN if is_parted else CITY
    return [f for f in found if f.place.kind == "city" and f.place.population >= least]


def _abroad(store: Store, parts: list[str]) -> Split | None:
    """The line as a known name before a country: only the name may be wrong then ("Kabol, Afghanistan")."""
    before = (s for s in splits(parts) if len(s.within) == 1 and s.cost < REVERSED and not _is_small_code(s.within[0]))
    return next((s for s in before if areas.names_country(store, s.within[0]) and _known(store, s.name)), None)


def _is_small_code(text: str) -> bool:
    """Whether it has no more letters than a country's code, and is not typed as one: "Hoa Bih" is in no BIH."""
    return len(text) <= CODE_LETTERS and not text.isupper()


def _other_doubles(store: Store, parts: list[str], country: str | None) -> list[Found]:
    """Prominent places where people are unsure which letters stand twice: "Cinncinatti"."""
    folded = unshortened(" ".join(parts))
    once = floors.undoubled(folded)
    if once == folded or typos.edits_allowed(once) < 2:
        return []
    return [f for f in _whole(store, once, country, 1) if _strength(f, floors.EDIT, country) >= WELL_KNOWN]


def _most(store: Store, parts: list[str]) -> int:
    """How many letters may be wrong in a line as one name: in a list of names none is looked for."""
    line = fold(" ".join(parts))
    if NAMES_IN_A_ROW <= fewest(store, line, towns=True) < NONE:
        return 0
    return 1 if len(parts) > 1 or line.count(" ") >= SENTENCE else 2


def _other_ending(store: Store, parts: list[str], country: str | None) -> list[Found]:
    """Prominent places whose name ends otherwise and sounds the same: "Edinborough"."""
    folded = fold(" ".join(parts))
    ending = next((e for e in ENDINGS if folded.endswith(e) and len(folded) - len(e) >= STEM), "")
    if not ending:
        return []
    others = (folded.removesuffix(ending) + other for other in ENDINGS if other != ending)
    found = [f for name in others for f in _at_cost(store, name, [], country, floors.EDIT)]
    return [f for f in found if _strength(f, floors.EDIT, country) >= WELL_KNOWN]


class Spelling(NamedTuple):
    """A known name that a line may misspell."""

    name: str
    edits: int
    cost: float
    floor: float
    """Score its place must have to be meant by the name alone."""


def _whole(store: Store, text: str, country: str | None, most: int) -> list[Found]:
    folded = unshortened(text)
    if other_letters.is_other(folded):
        return _doubted(other_letters.misspelt(store, folded, country, most)) if most else []
    found: list[tuple[int, int, Found]] = []
    letters = floors.letters(folded)
    if letters < typos.MIN_LETTERS:
        return []
    least = LEAST if letters < min(SURE) else SURE.get(letters, SUREST)
    unsaid = 0.0 if folded.isascii() else OWN_SIGNS
    noted = min(floors.PROMINENT.get(letters, 0.0), floors.TWICE_LEFT_OUT.get(letters, 9.0)) - unsaid
    for name, edits, cost, floor in spelled(store, folded, most, noted):
        known = _known(store, name)
        if known + unsaid < floor:
            continue
        for one in _at_cost(store, name, [], country, cost):
            is_own = edits == 1 and _is_own(one, name, cost, country)
            if known < floor and not is_own:
                continue
            distrust = 0.0 if is_own else _distrust(one, name)
            trusted = not distrust or (edits == 1 and _is_long(folded, one, cost, country))
            if trusted and _strength(one, cost, country) >= max(floor, cost + least):
                wrong = edits + MARKED * is_its_name(one) * slips.marks_missing(text, one.place.name)
                found.append((wrong, floors.strange(folded, name), replace(one, score=one.score - distrust)))
    return _doubted(found)


def _doubted(found: Sequence[tuple[int, int, Found]]) -> list[Found]:
    """These, with how many letters are wrong and how many strange: what others are nearer to the line than comes later.

    The best keeps its score, by which others judge whether it is meant.
    """
    fewest = min((edits for edits, *_ in found), default=0)
    usual = min((strange for edits, strange, _ in found if edits == fewest), default=0)
    doubts = [AGAIN * (edits - fewest) + DOUBT * (edits == 1) * (strange - usual) for edits, strange, _ in found]
    best = max(range(len(found)), key=lambda n: found[n][2].score - doubts[n], default=0)
    return [replace(one[2], score=one[2].score - doubts[n] + doubts[best]) for n, one in enumerate(found)]


def _is_long(folded: str, found: Found, cost: float, country: str | None) -> bool:
    """Whether so many letters are no mere coincidence with a lesser name."""
    letters = len(folded)
    if letters < LONG.get(found.place.kind, SHORTEST_LONG):
        return False
    return cost <= floors.EDIT or _strength(found, cost, country) >= LESSER.get(letters, 0.0)


def _is_own(found: Found, name: str, cost: float, country: str | None) -> bool:
    """Whether the name is what the people of a well-known place write themselves."""
    least = OWN_KNOWN[cost > floors.EDIT]
    return _strength(found, cost, country) >= least and scripts.is_own(name, found.place.country)


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
        if not frozenset.intersection(*map(areas.countries, meant)):
            return []
        elsewhere = _known(store, split.name)
        least = elsewhere + sum(max(a.boost for a in q) for q in meant)  # "Marseille, Colombia"
        for name, _, cost, _ in spelled(store, unshortened(split.name), 1 if elsewhere else most, elsewhere):
            likely = _at_cost(store, name, meant, country, cost + split.cost)
            found += [f for f in likely if _strength(f, cost + split.cost, country) >= least]
    elif len(meant) == 1 and not split.cost and _known(store, split.name):
        for name, _, cost, _ in spelled(store, unshortened(split.within[0]), most):
            if meanings := areas.meanings(store, name):
                found += _at_cost(store, fold(split.name), [meanings], country, cost + split.cost)
    return found


def _known(store: Store, name: str) -> float:
    """What the best place anywhere scores that is called so; 0 without one."""
    best = store.named(fold(name), 1)
    return -best[0].rank / 100 if best else 0.0


def spelled(store: Store, folded: str, most: int = 2, least: float = 0.0) -> list[Spelling]:
    """Every name at most so many letters away that may have been mistyped so and scores at least so much."""
    return store.once(("spelled", folded, most, least), lambda: _looked_up(store, folded, most, least))


def _looked_up(store: Store, folded: str, most: int, least: float) -> list[Spelling]:
    found: list[Spelling] = []
    typed = apart(folded)
    if typos.count(typed) < typos.MIN_LETTERS:
        return found
    for name, edits in typos.near(store, folded, most, least):
        store.spend()
        if edits and floors.may_mean(typed, meant := apart(name)):
            cost, floor = floors.cost(typed, meant, edits), floors.floor(typed, meant, edits)
            found.append(Spelling(name, edits, cost, floor))
    return found


def complete(store: Store, line: str, country: str | None) -> list[Found]:
    """Prominent places whose name the line begins, unsorted."""
    folded = fold(line)
    if len(folded) < UNFINISHED_LETTERS:
        return []
    begun = sorted(store.starting(folded, heads.FEW))[:20]
    records = store.records([n.place for n in begun])
    longest = int(len(folded) / UNFINISHED_SHARE)
    found: list[Found] = []
    for name in begun:
        place = records[name.place].place
        if place.kind == "country" and not names.may_be_begun(place.id, folded):
            continue  # "spoon" begins a name that Spain has on the Isle of Man
        if -name.rank >= UNFINISHED * 100 and len(fold(place.name)) <= longest:
            found.append(Found(place, "prefix", -name.rank / 100 - 1 + bias(name.country, country)))
    return found
