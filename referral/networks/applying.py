"""Somebody says that they belong to a network, and its coordinators hear that somebody waits. Never commits.

They are written to at most once a day about a network, and no letter says who it is: the roster does, as long as it is
so. Who comes later on the same day is told of in the night, if they still wait then.
"""

from collections.abc import Iterator
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from referral import mail
from referral.listings.noting import audit
from referral.model import Account, Listing, Membership, Network
from referral.model.network import APPLIED
from referral.networks import rosters


def apply(
    session: Session, slug: str, practitioner_id: int, account_id: int, now: datetime, head: mail.Letterhead
) -> None:
    """Note that somebody says they belong to the network of that name, and tell its coordinators. The caller commits.

    Raises UsageError as `rosters.apply` does.
    """
    rosters.apply(session, slug, practitioner_id, now.date())
    of = session.scalars(select(Listing.public_id).where(Listing.practitioner_id == practitioner_id)).all()
    audit(session, "apply", of, now, account_id=account_id, detail={"network": slug})
    name = session.scalars(select(Network.name).where(Network.slug == slug)).one()
    mail.post_all(session, _letters(session, slug, name, practitioner_id, now, head), now)


def remind(session: Session, now: datetime, head: mail.Letterhead) -> int:
    """Tell the coordinators of each network where somebody waits who applied yesterday; how many letters that takes.

    The caller commits.
    """
    joined = select(Network.slug, Network.name, Listing.practitioner_id).join(
        Membership, Membership.network_id == Network.id
    )
    waits = (Membership.kind == APPLIED, Membership.until.is_(None), Membership.since == now.date() - timedelta(1))
    asked = joined.join(Listing, Listing.practitioner_id == Membership.practitioner_id)
    rows = session.execute(asked.where(*waits, Listing.status != "removed")).all()
    return mail.post_all(session, [one for row in rows for one in _letters(session, *row, now, head)], now)


def _letters(
    session: Session, slug: str, network: str, applicant: int, now: datetime, head: mail.Letterhead
) -> Iterator[mail.Wish]:
    """To each coordinator of the network but the applicant, in their language."""
    every = select(Account).where(Account.role == "coordinator", Account.active).order_by(Account.id)
    for one in session.scalars(every):
        if slug not in one.networks or one.practitioner_id == applicant:
            continue
        yield mail.Wish(
            one.email,
            "applied",
            {"network": network, "link": f"{head.base_url}/coordination/{slug}?only=applied"},
            one.language,
            f"applied-{slug}-{one.public_id}-{now.date().isoformat()}",
            account_id=one.id,
            stop=head.stop("applied", one.email),
        )
