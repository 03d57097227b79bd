"""A therapist's browser for tests: signed in, with a listing, on a server of its own."""

from flask import Flask
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from referral.accounts import signins
from referral.model import Account
from tests.accounts.people import make_account
from tests.make import NOW
from tests.people import CHICAGO, make_listing


def join(engine: Engine, name: str, email: str, **fields: object) -> None:
    """Give somebody a listing in Chicago and an account."""
    with Session(engine) as session:
        given = {"languages": ["en"], "delivery": ["in_person"], **CHICAGO, **fields}
        make_account(session, email, listing=make_listing(session, name=name, **given))
        session.commit()


def cookie(app: Flask, engine: Engine, email: str) -> dict[str, str]:
    """What a browser holds that signed in to this account just now."""
    with Session(engine) as session:
        account = session.scalars(select(Account).where(Account.email == email)).one()
        secret = signins.begin(session, account, "Firefox on Linux", NOW, second_factor=True)
        known = account.fs_uniquifier
        session.commit()
    client = app.test_client()
    with client.session_transaction() as held:
        held.update({"_user_id": known, "_fresh": True, "sign_in": secret})
    found = client.get_cookie("session")
    assert found is not None
    return {"name": "session", "value": found.value}
