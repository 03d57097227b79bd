"""A night that has a geocoder on this machine."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine

from index.embedded import EmbeddedIndex
from referral.nightly.night import Night
from referral.places.geocode import StreetGeocoder
from tests.make import HEAD, NOW
from tests.nightly.lookups import of_a_house
from tests.places.servers import Clock, Server, asking


@pytest.fixture
def server() -> Iterator[Server]:
    with of_a_house() as server:
        yield server


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def geocoder(server: Server, clock: Clock, tmp_path: Path) -> StreetGeocoder:
    return asking(server, clock, tmp_path)


@pytest.fixture
def night(engine: Engine, index: EmbeddedIndex, geocoder: StreetGeocoder) -> Night:
    return Night(engine, index, HEAD, NOW, geocoder=lambda: geocoder)
