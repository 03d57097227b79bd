"""The roster of a network: who belongs to it, who is stale, whose papers end, who applied. Reads only."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, exists, func, not_, select
from sqlalchemy.orm import Session

from index.folding import fold
from referral.coordinating.papers import is_others
from referral.db import lowered
from referral.listings import attestations, labels
from referral.listings.attestations import REMINDED
from referral.listings.content import Credential
from referral.model import Credential as Paper
from referral.model import Listing, Membership, Network, Practitioner
from referral.model.network import APPLIED
from referral.model.practitioner import PUBLIC_STATUSES
from referral.networks import rosters

STALE = timedelta(REMINDED[0])
"""Who has not said for so long that their listing is still correct is stale."""

SOON = timedelta(60)
"""Papers that end within this time, or have ended, are to be renewed."""

PAGE = 50

ONLY = ("", "applied", "stale", "soon", "former")
SORTS = ("name", "attested", "expires")


@dataclass(frozen=True, slots=True)
class Counts:
    """How many of a network's people need something."""

    members: int = 0
    applied: int = 0
    stale: int = 0
    soon: int = 0


@dataclass(frozen=True, slots=True)
class Held:
    """One paper, as the roster shows it."""

    key: str
    """What it is told apart by: its level, and which of several of that level."""
    label: str
    """As the network calls it."""
    paper: Credential
    state: str
    """One of "valid", "soon", "ended"."""
    free: bool
    """Whether the network may say something of it: nobody verified it so far, or the network itself."""


@dataclass(frozen=True, slots=True)
class Member:
    """One line of the roster."""

    public_id: str
    slug: str
    name: str
    suffix: str
    version: int
    """The listing's: what is decided about these papers names it."""
    status: str
    """The listing's; "held" when a moderator took it down."""
    standing: str
    since: date | None
    until: date | None
    earlier: tuple[tuple[date | None, date | None], ...]
    """The times they belonged to the network before: (since, until)."""
    attested: date
    """When they last said that all is correct; else since when they are listed."""
    stale: bool
    agreed: bool
    """Whether they said that they want to be listed."""
    papers: tuple[Held, ...]
    own: bool
    """Whether it is the coordinator's own listing."""

    @property
    def is_public(self) -> bool:
        """Whether visitors see them."""
        return self.status in PUBLIC_STATUSES


@dataclass(frozen=True, slots=True)
class Roster:
    """A page of a roster."""

    members: tuple[Member, ...]
    total: int
    page: int

    @property
    def pages(self) -> int:
        """How many there are, at least one."""
        return max(1, -(-self.total // PAGE))


def counts(session: Session, network_ids: Sequence[int], today: date) -> Mapping[int, Counts]:
    """Network -> how many of its people need something; one query for all of them."""
    ours = and_(*rosters.belongs(today))
    waits = and_(Membership.kind == APPLIED, not_(_ended(today)))
    sums = [_sum(ours), _sum(waits), _sum(and_(ours, _stale(today))), _sum(and_(ours, _soon(today)))]
    asked = select(Membership.network_id, *sums).join(Listing, Listing.practitioner_id == Membership.practitioner_id)
    asked = asked.where(Membership.network_id.in_(network_ids), Listing.status != "removed")
    rows = session.execute(asked.group_by(Membership.network_id))
    return defaultdict(Counts, {row[0]: Counts(row[1], row[2], row[3], row[4]) for row in rows})


def roster(
    session: Session,
    network: Network,
    today: date,
    *,
    only: str = "",
    words: str = "",
    sort: str = "name",
    page: int = 1,
    own: int | None = None,
) -> Roster:
    """A page of the network's people: all that belong to it or applied, or `only` some of them; see ONLY and SORTS."""
    which = _which(session, network, today, only, words)
    total = session.scalar(select(func.count()).select_from(which.subquery())) or 0
    last = max(1, -(-total // PAGE))
    page = min(max(page, 1), last)
    if sort == "attested":
        ids = _longest_silent(session, which)[(page - 1) * PAGE : page * PAGE]
    else:
        ids = list(session.scalars(which.order_by(*_order(sort)).limit(PAGE).offset((page - 1) * PAGE)))
    return Roster(tuple(_members(session, network, ids, today, own)), total, page)


def everybody(session: Session, network: Network, today: date, only: str = "", words: str = "") -> Iterable[Member]:
    """All of them, by name."""
    ids = session.scalars(_which(session, network, today, only, words).order_by(*_order("name"))).all()
    for start in range(0, len(ids), 500):
        yield from _members(session, network, ids[start : start + 500], today, None)


def member(session: Session, network: Network, listing_id: int, today: date, own: int | None) -> Member:
    """One of them, who stands on the roster."""
    return next(iter(_members(session, network, [listing_id], today, own)))


def keyed(papers: Iterable[Credential]) -> dict[str, Credential]:
    """Key -> paper: "certified_imago_therapist.0", the first of that level."""
    told: dict[str, Credential] = {}
    numbers: defaultdict[str, int] = defaultdict(int)
    for one in papers:
        told[f"{one.level}.{numbers[one.level]}"] = one
        numbers[one.level] += 1
    return told


def called(network: Network, level: str) -> str:
    """What the network calls a level."""
    return network.level_labels.get(level) or labels.label("credential", level)


def _sum(holds: ColumnElement[bool]) -> ColumnElement[int]:
    return func.coalesce(func.sum(case((holds, 1), else_=0)), 0)


def _ended(today: date) -> ColumnElement[bool]:
    return and_(Membership.until.is_not(None), Membership.until <= today)


def _stale(today: date) -> ColumnElement[bool]:
    return and_(Listing.status.in_((*PUBLIC_STATUSES, "hidden")), attestations.long_silent(today))


def _soon(today: date) -> ColumnElement[bool]:
    mine = (Paper.practitioner_id == Membership.practitioner_id, Paper.expires_on <= today + SOON)
    return exists().where(*mine).correlate(Membership)


def _which(session: Session, network: Network, today: date, only: str, words: str) -> Select[int]:
    """Numbers of listings."""
    asked = select(Listing.id).join(Membership, Membership.practitioner_id == Listing.practitioner_id)
    asked = asked.join(Practitioner, Practitioner.id == Listing.practitioner_id)
    asked = asked.where(Membership.network_id == network.id, Listing.status != "removed")
    asked = asked.where(_ended(today) if only == "former" else not_(_ended(today)))
    if words:
        asked = asked.where(Listing.id.in_(_named(session, network, fold(words))))
    holds = {
        "applied": (Membership.kind == APPLIED,),
        "stale": (Membership.kind != APPLIED, _stale(today)),
        "soon": (Membership.kind != APPLIED, _soon(today)),
    }
    return asked.where(*holds.get(only, ()))


def _named(session: Session, network: Network, words: str) -> list[int]:
    """Who has these words, folded, in their name: Asa finds Åsa, which no two databases do alike."""
    joined = select(Listing.id, Practitioner.name).join(Practitioner, Practitioner.id == Listing.practitioner_id)
    mine = joined.join(Membership, Membership.practitioner_id == Practitioner.id)
    if not words:
        return []
    return [id for id, name in session.execute(mine.where(Membership.network_id == network.id)) if words in fold(name)]


def _longest_silent(session: Session, which: Select[int]) -> list[int]:
    """All of them by their clock, which no database can count; those of the same day by name."""
    columns = (Listing.id, Listing.next_due, Listing.attested_on, Listing.consented_on, Listing.created_at)
    asked = select(*columns).where(Listing.id.in_(which))
    joined = asked.join(Practitioner, Practitioner.id == Listing.practitioner_id).order_by(*_order("name"))
    clock = {
        id: attestations.counted_from(attestations.said_last(attested, consented, made), due)
        for id, due, attested, consented, made in session.execute(joined)
    }
    return sorted(clock, key=clock.__getitem__)


def _order(sort: str) -> tuple[ColumnElement[Any], ...]:
    named = (lowered(Practitioner.sort_name).asc(), Listing.id.asc())
    if sort == "expires":
        of = select(func.min(Paper.expires_on)).where(Paper.practitioner_id == Membership.practitioner_id)
        first = of.correlate(Membership).scalar_subquery()
        return (first.is_(None).asc(), first.asc(), *named)
    return named


def _members(session: Session, network: Network, ids: Sequence[int], today: date, own: int | None) -> Iterable[Member]:
    """The lines of these listings, in their order: two queries."""
    joined = select(Listing, Practitioner, Membership).join(Practitioner, Practitioner.id == Listing.practitioner_id)
    joined = joined.join(Membership, Membership.practitioner_id == Listing.practitioner_id)
    rows = session.execute(joined.where(Membership.network_id == network.id, Listing.id.in_(ids))).all()
    papers = _papers(session, [row[1].id for row in rows])
    lines = {row[0].id: _line(network, *row, papers[row[1].id], today, own) for row in rows}
    return (lines[id] for id in ids if id in lines)


def _papers(session: Session, people: Sequence[int]) -> Mapping[int, list[Credential]]:
    held: defaultdict[int, list[Credential]] = defaultdict(list)
    for one in session.scalars(select(Paper).where(Paper.practitioner_id.in_(people)).order_by(Paper.id)):
        told = (one.level, one.issuer, one.issued_on, one.expires_on, one.verified_by, one.verified_on)
        held[one.practitioner_id].append(Credential(*told))
    return held


def _line(
    network: Network,
    listing: Listing,
    person: Practitioner,
    membership: Membership,
    papers: list[Credential],
    today: date,
    own: int | None,
) -> Member:
    attested = attestations.last_said(listing)
    clock = attestations.counted_from(attested, listing.next_due)
    seen = listing.status in (*PUBLIC_STATUSES, "hidden")
    return Member(
        public_id=listing.public_id,
        slug=listing.slug,
        name=person.name,
        suffix=person.suffix,
        version=listing.version,
        status="held" if listing.held else listing.status,
        standing=rosters.standing(membership, today),
        since=membership.since,
        until=membership.until,
        earlier=rosters.earlier(membership),
        attested=attested,
        stale=seen and clock <= today - STALE,
        agreed=listing.consented_on is not None,
        papers=tuple(_held(network, key, one, today) for key, one in keyed(papers).items()),
        own=listing.id == own,
    )


def _held(network: Network, key: str, one: Credential, today: date) -> Held:
    return Held(key, called(network, one.level), one, _state(one, today), not is_others(one, network.name))


def _state(paper: Credential, today: date) -> str:
    if not paper.holds(today):
        return "ended"
    return "soon" if paper.expires_on is not None and paper.expires_on <= today + SOON else "valid"
