"""Signing in by a mailed link: the same answer and the same work whether or not we know the address."""

from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from referral import mail
from referral.accounts import tokens
from referral.model import Account, Token

PURPOSE = "sign_in"

MINUTES = 10
"""How long a mailed link works."""

AT_ONCE = 3
"""Links to one address that work at the same time; who asks on somebody's behalf cannot fill their letter box."""


def ask(session: Session, address: str, now: datetime, base_url: str, to: str = "") -> None:
    """Mail a link to `address` if somebody has an account there. The caller commits.

    `to` names the page they wanted. For an address nobody has, the same rows are written, to nobody, and the letter is
    in the language of the moment, not of the account: how long it takes says nothing, even where reading a language for
    the first time takes long.
    """
    one = select(func.max(Account.id))  # a row, whether or not there is anybody
    id = session.execute(one.where(Account.email == address, Account.active)).scalar_one()
    wanted = tokens.count(session, PURPOSE, address, now) < AT_ONCE and id is not None
    link = _link(session, address if wanted else "", id if wanted else None, now, base_url, to)
    values = {"link": link, "minutes": MINUTES}
    mail.post(session, address, "sign_in", values, now, account_id=id, void=not wanted)


def link(session: Session, account: Account, now: datetime, base_url: str, to: str = "") -> str:
    """A link that signs `account` in, for whoever stands at the machine, and leads on `to` a page.

    The caller commits.
    """
    return _link(session, account.email, account.id, now, base_url, to)


def look(session: Session, secret: str, now: datetime) -> Account | None:
    """Whom the link would sign in. Changes nothing."""
    return _account(session, tokens.look(session, secret, PURPOSE, now))


def use(session: Session, secret: str, now: datetime) -> tuple[Account, str] | None:
    """Whom the link signs in, once, and the page they wanted. The caller commits."""
    token = tokens.use(session, secret, PURPOSE, now)
    account = _account(session, token)
    return None if token is None or account is None else (account, str(token.detail.get("to", "")))


def _link(session: Session, address: str, account_id: int | None, now: datetime, base_url: str, to: str) -> str:
    secret = tokens.give(session, PURPOSE, address, now, minutes=MINUTES, account_id=account_id, detail={"to": to})
    return f"{base_url}/account/sign-in/{secret}"


def _account(session: Session, token: Token | None) -> Account | None:
    """The account of a token, while it still has the address the token was mailed to."""
    if token is None or token.account_id is None:
        return None
    account = session.get(Account, token.account_id)
    return account if account is not None and account.active and account.email == token.address else None
