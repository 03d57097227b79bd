"""Which other places are worth offering beside the one that is shown, and how briefly each can be named there."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import NamedTuple

from referral.places.distance import km
from referral.places.folding import fold
from referral.places.types import Found, Place, country_name
from referral.text import comma, language

AROUND_KM = 25.0
"""Whatever lies nearer is a part of the place that is shown, or little more: who works there is found already."""

KNOWN = 25_000
"""From so many people on a place is offered that is called otherwise today: Fribourg for Freiburg, but not York in
Nebraska for New York."""


@dataclass(frozen=True, slots=True)
class Choice:
    """Another reading of what was typed, as a link."""

    label: str
    url: str
    is_words: bool = False
    """Whether it is no other place, but the words as they were typed."""
    shared: str = ""
    """The name it has in common with the place that is shown, which is read aloud and not seen again ..."""
    brief: str = ""
    """... and the rest of its label; empty where that is shown whole."""
    finds_nobody: bool = False
    """Whether its label says so: a sentence, and no way on."""


class Named(NamedTuple):
    """What a place is called beside one that is shown."""

    shared: str
    """The name both have; empty where they have different ones."""
    brief: str
    """The rest of what it is called, without a country that both are in."""


def links(found: Found, choices: Iterable[Place], link: Callable[[Place], str]) -> tuple[Choice, ...]:
    """The `choices` that are worth offering beside the place that was found, each with its `link`."""
    typed = "" if found.corrected else found.under
    return tuple(choice(p, found.place, link(p)) for p in offered(choices, found.place, typed))


def choice(place: Place, shown: Place | None, link: str) -> Choice:
    """The offer of one of them beside the one that is shown."""
    shared, brief = named(place, shown)
    return Choice(place.label(language()), link, shared=shared, brief=brief)


def offered(choices: Iterable[Place], shown: Place | None, typed: str = "") -> tuple[Place, ...]:
    """Those that are another place of the name; `typed` is that name, folded, where it is spelled right."""
    if shown is None:
        return tuple(choices)
    return tuple(p for p in choices if p != shown and not _is_around(p, shown) and _is_called(p, typed))


def _is_around(place: Place, shown: Place) -> bool:
    if place.area and (place.radius_km > AROUND_KM or place.kind == "country"):
        return False
    if place.kind == "county" and place.region_code == shown.region_code:
        return True
    return km(place.lat, place.lon, shown.lat, shown.lon) <= AROUND_KM


def _is_called(place: Place, typed: str) -> bool:
    """Whether it bears the name, alone or with more behind it, or is known well enough to be meant by it."""
    if not typed or place.kind == "postcode" or place.population >= KNOWN:
        return True
    names = {f"{fold(name)} " for name in (place.name, place.named(language()))}
    return any(name.startswith(f"{typed} ") for name in names)


def named(place: Place, shown: Place | None) -> Named:
    """What it is called beside the one that is shown: of Springfield, Illinois, beside another one only the state."""
    between, label, name = comma(language()), place.label(language()), place.named(language())
    if shown is None or place.area or not label.startswith(name + between):
        return Named("", label)
    rest = label.removeprefix(name + between)
    country = between + country_name(place.country, language())
    if place.country == shown.country:
        rest = rest.removesuffix(country)
    same = place.name == shown.name or name == shown.named(language())
    return Named(name, rest) if same else Named("", f"{name}{between}{rest}")
