"""Demonstration listings: invented people, clearly marked, in place of whichever were there before."""

from collections.abc import Callable, Iterator
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from referral.errors import UsageError
from referral.listings import forgetting, revisions
from referral.listings.content import Content
from referral.listings.invented import person
from referral.listings.towns import Towns, countries
from referral.model import Listing, Practitioner
from referral.places.gazetteer import Gazetteer
from referral.text import _

SMALLEST = 5000
"""Inhabitants of the smallest towns that invented people live in."""

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


def _people(count: int, seed: int, towns: Towns, now: datetime, progress: Progress) -> Iterator[Content]:
    for number in range(count):
        if number % revisions.BATCH == 0:
            progress(number, count)
        yield person(seed, number, towns, now.date())
    progress(count, count)
