"""A network and who coordinates it."""

import pytest
from sqlalchemy.orm import Session

from referral.accounts.permissions import Actor
from referral.model import Network
from tests.coordinating.people import coordinator_of, make_network


@pytest.fixture
def net(session: Session) -> Network:
    """A network with nobody in it."""
    return make_network(session)


@pytest.fixture
def me(session: Session, net: Network) -> Actor:
    """Its coordinator."""
    return coordinator_of(session, net)
