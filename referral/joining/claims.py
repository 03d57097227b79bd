"""Claiming an imported listing: by a link mailed to the address on file, and with consent.

The answer and the work are the same for an address we know and one we do not: each gets one letter, however many
listings are on file under it.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime

from sqlalchemy import ColumnElement, Select, exists, func, select
from sqlalchemy.orm import Session

from referral import mail
from referral.accounts import tokens
from referral.errors import UsageError
from referral.listings import attestations, published, reaching, revisions
from referral.listings.published import Published
from referral.mail.addressing import compared, spellings
from referral.model import Account, AuditEntry, Listing, Membership, Practitioner, Token
from referral.networks import rosters
from referral.text import _, language

PURPOSE = "claim"

MINUTES = 30
"""How long a mailed link works."""

MOST = 5
"""Listings under one address that are offered: a practice may have given its own for several people."""

SILENT = ("unconfirmed", "hidden")
"""As one of these a listing stands that nobody has said a word about for long, unless a moderator took it down."""

CLAIMABLE = ("pending", "active", "unconfirmed", "hidden", "paused")


def ask(session: Session, address: str, now: datetime, base_url: str) -> None:
    """Mail a link to the listings on file under `address` that nobody has claimed. The caller commits.

    For an address without any, another letter says so. Both are written, and one of them to nobody: how long it takes
    says nothing, nor does how many there are. Whose account is suspended gets neither.
    """
    asked = _counted(_unclaimed(address)).add_columns(_suspended(address))
    found, id, named, suspended = session.execute(asked).one()
    link = f"{base_url}/listing/claim/{tokens.give(session, PURPOSE, address, now, minutes=MINUTES)}"
    session.flush()
    about, name = (id, named) if found == 1 else (None, "")
    known = {"link": link, "minutes": MINUTES, "name": name}
    mail.post(session, address, "claim", known, now, listing_id=about, void=not found)
    unknown = {"link": f"{base_url}/listing/join", "sign_in": f"{base_url}/account/sign-in"}
    mail.post(session, address, "claim_unknown", unknown, now, void=bool(found or suspended))


def invite(session: Session, listing_ids: Sequence[int], now: datetime, head: mail.Letterhead) -> int:
    """Tell those who were imported and have an address that they are, and how to agree; how many were told.

    Who said that they want no such letters gets none, whoever brings them again.
    """
    listings = [one for one in published.load_any(session, listing_ids) if one.content.email]
    spoken = reaching.languages_at(session, [compared(one.content.email) for one in listings])
    wishes = (_invitation(one, head, spoken.get(compared(one.content.email), "")) for one in listings)
    return mail.post_all(session, wishes, now)


def _invitation(listing: Published, head: mail.Letterhead, language: str) -> mail.Wish:
    """In the language of their account, else of their listing: never of who sent the roster."""
    told, key = listing.content, f"invited-{listing.public_id}"
    spoken = language or reaching.language_of(told)
    values = {"name": told.name, "link": f"{head.base_url}/listing/claim"}
    stop = head.stop("invited", told.email)
    return mail.Wish(told.email, "invited", values, spoken, key, listing_id=listing.id, stop=stop)


def look(session: Session, secret: str, now: datetime) -> list[Published]:
    """The listings a link is for; none when it is used or over, or they are somebody's by now. Changes nothing."""
    return offered(session, tokens.look(session, secret, PURPOSE, now))


def accept(session: Session, secret: str, now: datetime, chosen: str = "", into: str = "") -> Account:
    """Give a listing to who holds the link, with their consent to be listed. The caller commits.

    `chosen` is its public id, where there are several; `into` the address of their account, where that is not the one
    the letter went to. Raises UsageError when the link is used or over, or the listing is somebody's by now.
    """
    token = tokens.use(session, secret, PURPOSE, now)
    there = offered(session, token)
    if token is None or not there:
        raise UsageError(_("This link is used or too old. Ask for another."), 410)
    return take(session, token, there, now, chosen, into)


def take(
    session: Session, token: Token, there: Sequence[Published], now: datetime, chosen: str = "", into: str = ""
) -> Account:
    """Give one of the listings that are `there` to who used the token, as `accept` does. The caller commits."""
    mine = [one for one in there if chosen == one.public_id] or (there if len(there) == 1 else [])
    if not mine:
        raise UsageError(_("Choose which of these listings is yours."))
    account = own(session, into or token.address, mine[0].id, now)
    remember_whose(session, token, account, mine[0].id)
    consent(session, mine[0], account, now)
    return account


def own(session: Session, address: str, listing_id: int, now: datetime) -> Account:
    """The account of that address, made where there is none, with this listing as its own.

    Raises UsageError when it has another listing already, or is suspended.
    """
    practitioner = session.scalar(select(Listing.practitioner_id).where(Listing.id == listing_id))
    asked = select(Account).where(Account.email == address).with_for_update()  # of two at once one has to be second
    account = session.scalar(asked.execution_options(populate_existing=True))
    if account is None:
        account = Account(email=address, role="therapist", language=language(), created_at=now, active=True)
        session.add(account)
    if not account.active:
        raise UsageError(_("This link is used or too old. Ask for another."), 410)
    if account.practitioner_id not in (None, practitioner):
        said = _(
            "Somebody signs in with this address and has a listing already. Each person needs an address of their own: "
            "ask your network to note yours, or let the other person change theirs."
        )
        raise UsageError(said, 409)
    account.practitioner_id = practitioner
    session.flush()
    return account


def remember_whose(session: Session, token: Token, account: Account, listing_id: int) -> None:
    """Let what was written on the way to a listing go with it: by then it may have another address."""
    tokens.belong(session, token.purpose, token.address, account.id, listing_id)
    mail.belong(session, ("claim", "claim_unknown", "join"), token.address, account.id, listing_id)


def consent(session: Session, listing: Published, account: Account, now: datetime) -> None:
    """Note that the person agrees to be listed; one whom a network vouches for is published by it."""
    today, told = now.date(), listing.content
    status = "active" if told.status == "pending" and is_vouched_for(session, listing, today) else told.status
    agreed = replace(told, status=status, consented_on=today, attested_on=today)
    revisions.publish(session, [agreed], now, "claimed")
    if told.status in SILENT and not session.get_one(Listing, listing.id, populate_existing=True).held:
        attestations.confirm(session, listing.id, now)  # they have just said so: silence marks and hides it no more
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


def is_suspended(session: Session, address: str) -> bool:
    """Whether the account of that address may not be used: it comes to no listing either."""
    return bool(session.scalar(select(_suspended(address))))


def _suspended(address: str) -> ColumnElement[bool]:
    return exists().where(Account.email == address, Account.active.is_(False))


def _unclaimed(address: str) -> Select[int, str]:
    """(number, name) of the listings on file under the address that are nobody's; none for who is suspended."""
    claimed = exists().where(Account.practitioner_id == Listing.practitioner_id)
    return (
        select(Listing.id, Practitioner.name)
        .join(Practitioner, Practitioner.id == Listing.practitioner_id)
        .where(
            func.lower(Listing.email).in_(spellings(address)),
            Listing.status.in_(CLAIMABLE),
            ~claimed,
            ~_suspended(address),
        )
    )


def _counted(found: Select[int, str]) -> Select[int, int, str]:
    """How many there are, and one: a row, whether or not there is any, since a row more takes its time."""
    return found.with_only_columns(func.count(), func.min(Listing.id), func.min(Practitioner.name))


def offered(session: Session, token: Token | None) -> list[Published]:
    """The listings of a token, while they are nobody's and still have the address the token was mailed to."""
    if token is None:
        return []
    first = _unclaimed(token.address).order_by(Listing.id).limit(MOST)
    return published.load_any(session, list(session.scalars(first)))
