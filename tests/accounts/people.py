"""Accounts for tests, letters as they stand in the outbox, and a visitor who signs in by their link."""

import json
import re

from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from referral.accounts import signins
from referral.model import Account, Letter, Listing
from tests.client import CheckingClient
from tests.make import NOW


def make_account(
    session: Session, email: str = "ann@example.org", role: str = "therapist", **fields: object
) -> Account:
    """An account; `listing` makes it that listing's owner. The caller commits."""
    listing = fields.pop("listing", None)
    if isinstance(listing, Listing):
        fields["practitioner_id"] = listing.practitioner_id
    made = Account(email=email, role=role, created_at=NOW, **fields)
    session.add(made)
    session.flush()
    return made


def letters(engine: Engine, kind: str = "sign_in") -> list[Letter]:
    """The letters of a kind in the outbox that are to somebody, oldest first."""
    with Session(engine.execution_options(reading=True)) as session:
        return list(session.scalars(select(Letter).where(Letter.kind == kind, Letter.to != "").order_by(Letter.id)))


def link_of(letter: Letter) -> str:
    """The path of the link in a letter to one of our pages that ends in a secret."""
    found = re.search(r"/(?:account|listing)/[a-z/-]+/[\w-]{43}", json.dumps(letter.body))
    assert found is not None, letter.body
    return found[0]


def sign_in(client: CheckingClient, engine: Engine, email: str = "ann@example.org") -> CheckingClient:
    """The client, signed in with a mailed link as far as that goes."""
    client.may_get_cookie = True
    assert client.post_form("/account/sign-in", email=email).status_code == 303
    answer = client.post_form(link_of(letters(engine)[-1]))
    assert answer.status_code == 303, answer.text
    return client


def signed_in_as(
    client: CheckingClient, engine: Engine, role: str = "therapist", *, second_factor: bool = True, **fields: object
) -> CheckingClient:
    """The client, signed in as a new account of this role; quicker than by a letter."""
    email = str(fields.pop("email", f"{role}-{int(second_factor)}@example.org"))
    with Session(engine) as session:
        one = make_account(session, email, role, **fields)
        secret = signins.begin(session, one, "Firefox (Linux)", NOW, second_factor=second_factor)
        uniquifier = one.fs_uniquifier
        session.commit()
    client.may_get_cookie = True
    with client.session_transaction() as cookie:
        cookie.update({"_user_id": uniquifier, "_fresh": True, "sign_in": secret})
    return client
