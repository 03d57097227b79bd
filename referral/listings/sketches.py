"""What a list shows of somebody, before a day and a language make a card of it: small, and stored beside the index.

Nothing that the clock makes untrue is decided here: dates are kept, and whoever draws the card compares them with its
day. Nothing here reads a table.
"""

import json
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from typing import Any, NamedTuple

from referral.listings.content import Content, Credential, Office, Price
from referral.listings.labels import cut, plain
from referral.listings.numbers import displayed
from referral.listings.published import Published

EXCERPT = 120
"""Characters of their own words on a card: two or three lines of it, so that none is cut within a word."""


class Cost(NamedTuple):
    """A price as stated."""

    amount: int
    currency: str
    minutes: int | None
    least: int | None = None


class Spot(NamedTuple):
    """Where an office is: the coarse public point, never another."""

    locality: str
    region: str
    """ISO 3166-2."""
    lat: float | None
    lon: float | None


class Held(NamedTuple):
    """An Imago level somebody holds."""

    level: str
    verified_by: str
    verified_on: date | None
    expires_on: date | None

    def holds(self, today: date) -> bool:
        """Whether it is still valid on `today`."""
        return self.expires_on is None or self.expires_on >= today


class Sketch(NamedTuple):
    """One public listing as lists show it."""

    id: str
    """Its public id."""
    slug: str
    name: str
    initials: str
    suffix: str
    pronouns: str
    photo: str
    photo_alt: str
    demonstration: bool
    unconfirmed: bool
    """Overdue for "still correct?"."""
    home: str
    """ISO 3166-1."""
    tracks: tuple[str, ...]
    delivery: tuple[str, ...]
    languages: tuple[str, ...]
    minutes: tuple[int, ...]
    """How long their sessions are, shortest first."""
    new_clients: str
    confirmed_on: date | None
    next_opening: date | None
    attested_on: date | None
    words: str
    """Their own, as plain text on one line."""
    excerpt: str
    """The first of them: cut when it is stored, not for each who looks."""
    words_language: str
    cost: Cost | None
    """The cheapest."""
    offices: tuple[Spot, ...]
    held: tuple[Held, ...]
    phone: str = ""
    """As it is written for somebody abroad."""
    website: str = ""
    """As it is typed: without what every address begins with."""


FACETS = ("delivery", "language", "session_length", "track")
"""The terms a sketch holds; it can be made of a listing that was read with no others."""


def sketch(listing: Published) -> Sketch:
    """What lists show of `listing`."""
    told = listing.content
    return Sketch(
        id=listing.public_id,
        slug=listing.slug,
        name=told.name,
        initials=initials(told.name),
        suffix=told.suffix,
        pronouns=told.pronouns,
        photo=told.photo,
        photo_alt=told.photo_alt,
        demonstration=told.demonstration,
        unconfirmed=told.status == "unconfirmed",
        home=told.home,
        tracks=told.chosen("track"),
        delivery=told.chosen("delivery"),
        languages=told.chosen("language"),
        minutes=session_minutes(told),
        new_clients=told.new_clients,
        confirmed_on=told.new_clients_confirmed_on,
        next_opening=told.next_opening,
        attested_on=told.attested_on,
        words=(words := plain(told.bio)),
        excerpt=cut(words, EXCERPT),
        words_language=told.bio_language,
        cost=_cheapest(told),
        offices=tuple(map(_spot, told.offices)),
        held=tuple(map(_held, told.credentials)),
        phone=displayed(told.phone),
        website=told.website.partition("://")[2].removesuffix("/"),
    )


def initials(name: str) -> str:
    """One or two letters to stand for a photo: "AB" for Anna Berg, one sign for scripts that need no more."""
    words = [w for w in name.replace("-", " ").split() if w[0].isalpha()]
    if not words:
        return ""
    one_case = words[0][0].upper() == words[0][0].lower()
    ends = words[:1] if len(words) == 1 or one_case else [words[0], words[-1]]
    return "".join(w[0].upper() for w in ends)


def session_minutes(told: Content) -> tuple[int, ...]:
    """How long their sessions are, shortest first."""
    return tuple(sorted(int(minutes) for minutes in told.chosen("session_length")))


def cost(price: Price) -> Cost:
    """A price, as it is shown."""
    return Cost(price.amount or 0, price.currency, price.minutes, price.least)


def _cheapest(told: Content) -> Cost | None:
    prices = [cost(p) for p in told.costs if p.amount is not None]
    return min(prices, key=lambda c: c.least if c.least is not None else c.amount, default=None)


def _spot(office: Office) -> Spot:
    return Spot(office.locality, office.region, office.public_lat, office.public_lon)


def _held(credential: Credential) -> Held:
    return Held(credential.level, credential.verified_by, credential.verified_on, credential.expires_on)


def written(sketch: Sketch) -> bytes:
    """The sketch as it is stored: its values in their order, as JSON; equal sketches are equal bytes."""
    return json.dumps(sketch, ensure_ascii=False, separators=(",", ":"), default=date.isoformat).encode(
        "utf-8", "surrogatepass"
    )


def read(stored: Sequence[bytes]) -> Iterator[Sketch]:
    """The sketches that `written` stored, read in one go: to begin anew for each takes longer than to read it."""
    return map(_read, json.loads(b"[" + b",".join(stored) + b"]"))


_SKETCH: Callable[..., Sketch] = Sketch
_CONFIRMED, _OPENING, _ATTESTED = map(Sketch._fields.index, ("confirmed_on", "next_opening", "attested_on"))
_COST, _OFFICES, _HELD = map(Sketch._fields.index, ("cost", "offices", "held"))
_TUPLES = tuple(map(Sketch._fields.index, ("tracks", "delivery", "languages", "minutes")))


def _read(told: list[Any]) -> Sketch:
    """JSON knows neither dates nor tuples."""
    for place in (_CONFIRMED, _OPENING, _ATTESTED):
        told[place] = _date(told[place])
    for place in _TUPLES:
        told[place] = tuple(told[place])
    told[_COST] = told[_COST] and Cost(*told[_COST])
    told[_OFFICES] = tuple([Spot(*one) for one in told[_OFFICES]])
    told[_HELD] = tuple([Held(level, by, _date(on), _date(until)) for level, by, on, until in told[_HELD]])
    return _SKETCH(*told)


def _date(iso: str | None) -> date | None:
    return date.fromisoformat(iso) if iso else None
