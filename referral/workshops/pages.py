"""What the pages of workshops show: the list a search finds, and one workshop with who presents it."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from referral.listings import published
from referral.listings.cards import Cost
from referral.listings.labels import PlaceNames
from referral.model import Listing, Network, Workshop
from referral.text import at, distance
from referral.workshops import times
from referral.workshops.finding import PAGE, Found, Wanted, url
from referral.workshops.lines import WorkshopLine, entries, line, lines
from referral.workshops.narrowing import Options, options
from referral.workshops.series import Entry, gathered
from referral.workshops.upcoming import Near, Upcoming

_TOKEN = re.compile(r"[A-Za-z0-9]{12}")
"""A public id as we give them out: of somebody who was erased nothing else is left."""


@dataclass(frozen=True, slots=True)
class Shown:
    """One workshop in a list, and how far it is, as people say it."""

    line: WorkshopLine
    far: str


@dataclass(frozen=True, slots=True)
class ListPage:
    """One page of the list."""

    wanted: Wanted
    found: Found
    here: list[Shown]
    online: list[Shown]
    total: int
    """Entries: a series is one."""
    here_total: int
    online_total: int
    page: int
    pages: int
    previous_url: str
    next_url: str
    options: Options
    """What the filters offer."""


@dataclass(frozen=True, slots=True)
class Presenter:
    """Who presents: with the address of their listing, where they are listed."""

    name: str
    url: str


@dataclass(frozen=True, slots=True)
class WorkshopPage:
    """One workshop as its page shows it."""

    line: WorkshopLine
    hours: str
    clocks: str
    cost: Cost | None
    presenters: list[Presenter]
    others: list[WorkshopLine]
    """The other dates of its series."""


def list_page(
    found: Found,
    wanted: Wanted,
    there: Sequence[Near],
    networks: Sequence[Network],
    *,
    miles: bool,
    names: PlaceNames,
) -> ListPage:
    """The page of the list that `wanted` asks for; a page past the last is the last.

    `there` is what its filters choose from.
    """
    here, online = gathered(found.here), gathered(found.online)
    pages = max(1, -(-len(here) // PAGE))
    page = min(max(1, wanted.page), pages)
    return ListPage(
        wanted=wanted,
        found=found,
        here=_shown(here[(page - 1) * PAGE : page * PAGE], networks, miles, names),
        online=_shown(online[:PAGE], networks, miles, names),
        total=len(here) + len(online),
        here_total=len(here),
        online_total=len(online),
        page=page,
        pages=pages,
        previous_url=url(replace(wanted, page=page - 1)) if page > 1 else "",
        next_url=url(replace(wanted, page=page + 1)) if page < pages else "",
        options=options(there, wanted),
    )


def _shown(found: Sequence[Entry], networks: Sequence[Network], miles: bool, names: PlaceNames) -> list[Shown]:
    return [
        Shown(one, "" if far is None else distance(far, miles))
        for one, (_workshop, far, _later) in zip(entries(found, networks, names), found, strict=True)
    ]


def workshop_page(
    session: Session, one: Workshop, network: Network | None, upcoming: Upcoming, now: datetime, names: PlaceNames
) -> WorkshopPage:
    """One workshop, whoever may come."""
    series = [w for w in upcoming.ahead(now) if one.series and w.series == one.series and w.id != one.id]
    return WorkshopPage(
        line=line(one, network, names),
        hours=times.hours(one.starts_at, one.ends_at, one.time_zone),
        clocks=times.clocks(one.starts_at, one.time_zone),
        cost=None if one.price is None else Cost(one.price, one.currency, None, None),
        presenters=[found for name in one.presenters if (found := _presenter(session, name))],
        others=lines(series, [network] if network else [], names),
    )


def _presenter(session: Session, name: str) -> Presenter | None:
    """Whom a public id of a listing stands for, while it is public; else the name as it was written."""
    there = published.by_public_id(session, name)
    if there is not None:
        return Presenter(there.content.name, at(f"/therapists/{there.slug}"))
    unseen = session.scalar(select(Listing.id).where(Listing.public_id == name)) is not None
    return None if unseen or _TOKEN.fullmatch(name) else Presenter(name, "")
