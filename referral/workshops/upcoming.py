"""The workshops that are announced, kept in memory as networks are: by date, and by latitude for what is near.

Reads only. What is over falls out by the clock of who asks, not by a job.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from referral.model import Workshop
from referral.places import distance

Near = tuple[Workshop, float | None]
"""A workshop and how far away it is in km; None where distance does not count."""


class Upcoming:
    """Workshops that were neither over nor called off when they were read."""

    def __init__(self, workshops: Iterable[Workshop] = ()) -> None:
        self._by_date = sorted(workshops, key=lambda w: (w.starts_at, w.id))
        self._placed = sorted((w for w in self._by_date if w.lat is not None and not w.online), key=_latitude)
        self._by_country: dict[str, list[Workshop]] = {}
        for one in self._by_date:
            if not one.online:
                self._by_country.setdefault(one.country, []).append(one)
        self._latitudes = [_latitude(w) for w in self._placed]

    def __iter__(self) -> Iterator[Workshop]:
        """Every one, by date: to be taken out of a session."""
        return iter(self._by_date)

    def ahead(self, now: datetime) -> list[Workshop]:
        """Those that are not over, by date."""
        return [w for w in self._by_date if w.ends_at > now]

    def within(self, lat: float, lon: float, km: float, now: datetime, *, days: int | None = None) -> list[Near]:
        """Those in person within `km` of a point, by date; with `days`, only what begins within so many."""
        reach = distance.box(lat, lon, km)
        low, high = bisect_left(self._latitudes, reach.south), bisect_right(self._latitudes, reach.north)
        last = None if days is None else now + timedelta(days)
        found = [
            (w, far)
            for w in self._placed[low:high]
            if w.ends_at > now and (last is None or w.starts_at <= last) and (far := _far(w, lat, lon)) <= km
        ]
        return sorted(found, key=lambda near: (near[0].starts_at, near[0].id))

    def soon_in(self, country: str, now: datetime, days: int) -> list[Workshop]:
        """Those in person in a country (ISO 3166-1) that begin within so many days, by date."""
        last = now + timedelta(days)
        here = self._by_country.get(country, ())
        return [w for w in here if w.ends_at > now and w.starts_at <= last]

    def nearest(self, lat: float, lon: float, now: datetime) -> list[Near]:
        """Every one in person, the nearest first, however far."""
        found = [(w, _far(w, lat, lon)) for w in self._placed if w.ends_at > now]
        return sorted(found, key=lambda near: (near[1], near[0].starts_at))


def load(session: Session, now: datetime) -> Upcoming:
    """What is announced as `session` sees it."""
    announced = (Workshop.withdrawn_at.is_(None), Workshop.ends_at > now)
    return Upcoming(session.scalars(select(Workshop).where(*announced)))


def by_slug(session: Session, slug: str) -> Workshop | None:
    """The workshop of that slug, called off or over as well, or None."""
    return session.scalars(select(Workshop).where(Workshop.slug == slug)).one_or_none()


def _latitude(workshop: Workshop) -> float:
    return workshop.lat or 0.0


def _far(workshop: Workshop, lat: float, lon: float) -> float:
    return distance.km(lat, lon, workshop.lat or 0.0, workshop.lon or 0.0)
