"""Somebody with two listings of one address: theirs, and one that nobody looks after. They may end the other.

Never commits.
"""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from index.folding import fold
from referral.accounts import tokens
from referral.errors import UsageError
from referral.joining import claims
from referral.listings import published, revisions, vouching
from referral.listings.published import Published
from referral.model import Account, Listing
from referral.networks import rosters
from referral.text import _


def theirs(session: Session, address: str) -> Published | None:
    """The listing that the account of this address looks after already; None for none."""
    joined = select(Listing.id).join(Account, Account.practitioner_id == Listing.practitioner_id)
    id = session.scalar(joined.where(Account.email == address, Account.active, Listing.status != "removed"))
    return published.load_any(session, [id])[0] if id is not None else None


def end(session: Session, secret: str, now: datetime, chosen: str = "") -> tuple[Account, str]:
    """Erase the listing on file that the link offers, `chosen` where there are several: its owner keeps the one they
    have. Their account, and the public id that was. The caller commits, and removes its photos.

    Of one who bears the same name the network's word goes with them. Raises UsageError when the link is used or over.
    """
    token = tokens.use(session, secret, claims.PURPOSE, now)
    there = claims.offered(session, token)
    mine = theirs(session, token.address) if token is not None else None
    if token is None or mine is None or not there:
        raise UsageError(_("This link is used or too old. Ask for another."), 410)
    other = _one(there, chosen)
    account = session.scalars(select(Account).where(Account.email == token.address)).one()
    claims.remember_whose(session, token, account, mine.id)
    if fold(other.content.name) == fold(mine.content.name):
        _carry_over(session, other, mine, account.id, now)
    revisions.erase(session, [other.id], now, "double", stays=True)
    return account, other.public_id


def _one(there: Sequence[Published], chosen: str) -> Published:
    found = [one for one in there if one.public_id == chosen] or (there if len(there) == 1 else [])
    if not found:
        raise UsageError(_("Choose which of these listings is yours."))
    return found[0]


def _carry_over(session: Session, other: Published, mine: Published, account_id: int, now: datetime) -> None:
    """Let them belong where the other listing did: who waited for that is seen from here on."""
    today = now.date()
    people = [session.get_one(Listing, one.id).practitioner_id for one in (other, mine)]
    for network, membership in rosters.of_person(session, people[0]):
        if rosters.standing(membership, today) == "member":
            rosters.enrol(session, network.id, [people[1]], today)
            vouching.appear(session, [mine.id], account_id, now, {"network": network.slug})
