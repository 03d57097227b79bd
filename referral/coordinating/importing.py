"""A roster taken over as it was shown: all of it or nothing. Never commits.

What is taken over is exactly the difference that was shown: its digest covers the file and every listing it touches.
It is looked at once more while everybody else may write; what is asked before anything is written is only whether all
that it was made from is as it was.
"""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from referral.accounts.permissions import Actor
from referral.coordinating import decisions, files, scope, standings
from referral.coordinating.comparing import Comparison, Row, compare
from referral.errors import UsageError
from referral.joining import claims
from referral.listings import partners, published, revisions
from referral.listings.content import Content, Credential
from referral.listings.noting import audit
from referral.listings.vouching import carry_over
from referral.mail import Letterhead
from referral.model import AuditEntry, Listing, Network
from referral.networks import rosters
from referral.places.gazetteer import Gazetteer
from referral.text import _


@dataclass(frozen=True, slots=True)
class Done:
    """What was taken over."""

    new: int
    changed: int
    ended: int
    again: int
    invited: int


class Moved(UsageError):
    """The difference is not the one that was shown; nothing was written."""

    def __init__(self) -> None:
        super().__init__(_("Something changed since you looked. Please look at the difference once more."), 409)


class Overtaken(Moved):
    """Somebody wrote since it was looked at; it may still be what was shown, and has to be looked at once more."""


def looked_at(
    session: Session, network: Network, digest: str, actor: Actor, gazetteer: Gazetteer | None, now: datetime
) -> Comparison:
    """What taking the file that waits over would do, which is what was shown under `digest`. Only reads.

    Raises UsageError when no file waits any more (404), or while a row is bad; Moved when it is another by now.
    """
    file = files.find(session, network.id, actor.account_id)
    if file is None:
        raise files.gone()
    found = compare(session, network, file, actor.listing_id, gazetteer, now.date())
    if found.bad:
        raise UsageError(_("Nothing was taken over: some lines cannot be read."))
    if found.digest != digest:
        raise Moved
    return found


def take_over(
    session: Session,
    network: Network,
    found: Comparison,
    ended: Collection[str],
    actor: Actor,
    head: Letterhead,
    now: datetime,
    *,
    again: Collection[str] = (),
) -> Done:
    """Do exactly what was `looked_at`, end the membership of those of the gone that are in `ended` (public ids), and
    begin that of the former members in `again`. New people wait until they agree; who has an address is told how. The
    file is forgotten. The caller commits.

    Raises Overtaken when what it was made from is another by now; nothing was written then.
    """
    _is_still(session, network, found, actor, now)
    back = [row for row in found.back if row.before is not None and row.before.public_id in again]
    made = _write(session, network, found, back, now)
    _confirm(session, network, found, actor, head, now)
    with partners.told(session, [row.before.id for row in back if row.before is not None], now, head):
        for row in back:
            seen = scope.member_for(session, actor, network.slug, row.after.public_id, now.date(), "readmit")
            decisions.readmit(session, seen, actor.account_id, head.base_url, now)
    lost = [one for one in found.gone if one.public_id in ended]
    for one in lost:
        seen = scope.member_for(session, actor, network.slug, one.public_id, now.date(), "end")
        decisions.end(session, seen, actor.account_id, now)
    invited = claims.invite(session, made, now, head)
    done = Done(len(found.new), len(found.changed), len(lost), len(back), invited)
    told = {"new": done.new, "changed": done.changed, "ended": done.ended, "again": done.again}
    about = f"network:{network.public_id}"
    session.add(AuditEntry(at=now, account_id=actor.account_id, action="import", object=about, detail=told))
    files.forget(session, network.id, actor.account_id)
    return done


def _confirm(
    session: Session, network: Network, found: Comparison, actor: Actor, head: Letterhead, now: datetime
) -> None:
    """Let who waited for this be seen; they and who applied are told, and whom their listings name."""
    appear = [row.before.id for row in found.changed if row.appears and row.before is not None]
    told = [row.before.id for row in found.changed if row.confirms and row.before is not None]
    with partners.told(session, appear, now, head):
        decisions.appear(session, network, appear, told, actor.account_id, head.base_url, now)


def _is_still(session: Session, network: Network, found: Comparison, actor: Actor, now: datetime) -> None:
    file = files.find(session, network.id, actor.account_id)
    if found.bad or file is None or found.basis is None:
        raise Overtaken
    if not standings.is_still(session, network, file, found.basis, now.date()):
        raise Overtaken


def _write(session: Session, network: Network, found: Comparison, back: Sequence[Row], now: datetime) -> list[int]:
    """Write the listings, and the memberships of all but those who come `back`; the numbers of the new ones."""
    rows = [row for row in (*found.new, *found.changed, *back) if row.writes]
    for row in rows:
        if row.before is not None:
            carry_over(session, row.before.id, dict(_papers(row.before.content, row.after)))
    ids = revisions.publish(session, [row.after for row in rows], now, f"roster {network.slug}")
    new = [id for id, row in zip(ids, rows, strict=True) if row.before is None]
    joined = [row.before for row in found.changed if row.joins and row.before is not None]
    members = [*new, *(one.id for one in joined)]
    rosters.enrol(session, network.id, _people(session, members), now.date())
    audit(session, "enrol", [one.public_id for one in joined], now, detail={"network": network.slug})
    return new


def _people(session: Session, listing_ids: Sequence[int]) -> list[int]:
    """The practitioners of these listings."""
    found: list[int] = []
    for start in range(0, len(listing_ids), published.CHUNK):
        some = listing_ids[start : start + published.CHUNK]
        found += session.scalars(select(Listing.practitioner_id).where(Listing.id.in_(some)))
    return found


def _papers(before: Content, after: Content) -> Iterator[tuple[Credential, Credential]]:
    """(paper, the same as it is now) of those that changed."""
    for old in before.credentials:
        changed = (one for one in after.credentials if one.level == old.level and one not in before.credentials)
        new = old if old in after.credentials else next(changed, old)
        if new != old:
            yield old, new
