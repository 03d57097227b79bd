"""Listings as they stand in the tables, read back whole: what cards, pages, documents and exports are made from.

Reads only. One query for any number of listings, by Core: objects of the ORM cost five times as much.
"""

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, fields
from datetime import date, datetime
from functools import cache, lru_cache
from itertools import islice, starmap
from typing import Any

from sqlalchemy import Select, Text, and_, bindparam, cast, func, literal_column, null, or_, select, true
from sqlalchemy.orm import Session

from referral import model
from referral.listings.content import Answer, Content, Credential, Licence, Office, Price
from referral.model.network import APPLIED
from referral.model.practitioner import PUBLIC_STATUSES

CHUNK = 500
"""Listings read at a time when all are read."""


@dataclass(frozen=True, slots=True)
class Partner:
    """The other half of a pair."""

    public_id: str
    slug: str
    name: str
    public: bool


@dataclass(frozen=True, slots=True)
class Belonging:
    """That a network knows them as a member."""

    network: str
    """Its slug."""
    until: date | None
    """From this day on no more."""

    def holds(self, today: date) -> bool:
        """Whether they belong to it on that day."""
        return self.until is None or self.until > today


@dataclass(frozen=True, slots=True)
class Published:
    """One listing with everything that is published of it."""

    id: int
    slug: str
    version: int
    updated_at: datetime
    content: Content
    partner: Partner | None = None
    networks: tuple[Belonging, ...] = ()

    @property
    def public_id(self) -> str:
        """Its name in addresses and in the API."""
        return self.content.public_id

    @property
    def is_public(self) -> bool:
        """Whether anybody may see it."""
        return self.content.status in PUBLIC_STATUSES


def load(session: Session, ids: Sequence[int]) -> list[Published]:
    """The public ones among these listings, in the order of `ids`."""
    found = {p.id: p for p in load_any(session, ids) if p.is_public}
    return [found[id] for id in ids if id in found]


def load_any(session: Session, ids: Sequence[int], facets: tuple[str, ...] = ()) -> list[Published]:
    """These listings, public or not, by number; where `facets` are named, only the terms of those are read."""
    if not ids:
        return []
    connection = session.connection()
    rows = connection.execute(_listings(connection.dialect.name, facets), {"ids": list(ids)}).all()
    parts = _read([text for row in rows for text in row[-_TEXTS:]])
    return [_published(row[:-_TEXTS], list(islice(parts, _TEXTS))) for row in rows]


def _read(texts: Sequence[str | None]) -> Iterator[Any]:
    """What these texts of JSON hold, read in one go: to begin anew for each takes longer than to read it."""
    return iter(json.loads(f"[{','.join(text or '[]' for text in texts)}]"))


def by_slug(session: Session, slug: str) -> Published | None:
    """The public listing of that name; None when there is none, or none that is public."""
    public = model.Listing.status.in_(PUBLIC_STATUSES)  # asked here: one who is not shown takes no longer than nobody
    id = session.scalar(select(model.Listing.id).where(model.Listing.slug == slug, public))
    found = load(session, [id]) if id is not None else []
    return found[0] if found else None


def by_public_id(session: Session, public_id: str) -> Published | None:
    """The public listing with that public id; None when there is none, or none that is public."""
    id = session.scalar(select(model.Listing.id).where(model.Listing.public_id == public_id))
    found = load(session, [id]) if id is not None else []
    return found[0] if found else None


def by_public_ids(session: Session, public_ids: Sequence[str]) -> list[Published]:
    """The public listings among these public ids, in their order."""
    asked = select(model.Listing.id).where(model.Listing.public_id.in_(public_ids))
    found = {one.public_id: one for one in load(session, list(session.scalars(asked)))}
    return [found[id] for id in public_ids if id in found]


def each(session: Session, *, public: bool = True) -> Iterator[Published]:
    """Every listing (only the public ones, unless told), by number, CHUNK of them in memory."""
    last = 0
    wanted = select(model.Listing.id).order_by(model.Listing.id).limit(CHUNK)
    if public:
        wanted = wanted.where(model.Listing.status.in_(PUBLIC_STATUSES))
    while ids := session.scalars(wanted.where(model.Listing.id > last)).all():
        yield from load_any(session, ids)
        last = ids[-1]


_CONTENT: Callable[..., Content] = Content
"""Called with the columns of `_listings`, which stand in the order of its fields: a round trip in the tests says so."""

_answer = lru_cache(maxsize=4096)(Answer)
"""The same few hundred answers over and over: one value for each."""


def _published(row: Sequence[Any], told: Sequence[Any]) -> Published:
    """A row of `_listings` as a value; `told` is what its texts of JSON hold."""
    id, slug, version, updated_at, partner_slug, partner_status, partner_of, partner_name, *own = row
    identity, *parts, networks = told
    own[_IDENTITY] = identity
    content = _CONTENT(*own, *(tuple(starmap(made, found)) for made, found in zip(_PARTS, parts, strict=True)))
    public = partner_status in PUBLIC_STATUSES and partner_of == id  # shown when each has named the other
    partner = Partner(content.partner, partner_slug, partner_name, public) if content.partner else None
    belongs = tuple(Belonging(network, _date(until)) for network, until in networks)
    return Published(id, slug, version, updated_at, content, partner, belongs)


def _office(*row: Any) -> Office:
    return Office(*row[:-1], _date(row[-1]))  # type: ignore[call-arg]  # its columns, the day last


def _credential(
    level: str, issuer: str, issued_on: str, expires_on: str, verified_by: str, verified_on: str
) -> Credential:
    return Credential(level, issuer, _date(issued_on), _date(expires_on), verified_by, _date(verified_on))


def _licence(
    title: str, jurisdiction: str, number: str, expires_on: str, verified_by: str, verified_on: str
) -> Licence:
    return Licence(title, jurisdiction, number, _date(expires_on), verified_by, _date(verified_on))


def _date(iso: str | None) -> date | None:
    """JSON knows no dates."""
    return date.fromisoformat(iso) if iso else None


_PARTS: tuple[Callable[..., Any], ...] = (_office, _answer, Price, str, _credential, _licence)
"""What the columns before the last of `_listings` are made into, in the order of the last fields of Content."""

_TEXTS = 1 + len(_PARTS) + 1
"""The last columns are texts of JSON: what somebody says of themselves, the parts, and the networks."""

_IDENTITY = [one.name for one in fields(Content)].index("identity")


_Person, _Listing = model.Practitioner.__table__, model.Listing.__table__
_P, _L = _Person.c, _Listing.c
_OtherListing, _OtherPerson = _Listing.alias(), _Person.alias()
_Other = _OtherListing.c

_COLUMNS = (
    _L.id,
    _L.slug,
    _L.version,
    _L.updated_at,
    _Other.slug,
    _Other.status,
    _Other.partner_listing_id,
    _OtherPerson.c.name,
    _P.name,
    _L.public_id,
    _L.status,
    _L.source,
    _P.sort_name,
    _P.suffix,
    _P.pronouns,
    null(),  # identity, which is a text of JSON
    _P.demonstration,
    _L.new_clients,
    _L.new_clients_confirmed_on,
    _L.next_opening,
    _L.waitlist,
    _L.intro_call_minutes,
    _L.bio,
    _L.bio_language,
    _L.website,
    _L.phone,
    _L.email,
    _L.no_enquiries,
    _L.photo,
    _L.photo_alt,
    func.coalesce(_Other.public_id, ""),
    _L.consented_on,
    _L.attested_on,
    _L.next_due,
)  # fmt: skip - first what `Published` is made of, then the fields of Content in their order

_O, _T, _C = model.Office.__table__.c, model.ListingTerm.__table__.c, model.Cost.__table__.c
_S, _K, _N = model.Served.__table__.c, model.Credential.__table__.c, model.Licence.__table__.c
_M, _A = model.Membership.__table__.c, model.Network.__table__.c

_ARRAYS = {"sqlite": (func.json_array, func.json_group_array), "postgresql": (func.json_build_array, func.json_agg)}
"""By the name of the database: what makes an array of JSON of values, and what makes one of many rows."""


@cache
def _listings(dialect: str, facets: tuple[str, ...] = ()) -> Select[Any]:
    """The listings `ids` with all their parts in one statement: seven cost half as much again.

    A card shows a third of the terms, and they are most of what is read: hence `facets`, names of our own.

    The parts come as texts of JSON in the order of `_PARTS`, the values of each in the order of its fields; the last
    is the networks.
    """
    array, arrays = _ARRAYS[dialect]

    def parts(is_theirs: Any, order: Any, *columns: Any) -> Any:
        every = arrays(array(*columns)).aggregate_order_by(order)
        return select(cast(every, Text)).where(is_theirs).correlate(_Listing, _Person).scalar_subquery()

    named = or_(*(_T.facet == literal_column(f"'{facet}'") for facet in facets)) if facets else true()
    are_terms = and_(_T.listing_id == _L.id, named)
    return (
        select(
            *_COLUMNS,
            cast(_P.identity, Text),
            parts(
                _O.listing_id == _L.id,
                _O.position,
                _O.country,
                _O.region,
                _O.locality,
                _O.postcode,
                _O.street,
                _O.time_zone,
                _O.address_visibility,
                _O.lat,
                _O.lon,
                _O.precision,
                _O.point_source,
                _O.public_lat,
                _O.public_lon,
                _O.looked_up_on,
            ),
            parts(are_terms, _T.position, _T.facet, _T.term, _T.answer, _T.level),
            parts(_C.listing_id == _L.id, _C.id, _C.currency, _C.amount, _C.minutes, _C.least, _C.note),
            parts(_S.listing_id == _L.id, _S.area, _S.area),
            parts(
                _K.practitioner_id == _P.id,
                _K.id,
                _K.level,
                _K.issuer,
                _K.issued_on,
                _K.expires_on,
                _K.verified_by,
                _K.verified_on,
            ),
            parts(
                _N.practitioner_id == _P.id,
                _N.id,
                _N.title,
                _N.jurisdiction,
                _N.number,
                _N.expires_on,
                _N.verified_by,
                _N.verified_on,
            ),
            parts(
                and_(_M.practitioner_id == _P.id, _A.id == _M.network_id, _M.kind != APPLIED),
                _M.id,
                _A.slug,
                _M.until,
            ),
        )
        .join_from(_Listing, _Person, _P.id == _L.practitioner_id)
        .outerjoin(_OtherListing, _Other.id == _L.partner_listing_id)
        .outerjoin(_OtherPerson, _OtherPerson.c.id == _Other.practitioner_id)
        .where(_L.id.in_(bindparam("ids", expanding=True)))
        .order_by(_L.id)
    )  # fmt: skip - a line for each part
