"""Plain test data: each function gives what is needed, with defaults for all that does not matter.

Invented people only. Nothing here commits but by the functions it calls; `session` stays the caller's.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, date, datetime
from secrets import token_hex
from typing import Any

from sqlalchemy.orm import Session

from referral.listings import revisions
from referral.listings.content import Answer, Content, Credential, Licence, Office, Price
from referral.mail import Letterhead
from referral.model import Account, Listing

NOW = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
"""The moment tests happen at unless they say otherwise."""

TODAY = NOW.date()

HEAD = Letterhead("https://directory.example", "a secret of nobody")
"""What letters of tests lead back to."""

SPRINGFIELD = {"country": "US", "region": "US-IL", "locality": "Springfield", "lat": 39.7817, "lon": -89.6501}
"""Where a listing's only office is unless a test says otherwise."""

_OFFICE = ("country", "region", "locality", "postcode", "street", "address_visibility", "lat", "lon", "precision")
_FACETS = {
    "languages": ("language", ("en",)),
    "delivery": ("delivery", ("in_person",)),
    "tracks": ("track", ("clinical",)),
    "formats": ("format", ("couple_sessions",)),
    "works_with": ("works_with", ("couples",)),
    "topics": ("topic", ()),
    "session_minutes": ("session_length", ()),
    "payment": ("payment", ()),
}
"""Keyword of `make_content` -> (facet, terms when none are given)."""


def make_listing(session: Session, **fields: Any) -> Listing:
    """A published listing; see `make_content` for the fields. The caller commits (or only flushes and looks).

    `now=` and `reason=` go to `revisions.publish`.
    """
    now, reason = fields.pop("now", NOW), fields.pop("reason", "test")
    id = revisions.publish(session, [make_content(**fields)], now, reason)[0]
    found = session.get(Listing, id, populate_existing=True)
    assert found is not None
    return found


def make_account(session: Session, role: str = "therapist", **fields: Any) -> Account:
    """Somebody who can sign in, with an address of their own unless `email` says otherwise."""
    email = fields.pop("email", f"{role}-{token_hex(4)}@example.org")
    account = Account(role=role, email=email, created_at=fields.pop("now", NOW), **fields)
    session.add(account)
    session.flush()
    return account


def make_listings(session: Session, many: Iterable[Mapping[str, Any]], now: datetime = NOW) -> list[int]:
    """Many at once: the numbers of one listing for each mapping of fields."""
    return revisions.publish(session, [make_content(**fields) for fields in many], now, "test")


def make_content(**fields: Any) -> Content:
    """A content with plain defaults: Ada Example in Springfield, who sees couples, in English, in person.

    Facets as lists: languages, delivery, tracks, formats, works_with, topics, session_minutes, payment;
    accessibility as {term: "yes"/"no"/"ask"}; credentials as terms or Credential values; licences as titles or Licence
    values; costs as (amount, currency) or Price values; `serves` as codes. One office by country, region, locality,
    street, postcode, address_visibility, lat, lon; several by offices=[{...}, ...]; offices=[] for none.
    Every other keyword is a field of Content.
    """
    parts = {
        "terms": _terms(fields),
        "offices": _offices(fields),
        "credentials": tuple(_credentials(fields.pop("credentials", ["certified_imago_therapist"]))),
        "licences": tuple(_licences(fields.pop("licences", []))),
        "costs": tuple(_costs(fields.pop("costs", []))),
        "served": tuple(fields.pop("serves", ())),
    }
    dates = {name: fields.pop(name, TODAY) for name in ("new_clients_confirmed_on", "attested_on")}
    return Content(name=fields.pop("name", "Ada Example"), **parts, **dates, **fields)


def _terms(fields: dict[str, Any]) -> tuple[Answer, ...]:
    access = fields.pop("accessibility", {})
    chosen = [
        Answer(facet, str(term))
        for keyword, (facet, default) in _FACETS.items()
        for term in fields.pop(keyword, default)
    ]
    return (*chosen, *(Answer("accessibility", term, answer) for term, answer in access.items()))


def _offices(fields: dict[str, Any]) -> tuple[Office, ...]:
    if "offices" in fields:
        return tuple(Office(**one) for one in fields.pop("offices"))
    given = {name: fields.pop(name) for name in _OFFICE if name in fields}
    if "country" in given:
        return (Office(**given),)
    return (Office(**{**SPRINGFIELD, **given}),)


def _credentials(given: Sequence[str | Credential]) -> Iterable[Credential]:
    for one in given:
        yield one if isinstance(one, Credential) else Credential(one, "Example Network", date(2015, 5, 1))


def _licences(given: Sequence[str | Licence]) -> Iterable[Licence]:
    for one in given:
        yield one if isinstance(one, Licence) else Licence(one, "US-IL")


def _costs(given: Sequence[tuple[int, str] | Price]) -> Iterable[Price]:
    for one in given:
        yield one if isinstance(one, Price) else Price(one[1], one[0])
