"""Content as rows of tables: what `revisions` writes. Pure: it writes nothing itself."""

from collections.abc import Callable, Iterator
from dataclasses import fields
from datetime import datetime
from operator import attrgetter
from typing import Any

from referral.listings.content import Answer, Content, Credential, Licence, Office, Price

Row = dict[str, Any]
"""Column -> value, as SQLAlchemy Core takes it."""

_PUBLISHED = (
    "status",
    "source",
    "new_clients",
    "new_clients_confirmed_on",
    "next_opening",
    "waitlist",
    "intro_call_minutes",
    "bio",
    "bio_language",
    "website",
    "phone",
    "email",
    "no_enquiries",
    "photo",
    "photo_alt",
    "consented_on",
    "attested_on",
    "next_due",
)
"""Fields of Content that are columns of `listing`."""


def practitioner(content: Content) -> Row:
    """The row of the person."""
    return {
        "name": content.name,
        "sort_name": content.sort_name,
        "suffix": content.suffix,
        "pronouns": content.pronouns,
        "identity": dict(content.identity),
        "demonstration": content.demonstration,
    }


_IN_WISHES = {"replaces"}
"""Fields of parts that are no columns: nothing that is published has them."""

_values = attrgetter(*_PUBLISHED)


def listing(content: Content, now: datetime) -> Row:
    """The row of the listing, but for its slug, number and version."""
    return {**dict(zip(_PUBLISHED, _values(content), strict=True)), "updated_at": now}


def _rows(kind: type[Any]) -> Callable[[Any], Row]:
    """A function that turns one `kind` into a row: each field is a column."""
    names = tuple(f.name for f in fields(kind) if f.name not in _IN_WISHES)
    values = attrgetter(*names)
    return lambda part: dict(zip(names, values(part), strict=True))


_office, _term, _cost, _credential, _licence = map(_rows, (Office, Answer, Price, Credential, Licence))


def offices(id: int, content: Content) -> Iterator[Row]:
    """The offices of listing `id`, in the practitioner's order."""
    for position, office in enumerate(content.offices):
        yield {"listing_id": id, "position": position, **_office(office)}


def terms(id: int, content: Content) -> Iterator[Row]:
    """The terms of listing `id`, in the practitioner's order."""
    for position, answer in enumerate(content.terms):
        yield {"listing_id": id, "position": position, **_term(answer)}


def costs(id: int, content: Content) -> Iterator[Row]:
    """The prices of listing `id`."""
    for price in content.costs:
        yield {"listing_id": id, **_cost(price)}


def served(id: int, content: Content) -> Iterator[Row]:
    """Where the online clients of listing `id` may live."""
    for area in content.served:
        yield {"listing_id": id, "area": area}


def credentials(id: int, content: Content) -> Iterator[Row]:
    """The Imago levels of practitioner `id`."""
    for credential in content.credentials:
        yield {"practitioner_id": id, **_credential(credential)}


def licences(id: int, content: Content) -> Iterator[Row]:
    """The licences of practitioner `id`."""
    for licence in content.licences:
        yield {"practitioner_id": id, **_licence(licence)}
