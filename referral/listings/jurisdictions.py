"""From what somebody writes of a country, state or province to its ISO code: where a law holds is never guessed.

A code counts, and a name that people use for the place. What would have to be corrected, or may mean two, is asked.
"""

from collections.abc import Collection, Iterator, Sequence

from referral.errors import UsageError
from referral.places.folding import fold, spellings
from referral.places.gazetteer import Gazetteer
from referral.places.types import Found, Place, country_name
from referral.text import _, language, languages

OFFERED = 3
"""The most places named in a question."""

_WHOLE = ("exact", "qualifier")
"""How all of what was written is understood."""


def area(name: str, country: str, places: Gazetteer, kept: Collection[str] = ()) -> str:
    """The ISO code of a country or region by its code or name, first looked for in `country` (ISO 3166-1).

    What stands in `kept` already is taken as it is. Raises UsageError, with what may be meant, for anything unsure.
    """
    if name in kept:
        return name
    coded = _by_code(name, country, places)
    found = [] if coded else places.find(name, country=country or None, areas=True)
    sure = coded or _sure(found, name)
    here = [] if coded else [place for place in sure if place.country == country]
    meant = _one(here[:1] or sure)
    if meant is None:
        raise UsageError(_question(name, sure, [one.place for one in found if _code(one.place)]))
    return _code(meant)


def is_called(place: Place, name: str) -> bool:
    """Whether people call the place so, in a language of the pages or as the gazetteer does."""
    return fold(name) in {one for called in _names(place) for one in spellings(called)}


def _code(place: Place) -> str:
    """Its ISO code; empty for what is no country or region, or a region ISO does not know."""
    return "" if "." in place.area else place.area


def _by_code(name: str, country: str, places: Gazetteer) -> list[Place]:
    """The places of that code; two letters may be a country's, or those of a region of `country`."""
    code = name.upper()
    if not name.isascii() or (len(name) > 2 and name != code):
        return []
    coded = (places.place(one) for one in ([code, f"{country}-{code}"] if len(code) == 2 else [code]))
    return [place for place in coded if place is not None and _code(place)]


def _sure(found: Sequence[Found], name: str) -> list[Place]:
    """Those countries and regions that are called so; of other names only one that means nothing better known."""
    head = name.partition(",")[0]
    whole = (one.place for one in found if not one.corrected and one.match in _WHOLE)
    exact = [place for place in whole if _code(place)]
    return [place for place in exact if place == found[0].place or is_called(place, head)]


def _one(sure: Sequence[Place]) -> Place | None:
    """The one that is meant: a country before regions of its own of the same name; None when nobody can say."""
    if len({_code(place) for place in sure}) == 1:
        return sure[0]
    whole = [place for place in sure if place.kind == "country"]
    return whole[0] if len(whole) == 1 and all(place.country == whole[0].country for place in sure) else None


def _names(place: Place) -> Iterator[str]:
    yield place.name
    for tongue in languages():
        yield country_name(place.country, tongue) if place.kind == "country" else place.named(tongue)


def _question(name: str, sure: Sequence[Place], other: Sequence[Place]) -> str:
    """What to ask somebody who wrote `name`."""
    shown = dict.fromkeys(f"{one.label(language())} ({_code(one)})" for one in (sure or other))
    said = " · ".join(list(shown)[:OFFERED])
    if sure:
        asked = _("“{name}” can be more than one place: {places}. Write the code of the one you mean.")
    elif said:
        asked = _("“{name}” is no country, state or province we know. Did you mean {places}?")
    else:
        asked = _("“{name}” is no country, state or province we know.")
    return asked.format(name=name[:60], places=said)
