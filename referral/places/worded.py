"""Which places one everyday word may mean that are called so too: large ones, and at home those that bear just it."""

from collections.abc import Iterator

from referral.places import kept, slips, spoken
from referral.places.folding import OTHER_SCRIPTS, fold, unshortened
from referral.places.rank import KNOWN_COUNTY
from referral.places.types import Found, Place, country_name
from referral.terms import plain
from referral.text import languages

KNOWN = 10_000
"""People of a town that is meant by a word that is just its name: "best", "nice" ..."""
BIG = 100_000
"""... of a city that is, whatever its marks ..."""
GREAT = 1_000_000
"""... and of one that is meant by its further names, too: "seul" is Séoul."""
CODE = 3
"""Letters of what is only a code."""
MARKED = 5
"""So few letters with a mark are a word of their own: "çöş" is no further name of Jos."""


def is_word(text: str) -> bool:
    """Whether the line is one everyday word of some language, and nothing that is kept by hand."""
    if " " in text or fold(text) in kept.kept():
        return False
    return fold(text) in plain.EVERYDAY or spoken.is_said(unshortened(text))


def is_meant(found: Found, text: str, country: str | None) -> bool:
    """Whether such a word may mean this place."""
    place, is_home = found.place, found.place.country == country
    if place.kind == "county":
        return is_home and place.population >= KNOWN_COUNTY
    if place.area:
        is_rare = _is_code(text) or (place.kind == "region" and text[:1] < OTHER_SCRIPTS)
        return text.isupper() or not is_rare or _is_named(found, text)
    if place.population >= (BIG if is_called(found, fold(text)) else GREAT) and len(fold(text)) > CODE:
        return True
    if not _is_written(found, text, is_home=is_home):
        return False
    is_title = text[:1] == text[:1].upper()
    if place.kind != "city":
        return is_home and is_title
    is_known = place.population >= KNOWN
    return is_home or (is_title and is_known) or (country is None and (is_title or is_known))


def is_called(found: Found, letter: str) -> bool:
    """Whether it is the place's own name, folded."""
    return fold(found.place.name) == letter


def is_typed_so(found: Found, text: str) -> bool:
    """Whether the place's name is written so, with its marks: "HIV" is not Hīv."""
    return found.place.name.casefold() == text.casefold()


def is_marked(text: str) -> bool:
    """Whether the line is one short word with marks."""
    return len(text) <= MARKED and " " not in text and slips.marks_missing(text, "") > 0


def is_marked_so(found: Found, text: str, country: str | None) -> bool:
    """Whether so short a word may mean this place: one that bears its marks or is at home; all but one in a city."""
    place = found.place
    if place.country == country:
        return True
    if place.area and place.kind != "county":
        return not _is_code(text) or _is_named(found, text)
    most = int(place.population >= BIG)
    return any(slips.marks_missing(text, name) <= most for name in _names(place))


def _is_code(text: str) -> bool:
    """Whether it has no more letters than a code, in our script."""
    return len(fold(text)) <= CODE and text[:1] < OTHER_SCRIPTS


def _is_written(found: Found, text: str, *, is_home: bool) -> bool:
    """Whether it is the place's name with its marks, or at home without; names in other scripts are not known here."""
    if text[:1] >= OTHER_SCRIPTS or is_typed_so(found, text):
        return True
    return is_home and is_called(found, fold(text))


def _is_named(found: Found, text: str) -> bool:
    """Whether a country, region or landscape is called so in one of our languages, and not only by its code."""
    by_hand = kept.countries().get(found.place.id, ())
    return fold(text) in by_hand or any(fold(name) == fold(text) for name in _names(found.place))


def _names(place: Place) -> Iterator[str]:
    """The place's own name, and what it is called in our languages."""
    yield place.name
    for language in languages():
        yield country_name(place.country, language) if place.kind == "country" else place.named(language)
