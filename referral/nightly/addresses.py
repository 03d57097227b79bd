"""Street addresses, looked up with no transaction open: the internet is slow, and no write is to wait for it."""

from collections import Counter
from collections.abc import Iterable
from random import Random

from referral import db
from referral.listings import pinpointing, revisions
from referral.listings.pinpointing import Sought
from referral.nightly.night import Counts, Night
from referral.places.geocode import Resting, StreetGeocoder, Unavailable

MOST = 600
"""Addresses of one night: ten minutes of it, at one a second. The others are for the next."""

FEW = 20
"""Addresses read at a time where somebody may be waiting for theirs: who saves meanwhile comes next."""


def addresses(night: Night) -> Counts:
    """Look up the offices that stand only at their town or postcode; nothing where no geocoder is set.

    In another order every night: a few addresses a server chokes on never keep it from all the others.
    """
    geocoder = night.geocoder()
    if geocoder is None:
        return {}
    done: Counter[str] = Counter({"found": 0, "not found": 0, "unavailable": 0})
    with geocoder.alone() as alone:
        if alone:
            waiting = _sought(night, MOST)
            Random(night.today.toordinal()).shuffle(waiting)
            ask(night, geocoder, waiting, set(), done)
    with db.reading(night.engine) as session:
        return {**done, "waiting": pinpointing.count(session, night.today)}


def newest(night: Night, geocoder: StreetGeocoder, failed: set[Sought], done: Counter[str]) -> bool:
    """Look up what was saved last, but for what `failed` before; whether nothing is left to do."""
    if geocoder.resting():
        return False
    left = [one for one in _sought(night, FEW + len(failed)) if one not in failed][:FEW]
    return ask(night, geocoder, left, failed, done) and len(left) < FEW


def ask(
    night: Night, geocoder: StreetGeocoder, waiting: Iterable[Sought], failed: set[Sought], done: Counter[str]
) -> bool:
    """Look up each of them, count what came of it, and note which `failed`; False when the geocoder rests half-way."""
    for one in waiting:
        try:
            done[_look_up(night, geocoder, one)] += 1
        except Resting:
            return False
        except Unavailable:
            failed.add(one)
            done["unavailable"] += 1
    return True


def _look_up(night: Night, geocoder: StreetGeocoder, one: Sought) -> str:
    """What became of one address: asked with nothing held, and written in a transaction of its own."""
    with db.reading(night.engine) as session:
        if not pinpointing.is_still(session, one, night.today):
            return "changed meanwhile"
        known = pinpointing.known(session, one, night.today)
    point = _located(geocoder, one) if known is None else known[0]
    with db.writing(night.engine) as session:
        there = revisions.pinpoint(session, one, point, night.now)
        session.commit()
    if not there:
        return "changed meanwhile"
    return "found" if point else "not found"


def _located(geocoder: StreetGeocoder, one: Sought) -> tuple[float, float] | None:
    """Where the geocoder says it is; None for nowhere, and for far from the town that was named."""
    found = geocoder.locate(one.line, one.country)
    return (found.lat, found.lon) if found is not None and one.holds(found.lat, found.lon) else None


def _sought(night: Night, limit: int) -> list[Sought]:
    with db.reading(night.engine) as session:
        return pinpointing.sought(session, night.today, limit)
