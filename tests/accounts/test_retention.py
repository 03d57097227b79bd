"""What is forgotten of signing in."""

from datetime import timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from referral.accounts import retention, signins, tokens
from referral.model import SignIn, Token
from tests.accounts.people import make_account
from tests.make import NOW

DAY = timedelta(days=1)


def test_links_are_forgotten_after_a_day_and_browsers_after_ninety(session: Session) -> None:
    one = make_account(session)
    for days in (0, 2, 91):
        tokens.give(session, "sign_in", one.email, NOW - days * DAY, minutes=10, account_id=one.id)
        signins.begin(session, one, "", NOW - days * DAY, second_factor=False)
    session.flush()

    forgotten = retention.forget(session, NOW)

    assert forgotten == 3
    assert session.scalar(select(func.count(Token.id))) == 1
    assert session.scalar(select(func.count(SignIn.id))) == 2
