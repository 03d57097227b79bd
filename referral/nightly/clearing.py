"""What is forgotten, and when: the dates of the retention rules, in one place.

Deletes by age alone rows that only their own module writes.
"""

from datetime import timedelta
from typing import Any

from sqlalchemy import ColumnElement, CursorResult, delete, exists, or_, select
from sqlalchemy.orm import Session

from referral import db
from referral.accounts import signins
from referral.coordinating import files
from referral.enquiries import relay
from referral.errors import UsageError
from referral.listings import forgetting, photos
from referral.mail import folder, keys, outbox, unwanted
from referral.mail import forgetting as forgetting_letters
from referral.model import Account, AuditEntry, Base, Draft, RosterFile, SignIn, Token
from referral.moderation import reports
from referral.nightly.night import Counts, Night

DRAFTS = timedelta(days=90)
"""What somebody typed and never saved."""

NEVER_USED = timedelta(days=14)
"""An account nobody ever signed in to."""

LOST = (
    "The secret key was changed, and the one before it is not known. Nobody can tell who wants no letters, so none "
    "leaves by itself. Set REFERRAL_SECRET_KEY_BEFORE: see “Another secret key” in docs/running.md."
)

SECURITY = timedelta(days=90)
"""Who signed in when, and changed how they do."""


def letters(night: Night) -> Counts:
    """Forget that letters were sent, a month ago; count what waits and what failed, as that whose link has ended."""
    with db.writing(night.engine) as session:
        outbox.end(session, night.now)
        forgotten = forgetting_letters.forget(session, night.now)
        waiting, failed = outbox.counts(session)
        session.commit()
        if night.data is not None:
            folder.forget(session, night.data / "mail")
    return {"forgotten": forgotten, "waiting": waiting, "failed": failed}


def enquiries(night: Night) -> Counts:
    """Note what became of messages to therapists, and forget that there were any a month ago."""
    with db.writing(night.engine) as session:
        done = relay.deliver(session, night.now)
        forgotten = relay.forget(session, night.now)
        session.commit()
    return {**done, "forgotten": forgotten}


def closed_reports(night: Night) -> Counts:
    """Forget the words of reports that were closed a month ago."""
    with db.writing(night.engine) as session:
        forgotten = reports.forget(session, night.now)
        session.commit()
    return {"forgotten": forgotten}


def secrets(night: Night) -> Counts:
    """Forget mailed secrets and signed-in browsers past their time."""
    ended = or_(SignIn.ended_at < night.now - timedelta(days=1), SignIn.seen_at < night.now - signins.IDLE)
    return {
        "links": _forget(night, Token, Token.expires_at <= night.now),
        "sign-ins": _forget(night, SignIn, ended),
    }


def kept_keys(night: Night) -> Counts:
    """See that the secret key of today reads the key that outlives it: the one before may be forgotten then."""
    if night.secrets is None:
        return {}
    with db.writing(night.engine) as session:
        try:
            written = keys.keep(session, *night.secrets)
        except keys.Lost:
            raise UsageError(LOST) from None
        session.commit()
    return {"written": int(written)}


def unwanted_letters(night: Night) -> Counts:
    """See that who wants no letters stands in the list beside the database, too."""
    if night.data is None:
        return {}
    with db.reading(night.engine) as session:
        marks = unwanted.known(session)
    return {"noted": unwanted.remember(night.data, marks)}


def drafts(night: Night) -> Counts:
    """Forget drafts nobody came back to, and rosters nobody took over."""
    return {
        "forgotten": _forget(night, Draft, Draft.saved_at < night.now - DRAFTS),
        "rosters": _forget(night, RosterFile, RosterFile.made_at <= night.now - files.KEPT),
    }


def accounts(night: Night) -> Counts:
    """Forget accounts nobody ever signed in to, and say so in the audit log."""
    old = (Account.last_seen_at.is_(None), Account.created_at < night.now - NEVER_USED)
    unused = (*old, ~exists().where(SignIn.account_id == Account.id))
    with db.writing(night.engine) as session:
        found = session.execute(select(Account.id, Account.public_id).where(*unused)).all()
        for id, public_id in found:
            session.add(AuditEntry(at=night.now, action="never_used", object=f"account:{public_id}"))
            session.execute(delete(Account).where(Account.id == id))
        session.commit()
    return {"forgotten": len(found)}


def security_log(night: Night) -> Counts:
    """Forget what the audit log says of accounts; what was done to listings stays."""
    of_accounts = AuditEntry.object.startswith("account:") & (AuditEntry.at < night.now - SECURITY)
    return {"forgotten": _forget(night, AuditEntry, of_accounts)}


def disk(night: Night) -> Counts:
    """Sweep up after who was erased, and remove photos that nobody shows any more."""
    if night.data is None:
        return {}
    with db.reading(night.engine) as session:
        files = photos.tidy(session, night.data / "photos", night.now)
    left = not forgetting.sweep(night.engine, night.index, night.data, night.today, at_night=True)
    return {"photos removed": files, "erasings left to finish": int(left)}


def _forget(night: Night, kind: type[Base], which: ColumnElement[bool]) -> int:
    with db.writing(night.engine) as session:
        gone = _count(session, delete(kind).where(which))
        session.commit()
    return gone


def _count(session: Session, statement: Any) -> int:
    result = session.execute(statement)
    return result.rowcount if isinstance(result, CursorResult) else 0
