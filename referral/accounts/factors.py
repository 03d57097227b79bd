"""Second factors as an account has them: what counts as one, and that no code counts twice."""

from collections.abc import Collection
from datetime import date, datetime
from itertools import chain, count

from babel.dates import format_date
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from referral.accounts import tokens
from referral.accounts.permissions import PRIVILEGED
from referral.errors import UsageError
from referral.model import Account, AuditEntry, Passkey
from referral.text import _, language, locale

LONGEST_NAME = 60
"""Characters of a passkey's name."""

SET_UP = "second_factor_set_up"

MADE = (SET_UP, "recovery_codes")
"""What is noted when somebody is shown recovery codes."""

SHOWN = "code_shown"
"""The purpose of what remembers that a code was used."""


def has_one(session: Session, account: Account) -> bool:
    """Whether the account could show a second factor: an app that makes codes, or a passkey."""
    return account.tf_totp_secret is not None or bool(keys(session, account))


def keys(session: Session, account: Account) -> list[Passkey]:
    """The account's passkeys, oldest first."""
    return list(session.scalars(select(Passkey).where(Passkey.account_id == account.id).order_by(Passkey.id)))


def shown_before(session: Session, account_id: int, counter: int, now: datetime) -> bool:
    """Whether the code of this half minute was used already; it is from now on. The caller commits."""
    used = tokens.mark(session, SHOWN, f"{account_id}:{counter}", now, minutes=5, account_id=account_id)
    try:
        with session.begin_nested():
            session.add(used)
    except IntegrityError:
        return True
    return False


def set_up(session: Session, account: Account, secret: str, now: datetime) -> None:
    """Ask for codes of this secret from now on. The caller commits."""
    account.tf_primary_method, account.tf_totp_secret = "authenticator", secret
    _audit(session, account, SET_UP, now)


def remove(session: Session, account: Account, now: datetime) -> bool:
    """Ask for no codes any more; whether any were asked for. The caller commits.

    Raises UsageError when it would leave none where one is needed.
    """
    if account.tf_totp_secret is None:
        return False
    if account.role in PRIVILEGED and not keys(session, account):
        raise UsageError(_("Your role needs a second factor. Add a passkey first, then take the codes away."), 409)
    account.tf_primary_method = account.tf_totp_secret = None
    _keep_codes(session, account)
    _audit(session, account, "second_factor_removed", now)
    return True


def remove_key(session: Session, account: Account, key_id: int, now: datetime) -> bool:
    """Forget a passkey; whether it was there. The caller commits.

    Raises UsageError when it would leave none where one is needed.
    """
    mine = keys(session, account)
    key = next((key for key in mine if key.id == key_id), None)
    if key is None:
        return False
    if account.role in PRIVILEGED and account.tf_totp_secret is None and len(mine) == 1:
        raise UsageError(_("Your role needs a second factor. Add another before you take this one away."), 409)
    session.delete(key)
    session.flush()
    _keep_codes(session, account)
    _audit(session, account, "passkey_removed", now)
    return True


def rename_key(session: Session, account: Account, key_id: int, typed: str) -> None:
    """Call a passkey of the account what its owner calls it. The caller commits.

    Raises UsageError for no name (400), and when it is not there (404).
    """
    key = next((key for key in keys(session, account) if key.id == key_id), None)
    if key is None:
        raise UsageError(_("This passkey is not there any more."), 404)
    if not (name := clean_name(typed)):
        raise UsageError(_("Please give it a name."))
    key.name = name


def clean_name(typed: str) -> str:
    """A name on one line, of what can be seen; at most LONGEST_NAME characters."""
    shown = "".join(c if c.isprintable() else " " if c.isspace() else "" for c in typed)
    return " ".join(shown.split())[:LONGEST_NAME].strip()


def default_name(device: str, taken: Collection[str], today: date) -> str:
    """What to call a passkey its owner gave no name: the browser and the day, with a number where that is taken."""
    day = format_date(today, "long", locale=locale(language()))
    name = f"{device or _('Passkey')}, {day}"
    return next(one for one in chain([name], (f"{name} ({n})" for n in count(2))) if one not in taken)


def forget(session: Session, account: Account, now: datetime) -> None:
    """Take every second factor away: they were lost, or may be somebody else's. The caller commits, having made sure
    of whom it is about.
    """
    account.tf_primary_method = account.tf_totp_secret = None
    for key in keys(session, account):
        session.delete(key)
    session.flush()
    _keep_codes(session, account)
    _audit(session, account, "second_factors_reset", now)


def forget_since(session: Session, account: Account, since: datetime, now: datetime) -> None:
    """Take away every second factor that came since then, and recovery codes shown since. The caller commits."""
    mine = (AuditEntry.object == f"account:{account.public_id}", AuditEntry.at > since)
    done = set(session.scalars(select(AuditEntry.action).where(*mine, AuditEntry.action.in_(MADE))))
    new = [key for key in keys(session, account) if key.create_datetime > since.replace(tzinfo=None)]
    if not (done or new):
        return
    if SET_UP in done:
        account.tf_primary_method = account.tf_totp_secret = None
    if done:
        account.mf_recovery_codes = []
    for key in new:
        session.delete(key)
    session.flush()
    _keep_codes(session, account)
    _audit(session, account, "second_factors_reset", now)


def _keep_codes(session: Session, account: Account) -> None:
    """Recovery codes stand in for a second factor: without one they end."""
    if not has_one(session, account):
        account.mf_recovery_codes = []


def _audit(session: Session, account: Account, action: str, now: datetime) -> None:
    session.add(AuditEntry(at=now, account_id=account.id, action=action, object=f"account:{account.public_id}"))
