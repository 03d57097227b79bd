"""The networks' own rows and who belongs to them: the only writer of Network, Area and Membership."""

import csv
from datetime import date
from pathlib import Path

from sqlalchemy import select, update
from sqlalchemy.orm import Session, selectinload

from referral import changes
from referral.errors import UsageError
from referral.model import Area, Membership, Network
from referral.text import _

FACTS = Path(__file__).parent / "networks.csv"
"""Real networks: facts with their source, date and confidence."""

APPLIED = "applied"
"""The kind of a membership that somebody claims and no coordinator has confirmed."""

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
    "source_url",
    "confidence",
    "confidence_note",
]


def load(session: Session, path: Path = FACTS) -> int:
    """Make the networks what `path` says, keeping their public ids; returns how many there are."""
    rows = _rows(path)
    known = {n.slug: n for n in session.scalars(select(Network).options(selectinload(Network.areas)))}
    for row in rows:
        network = known.get(row["slug"])
        if network is None:
            network = known[row["slug"]] = Network(slug=row["slug"])
            session.add(network)
        _fill(network, row)
    session.flush()
    for row in rows:
        known[row["slug"]].parent_id = known[row["parent"]].id if row["parent"] else None
    changes.record_content(session)
    return len(rows)


def apply(session: Session, slug: str, practitioner_id: int, today: date) -> None:
    """Note that somebody says they belong to the network of that name; a coordinator has not confirmed it. The caller
    commits.

    Raises UsageError when there is no such network.
    """
    network = session.scalar(select(Network.id).where(Network.slug == slug))
    if network is None:
        raise UsageError(_("There is no such network."))
    session.add(Membership(network_id=network, practitioner_id=practitioner_id, kind=APPLIED, since=today))


def confirm(session: Session, network_id: int, practitioner_id: int, today: date) -> None:
    """Note that a coordinator knows them as a member. The caller commits."""
    session.execute(
        update(Membership)
        .where(Membership.network_id == network_id, Membership.practitioner_id == practitioner_id)
        .values(kind="", since=today)
    )


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _fill(network: Network, row: dict[str, str]) -> None:
    for column in _COLUMNS:
        setattr(network, column, row[column])
    network.languages = [c for c in row["languages"].split(";") if c]
    network.level_labels = dict(pair.split("=", 1) for pair in row["level_labels"].split(";") if pair)
    network.has_directory = {"yes": True, "no": False}.get(row["has_directory"])
    network.checked_on = date.fromisoformat(row["checked_on"])
    codes = {c for c in row["areas"].split(";") if c}
    network.areas = [a for a in network.areas if a.code in codes]
    network.areas += [Area(code=c) for c in sorted(codes - {a.code for a in network.areas})]
