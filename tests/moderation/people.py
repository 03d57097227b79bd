"""Somebody who is signed in, with their second factor unless a test says otherwise."""

from sqlalchemy import Engine
from sqlalchemy.orm import Session

from referral.accounts import signins
from referral.model import Account
from tests.client import CheckingClient
from tests.make import NOW


def signed_in(client: CheckingClient, engine: Engine, account_id: int, *, second_factor: bool = True) -> CheckingClient:
    """The client, signed in as this account."""
    with Session(engine) as session:
        account = session.get_one(Account, account_id)
        secret = signins.begin(session, account, "Firefox (Linux)", NOW, second_factor=second_factor)
        known = account.fs_uniquifier
        session.commit()
    client.may_get_cookie = True
    with client.session_transaction() as cookie:
        cookie.update({"_user_id": known, "_fresh": True, "sign_in": secret})
    return client
