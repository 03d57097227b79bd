"""A small directory that the journeys of visitors begin in."""

from collections.abc import Iterator

import pytest
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from tests.client import CheckingClient
from tests.people import CHICAGO, EVANSTON, TORONTO, make_listing
from tests.standing import is_shared


@pytest.fixture
def chicago(client: CheckingClient, request: pytest.FixtureRequest) -> Iterator[CheckingClient]:
    """A directory with four people around Chicago and one in Toronto who works online."""
    if is_shared(request.fixturenames):
        with request.getfixturevalue("standing").directory("chicago", _people) as app:
            yield app.test_client()
    else:
        _people(request.getfixturevalue("engine"))
        yield client


def _people(engine: Engine) -> None:
    with Session(engine) as session:
        make_listing(session, name="Ana Ruiz", languages=["es", "en"], delivery=["in_person"], **CHICAGO)
        make_listing(session, name="Ben Cole", languages=["en"], delivery=["in_person", "online"], **CHICAGO)
        make_listing(session, name="Cara Dunn", languages=["en", "es"], delivery=["in_person"], **EVANSTON)
        make_listing(session, name="Dov Levi", languages=["he"], delivery=["in_person"], status="paused", **CHICAGO)
        make_listing(
            session, name="Eve Roy", languages=["fr"], delivery=["online"], serves=["CA-ON", "US-IL"], **TORONTO
        )
        session.commit()
