"""The networks' own rows and who belongs to them: the only writer of Membership, and of Network beside `keeping`."""

import csv
from collections.abc import Sequence, Set
from datetime import date
from pathlib import Path

from sqlalchemy import ColumnElement, insert, or_, select, update
from sqlalchemy.orm import Session, selectinload

from referral import changes
from referral.errors import UsageError
from referral.model import Area, Listing, Membership, Network
from referral.model.network import APPLIED
from referral.networks import keeping
from referral.text import _

FACTS = Path(__file__).parent / "networks.csv"
"""Real networks: facts with their source, date and confidence."""

TOLD_AT_ONCE = 500
"""People whose listings are asked for in one statement."""

_COLUMNS = [
    "name",
    "short_name",
    "level",
    "website",
    "city",
    "postal_address",
    "phone",
    "email",
    "offers",
    "training",
    "source_url",
    "confidence",
    "confidence_note",
]


def load(session: Session, path: Path = FACTS) -> int:
    """Make the networks what `path` says, keeping their public ids, and what their coordinators have said themselves;
    returns how many there are.
    """
    rows, theirs = _rows(path), keeping.kept(session)
    known = {n.slug: n for n in session.scalars(select(Network).options(selectinload(Network.areas)))}
    for row in rows:
        network = known.get(row["slug"])
        if network is None:
            network = known[row["slug"]] = Network(slug=row["slug"])
            session.add(network)
        _fill(network, row, theirs.get(network.id, frozenset()))
    session.flush()
    for row in rows:
        known[row["slug"]].parent_id = known[row["parent"]].id if row["parent"] else None
    changes.record_content(session)
    return len(rows)


def apply(session: Session, slug: str, practitioner_id: int, today: date) -> None:
    """Note that somebody says they belong to the network of that name; a coordinator has not confirmed it. The caller
    commits.

    Who was a member once can apply again. Raises UsageError when there is no such network, or they stand on its roster
    already (409).
    """
    network = session.scalar(select(Network.id).where(Network.slug == slug))
    if network is None:
        raise UsageError(_("There is no such network."))
    there = session.scalars(select(Membership).where(*_one(network, practitioner_id))).one_or_none()
    if there is None:
        session.add(Membership(network_id=network, practitioner_id=practitioner_id, kind=APPLIED, since=today))
    elif standing(there, today) == "former":
        _begin(there, APPLIED, today)
    else:
        raise UsageError(_("You belong to this network already, or have applied."), 409)


def earlier(membership: Membership) -> tuple[tuple[date | None, date | None], ...]:
    """The times they belonged to the network before: (since, until), the oldest first; None where it is not known."""
    return tuple((_day(since), _day(until)) for since, until in membership.past)


def of_person(session: Session, practitioner_id: int) -> list[tuple[Network, Membership]]:
    """The networks somebody belongs, belonged or applied to, by name."""
    joined = select(Network, Membership).join(Membership, Membership.network_id == Network.id)
    mine = joined.where(Membership.practitioner_id == practitioner_id).order_by(Network.name)
    return [(network, membership) for network, membership in session.execute(mine)]


def belongs(today: date) -> tuple[ColumnElement[bool], ...]:
    """What holds of the membership of somebody whom their network knows as a member on that day."""
    return Membership.kind != APPLIED, or_(Membership.until.is_(None), Membership.until > today)


def standing(membership: Membership, today: date) -> str:
    """What somebody is to the network on that day: one of "applied", "member", "former"."""
    if membership.until is not None and membership.until <= today:
        return "former"
    return "applied" if membership.kind == APPLIED else "member"


def enrol(session: Session, network_id: int, practitioner_ids: Sequence[int], today: date) -> None:
    """Note that the network knows these people as its members from today; who is one stays as they are. The caller
    commits.
    """
    mine = Membership.network_id == network_id
    there = {m.practitioner_id: m for m in session.scalars(select(Membership).where(mine))}
    new = [id for id in practitioner_ids if id not in there]
    back = [there[id] for id in practitioner_ids if id in there and standing(there[id], today) != "member"]
    for one in back:
        _begin(one, "", today)
    session.flush()
    if new:  # all at once: the session's own way asks for the number of each
        rows = [{"network_id": network_id, "practitioner_id": id, "since": today} for id in new]
        session.execute(insert(Membership), rows)
    _tell(session, [*new, *(one.practitioner_id for one in back)])


def confirm(session: Session, network_id: int, practitioner_id: int, today: date) -> None:
    """Note that a coordinator knows them as a member. The caller commits."""
    enrol(session, network_id, [practitioner_id], today)


def decline(session: Session, network_id: int, practitioner_id: int) -> None:
    """Forget that somebody said they belong to the network; who was a member before is that. The caller commits."""
    asked = select(Membership).where(*_one(network_id, practitioner_id), Membership.kind == APPLIED)
    for one in session.scalars(asked):
        if not one.past:
            session.delete(one)
            continue
        *one.past, (since, until) = one.past
        one.kind, one.since, one.until = "", _day(since), _day(until)
    session.flush()


def end(session: Session, network_id: int, practitioner_id: int, today: date) -> None:
    """Note that they belong to the network no more, from today. The caller commits."""
    session.execute(update(Membership).where(*_one(network_id, practitioner_id)).values(until=today))
    _tell(session, [practitioner_id])


def _begin(one: Membership, kind: str, today: date) -> None:
    """Let it begin today, as a membership or as an application; one that ended is remembered."""
    if one.until is not None:
        one.past = [*one.past, [one.since.isoformat() if one.since else "", one.until.isoformat()]]
    one.kind, one.since, one.until = kind, today, None


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


def _tell(session: Session, practitioner_ids: Sequence[int]) -> None:
    """Let every index know that these people belong to other networks than before."""
    for start in range(0, len(practitioner_ids), TOLD_AT_ONCE):
        some = practitioner_ids[start : start + TOLD_AT_ONCE]
        changes.record(session, session.scalars(select(Listing.id).where(Listing.practitioner_id.in_(some))).all())


def _one(network_id: int, practitioner_id: int) -> tuple[ColumnElement[bool], ...]:
    return Membership.network_id == network_id, Membership.practitioner_id == practitioner_id


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _fill(network: Network, row: dict[str, str], theirs: Set[str]) -> None:
    """`theirs` are the fields that the network itself keeps."""
    for column in _COLUMNS:
        if column not in theirs:
            setattr(network, column, row[column])
    if "languages" not in theirs:
        network.languages = [c for c in row["languages"].split(";") if c]
    if "level_labels" not in theirs:
        network.level_labels = dict(pair.split("=", 1) for pair in row["level_labels"].split(";") if pair)
    network.has_directory = {"yes": True, "no": False}.get(row["has_directory"])
    network.checked_on = date.fromisoformat(row["checked_on"])
    if "areas" in theirs:
        return
    codes = {c for c in row["areas"].split(";") if c}
    network.areas = [a for a in network.areas if a.code in codes]
    network.areas += [Area(code=c) for c in sorted(codes - {a.code for a in network.areas})]
