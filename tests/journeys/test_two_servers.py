"""Two servers over one folder: what is said at one is true at the other at once, also where pages are kept drawn."""

from collections.abc import Iterator

import pytest
from flask import Flask
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from referral import create_app
from referral.config import Config
from tests.accounts.people import signed_in_as
from tests.client import CheckingClient
from tests.make import NOW, make_listing
from tests.people import CHICAGO

PAGES = (
    "/search?place=4887398",
    "/search?in=US",
    "/api/v1/search?place=4887398",
    "/api/v1/map?place=4887398",
    "/api/v1/therapists/annexample",
    "/therapists/ann-example",
    "/shortlist?t=annexample",
    "/sitemap/therapists-1.xml",
)
"""Where a visitor meets her."""


@pytest.fixture
def other(config: Config, app: Flask) -> Iterator[Flask]:
    """A second server over the database of the first."""
    second = create_app(config, now=lambda: NOW)
    second.test_client_class = CheckingClient
    yield second
    second.extensions["referral"].engine.dispose()


def seen(app: Flask) -> dict[str, bool]:
    """Page -> whether she stands on it."""
    client = app.test_client()
    answers = {path: client.get(path) for path in PAGES}
    return {path: one.status_code == 200 and "Ann Example" in one.text for path, one in answers.items()} | {
        path: one.status_code == 200 and "ann-example" in one.text
        for path, one in answers.items()
        if path.startswith(("/api/v1/map", "/sitemap"))
    }


def test_a_pause_at_one_server_is_a_pause_at_the_other(
    app: Flask, other: Flask, client: CheckingClient, engine: Engine
) -> None:
    with Session(engine) as session:
        listing = make_listing(session, name="Ann Example", public_id="annexample", **CHICAGO)
        number = listing.practitioner_id
        session.commit()
    ann = signed_in_as(client, engine, email="ann@example.org", practitioner_id=number)
    told = [[seen(app), seen(other), seen(other)]]

    ann.post_form("/listing/pause")
    told.append([seen(other), seen(app)])
    ann.post_form("/listing/resume")
    told.append([seen(other), seen(app)])

    assert [{all(one.values()) for one in some} for some in told] == [{True}, {False}, {True}]
    assert [{any(one.values()) for one in some} for some in told] == [{True}, {False}, {True}]
