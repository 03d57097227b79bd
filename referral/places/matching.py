"""Names as they are typed, alone or with what contains them, looked up exactly."""

import re
from collections.abc import Collection, Sequence
from dataclasses import replace

from referral.places import areas, kept, kinds, rank, short_codes, sounding
from referral.places.areas import Area
from referral.places.cities import without_city
from referral.places.covering import fewest
from referral.places.folding import fold, without_suffix
from referral.places.parse import REVERSED, Split, is_unspaced, reversed_splits, segments, splits
from referral.places.schema import KINDS
from referral.places.scripts import written_in
from referral.places.store import Named, Store
from referral.places.types import Found, Place, country_name

AREAS = frozenset({"county", "region", "country", "area"})

CJK = "\u1100"
"""The first letter of the scripts of China, Japan and Korea; what comes before it is written small to large."""

ONE_PEOPLE = 2
"""Countries that write a script no other does, as Koreans theirs; the signs of China say less."""

KOREAN = ("구", "시", "군")
"""Kinds of Korean towns and districts."""

CITY_SUFFIXES = ("市", "시")
"""What is called so is a city, and not the country of its name ("メキシコ市")."""

CODE_LETTERS = 2
"""So few letters are a code: "my city" is no city of Malaysia."""

CITY, COUNTRY = KINDS.index("city"), KINDS.index("country")
TOWN = 4.0
"""Score of a town that is thought of before any country."""

SEVERAL = 40
"""Places of one name that are weighed; the rest are less prominent still."""

TYPED_NAME = 2.9
"""What a name of two letters gains by being typed as one ("Au", "Ii"): an abbreviation has two capitals, or none."""

TYPED_CODE = 2.2
"""What a code gains by being typed in capitals ("BOL"; "WA" is no town in Ghana)."""

FIRST_AT_HOME = 0.2
"""By how much a state at home is before whatever else has its code, where people say so."""

_POINTS = re.compile(r"(?:[A-Z]\. ?){2,3}")
_ISO = re.compile(r"[A-Z]{2}-[A-Z0-9]{1,3}")
ISO_SCORE = 6.0
"""Of the region whose whole ISO 3166-2 code is typed."""

WEIGHED = 2
"""Places of one name that are weighed in a step."""

MANY = 400
"""The same with a qualifier, which most of them fail."""


def match(store: Store, line: str, country: str | None) -> list[Found]:
    """Places called as the line says, unsorted; [] when some part of it is not understood."""
    return store.once(("match", line, country), lambda: _match(store, line, country))


def _match(store: Store, line: str, country: str | None) -> list[Found]:
    parts = segments(line)
    if not _may_be_names(store, parts):
        return _with_suffix(store, line, country)
    found = _codes(store, line, country)
    for split in splits(parts):
        store.spend()
        if split.cost < REVERSED or not _says_country(store, split):
            found += named(store, fold(split.name), _qualifiers(store, split), country, cost=split.cost)
    for split in () if found else splits(parts):
        store.spend()
        if split.cost < REVERSED:  # "Park Slope Brooklyn", where Brooklyn is the name of an area too
            found += named(store, fold(split.name), _qualifiers(store, split, towns=True), country, cost=split.cost)
    if not found and len(parts) == 1:
        for split in reversed_splits(parts[0]):
            store.spend()
            found += _without_suffix(store, split, country)
        found = found or _without_suffix(store, Split(parts[0], ()), country) or _with_suffix(store, line, country)
    found = short_codes.meant(found, line, country)
    return [_as_named(f, line) for f in found] if is_short_name(line) else found


def _says_country(store: Store, split: Split) -> bool:
    """Whether a reversed line is a town before the country it is said to be in: "Istanbul, Chile" is no Şile."""
    last, first = store.named(fold(split.name), 1), store.named(fold(split.within[0]))
    return bool(last) and last[0].kind == COUNTRY and any(n.kind == CITY and n.rank <= -100 * TOWN for n in first)


def is_short_name(line: str) -> bool:
    """Whether a line is two letters, the first alone a capital."""
    return len(line) == CODE_LETTERS and line[0].isupper() and line[1].islower()


def _as_named(found: Found, line: str) -> Found:
    return replace(found, score=found.score + TYPED_NAME * (fold(found.place.name) == fold(line)))


def _may_be_names(store: Store, parts: Sequence[str]) -> bool:
    """Whether the parts are as few names as can be understood: the place's own, and up to two in a row it lies in."""
    if len(parts) == 1 and is_unspaced(parts[0]):
        return True
    return fewest(store, fold(" ".join(parts))) <= 1 + 2 * len(parts)


def area(store: Store, line: str, country: str | None) -> list[Found]:
    """Areas that the line names with a word that only says what they are: "Québec province", "Co. Kerry, Ireland".

    Else the towns they are named after, whose region has no name in that script: "محافظة القاهرة".
    """
    name, *within = segments(line) or [line]
    bare = kinds.bare(name)
    if bare == fold(name) or len(within) > 1 or not any(map(str.isalpha, bare)):
        return []
    if len(bare) <= CODE_LETTERS and without_city(line) != line:
        return []
    found = named(store, bare, _qualifiers(store, Split(name, tuple(within))), country)
    return [f for f in found if f.place.kind in AREAS] or ([] if bare.isascii() or within else found)


def _without_suffix(store: Store, split: Split, country: str | None) -> list[Found]:
    """Places of that name, else of the name less a final 市 and the like."""
    qualifiers, folded = _qualifiers(store, split), fold(split.name)
    found = named(store, folded, qualifiers, country, cost=split.cost)
    found = found or named(store, without_suffix(folded), qualifiers, country, cost=split.cost)
    if folded[-1:] not in CITY_SUFFIXES:
        return found
    return [f for f in found if f.place.kind == "city"] or [f for f in found if f.place.kind != "country"]


def city_of(store: Store, code: str, country: str | None) -> list[Found]:
    """The city called as its country, as Panama City and Djibouti are: so people call it who say "city" and mean it."""
    name = fold(country_name(code))
    found = named(store, f"{name} city", [], country) or named(store, name, [], country)
    return [f for f in found if f.place.kind == "city" and f.place.country == code]


def _with_suffix(store: Store, part: str, country: str | None) -> list[Found]:
    """Korean places of the name with what says their kind, which people leave out: 강남 is 강남구, in Seoul, too."""
    if not all("가" <= word[:1] <= "힣" for word in part.split(" ")):
        return []
    whole = () if " " in part else (Split(part, ()),)
    return [
        found
        for split in (*whole, *reversed_splits(part))
        if (qualifiers := _qualifiers(store, split)) is not None
        for kind in KOREAN
        for found in named(store, fold(split.name + kind), qualifiers, country, cost=split.cost)
    ]


def _codes(store: Store, line: str, country: str | None) -> list[Found]:
    """The areas with that code or abbreviation when it is typed as one: two or three capitals, "N.Y.", "US-WY"."""
    iso = kept.with_points().get(line, line)
    if _ISO.fullmatch(iso):
        record = store.by_code(iso)
        return (
            [Found(record.place, "exact", ISO_SCORE, False, fold(line))]
            if record
            else named(store, fold(iso), [], None)
        )
    code = line.replace(".", "").replace(" ", "") if _POINTS.fullmatch(line) else line
    if not (len(code) in (2, 3) and code.isascii() and code.isalpha() and code.isupper()):
        return []
    known = kept.aliases()
    meant = {known[0].get(fold(code)), known[1].get(fold(code))}
    called = named(store, fold(code), [], country)
    found = [
        replace(f, score=f.score + TYPED_CODE)
        for f in called
        if f.place.kind == "country" or f.place.area in meant or f.place.area.endswith(f"-{code}")
    ]
    others = (f.score for f in (*found, *called) if f.place.country != country)
    first = max(others, default=0.0) + FIRST_AT_HOME
    return [replace(f, score=max(f.score, first)) if _is_own_state(f.place, code, country) else f for f in found]


def _is_own_state(place: Place, code: str, country: str | None) -> bool:
    """Whether it is the region that has this code in the visitor's country, if people there say so: AZ, MG."""
    return country in short_codes.STATES and place.kind == "region" and place.area == f"{country}-{code}"


def _qualifiers(store: Store, split: Split, *, towns: bool = False) -> list[Sequence[Area]] | None:
    """What each qualifier of the split may mean; None when one of them means nothing.

    A town is one after what it holds, and before it only in scripts that write the larger first ("서울특별시 강남구").
    """
    meant: list[Sequence[Area]] = []
    for text in split.within:
        found = areas.meanings(store, text)
        if towns or (not found and (not split.cost or text[:1] > CJK)):
            found = [*found, *areas.towns(store, text)]
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
    candidates = _candidates(store, folded, qualifiers, country)
    if not candidates:
        return []
    store.spend(1 + len(candidates) // WEIGHED)
    records = store.records([c.place for c in candidates])
    own = (written_in(folded) or frozenset()) if folded > CJK else frozenset()
    if qualifiers and how == "exact":
        how = "qualifier"
    found: list[Found] = []
    for name in candidates:
        record = records[name.place]
        boost = areas.all_hold(qualifiers, record)
        if boost is None and name.kind == CITY and areas.surround(store, qualifiers, record):
            boost = 0.0
        if boost is not None:
            score = -name.rank / 100 + boost - cost + bias(name.country, country)
            score += sounding.likeness(folded, record.place) * rank.SOUNDS.get(record.place.kind, 0.0)
            score += rank.OWN_SCRIPT * (len(own) <= ONE_PEOPLE and name.country in own and record.place.kind == "city")
            found.append(Found(record.place, how, score, corrected, folded))
    return _at_home(found, country)


def _at_home(found: list[Found], country: str | None) -> list[Found]:
    """The same, at home a region before a country of that name, a county or village before towns abroad.

    Before all of them what is kept so by hand: in Spain, Santiago is Compostela.
    """
    lifted = {id(f) for f in found if f.place.country == country and _is_lifted(f, found, country)}
    found = [replace(f, score=f.score + rank.AT_HOME[f.place.kind]) if id(f) in lifted else f for f in found]
    first = max((f.score for f in found), default=0.0) + FIRST_AT_HOME
    return [replace(f, score=first) if f.place.country == country and rank.is_seated(f) else f for f in found]


def _is_lifted(one: Found, found: Sequence[Found], country: str | None) -> bool:
    """Whether somebody at home rather means this: where no town there is called so, or it is a region."""
    if one.place.kind == "region":
        return any(f.place.kind == "country" for f in found)
    if any(f.place.country == country and f.place.kind == "city" for f in found):
        return False
    if one.place.kind == "county":
        return one.place.population >= rank.KNOWN_COUNTY
    return one.place.kind == "village"


def _candidates(
    store: Store, folded: str, qualifiers: Sequence[Sequence[Area]], country: str | None
) -> Collection[Named]:
    """The rows of that name worth looking at."""
    if not qualifiers:
        known = {n.place: n for n in store.named(folded, SEVERAL)}
        if country and len(known) == SEVERAL:
            known |= {n.place: n for n in store.named(folded, SEVERAL, country=country)}
        return known.values()
    allowed = frozenset.intersection(*map(areas.countries, qualifiers))
    if len(allowed) > 3:
        return [n for n in store.named(folded, MANY) if n.country in allowed]
    return [n for code in sorted(allowed) for n in store.named(folded, MANY, country=code)]


def bias(code: str, country: str | None) -> float:
    """What a place gains for lying in the visitor's likely country."""
    return rank.BIAS if country == code else 0.0
