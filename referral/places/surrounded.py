"""Places that a line names among words that only say that they are near ("bei Köln"), or what kind of area they are."""

from collections.abc import Callable
from dataclasses import replace

from referral.places import around, correcting, matching
from referral.places.addresses import Strict
from referral.places.folding import fold
from referral.places.parse import segments
from referral.places.store import Store
from referral.places.types import Found

BIG = 100_000
"""People of a city that is meant by a usual word too, or by a name that ends otherwise."""

SEAT = 3_000
"""People of a town that an area no package knows is named after: the Landkreis of Miesbach."""

ENDING, STEM = 2, 3
"""Letters that a declined name may end with, and that stay before them: two in Cyrillic (Ufa)."""
LOOKED_THROUGH = 100
"""Names with such a beginning that are looked through ..."""
WELL_KNOWN = 4.5
"""... of those that score so much."""

Only = Callable[[str], Callable[[Found], bool] | None]
"""Which of the places called exactly so a line may mean that misspells none; None for any other line."""


def match(store: Store, text: str, country: str | None, strict: Strict, only: Only) -> list[Found]:
    """What the line means less such words, unsorted; the town an area is named after is only a part of what it says."""
    bare, languages = around.near(text)
    found = _near(store, bare, country, languages, strict, only) if bare else []
    if not found and (both := around.between(text)):
        found = strict(both)
    return found or _of_kind(text, strict)


def towns(text: str, strict: Strict) -> list[Found]:
    """What the line means less words that say near, where people speak so in a town it names: "Region Hannover"."""
    bare, languages = around.near(text)
    found = strict(bare) if bare else []
    return found if any(_is_seat(f) and around.is_spoken(f.place.country, languages) for f in found) else []


def by_both_names(text: str, strict: Strict) -> list[Found]:
    """The places that bear both names with a slash between: "Mons/Bergen"."""
    one, slash, other = text.partition("/")
    if not slash or not all(map(str.isalpha, (one.strip()[-1:], other.strip()[:1]))):
        return []
    known = {f.place.id for f in strict(other.strip())}
    return [f for f in strict(one.strip()) if f.place.id in known]


def _near(
    store: Store,
    name: str,
    country: str | None,
    languages: around.Languages,
    strict: Strict,
    only: Only,
) -> list[Found]:
    """The places of that name, else the large cities that it declines or misspells."""
    is_meant, found = only(name), strict(name)
    if is_meant:
        return [f for f in found if is_meant(f) and _is_big(f)]
    if any(map(_is_big, found)):
        return found
    found = _declined(store, name, country, languages) or found
    return found or [f for f in correcting.match(store, name, country) if _is_big(f)]


def _of_kind(text: str, strict: Strict) -> list[Found]:
    """The areas that the line says the kind of, or the towns they are named after, first where people speak so."""
    bare, languages = around.kinds(text)
    found = strict(bare) if bare else []
    if "sv" in languages and not found:
        found = strict(bare.removesuffix("s"))  # "Göteborgs kommun"
    if segments(bare)[:1] == segments(text)[:1]:
        return found  # only what it lies in says its kind: "Prien, Landkreis Rosenheim"
    areas = [f for f in found if f.place.kind in matching.AREAS]
    seats = [f for f in found if _is_seat(f) and around.is_spoken(f.place.country, languages)]
    best = max((f.score for f in seats), default=0.0)
    if any(f.score >= best or around.is_spoken(f.place.country, languages) for f in areas):
        return areas
    return [replace(f, match="fallback") for f in seats]


def _declined(store: Store, name: str, country: str | None, languages: around.Languages) -> list[Found]:
    """The large cities of the best known names that end otherwise than this one, in languages that decline names."""
    folded = fold(name)
    if " " in folded or languages.isdisjoint(around.DECLINED):
        return []
    for cut in range(1, min(ENDING, len(folded) - STEM + (not folded.isascii())) + 1):
        others = store.names_from(folded[:-cut], LOOKED_THROUGH, WELL_KNOWN)
        longest = len(folded) + 1 - cut * folded.isascii()
        alike = [known for known in others if len(known) <= longest and known != folded]
        found = [f for known in alike for f in matching.named(store, known, [], country)]
        if found := [f for f in found if f.place.kind == "city" and _is_big(f)]:
            return found
    return []


def _is_big(found: Found) -> bool:
    return found.place.population >= BIG


def _is_seat(found: Found) -> bool:
    """Whether a town is as large as one that lends its name to an area."""
    return found.place.kind == "city" and found.place.population >= SEAT
