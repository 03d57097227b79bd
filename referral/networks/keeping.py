"""What a network says of itself, kept by its coordinators: published at once, or after a moderator has read it.

The only writer of NetworkRevision, and of Network beside `rosters`. Every change is one transaction with its revision,
its audit entry and a change of the clock; the caller commits. How somebody is reached is published at once; what a
network claims to be waits. Its name and its level stay with the editors.
"""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.orm import Session, selectinload

from referral import changes
from referral.errors import UsageError
from referral.listings.cleaning import paragraphs
from referral.model import Area, AuditEntry, Network, NetworkRevision
from referral.networks.facts import AT_ONCE, FIELDS, Facts, checked, facts
from referral.text import _

REASON = 1000
"""The longest reason for sending something back, in characters."""


class Outdated(UsageError):
    """Somebody saved since this edit was begun; nothing was written."""

    def __init__(self, current: Facts) -> None:
        super().__init__(_("This network was changed since you began. Here are both versions."), 409)
        self.current = current
        """What is there now."""


@dataclass(frozen=True, slots=True)
class Submitted:
    """What became of an edit."""

    version: int
    published: tuple[str, ...]
    waiting: tuple[str, ...]


def found(session: Session, network_id: int) -> Network:
    """The network with its areas, as the database has it now. Raises UsageError, 404, when there is none."""
    asked = select(Network).where(Network.id == network_id).options(selectinload(Network.areas))
    network = session.scalars(asked.execution_options(populate_existing=True)).one_or_none()
    if network is None:
        raise UsageError(_("There is no such network."), 404)
    return network


def waiting(session: Session, network_id: int) -> NetworkRevision | None:
    """What waits of this network: one revision at most."""
    mine = (NetworkRevision.network_id == network_id, NetworkRevision.state == "proposed")
    return session.scalars(select(NetworkRevision).where(*mine).order_by(NetworkRevision.id)).first()


def wanted(network: Network, waits: NetworkRevision | None) -> Facts:
    """What the network would say if all that waits were published: what a form begins from."""
    return {**facts(network), **(waits.content if waits is not None else {})}


def submit(session: Session, network_id: int, wish: Facts, base: int, author_id: int, now: datetime) -> Submitted:
    """Publish what may be published of the wish that the network say `wish`; the rest waits in the place of what did.

    A wish that changes nothing writes nothing. Raises Outdated when `base` is not the network's version, UsageError for
    what cannot be said.
    """
    network, before = found(session, network_id), waiting(session, network_id)
    current, wish = facts(network), checked(wish)
    asked = {name: wish[name] for name in FIELDS if wish[name] != current[name]}
    at_once = {name: value for name, value in asked.items() if name in AT_ONCE}
    rest = {name: value for name, value in asked.items() if name not in AT_ONCE}
    if base != network.version:
        raise Outdated(current)
    if not at_once and rest == (before.content if before is not None else {}):
        return Submitted(base, (), tuple(rest))
    version = _claim(session, network)
    if at_once:
        _keep(session, network, at_once, author_id, now, state="approved", decided_at=now)
        _publish(session, network, at_once, now)
    if before is not None and before.content != rest:
        _close(session, before, "withdrawn", author_id, now)
    if rest and (before is None or before.content != rest):
        place = before.since if before is not None else None
        _keep(session, network, rest, author_id, now, state="proposed", waiting_since=place)
    _audit(session, "submit", network, author_id, now, published=list(at_once), waiting=list(rest))
    return Submitted(version, tuple(at_once), tuple(rest))


def approve(session: Session, number: int, moderator_id: int, now: datetime) -> NetworkRevision:
    """Make what this revision asks for what the public sees; fields that were changed since stay as they are.

    Raises UsageError when it does not wait any more (409), or is the moderator's own (403).
    """
    revision = _decide(session, number, "approved", moderator_id, now)
    network = found(session, revision.network_id)
    checked({**facts(network), **revision.content})
    revision.before = {name: facts(network)[name] for name in revision.content}
    _claim(session, network)
    _publish(session, network, revision.content, now)
    _audit(session, "approve", network, moderator_id, now, revision=number, fields=list(revision.content))
    return revision


def send_back(session: Session, number: int, moderator_id: int, reason: str, now: datetime) -> NetworkRevision:
    """Return the revision to its author, who reads the reason. Raises UsageError without one, and as `approve` does."""
    why = paragraphs(reason, _("The reason"), REASON)
    if not why:
        raise UsageError(_("Please say why, so that they know what to change."))
    revision = _decide(session, number, "returned", moderator_id, now, why)
    _audit(session, "send_back", found(session, revision.network_id), moderator_id, now, revision=number)
    return revision


def take_back(session: Session, network_id: int, author_id: int, now: datetime) -> None:
    """Withdraw what waits of this network. Raises UsageError, 409, when nothing does any more."""
    revision = waiting(session, network_id)
    if revision is None:
        raise _late()
    _close(session, revision, "withdrawn", author_id, now)
    _audit(session, "take_back", found(session, network_id), author_id, now, revision=revision.id)


def kept(session: Session) -> Mapping[int, frozenset[str]]:
    """Network -> the fields its coordinators have said themselves: what the editors' file does not overwrite."""
    told: defaultdict[int, set[str]] = defaultdict(set)
    ours = select(NetworkRevision.network_id, NetworkRevision.content).where(NetworkRevision.state == "approved")
    for network_id, content in session.execute(ours):
        told[network_id] |= content.keys()
    return {id: frozenset(names) for id, names in told.items()}


def _publish(session: Session, network: Network, change: Facts, now: datetime) -> None:
    for name, value in change.items():
        if name == "areas":
            network.areas = [a for a in network.areas if a.code in value]
            network.areas += [Area(code=code) for code in value if code not in {a.code for a in network.areas}]
        else:
            setattr(network, name, value)
    network.kept_on = now.date()
    session.flush()
    changes.record_content(session)


def _claim(session: Session, network: Network) -> int:
    """The network's next version, which nobody else can take. Raises Outdated when somebody did."""
    ours = update(Network).where(Network.id == network.id, Network.version == network.version)
    taken = ours.values(version=network.version + 1).returning(Network.version)
    version = session.execute(taken.execution_options(synchronize_session=False)).scalar_one_or_none()
    if version is None:
        raise Outdated(facts(found(session, network.id)))
    session.refresh(network, ["version"])
    return int(version)


def _keep(session: Session, network: Network, change: Facts, author_id: int, now: datetime, **values: Any) -> None:
    """Leave the revision of what is published, or waits."""
    before = {name: facts(network)[name] for name in change}
    made = {"network_id": network.id, "base": network.version - 1, "before": before, "content": dict(change)}
    session.add(NetworkRevision(**made, **values, author_id=author_id, made_at=now))
    session.flush()


def _decide(
    session: Session, number: int, state: str, moderator_id: int, now: datetime, reason: str = ""
) -> NetworkRevision:
    """The revision, decided on by somebody who did not ask for it."""
    revision = session.get(NetworkRevision, number, populate_existing=True)
    if revision is None:
        raise UsageError(_("There is no such revision."), 404)
    if revision.author_id == moderator_id:
        raise UsageError(_("You asked for this yourself: another moderator decides."), 403)
    _close(session, revision, state, moderator_id, now, reason)
    return revision


def _close(session: Session, revision: NetworkRevision, state: str, by: int, now: datetime, reason: str = "") -> None:
    """End the waiting of a revision, once. Raises UsageError, 409, when somebody else just did."""
    ours = update(NetworkRevision).where(NetworkRevision.id == revision.id, NetworkRevision.state == "proposed")
    closed = ours.values(state=state, decided_by_id=by, decided_at=now, reason=reason).returning(NetworkRevision.id)
    if session.execute(closed.execution_options(synchronize_session=False)).one_or_none() is None:
        raise _late()
    session.refresh(revision)


def _late() -> UsageError:
    return UsageError(_("This was decided or changed in the meantime."), 409)


def _audit(session: Session, action: str, network: Network, account_id: int, now: datetime, **detail: Any) -> None:
    about = f"network:{network.public_id}"
    session.add(AuditEntry(at=now, account_id=account_id, action=action, object=about, detail=detail))
    session.flush()
