"""Whom a change in how somebody signs in is told: the owner, and whoever can still say the account was taken from them.

Never commits.
"""

from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from referral import mail
from referral.accounts import moving, tokens
from referral.model import Account, Token


def changed(session: Session, account: Account, change: str, base_url: str, now: datetime) -> None:
    """Write what was changed, one of those that the letter knows. The caller commits.

    While a move to another address can be taken back, the address before hears of it too: else only who has taken an
    account over would learn what they do to it.
    """
    told = {"change": change, "link": f"{base_url}/account"}
    for address, until in ((account.email, None), *_before(session, account, now)):
        values = told | ({"undo_until": until} if until else {})
        mail.post(session, address, "signing_in_changed", values, now, language=account.language, account_id=account.id)


def _before(session: Session, account: Account, now: datetime) -> Sequence[tuple[str, date]]:
    """(address, the last day of its link) of the account's earlier addresses that can still take it back."""
    undo = (Token.account_id == account.id, tokens.is_open(moving.UNDO, now), Token.address != account.email)
    asked = select(Token.address, Token.expires_at).where(*undo).order_by(Token.id)
    return list({address: (address, until.date()) for address, until in session.execute(asked)}.values())
