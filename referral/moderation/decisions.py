"""A moderator's word on what waits or is listed, and the letter about it, in one transaction. Never commits."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from referral import mail
from referral.errors import UsageError
from referral.listings import partners, returning, revisions
from referral.listings.cleaning import paragraphs
from referral.listings.deciding import REASON
from referral.listings.differences import field_label
from referral.listings.reaching import reached
from referral.mail.addressing import is_address
from referral.mail.wishes import More
from referral.model import Account, Listing, Practitioner, Revision
from referral.model.practitioner import PUBLIC_STATUSES
from referral.text import _, listed, speaking


def approve(session: Session, revision_id: int, moderator_id: int, head: mail.Letterhead, now: datetime) -> int:
    """Publish what this revision asks for, and write to its author and to whom it names, or did. The listing's number.

    The caller commits. Raises UsageError as `revisions.approve` does.
    """
    asked = select(Revision.listing_id, Revision.fields).where(Revision.id == revision_id)
    rows = session.execute(asked).all()
    of, fields = [row.listing_id for row in rows], [name for row in rows for name in row.fields]
    with partners.told(session, of, now, head):
        revisions.approve(session, revision_id, moderator_id, now)
    revision = session.get_one(Revision, revision_id)
    listing = session.get_one(Listing, revision.listing_id)
    seen = listing.status in PUBLIC_STATUSES
    link = f"{head.base_url}/therapists/{listing.slug}" if seen else f"{head.base_url}/listing"
    told: dict[str, object] = {"link": link, "unseen": not seen, "alone": len(revision.fields) < len(fields)}
    _write(session, revision, "approved", told, now)
    return listing.id


def names(session: Session, revision_ids: Sequence[int]) -> dict[int, str]:
    """Whose listing each of these revisions is of, by name; those that are there."""
    asked = select(Revision.id, Practitioner.name).join(Listing, Listing.id == Revision.listing_id)
    asked = asked.join(Practitioner, Practitioner.id == Listing.practitioner_id)
    return dict(session.execute(asked.where(Revision.id.in_(revision_ids))).all())


def send_back(session: Session, revision_id: int, moderator_id: int, reason: str, base_url: str, now: datetime) -> None:
    """Return the revision and write to its author why. The caller commits. Raises UsageError as `revisions` does."""
    revisions.send_back(session, revision_id, moderator_id, reason, now)
    revision = session.get_one(Revision, revision_id)
    _write(session, revision, "returned", {"reason": revision.reason, "link": f"{base_url}/listing"}, now)


def take_down(session: Session, listing_id: int, moderator_id: int, reason: str, base_url: str, now: datetime) -> None:
    """Hide the listing, and write to whose it is why and what they can do. The caller commits.

    Raises UsageError without a reason, and as `revisions.take_down` does.
    """
    why = paragraphs(reason, _("The reason"), REASON)
    if not why:
        raise UsageError(_("Please say why: they read it."))
    revisions.take_down(session, listing_id, moderator_id, now)
    _tell(session, listing_id, "taken_down", {"reason": why}, base_url, now)


def put_back(session: Session, listing_id: int, moderator_id: int, base_url: str, now: datetime) -> None:
    """Let the listing be as it was before, and say so to whose it is. The caller commits.

    Raises UsageError as `revisions.put_back` does.
    """
    revisions.put_back(session, listing_id, moderator_id, now)
    if session.get_one(Listing, listing_id).status == "removed":  # by the person, meanwhile
        return
    _tell(session, listing_id, "put_back", {}, base_url, now)


def admit(session: Session, listing_id: int, base: int, moderator_id: int, base_url: str, now: datetime) -> None:
    """Let the public see a new listing as it is at `base`, and say so to whose it is. The caller commits.

    Raises UsageError as `revisions.admit` does.
    """
    revisions.admit(session, listing_id, base, moderator_id, now)
    _tell(session, listing_id, "admitted", {}, base_url, now)


def give_back(session: Session, listing_id: int, moderator_id: int, reason: str, base_url: str, now: datetime) -> None:
    """Return a new listing, and write to whose it is why. The caller commits. Raises UsageError as `returning` does."""
    why = returning.give_back(session, listing_id, moderator_id, reason, now)
    _tell(session, listing_id, "given_back", {"reason": why}, base_url, now)


def _tell(session: Session, listing_id: int, kind: str, told: dict[str, object], base_url: str, now: datetime) -> None:
    """To whose listing it is, also who never took it over; nobody is told where no address is known."""
    who = reached(session, listing_id)
    if not is_address(who.for_letters):
        return
    link = f"{base_url}/listing" if who.account_id else f"{base_url}/listing/claim"
    values = {**told, "name": who.name, "link": link}
    more: More = {"language": who.language, "account_id": who.account_id, "listing_id": listing_id}
    mail.post(session, who.for_letters, kind, values, now, **more)


def _write(session: Session, revision: Revision, kind: str, told: dict[str, object], now: datetime) -> None:
    """To the author; to the listing's owner when nobody's account stands behind the revision any more."""
    listing = session.get_one(Listing, revision.listing_id)
    author = session.get(Account, revision.author_id) if revision.author_id else None
    owners = select(Account).where(Account.practitioner_id == listing.practitioner_id).limit(1)
    to = author or session.scalars(owners).first()
    if to is None:
        return
    with speaking(to.language):
        fields = listed(map(field_label, revision.fields))
    name = session.get_one(Practitioner, listing.practitioner_id).name
    values = {**told, "fields": fields, "name": name if to.practitioner_id == listing.practitioner_id else ""}
    mail.post(
        session,
        to.email,
        kind,
        values,
        now,
        language=to.language,
        key=f"{kind}-{revision.id}",
        account_id=to.id,
        listing_id=listing.id,
    )
