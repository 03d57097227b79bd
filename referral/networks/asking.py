"""Which networks answer for a place somebody typed, overlaps and all, or whom to ask instead."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from referral.model import Network
from referral.networks import areas
from referral.networks.areas import NetworkLine
from referral.places.gazetteer import Gazetteer
from referral.places.types import Place
from referral.search import offering
from referral.search.offering import Choice
from referral.search.urls import Search, clean, url
from referral.text import _, at, country_name, inside, language


@dataclass(frozen=True, slots=True)
class Told:
    """Who is responsible for an area."""

    own: list[NetworkLine]
    parts: list[NetworkLine]
    """Of a country, the networks of its regions and cities."""
    speaking: list[NetworkLine]
    fallback: list[NetworkLine]
    sentence: str
    """Whom to ask where there is no network; empty where there is one."""


@dataclass(frozen=True, slots=True)
class Answer:
    """The answer to a typed place."""

    typed: str
    place: str
    """What was understood; empty when nothing was."""
    told: Told | None
    country_url: str
    country: str
    people_url: str
    people: str
    """What that address shows."""
    choices: tuple[Choice, ...]
    """What else may have been meant."""


def told(networks: Sequence[Network], area: str, names: Callable[[str], str]) -> Told:
    """Who is responsible for `area` (ISO 3166-1 or -2), and what is said where nobody is."""
    found, country = areas.networks_for(networks, area), area[:2]
    parts = areas.networks_within(networks, country) if area == country else ()
    stated = areas.stated(found, country_name(country))
    return Told(
        [areas.line(n, names) for n in found.own],
        [areas.line(n, names) for n in parts],
        [areas.line(n, names) for n in found.speaking],
        [areas.line(n, names) for n in found.fallback],
        stated,
    )


def answer(
    networks: Sequence[Network], line: str, gazetteer: Gazetteer, names: Callable[[str], str], *, country: str
) -> Answer | None:
    """The answer to `line`; `country` (ISO 3166-1) is where a bare name is first looked for. None for an empty line."""
    typed = clean(line)
    read = gazetteer.find(typed, country=country) if typed else []
    if not read:
        return Answer(typed, "", None, "", "", "", "", ()) if typed else None
    place = read[0].place
    choices = offering.links(read[0], gazetteer.choices(read), _link)
    found = told(networks, place.jurisdiction, names)
    return Answer(
        typed=typed,
        place=place.label(language()),
        told=found,
        country_url=at(f"/networks/in/{place.country}"),
        country=country_name(place.country),
        people_url=_people(place),
        people=_who(place),
        choices=choices,
    )


def _link(place: Place) -> str:
    return f"{at('/networks')}?{urlencode({'q': place.label(language())})}"


def _who(place: Place) -> str:
    """What the search for people there shows."""
    if place.area:
        here = country_name(place.country) if place.kind == "country" else place.named(language())
        return _("Therapists in {place}").format(place=inside(here))
    return _("Therapists near {place}").format(place=place.named(language()))


def _people(place: Place) -> str:
    """The search for people there."""
    if place.area:
        return url(Search(area=place.area))
    return url(Search(near=(place.lat, place.lon)) if place.kind == "point" else Search(place=place.id))
