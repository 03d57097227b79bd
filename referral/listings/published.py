"""Listings as they stand in the tables, read back whole: what cards, pages, documents and exports are made from.

Reads only. A handful of queries for any number of listings, by Core: objects of the ORM cost five times as much.
"""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any

from sqlalchemy import Select, bindparam, func, select
from sqlalchemy.orm import Session

from referral import model
from referral.listings.content import Answer, Content, Credential, Licence, Office, Price
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
class Published:
    """One listing with everything that is published of it."""

    id: int
    slug: str
    version: int
    updated_at: datetime
    content: Content
    partner: Partner | None = None

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


def load_any(session: Session, ids: Sequence[int]) -> list[Published]:
    """These listings, public or not, by number."""
    if not ids:
        return []
    given = {"ids": list(ids)}
    rows = session.connection().execute(_LISTINGS, given).all()
    people = {"ids": [row[1] for row in rows]}
    terms = _grouped(session, _TERMS, given, _answer)
    offices = _grouped(session, _OFFICES, given, Office)
    costs = _grouped(session, _COSTS, given, Price)
    served = _grouped(session, _SERVED, given, str)
    credentials = _grouped(session, _CREDENTIALS, people, Credential)
    licences = _grouped(session, _LICENCES, people, Licence)
    return [
        _published(
            tuple(row),
            tuple(offices[row[0]]),
            tuple(terms[row[0]]),
            tuple(costs[row[0]]),
            tuple(served[row[0]]),
            tuple(credentials[row[1]]),
            tuple(licences[row[1]]),
        )
        for row in rows
    ]


def by_slug(session: Session, slug: str) -> Published | None:
    """The public listing of that name; None when there is none, or none that is public."""
    id = session.scalar(select(model.Listing.id).where(model.Listing.slug == slug))
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


def _grouped(session: Session, query: Select[Any], given: Mapping[str, Any], part: Any) -> defaultdict[int, list[Any]]:
    """Owner -> its parts; the first column of `query` is the owner, the others are the fields of `part`."""
    found: defaultdict[int, list[Any]] = defaultdict(list)
    for owner, *values in session.connection().execute(query, given).all():
        found[owner].append(part(*values))
    return found


_CONTENT: Callable[..., Content] = Content
"""Called with the columns of `_LISTINGS`, which stand in the order of its fields: a round trip in the tests says so."""

_answer = lru_cache(maxsize=4096)(Answer)
"""The same few hundred answers over and over: one value for each."""


def _published(
    row: tuple[Any, ...],
    offices: tuple[Office, ...],
    terms: tuple[Answer, ...],
    costs: tuple[Price, ...],
    served: tuple[str, ...],
    credentials: tuple[Credential, ...],
    licences: tuple[Licence, ...],
) -> Published:
    id, _person, slug, version, updated_at, partner_slug, partner_status, partner_of, partner_name, *own = row
    content = _CONTENT(
        *own,
        offices=offices,
        terms=terms,
        costs=costs,
        served=served,
        credentials=credentials,
        licences=licences,
    )
    public = partner_status in PUBLIC_STATUSES and partner_of == id  # shown when each has named the other
    partner = Partner(content.partner, partner_slug, partner_name, public) if content.partner else None
    return Published(id, slug, version, updated_at, content, partner)


def _parts(*columns: Any, order: Any) -> Select[Any]:
    """The parts of the owners `ids`: the first column names the owner, the others are fields in their order."""
    return select(*columns).where(columns[0].in_(bindparam("ids", expanding=True))).order_by(order)


_P, _L = model.Practitioner.__table__.c, model.Listing.__table__.c
_OtherListing, _OtherPerson = model.Listing.__table__.alias(), model.Practitioner.__table__.alias()
_Other = _OtherListing.c

_LISTINGS = (
    select(
        _L.id,
        _L.practitioner_id,
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
        _P.identity,
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
        _L.photo,
        _L.photo_alt,
        func.coalesce(_Other.public_id, ""),
        _L.consented_on,
        _L.attested_on,
        _L.next_due,
    )
    .join_from(model.Listing.__table__, model.Practitioner.__table__, _P.id == _L.practitioner_id)
    .outerjoin(_OtherListing, _Other.id == _L.partner_listing_id)
    .outerjoin(_OtherPerson, _OtherPerson.c.id == _Other.practitioner_id)
    .where(_L.id.in_(bindparam("ids", expanding=True)))
    .order_by(_L.id)
)  # fmt: skip - first what `Published` is made of, then the fields of Content in their order

_O, _T, _C = model.Office.__table__.c, model.ListingTerm.__table__.c, model.Cost.__table__.c
_S, _K, _N = model.Served.__table__.c, model.Credential.__table__.c, model.Licence.__table__.c
_OFFICES = _parts(
    _O.listing_id, _O.country, _O.region, _O.locality, _O.postcode, _O.street, _O.time_zone, _O.address_visibility,
    _O.lat, _O.lon, _O.precision, _O.point_source, _O.public_lat, _O.public_lon, order=_O.position,
)  # fmt: skip
_TERMS = _parts(_T.listing_id, _T.facet, _T.term, _T.answer, _T.level, order=_T.position)
_COSTS = _parts(_C.listing_id, _C.currency, _C.amount, _C.minutes, _C.least, _C.note, order=_C.id)
_SERVED = _parts(_S.listing_id, _S.area, order=_S.area)
_CREDENTIALS = _parts(
    _K.practitioner_id, _K.level, _K.issuer, _K.issued_on, _K.expires_on, _K.verified_by, _K.verified_on, order=_K.id
)
_LICENCES = _parts(
    _N.practitioner_id, _N.title, _N.jurisdiction, _N.number, _N.expires_on, _N.verified_by, _N.verified_on, order=_N.id
)
