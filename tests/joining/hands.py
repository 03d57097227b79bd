"""What somebody does who comes to a listing of their own."""

from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from referral.accounts import tokens
from referral.joining import claims
from referral.model import Listing, Membership, Network
from tests.client import CheckingClient
from tests.make import NOW, TODAY, make_listing


def imported(session: Session) -> Listing:
    """A listing that came by a network's roster and waits for its person."""
    listing = make_listing(session, name="Ann Example", email="ann@example.org", status="pending", attested_on=None)
    network = session.scalars(select(Network).order_by(Network.id)).first()
    assert network is not None
    session.add(Membership(network_id=network.id, practitioner_id=listing.practitioner_id, kind="", since=TODAY))
    session.commit()
    return listing


def ask(client: CheckingClient, address: str = "ann@example.org") -> None:
    """Ask for a link to claim a listing."""
    client.may_get_cookie = True
    answer = client.post_form("/listing/claim", email=address)
    assert (answer.status_code, answer.location) == (303, "/listing/mailed")


def link_for(session: Session) -> str:
    """The secret of a link to claim what is on file under her address."""
    return tokens.give(session, claims.PURPOSE, "ann@example.org", NOW, minutes=30)


def apply(client: CheckingClient, **changed: str) -> TestResponse:
    """Send the form of somebody who applies."""
    client.may_get_cookie = True
    told = {"name": "Bo Example", "email": "bo@example.org", "level": "certified_imago_therapist", "country": "US",
            "locality": "Evanston, Illinois", "language": "en", "network": "", "agreed": "y"} | changed  # fmt: skip
    return client.post_form("/listing/join", **{k: v for k, v in told.items() if v})


APPLYING = {
    "name": "Änn Example", "level": "certified_imago_therapist", "country": "US", "locality": "", "language": "en",
    "network": "", "agreed": "yes",
}  # fmt: skip
"""What somebody says who applies, less their address."""
