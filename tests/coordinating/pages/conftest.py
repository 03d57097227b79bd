"""A coordinator signed in, with a member and an applicant."""

from datetime import timedelta

import pytest
from sqlalchemy import Engine

from referral import model
from referral.listings.content import Credential
from referral.model import Listing
from tests.client import CheckingClient
from tests.coordinating.people import make_member, make_network
from tests.make import TODAY, make_account
from tests.moderation.people import signed_in
from tests.people import Write


@pytest.fixture
def net(write: Write) -> model.Network:
    network: model.Network = write(make_network)
    return network


@pytest.fixture
def me(client: CheckingClient, engine: Engine, write: Write, net: model.Network) -> CheckingClient:
    account = write(lambda s: make_account(s, "coordinator", email="co@example.org", networks=[net.slug]))
    return signed_in(client, engine, account.id)


@pytest.fixture
def ada(write: Write, net: model.Network) -> Listing:
    """An applicant who agreed."""
    fields = {"name": "Ada Example", "applied": True, "status": "pending", "consented_on": TODAY}
    listing: Listing = write(lambda s: make_member(s, net, **fields))
    return listing


@pytest.fixture
def ben(write: Write, net: model.Network) -> Listing:
    """A member who has been silent for long."""
    papers = [Credential("certified_imago_therapist", "=cmd()", expires_on=TODAY + timedelta(20))]
    old = TODAY - timedelta(70)
    listing: Listing = write(lambda s: make_member(s, net, name="Ben <i>Cole", credentials=papers, attested_on=old))
    return listing
