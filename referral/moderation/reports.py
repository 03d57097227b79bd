"""Visitors say that a listing, or what we say of a network, is wrong; a moderator looks, and tells what came of it.

The only writer of Report. Never commits.
"""

from datetime import datetime, timedelta

from sqlalchemy import CursorResult, func, select, update
from sqlalchemy.orm import Session

from referral import mail
from referral.errors import UsageError
from referral.listings.cleaning import line, paragraphs
from referral.listings.standing import found, not_ones_own
from referral.mail.addressing import is_address, kept
from referral.model import AuditEntry, Listing, Network, Practitioner, Report
from referral.model.practitioner import PUBLIC_STATUSES
from referral.text import _, language

MESSAGE, OUTCOME = 1000, 1000
"""The longest message and the longest answer, in characters."""

OPEN = 100
"""More open reports about one listing tell nobody anything."""

KEPT = timedelta(days=30)
"""How long the words of a closed report are remembered; about what and when it was, and who was right, is kept."""


def report(session: Session, listing_id: int, message: str, reply_to: str, now: datetime) -> str:
    """Keep what a visitor says of a listing; the report's public id. The caller commits.

    Raises UsageError for an empty or too long message, an address that is none, or when there are many reports already.
    """
    return _kept(session, Report(listing_id=listing_id, message=message, reply_to=reply_to, made_at=now))


def report_shown(session: Session, public_id: str, message: str, reply_to: str, now: datetime) -> None:
    """The same of a listing that a visitor was shown a moment ago, whatever became of it since. The caller commits.

    Who is out of sight by now may be gone for good or for a week: nobody can tell from what becomes of a report. Its
    words are kept where there still is a listing, and who left an address hears at once that nobody sees it.
    """
    rows = session.execute(select(Listing.id, Listing.status).where(Listing.public_id == public_id)).all()
    listing_id, status = rows[0] if rows else (None, "")
    made = Report(listing_id=listing_id, message=message, reply_to=reply_to, made_at=now)
    if status in PUBLIC_STATUSES:
        _kept(session, made)
        return
    address = _checked(made).reply_to
    made.reply_to = ""
    if listing_id is not None and _open(session, made) < OPEN:
        session.add(made)
    if address:
        told = {"outcome": _("Nobody sees this listing in the directory at present.")}
        key = f"report-{public_id}-{address.lower()}"
        mail.post(session, address, "report_outcome", told, now, language=made.language, key=key)


def report_network(session: Session, network_id: int, message: str, reply_to: str, now: datetime) -> str:
    """The same of what we say about a network: somebody knows better."""
    return _kept(session, Report(network_id=network_id, message=message, reply_to=reply_to, made_at=now))


def _checked(made: Report) -> Report:
    """What was said as it can be kept. Raises UsageError when it cannot be."""
    made.message = paragraphs(made.message, _("What you wrote"), MESSAGE)
    made.language = language()
    made.reply_to = line(made.reply_to, _("Your address"), 254)
    if not made.message:
        raise UsageError(_("Please tell us what is wrong."), field="message")
    try:
        made.reply_to = made.reply_to and kept(made.reply_to)
    except UsageError as error:
        raise UsageError(error.text, field="reply_to") from None
    return made


def _kept(session: Session, made: Report) -> str:
    """Check what was said, and keep it."""
    _checked(made)
    if _open(session, made) >= OPEN:
        raise UsageError(_("Many people have told us already. It will be looked at."), 429)
    session.add(made)
    session.flush()
    return made.public_id


def _open(session: Session, made: Report) -> int:
    """How many reports about the same are open."""
    about = Report.listing_id == made.listing_id if made.listing_id else Report.network_id == made.network_id
    there = select(func.count()).select_from(Report).where(about, Report.state == "open")
    return session.scalar(there) or 0


def by_public_id(session: Session, public_id: str) -> Report:
    """The report. Raises UsageError, 404, when there is none."""
    one = session.scalars(select(Report).where(Report.public_id == public_id)).one_or_none()
    if one is None:
        raise UsageError(_("There is no such report."), 404)
    return one


def decide(
    session: Session, public_id: str, moderator_id: int, upheld: bool | None, outcome: str, now: datetime
) -> None:
    """Close a report, and tell who reported it if they left an address, which is then forgotten. The caller commits.

    Raises UsageError without an answer or a word on whether they were right (None), when it was decided already (409),
    or when it is about one's own listing (403).
    """
    answer = paragraphs(outcome, _("The answer"), OUTCOME)
    one = by_public_id(session, public_id)
    if one.listing_id:
        not_ones_own(session, found(session, one.listing_id), moderator_id)
    if upheld is None:
        raise UsageError(_("Please say whether they were right."))
    if not answer:
        raise UsageError(_("Please write one sentence about what came of it."))
    reply_to, state = one.reply_to, "upheld" if upheld else "dismissed"
    values = {"state": state, "outcome": answer, "decided_at": now, "decided_by_id": moderator_id, "reply_to": ""}
    closed = update(Report).where(Report.id == one.id, Report.state == "open").values(values).returning(Report.id)
    if session.execute(closed.execution_options(synchronize_session=False)).one_or_none() is None:
        raise UsageError(_("This was decided or changed in the meantime."), 409)
    session.refresh(one)
    if is_address(reply_to):
        told = {"outcome": answer, **_named(session, one)}
        key, about = f"report-{public_id}", one.listing_id
        mail.post(session, reply_to, "report_outcome", told, now, language=one.language, key=key, listing_id=about)
    session.add(AuditEntry(at=now, account_id=moderator_id, action=state, object=f"report:{public_id}", detail={}))


def forget(session: Session, now: datetime) -> int:
    """Forget what was written in reports closed KEPT ago, and what was answered; how many such. The caller commits."""
    old = (Report.state != "open", Report.decided_at < now - KEPT, Report.message != "")
    emptied = update(Report).where(*old).values(message="", outcome="", reply_to="")
    result = session.execute(emptied.execution_options(synchronize_session=False))
    return result.rowcount if isinstance(result, CursorResult) else 0


def _named(session: Session, one: Report) -> dict[str, str]:
    """What the letter calls what the report was about."""
    if one.network_id:
        return {"network": session.get_one(Network, one.network_id).name}
    whose = select(Practitioner.name).join(Listing).where(Listing.id == one.listing_id)
    return {"listing": session.scalars(whose).one()}
