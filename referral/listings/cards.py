"""What is shown of a listing: the card in a list and the facts of a therapist's own page."""

import math
from dataclasses import dataclass, field
from datetime import date

from index.order import CONFIRMED_DAYS
from index.types import Point
from referral.listings import content, labels, portraits
from referral.listings.content import Content, Office
from referral.listings.labels import PlaceNames, no_names
from referral.listings.published import Published, load
from referral.text import at, country_name

__all__ = ["Card", "Cost", "CredentialLine", "NewClients", "card", "load", "new_clients"]

FACETS = ("delivery", "language", "session_length", "track")
"""The terms a card speaks of; it can be made of a listing that was read with no others."""

EXCERPT = 160
"""Characters of their own words on a card."""


@dataclass(frozen=True, slots=True)
class NewClients:
    """Whether somebody new can come, as far as that is known today."""

    value: str
    """One of "accepting" (confirmed within 30 days), "ask", "existing_only" or "no"."""
    confirmed_on: date | None


@dataclass(frozen=True, slots=True)
class CredentialLine:
    """An Imago level and who checked it."""

    id: str
    label: str
    verified_by: str
    verified_on: date | None


@dataclass(frozen=True, slots=True)
class Cost:
    """A price as stated."""

    amount: int
    currency: str
    minutes: int | None
    least: int | None = None


@dataclass(frozen=True, slots=True)
class Card:
    """One therapist or facilitator in a list, in the order a reader needs it."""

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
    distance_km: float | None = field(compare=False)
    """How far from where they were looked for; two cards of one person are equal, and drawn alike, however far."""
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
    point: tuple[float, float] | None
    marks: tuple[tuple[str, bool], ...] = ()
    """Instead of the excerpt, where words were searched for: (text, whether it is what was searched for)."""


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
    told = listing.content
    office = _office(told.offices, near)
    return Card(
        id=listing.public_id,
        slug=listing.slug,
        url=at(f"/therapists/{listing.slug}"),
        name=told.name,
        suffix=told.suffix,
        pronouns=told.pronouns,
        initials=initials(told.name),
        photo=portraits.address(told.photo),
        photo_alt=told.photo_alt,
        demonstration=told.demonstration,
        facilitator=labels.is_facilitator(told),
        role_label=labels.role(told, today),
        distance_km=distance_km,
        locality=labels.town(office.locality, office.region, place_names) if office else "",
        country=told.home,
        country_label=country_name(told.home) if told.home else "",
        delivery=told.chosen("delivery"),
        delivery_labels=labels.labels("delivery", told.chosen("delivery")),
        languages=told.chosen("language"),
        language_labels=labels.labels("language", told.chosen("language")),
        credentials=credential_lines(told, today),
        new_clients=new_clients(told, today),
        next_opening=told.next_opening if told.next_opening and told.next_opening >= today else None,
        session_minutes=session_minutes(told),
        cost_from=_cheapest(told),
        excerpt=labels.excerpt(told.bio, EXCERPT),
        bio_language=told.bio_language,
        attested_on=told.attested_on,
        unconfirmed=told.status == "unconfirmed",
        point=point(office) if office else None,
    )


def new_clients(told: Content, today: date) -> NewClients:
    """What may be said of new clients on `today`: "accepting" only while its confirmation is fresh."""
    confirmed = told.new_clients_confirmed_on
    fresh = confirmed is not None and (today - confirmed).days <= CONFIRMED_DAYS
    stale = told.new_clients == "accepting" and not fresh
    return NewClients("ask" if stale else told.new_clients, confirmed)


def credential_lines(told: Content, today: date) -> tuple[CredentialLine, ...]:
    """The Imago levels that are valid on `today`, in the practitioner's order."""
    return tuple(
        CredentialLine(c.level, labels.label("credential", c.level), c.verified_by, c.verified_on)
        for c in told.credentials
        if c.holds(today)
    )


def session_minutes(told: Content) -> tuple[int, ...]:
    """How long their sessions are, shortest first."""
    return tuple(sorted(int(minutes) for minutes in told.chosen("session_length")))


def initials(name: str) -> str:
    """One or two letters to stand for a photo: "AB" for Anna Berg, one sign for scripts that need no more."""
    words = [w for w in name.replace("-", " ").split() if w[0].isalpha()]
    if not words:
        return ""
    one_case = words[0][0].upper() == words[0][0].lower()
    ends = words[:1] if len(words) == 1 or one_case else [words[0], words[-1]]
    return "".join(w[0].upper() for w in ends)


def point(office: Office) -> Point | None:
    """The coarse public point of an office, never its exact one unless its address is public."""
    if office.public_lat is None or office.public_lon is None:
        return None
    return office.public_lat, office.public_lon


def _office(offices: tuple[Office, ...], near: Point | None) -> Office | None:
    if near is None or len(offices) < 2:
        return offices[0] if offices else None
    return min(offices, key=lambda office: _apart(point(office), near))


def _apart(one: Point | None, other: Point) -> float:
    """Something that grows with the great-circle distance; enough to choose the nearest of a few."""
    if one is None:
        return math.inf
    (a, b), (c, d) = one, other
    a, c, across = math.radians(a), math.radians(c), math.radians(d - b)
    return -(math.sin(a) * math.sin(c) + math.cos(a) * math.cos(c) * math.cos(across))


def _cheapest(told: Content) -> Cost | None:
    prices = [cost(p) for p in told.costs if p.amount is not None]
    return min(prices, key=lambda c: c.least if c.least is not None else c.amount, default=None)


def cost(price: content.Price) -> Cost:
    """A price, as it is shown."""
    return Cost(price.amount or 0, price.currency, price.minutes, price.least)
