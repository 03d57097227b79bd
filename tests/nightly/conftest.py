"""A night without a geocoder."""

import pytest
from sqlalchemy import Engine

from index.embedded import EmbeddedIndex
from referral.nightly.night import Night
from tests.make import HEAD, NOW


@pytest.fixture
def night(engine: Engine, index: EmbeddedIndex) -> Night:
    return Night(engine, index, HEAD, NOW)
