"""Another address for an account: confirmed from the new one, said to the old one, and undone from there for a week."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from referral import mail
from referral.accounts import factors, signins, tokens
from referral.errors import UsageError
from referral.model import Account, AuditEntry, Token
from referral.text import _

CHANGE, UNDO = signins.CHANGE, "email_undo"

MINUTES = 30
"""How long the link to the new address works."""

UNDO_DAYS = 7

BEFORE = timedelta(days=UNDO_DAYS)
"""So long before a change a second factor counts as of the same hand: whoever took a browser over sets up codes first,
to shut the owner out. The letter about an older one was there to be answered as long as the one about the change.
"""


@dataclass(frozen=True, slots=True)
class Moved:
    """An account that has another address now."""

    account: Account
    before: str
    """The address until now."""


def ask(session: Session, account: Account, address: str, now: datetime, base_url: str) -> None:
    """Mail a link to the new address. The caller commits.

    Nothing is mailed to an address that has an account already: who asks does not learn of it, nor by how long it
    takes, since the same rows are written to nobody.
    """
    tokens.revoke(session, account.id, CHANGE, now)
    one = select(func.max(Account.id)).where(Account.email == address)  # a row, whether or not there is anybody
    taken = session.execute(one).scalar_one() is not None
    to = "" if taken else address
    secret = tokens.give(session, CHANGE, to, now, minutes=MINUTES, account_id=account.id)
    values = {"link": f"{base_url}/account/email/{secret}", "minutes": MINUTES, "old": account.email}
    mail.post(
        session, address, "email_change", values, now, language=account.language, account_id=account.id, void=taken
    )


def change(session: Session, secret: str, now: datetime, head: mail.Letterhead) -> Moved | None:
    """The account with the address its link was mailed to, once; None for a link that does not work.

    Every browser is signed out, and the old address is told how to undo it. The caller commits. Raises UsageError when
    somebody else has come to have the address.
    """
    token = tokens.use(session, secret, CHANGE, now)
    account = _account(session, token)
    if token is None or account is None:
        return None
    old = account.email
    _move(session, account, token.address, now, head)
    undo = tokens.give(session, UNDO, old, now, minutes=UNDO_DAYS * 24 * 60, account_id=account.id)
    values = {"link": f"{head.base_url}/account/email/undo/{undo}", "days": UNDO_DAYS, "new": account.email}
    mail.post(session, old, "email_changed", values, now, language=account.language, account_id=account.id)
    return Moved(account, old)


def undo(session: Session, secret: str, now: datetime, head: mail.Letterhead) -> Moved | None:
    """The account with its old address back, once; None for a link that does not work.

    Whoever changed it is signed out, can sign in with nothing they added since or in the BEFORE, and no later link
    works any more; an earlier one does: it is an earlier owner's. The caller commits. Raises UsageError as `change`
    does.
    """
    token = tokens.use(session, secret, UNDO, now)
    account = _account(session, token)
    if token is None or account is None:
        return None
    moved = Moved(account, account.email)
    _move(session, account, token.address, now, head)
    factors.forget_since(session, account, token.made_at - BEFORE, now)
    tokens.revoke(session, account.id, UNDO, now, after=token.id)
    return moved


def look(session: Session, secret: str, purpose: str, now: datetime) -> Token | None:
    """What the link would do. Changes nothing."""
    return tokens.look(session, secret, purpose, now)


def _move(session: Session, account: Account, address: str, now: datetime, head: mail.Letterhead) -> None:
    owner = _owner(session, address)
    if owner is not None and owner != account.id:
        raise UsageError(_("Another account has this address by now. Please write to us."), 409)
    head.follow(session, account.email, address, now.date())  # who wants no reminders wants none there either
    account.email = address
    signins.end_all(session, account, now)
    session.add(AuditEntry(at=now, account_id=account.id, action="email", object=f"account:{account.public_id}"))


def _owner(session: Session, address: str) -> int | None:
    return session.scalar(select(Account.id).where(Account.email == address))


def _account(session: Session, token: Token | None) -> Account | None:
    if token is None or token.account_id is None:
        return None
    found = session.get(Account, token.account_id)
    return found if found is not None and found.active else None
