"""What is shown of a listing in a list: its card, made of a sketch on a day and in a language."""

import math
from collections.abc import Iterable, Sequence
from datetime import date
from typing import NamedTuple

from index.order import CONFIRMED_DAYS
from index.types import Point
from referral.listings import labels, portraits
from referral.listings.content import Office
from referral.listings.labels import PlaceNames, no_names
from referral.listings.published import Published, load
from referral.listings.sketches import Cost, Held, Sketch, Spot, sketch
from referral.text import at, country_name

__all__ = ["Card", "Cost", "CredentialLine", "NewClients", "by_verifier", "card", "load", "new_clients"]


RECENT_DAYS = 300
"""For so long a day needs no year to be known."""


class NewClients(NamedTuple):
    """Whether somebody new can come, as far as that is known today."""

    value: str
    """One of "accepting" (confirmed within 30 days), "ask", "existing_only" or "no"."""
    confirmed_on: date | None
    is_recent: bool = False
    """Whether the year of that day need not be said."""


class CredentialLine(NamedTuple):
    """An Imago level and who checked it."""

    id: str
    label: str
    verified_by: str
    verified_on: date | None


class Checked(NamedTuple):
    """Levels that one network checked, or nobody did."""

    labels: tuple[str, ...]
    verified_by: str
    first: date | None
    """The earliest of the checks."""
    last: date | None


class Card(NamedTuple):
    """One therapist or facilitator in a list, in the order a reader needs it: a tuple, twenty or more in every page."""

    id: str
    slug: str
    url: str
    name: str
    suffix: str
    pronouns: str
    initials: str
    photo: str
    photo_alt: str
    demonstration: bool
    facilitator: bool
    """On the non-clinical track only: never called a therapist."""
    role_label: str
    locality: str
    """As people say it: "Evanston, Illinois"; empty for online only."""
    country: str
    country_label: str
    delivery: tuple[str, ...]
    """Term ids."""
    delivery_labels: tuple[str, ...]
    languages: tuple[str, ...]
    language_labels: tuple[str, ...]
    credentials: tuple[CredentialLine, ...]
    new_clients: NewClients
    next_opening: date | None
    session_minutes: tuple[int, ...]
    cost_from: Cost | None
    excerpt: str
    """A line in their own words, plain text."""
    bio_language: str
    attested_on: date | None
    unconfirmed: bool
    """Overdue for "still correct?"."""
    phone: str
    """As it is written; with the website for paper alone."""
    website: str
    point: tuple[float, float] | None
    distance_km: float | None = None
    """How far from where they were looked for."""
    marks: tuple[tuple[str, bool], ...] = ()
    """Instead of the excerpt, where words were searched for: (text, whether it is what was searched for)."""
    name_marks: tuple[tuple[str, bool], ...] = ()
    """The same of the name; empty where it holds none of the words, in no script."""


def card(
    listing: Published,
    today: date,
    distance_km: float | None = None,
    place_names: PlaceNames = no_names,
    near: Point | None = None,
) -> Card:
    """The card of `listing` on `today`, in the language of the moment.

    `place_names` gives regions their names; of several offices, the one nearest to `near` is named, else the first.
    """
    made = of_sketch(sketch(listing), today, place_names, near)
    return made if distance_km is None else placed(made, distance_km)


def of_sketch(told: Sketch, today: date, place_names: PlaceNames, near: Point | None = None) -> Card:
    """The same of what is kept of a listing, without a distance."""
    office = _office(told.offices, near)
    held = tuple([one for one in told.held if one.holds(today)]) if told.held else ()
    return Card(
        id=told.id,
        slug=told.slug,
        url=at(f"/therapists/{told.slug}"),
        name=told.name,
        suffix=told.suffix,
        pronouns=told.pronouns,
        initials=told.initials,
        photo=portraits.address(told.photo),
        photo_alt=told.photo_alt,
        demonstration=told.demonstration,
        facilitator=labels.is_facilitator(told.tracks),
        role_label=labels.role(told.tracks, [one.level for one in held]),
        locality=labels.town(office.locality, office.region, place_names) if office else "",
        country=told.home,
        country_label=country_name(told.home) if told.home else "",
        delivery=told.delivery,
        delivery_labels=labels.labels("delivery", told.delivery),
        languages=told.languages,
        language_labels=labels.labels("language", told.languages),
        credentials=_credentials(held),
        new_clients=new_clients(told.new_clients, told.confirmed_on, today),
        next_opening=told.next_opening if told.next_opening and told.next_opening >= today else None,
        session_minutes=told.minutes,
        cost_from=told.cost,
        excerpt=told.excerpt,
        bio_language=told.words_language,
        attested_on=told.attested_on,
        unconfirmed=told.unconfirmed,
        phone=told.phone,
        website=told.website,
        point=_point(office) if office else None,
    )


MARKED = len(Card._fields) - 3
"""What stands before this in a card is the person's; behind it, what a search makes of them."""


Marks = tuple[tuple[str, bool], ...]
"""A text in pieces, and whether each is what was searched for."""


def placed(card: Card, distance_km: float | None, marks: Marks = (), name_marks: Marks = ()) -> Card:
    """The same card so far from where they were looked for."""
    return Card._make((*card[:MARKED], distance_km, marks, name_marks))


def new_clients(said: str, confirmed: date | None, today: date) -> NewClients:
    """What may be said of new clients on `today`: "accepting" only while its confirmation is fresh."""
    age = (today - confirmed).days if confirmed else None
    stale = said == "accepting" and (age is None or age > CONFIRMED_DAYS)
    return NewClients("ask" if stale else said, confirmed, age is not None and age <= RECENT_DAYS)


def _credentials(held: Iterable[Held]) -> tuple[CredentialLine, ...]:
    """Imago levels, in the practitioner's order."""
    return tuple(
        [CredentialLine(c.level, labels.label("credential", c.level), c.verified_by, c.verified_on) for c in held]
    )


def by_verifier(credentials: Iterable[CredentialLine]) -> tuple[Checked, ...]:
    """The levels by who checked them, in the order of the first of each: a list has no room to say it of each level."""
    found: dict[str, list[CredentialLine]] = {}
    for one in credentials:
        found.setdefault(one.verified_by if one.verified_on else "", []).append(one)
    return tuple(_checked(who, lines) for who, lines in found.items())


def _checked(who: str, lines: Sequence[CredentialLine]) -> Checked:
    days = sorted(one.verified_on for one in lines if one.verified_on)
    return Checked(tuple(one.label for one in lines), who, days[0] if days else None, days[-1] if days else None)


def point(office: Office) -> Point | None:
    """The coarse public point of an office, never its exact one unless its address is public."""
    if office.public_lat is None or office.public_lon is None:
        return None
    return office.public_lat, office.public_lon


def _office(offices: Sequence[Spot], near: Point | None) -> Spot | None:
    if near is None or len(offices) < 2:
        return offices[0] if offices else None
    return min(offices, key=lambda office: _apart(_point(office), near))


def _point(office: Spot) -> Point | None:
    return None if office.lat is None or office.lon is None else (office.lat, office.lon)


def _apart(one: Point | None, other: Point) -> float:
    """Something that grows with the great-circle distance; enough to choose the nearest of a few."""
    if one is None:
        return math.inf
    (a, b), (c, d) = one, other
    a, c, across = math.radians(a), math.radians(c), math.radians(d - b)
    return -(math.sin(a) * math.sin(c) + math.cos(a) * math.cos(c) * math.cos(across))
