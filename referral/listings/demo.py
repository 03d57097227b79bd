"""Demonstration listings: invented people, clearly marked, in place of whichever were there before."""

from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from referral.errors import UsageError
from referral.listings import attestations, forgetting, revisions
from referral.listings.content import Content
from referral.listings.invented import person
from referral.listings.noting import note
from referral.listings.towns import Towns, countries
from referral.model import Attestation, Listing, Practitioner
from referral.model.practitioner import PUBLIC_STATUSES
from referral.places.gazetteer import Gazetteer
from referral.text import _

SMALLEST = 5000
"""Inhabitants of the smallest towns that invented people live in."""

STALE = timedelta(7)
"""So long after the last word of any of them, their dates move on."""

DATES = ("attested_on", "consented_on", "next_due", "new_clients_confirmed_on", "next_opening")

Progress = Callable[[int, int], object]
"""Called with (done, all)."""


def load(
    session: Session,
    count: int,
    seed: int,
    gazetteer: Gazetteer,
    now: datetime,
    progress: Progress | None = None,
) -> int:
    """Replace all demonstration listings by `count` new ones; how many there are now. The caller commits, once.

    Equal `seed`, `count`, cities and `now` give equal rows. Killed before the commit, nothing has happened.
    Raises UsageError when the gazetteer knows no city of any country with invented people.
    """
    towns = Towns(gazetteer.cities(list(countries()), SMALLEST))
    if not towns:
        raise UsageError(_("The gazetteer knows no cities: run `places build` first."))
    revisions.erase(session, _invented(session), now, forgetting.INVENTED)
    people = _people(count, seed, towns, now, progress or (lambda done, all: None))
    return len(revisions.publish(session, people, now, "demo load"))


def _invented(session: Session) -> list[int]:
    marked = select(Listing.id).join(Practitioner).where(Practitioner.demonstration).order_by(Listing.id)
    return list(session.scalars(marked))


def refresh(session: Session, now: datetime) -> int:
    """Let the dates of the invented be as old as when they were made; of how many, 0 while they are young enough.

    Nobody answers for them: in two months all of them would be asked, in four nobody be seen any more. Whoever was
    edited, confirmed, paused or taken down stays as they are. The caller commits.
    """
    said = func.coalesce(Listing.attested_on, Listing.consented_on)
    lately = session.scalar(select(func.max(said)).where(*_untouched()))
    if lately is None or now.date() - lately < STALE:
        return 0
    found = session.scalars(select(Listing).where(*_untouched()).order_by(Listing.id)).all()
    for listing in found:
        _move_on(listing, now.date() - lately)
        listing.status, listing.updated_at = attestations.shown_as(_since(listing), now.date()), now
    session.flush()
    note(session, "attest", {listing.id: listing.public_id for listing in found}, now)
    return len(found)


def _untouched() -> tuple[ColumnElement[bool], ...]:
    """What holds of the invented of whom only the calendar has changed anything.

    That somebody has an account says nothing: a start makes one to try things out with.
    """
    confirmed = Listing.id.in_(select(Attestation.listing_id))  # not for each by itself: that column has no index
    invented = Listing.practitioner.has(Practitioner.demonstration)
    seen = Listing.status.in_((*PUBLIC_STATUSES, "hidden"))
    return invented, seen, Listing.version == 1, Listing.held.is_(False), ~confirmed


def _move_on(listing: Listing, by: timedelta) -> None:
    for name in DATES:
        if (day := getattr(listing, name)) is not None:
            setattr(listing, name, day + by)


def _since(listing: Listing) -> date:
    return attestations.counted_from(attestations.last_said(listing), listing.next_due)


def _people(count: int, seed: int, towns: Towns, now: datetime, progress: Progress) -> Iterator[Content]:
    for number in range(count):
        if number % revisions.BATCH == 0:
            progress(number, count)
        yield person(seed, number, towns, now.date())
    progress(count, count)
