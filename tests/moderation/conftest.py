"""What the pages of moderators are tested with: one who is signed in, and somebody who is listed."""

import pytest
from sqlalchemy import Engine

from referral import model
from tests.client import CheckingClient
from tests.make import make_account, make_listing
from tests.moderation.people import signed_in
from tests.people import Write


@pytest.fixture
def moderator(client: CheckingClient, engine: Engine, write: Write) -> CheckingClient:
    return signed_in(client, engine, write(lambda s: make_account(s, "moderator", email="mod@example.org")).id)


@pytest.fixture
def ada(write: Write) -> model.Listing:
    listing: model.Listing = write(lambda s: make_listing(s, name="Ada Example"))
    return listing
