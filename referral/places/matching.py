"""Names as they are typed, alone or with what contains them, looked up exactly."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from referral.places import areas, rank
from referral.places.areas import Area
from referral.places.folding import fold, without_suffix
from referral.places.parse import Split, reversed_splits, segments, splits
from referral.places.store import Named, Store
from referral.places.types import Found

SEVERAL = 40
"""Places of one name that are weighed; the rest are less prominent still."""

TYPED_CODE = 1.5
"""What a code gains by being typed in capitals ("BOL")."""

MANY = 400
"""The same with a qualifier, which most of them fail."""


def match(store: Store, line: str, country: str | None) -> list[Found]:
    """Places called as the line says, unsorted; [] when some part of it is not understood."""
    parts = segments(line)
    found = _codes(store, line, country)
    for split in splits(parts):
        found += named(store, fold(split.name), _qualifiers(store, split), country, cost=split.cost)
    if not found and len(parts) == 1:
        for split in reversed_splits(parts[0]):
            found += _without_suffix(store, split, country)
        found = found or _without_suffix(store, Split(parts[0], ()), country)
    return found


def _without_suffix(store: Store, split: Split, country: str | None) -> list[Found]:
    """Places of that name, else of the name less a final 市 and the like."""
    qualifiers, folded = _qualifiers(store, split), fold(split.name)
    found = named(store, folded, qualifiers, country, cost=split.cost)
    return found or named(store, without_suffix(folded), qualifiers, country, cost=split.cost)


def _codes(store: Store, line: str, country: str | None) -> list[Found]:
    """The areas with that code when it is typed as one: two or three capitals."""
    if not (len(line) in (2, 3) and line.isascii() and line.isalpha() and line.isupper()):
        return []
    found = [f for f in named(store, fold(line), [], country) if f.place.kind in ("country", "region")]
    return [replace(f, score=f.score + TYPED_CODE) for f in found]


def _qualifiers(store: Store, split: Split) -> list[Sequence[Area]] | None:
    """What each qualifier of the split may mean; None when one of them means nothing."""
    meant: list[Sequence[Area]] = []
    for text in split.within:
        found = areas.meanings(store, text) or (areas.towns(store, text) if not split.cost else [])
        if not found:
            return None
        meant.append(found)
    return meant


def named(
    store: Store,
    folded: str,
    qualifiers: Sequence[Sequence[Area]] | None,
    country: str | None,
    *,
    cost: float = 0.0,
    how: str = "exact",
    corrected: bool = False,
) -> list[Found]:
    """Every place of that folded name inside all the qualifiers, scored; [] when `qualifiers` is None."""
    if qualifiers is None or not folded:
        return []
    names = _candidates(store, folded, qualifiers, country)
    records = store.records([n.place for n in names])
    if qualifiers and how == "exact":
        how = "qualifier"
    found: list[Found] = []
    for name in names:
        record = records[name.place]
        boost = areas.all_hold(qualifiers, record)
        if boost is not None:
            score = -name.rank / 100 + boost - cost + bias(name.country, country)
            found.append(Found(record.place, how, score, corrected))
    return _at_home(found, country)


def _at_home(found: list[Found], country: str | None) -> list[Found]:
    """The same, a region of the visitor's country a little before a country of that name."""
    if not any(f.place.kind == "country" for f in found):
        return found
    home = [f.place.kind == "region" and f.place.country == country for f in found]
    return [replace(f, score=f.score + rank.AT_HOME) if own else f for f, own in zip(found, home, strict=True)]


def _candidates(
    store: Store, folded: str, qualifiers: Sequence[Sequence[Area]], country: str | None
) -> Iterable[Named]:
    """The rows of that name worth looking at."""
    if not qualifiers:
        names = {n.place: n for n in store.named(folded, SEVERAL)}
        if country and len(names) == SEVERAL:
            names |= {n.place: n for n in store.named(folded, SEVERAL, country=country)}
        return names.values()
    allowed = frozenset.intersection(*(_countries(q) for q in qualifiers))
    if len(allowed) > 3:
        return [n for n in store.named(folded, MANY) if n.country in allowed]
    return [n for code in sorted(allowed) for n in store.named(folded, MANY, country=code)]


def _countries(areas_meant: Sequence[Area]) -> frozenset[str]:
    return frozenset(code for area in areas_meant for code in area.countries)


def bias(code: str, country: str | None) -> float:
    """What a place gains for lying in the visitor's likely country."""
    return rank.BIAS if country == code else 0.0
