"""Claiming an imported listing: by a link mailed to the address on file, and with consent.

The answer and the work are the same for an address we know and one we do not: each gets one letter.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime

from sqlalchemy import exists, func, select
from sqlalchemy.orm import Session

from referral import mail
from referral.accounts import tokens
from referral.errors import UsageError
from referral.listings import published, revisions
from referral.listings.published import Published
from referral.model import Account, AuditEntry, Listing, Membership, Token
from referral.networks import rosters
from referral.text import _, language

PURPOSE = "claim"

MINUTES = 30
"""How long a mailed link works."""

MOST = 5
"""Listings under one address that are offered: a practice may have given its own for several people."""

CLAIMABLE = ("pending", "active", "unconfirmed", "hidden", "paused")


def ask(session: Session, address: str, now: datetime, base_url: str) -> None:
    """Mail a link for each listing on file under `address` that nobody has claimed. The caller commits."""
    found = _unclaimed(session, address)
    for one in found:
        link = _link(session, address, one.id, now, base_url)
        values = {"link": link, "minutes": MINUTES, "name": one.content.name}
        mail.post(session, address, "claim", values, now, listing_id=one.id)
    if not found:
        _link(session, address, None, now, base_url)  # the same work for an address we do not know
        mail.post(session, address, "claim_unknown", {"link": f"{base_url}/listing/join"}, now)


def invite(session: Session, listing_ids: Sequence[int], now: datetime, base_url: str) -> int:
    """Tell those who were imported and have an address that they are, and how to agree; how many were told."""
    listings = [one for one in published.load_any(session, listing_ids) if one.content.email]
    for one in listings:
        values = {"name": one.content.name, "link": f"{base_url}/listing/claim"}
        key = f"invited-{one.public_id}"
        mail.post(session, one.content.email, "invited", values, now, key=key, listing_id=one.id)
    return len(listings)


def look(session: Session, secret: str, now: datetime) -> Published | None:
    """The listing a link is for; None when it is used, over, or the listing is somebody's by now. Changes nothing."""
    return _offered(session, tokens.look(session, secret, PURPOSE, now))


def accept(session: Session, secret: str, now: datetime) -> Account:
    """Give the listing to who holds the link, with their consent to be listed. The caller commits.

    Raises UsageError when the link is used or over, or the listing is somebody's by now.
    """
    token = tokens.use(session, secret, PURPOSE, now)
    listing = _offered(session, token)
    if token is None or listing is None:
        raise UsageError(_("This link is used or too old. Ask for another."), 410)
    account = own(session, token.address, listing.id, now)
    consent(session, listing, account, now)
    return account


def own(session: Session, address: str, listing_id: int, now: datetime) -> Account:
    """The account of that address, made where there is none, with this listing as its own.

    Raises UsageError when it has another listing already.
    """
    practitioner = session.scalar(select(Listing.practitioner_id).where(Listing.id == listing_id))
    account = session.scalar(select(Account).where(Account.email == address))
    if account is None:
        account = Account(email=address, role="therapist", language=language(), created_at=now)
        session.add(account)
    if account.practitioner_id not in (None, practitioner):
        raise UsageError(_("You have a listing already. One person has one listing."), 409)
    account.practitioner_id = practitioner
    session.flush()
    return account


def consent(session: Session, listing: Published, account: Account, now: datetime) -> None:
    """Note that the person agrees to be listed; one whom a network vouches for is published by it."""
    today, told = now.date(), listing.content
    status = "active" if told.status == "pending" and is_vouched_for(session, listing, today) else told.status
    agreed = replace(told, status=status, consented_on=today, attested_on=today)
    revisions.publish(session, [agreed], now, "claimed")
    detail = {"listing": listing.public_id}
    session.add(
        AuditEntry(
            at=now, account_id=account.id, action="consent", object=f"listing:{listing.public_id}", detail=detail
        )
    )


def is_vouched_for(session: Session, listing: Published, today: date) -> bool:
    """Whether a network has it on its roster, or checked a credential of it."""
    if any(c.verified_on for c in listing.content.credentials):
        return True
    of = select(Listing.practitioner_id).where(Listing.id == listing.id).scalar_subquery()
    listed = exists().where(Membership.practitioner_id == of, *rosters.belongs(today))
    return bool(session.scalar(select(listed)))


def _unclaimed(session: Session, address: str) -> list[Published]:
    claimed = exists().where(Account.practitioner_id == Listing.practitioner_id)
    asked = (
        select(Listing.id)
        .where(func.lower(Listing.email) == address, Listing.status.in_(CLAIMABLE), ~claimed)
        .order_by(Listing.id)
        .limit(MOST)
    )
    return published.load_any(session, list(session.scalars(asked)))


def _link(session: Session, address: str, listing_id: int | None, now: datetime, base_url: str) -> str:
    secret = tokens.give(session, PURPOSE, address, now, minutes=MINUTES, listing_id=listing_id)
    return f"{base_url}/listing/claim/{secret}"


def _offered(session: Session, token: Token | None) -> Published | None:
    """The listing of a token, while it is nobody's and still has the address the token was mailed to."""
    if token is None or token.listing_id is None:
        return None
    found = [one for one in _unclaimed(session, token.address) if one.id == token.listing_id]
    return found[0] if found else None
