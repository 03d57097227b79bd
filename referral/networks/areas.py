"""Which networks are responsible for a place: overlaps, and a stated fallback where there is none."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache

from babel.languages import get_official_languages
from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from referral.model import Network
from referral.places.areas import MOTHERS
from referral.places.continents import continent_of
from referral.text import _, at, country_name, inside, language_name


@dataclass(frozen=True, slots=True)
class NetworkLine:
    """A network, as a list shows it."""

    slug: str
    url: str
    name: str
    short_name: str
    level: str
    level_label: str
    area_labels: tuple[str, ...]
    language_labels: tuple[str, ...]
    offers: tuple[str, ...]
    website: str
    checked_on: date
    fallback: bool = False
    """Not of this area, but the wider one to ask."""


@dataclass(frozen=True, slots=True)
class Responsible:
    """The networks for one area, nearest level first, and who to ask when there is none."""

    own: tuple[Network, ...]
    fallback: tuple[Network, ...]
    """The continental one, then the bodies that work everywhere: given only when `own` is empty."""
    speaking: tuple[Network, ...] = ()
    """Networks elsewhere that work in a language of the area: given only when `own` is empty."""


_NEAREST_FIRST = ("city", "regional", "national", "language", "continental", "international")

_SPEAKING = 3
"""Networks elsewhere named for their language: more would hide the one to ask."""


def networks_for(networks: Iterable[Network], area: str) -> Responsible:
    """The networks responsible for `area` (ISO 3166-1 or -2): a region also has its country's, overlaps and all;
    so has a territory.

    A language community is responsible wherever its language is an official one.
    """
    country = area[:2]
    every, codes, spoken = list(networks), {area, country, MOTHERS.get(country, country)}, official_languages(country)
    own = nearest_first(n for n in every if codes & {a.code for a in n.areas} or _is_community(n, spoken))
    if own:
        return Responsible(own, ())
    return Responsible((), (*_continental(every, area[:2]), *international(every)), _speaking(every, area[:2], spoken))


@cache
def official_languages(country: str) -> frozenset[str]:
    """The official languages of a country (ISO 639), as CLDR knows them."""
    return frozenset(get_official_languages(country, de_facto=True))


def _is_community(network: Network, spoken: frozenset[str]) -> bool:
    return network.level == "language" and not network.areas and bool(spoken & set(network.languages))


def _continental(networks: Iterable[Network], country: str) -> tuple[Network, ...]:
    """The continental networks of the continent a country lies on."""
    here = continent_of(country)
    wide = (n for n in networks if n.level == "continental")
    return nearest_first(n for n in wide if here in {continent_of(a.code[:2]) for a in n.areas})


def _speaking(networks: Iterable[Network], country: str, spoken: frozenset[str]) -> tuple[Network, ...]:
    """National networks that work in a language spoken there, those of the same continent first."""
    found = [n for n in networks if n.level == "national" and spoken & set(n.languages[:1])]
    return tuple(sorted(found, key=lambda n: (not _is_near(n, country), n.name))[:_SPEAKING])


def _is_near(network: Network, country: str) -> bool:
    return continent_of(country) in {continent_of(a.code[:2]) for a in network.areas}


def stated(responsible: Responsible, country: str) -> str:
    """What is said of a country that has no network of its own: whom to ask; "" where it has one."""
    if responsible.own:
        return ""
    near = [n for n in responsible.fallback if n.level == "continental"]
    wide = [n for n in responsible.fallback if n.level == "international"]
    if near and wide:
        said = _("We know of no network in {country}. {near} works on the same continent, {wide} everywhere.")
        return said.format(country=inside(country), near=near[0].name, wide=wide[0].name)
    if wide:
        said = _("We know of no network in {country}. {wide} works everywhere and can say who is near.")
        return said.format(country=inside(country), wide=wide[0].name)
    return _("We know of no network in {country}.").format(country=inside(country))


def networks_within(networks: Iterable[Network], country: str) -> tuple[Network, ...]:
    """The networks of parts of `country` (ISO 3166-1): regions and cities."""
    return nearest_first(n for n in networks if any(a.code.startswith(f"{country}-") for a in n.areas))


def international(networks: Iterable[Network]) -> tuple[Network, ...]:
    """The bodies that work everywhere: whom to ask when a country has no network; the best known first."""
    wide = (n for n in networks if n.level == "international")
    return tuple(sorted(wide, key=lambda n: (n.confidence, n.name)))


def nearest_first(networks: Iterable[Network]) -> tuple[Network, ...]:
    """The networks from the smallest area to the largest, by name."""
    return tuple(sorted(networks, key=lambda n: (_NEAREST_FIRST.index(n.level), n.name)))


def all_networks(session: Session) -> Sequence[Network]:
    """Every published network with its areas, by name."""
    return session.scalars(select(Network).options(selectinload(Network.areas)).order_by(Network.name)).all()


def family(networks: Iterable[Network], slug: str) -> tuple[str, ...]:
    """The slugs of the network and of all that depend on it, itself first; none when there is no such network."""
    every = list(networks)
    found = [n for n in every if n.slug == slug]
    for parent in found:  # grows as it goes: the children of children
        found += [n for n in every if n.parent_id == parent.id and n not in found]
    return tuple(n.slug for n in found)


def slugs(session: Session) -> frozenset[str]:
    """The short names of all networks."""
    return frozenset(session.scalars(select(Network.slug)))


def level_labels() -> Mapping[str, str]:
    """What each level is called."""
    return {
        "international": _("Worldwide"),
        "continental": _("Continental"),
        "national": _("National"),
        "regional": _("Regional"),
        "city": _("City"),
        "language": _("Language community"),
    }


def line(network: Network, area_name: Callable[[str], str], *, fallback: bool = False) -> NetworkLine:
    """The network as a list shows it; `area_name` names the ISO 3166-2 regions."""
    return NetworkLine(
        slug=network.slug,
        url=at(f"/networks/{network.slug}"),
        name=network.name,
        short_name=network.short_name,
        level=network.level,
        level_label=level_labels()[network.level],
        area_labels=tuple(area_label(a.code, area_name) for a in network.areas),
        language_labels=tuple(language_name(c) for c in network.languages),
        offers=things(network.offers),
        website=network.website,
        checked_on=network.checked_on,
        fallback=fallback,
    )


def things(said: str) -> tuple[str, ...]:
    """What stands between semicolons, each in the language of the moment where that is known."""
    return tuple(_(one.strip()) for one in said.replace("\n", ";").split(";") if one.strip())


def area_label(code: str, area_name: Callable[[str], str]) -> str:
    """What a country or region is called; `area_name` names the ISO 3166-2 regions."""
    return country_name(code) if len(code) == 2 else area_name(code) or code
