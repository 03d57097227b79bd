"""Erasing people: everything the directory knows of them, whoever kept it. Never commits.

Rows go by the database's own cascades; what those do not reach goes here: accounts, letters and tokens to an address,
what was seen at their website.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import Index, delete, func, or_, select
from sqlalchemy.orm import Session
from sqlalchemy.schema import CreateIndex, DropIndex

from referral import changes, mail, model
from referral.listings import mentions
from referral.listings.noting import audit
from referral.listings.writing import table_of
from referral.mail.addressing import is_address, spellings
from referral.mail.stopping import OF_THEMSELVES
from referral.text import _, speaking

BATCH = 500
"""People erased at a time."""


@dataclass(frozen=True, slots=True)
class _Gone:
    """What is to be erased of some people."""

    listings: dict[int, str]
    """Number -> public id."""
    people: list[int]
    accounts: list[int]
    keep_working: list[int]
    """Accounts of theirs that stay, without the listing: what comes by itself about it must not reach them any more."""
    addresses: list[str]
    websites: list[str]


def erase(
    session: Session, listing_ids: Sequence[int], now: datetime, reason: str = "", *, stays: bool = False
) -> list[str]:
    """Delete these listings, their people and everything that hangs on them; the public ids they had.

    The caller commits, and then removes their photos: `photos.forget`. What stays is that the listings changed,
    so that every index drops them, and one audit entry each. An account that does other work than its own listing
    (a coordinator's, a moderator's) stays, without the listing. Who had reported one and left an address is told.
    Whoever `stays`, by another listing of theirs, is not forgotten where others name them or letters go to them.
    """
    gone: list[str] = []
    with _partners_at_hand(session, len(listing_ids)):
        for start in range(0, len(listing_ids), BATCH):
            gone += _erase(session, listing_ids[start : start + BATCH], now, reason, stays=stays)
    return gone


def _erase(session: Session, listing_ids: Sequence[int], now: datetime, reason: str, *, stays: bool) -> list[str]:
    gone = _found(session, listing_ids)
    if stays:
        gone = replace(gone, addresses=[])
    mail.post_all(session, _told(session, listing_ids), now)  # first: if it is their own report, it goes with them
    if not stays:
        mentions.forget(session, mentions.named(session, listing_ids, gone.addresses), now)
    letter, token = model.Letter, model.Token
    theirs = letter.to.in_(gone.addresses) | func.lower(letter.to).in_(gone.addresses)
    by_itself = letter.kind.in_(OF_THEMSELVES) & letter.account_id.in_(gone.keep_working)
    written = or_(letter.account_id.in_(gone.accounts), theirs & letter.listing_id.is_(None), by_itself)
    mailed = or_(token.account_id.in_(gone.accounts), token.address.in_(gone.addresses) & token.listing_id.is_(None))
    for statement in (
        delete(letter).where(written),
        delete(token).where(mailed),
        delete(model.LinkCheck).where(model.LinkCheck.url.in_(gone.websites)),
        delete(model.Account).where(model.Account.id.in_(gone.accounts)),
        delete(model.Practitioner).where(model.Practitioner.id.in_(gone.people)),
    ):
        session.execute(statement.execution_options(synchronize_session=False))
    audit(session, "erase", list(gone.listings.values()), now, detail={"reason": reason})
    changes.record(session, listing_ids)
    return list(gone.listings.values())


def _found(session: Session, listing_ids: Sequence[int]) -> _Gone:
    listing, account = model.Listing, model.Account
    columns = select(listing.id, listing.public_id, listing.practitioner_id, listing.email, listing.website)
    rows = session.execute(columns.where(listing.id.in_(listing_ids))).all()
    people = [row.practitioner_id for row in rows]
    own = select(account.id, account.email, account.role).where(account.practitioner_id.in_(people))
    accounts = session.execute(own).all()
    going, staying = ([one for one in accounts if (one.role == "therapist") is goes] for goes in (True, False))
    typed = {row.email for row in rows if row.email} | {row.email for row in going}
    addresses = typed | {
        same for one in typed for same in spellings(one)
    }  # a listing keeps its address as it was typed, a token does not
    listings = {row.id: row.public_id for row in rows}
    websites = sorted({row.website for row in rows if row.website})
    return _Gone(listings, people, [a.id for a in going], [a.id for a in staying], sorted(addresses), websites)


def _told(session: Session, listing_ids: Sequence[int]) -> Iterator[mail.Wish]:
    """Letters to who reported one of these listings and waits to hear what came of it. They name nobody."""
    open_ones = (model.Report.listing_id.in_(listing_ids), model.Report.state == "open", model.Report.reply_to != "")
    for one in session.scalars(select(model.Report).where(*open_ones)):
        with speaking(one.language):
            told = {"outcome": _("The listing is no longer in the directory.")}
        if is_address(one.reply_to):
            yield mail.Wish(one.reply_to, "report_outcome", told, one.language, f"report-{one.public_id}")


@contextmanager
def _partners_at_hand(session: Session, count: int) -> Iterator[None]:
    """With an index of partners while many are deleted.

    The database looks for the partner of each: through all listings, which took hours for 100,000 without an index.
    """
    if count <= BATCH:
        yield
        return
    index = Index("ix_listing_partners_for_erasing", table_of(model.Listing).c.partner_listing_id)
    try:
        session.execute(CreateIndex(index))
        yield
        session.execute(DropIndex(index))
    finally:
        table_of(model.Listing).indexes.discard(index)
