"""Where an office really stands, as a geocoder says: what is to be looked up, and what becomes of an answer.

Never commits, and asks nobody. Callers of `pinpoint` find it in `revisions`.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, func, or_, select, tuple_
from sqlalchemy.orm import Session

from referral import model
from referral.listings.checks import coarse
from referral.listings.content import Content, Office
from referral.listings.noting import note
from referral.model.practitioner import PUBLIC_STATUSES
from referral.places import distance

GEOCODER = "geocoder"
"""The source of a point that was looked up."""

ROUGH = ("postcode", "locality")
"""Precisions of a point that is only that of the town or the postcode. One set by hand is never among them."""

FARTHEST = 40.0
"""Kilometres between a town's or postcode's point and an answer that can still be meant for it.

The widest cities we know of reach 35 to 40 km from their middle (San Pedro in Los Angeles, Kingwood in Houston); from
there on, a street of the same name in another town is likelier than the right one, and the town's own point is the
smaller error. A hand may go further (60 km): it knows where it is.
"""

AGAIN = timedelta(days=180)
"""After so long an address that nobody knew is asked for again: maps grow."""


@dataclass(frozen=True, slots=True)
class Sought:
    """An address to look up, as it stood when it was read: that of one office or more of a listing."""

    listing_id: int
    country: str
    locality: str
    postcode: str
    street: str
    lat: float
    lon: float
    """The point of its town or postcode, degrees WGS 84."""

    @property
    def line(self) -> str:
        """The address as it is written on a letter, but for the country and the name."""
        return ", ".join(part for part in (self.street, f"{self.postcode} {self.locality}".strip()) if part)

    def holds(self, lat: float, lon: float) -> bool:
        """Whether that point can be meant for this town."""
        return distance.km(self.lat, self.lon, lat, lon) <= FARTHEST


def is_sought(content: Content, office: Office, today: date) -> bool:
    """Whether this office of `content` is to be looked up: the same rule as `sought`, for a value."""
    shown = content.status in PUBLIC_STATUSES or content.consented_on is not None
    rough = office.lat is not None and office.precision in ROUGH and office.address_visibility != "none"
    due = office.looked_up_on is None or office.looked_up_on <= today - AGAIN
    return bool(content.status != "removed" and shown and office.street and rough and due)


_O, _L = model.Office, model.Listing

_ADDRESS = (_O.country, _O.locality, _O.postcode, _O.street)


def _is_sought(today: date) -> ColumnElement[bool]:
    """Nobody is told of somebody who has not agreed to be listed, or who shows no more than the town."""
    return and_(
        _L.status != "removed",
        or_(_L.status.in_(PUBLIC_STATUSES), _L.consented_on.is_not(None)),
        _O.street != "",
        _O.address_visibility != "none",
        _O.lat.is_not(None),
        _O.precision.in_(ROUGH),
        or_(_O.looked_up_on.is_(None), _O.looked_up_on <= today - AGAIN),
    )


def _asked(today: date, *columns: Any) -> Select[Any]:
    return select(*columns).join(_L, _L.id == _O.listing_id).where(_is_sought(today))


def sought(session: Session, today: date, limit: int) -> list[Sought]:
    """The addresses to look up, those that were saved last first, each once; at most `limit`."""
    columns = (_O.listing_id, *_ADDRESS, _O.lat, _O.lon)
    found = _asked(today, *columns).order_by(_L.updated_at.desc(), _O.listing_id, _O.position).limit(limit)
    return list(dict.fromkeys(Sought(*row) for row in session.execute(found)))


def is_still(session: Session, one: Sought, today: date) -> bool:
    """Whether the address still stands there and is to be looked up."""
    return session.scalar(_asked(today, _O.id).where(_same(one)).limit(1)) is not None


def count(session: Session, today: date) -> int:
    """How many offices are to be looked up."""
    return session.scalar(_asked(today, func.count(_O.id))) or 0


def known(session: Session, one: Sought, today: date) -> tuple[tuple[float, float] | None] | None:
    """What a geocoder said of the same address for somebody else, in a tuple of one; None when it was not asked.

    So the offices themselves are what remembers answers, and nothing outlives the last listing at an address.
    """
    others = (_is_at(one), _O.listing_id != one.listing_id, _O.looked_up_on > today - AGAIN)
    found = select(_O.lat, _O.lon, _O.point_source).where(*others).order_by(_O.point_source != GEOCODER)
    row = session.execute(found.limit(1)).first()
    if row is None:
        return None
    return ((row.lat, row.lon) if row.point_source == GEOCODER else None,)


def pinpoint(session: Session, one: Sought, point: tuple[float, float] | None, now: datetime) -> bool:
    """Note what was found for that address, degrees WGS 84, None for nothing; whether it still stood there.

    The caller commits. Nothing is written where the address, its town's point or the hand on the pin changed
    meanwhile. No revision: nobody asked for anything, and an edit that was begun before goes on as if nothing happened.
    """
    same = select(_O).where(_same(one)).with_for_update().execution_options(populate_existing=True)
    offices = session.scalars(same).all()
    for office in offices:
        office.looked_up_on = now.date()
        if point is not None:
            _move(office, point)
    session.flush()
    if offices and point is not None:
        public_id = session.scalar(select(_L.public_id).where(_L.id == one.listing_id)) or ""
        note(session, "pinpoint", {one.listing_id: public_id}, now)
    return bool(offices)


def _move(office: model.Office, point: tuple[float, float]) -> None:
    office.lat, office.lon = point
    office.precision, office.point_source = "address", GEOCODER
    public = coarse(*point, office.address_visibility)
    office.public_lat, office.public_lon = public if public is not None else (None, None)


def _same(one: Sought) -> ColumnElement[bool]:
    """The offices the question was about, as long as they are what they were."""
    still = (_O.lat == one.lat, _O.lon == one.lon, _O.precision.in_(ROUGH))
    return and_(_O.listing_id == one.listing_id, _is_at(one), *still)


def _is_at(one: Sought) -> ColumnElement[bool]:
    return tuple_(*_ADDRESS) == (one.country, one.locality, one.postcode, one.street)
