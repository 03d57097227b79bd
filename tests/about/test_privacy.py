"""The page about privacy says of the connection what is so."""

from dataclasses import replace

import pytest
from sqlalchemy import Engine

from referral import create_app
from referral.config import Config
from tests.conftest import NOW


@pytest.mark.parametrize(
    ("base_url", "said", "unsaid"),
    [
        ("https://imago.example", "The connection is encrypted", "not encrypted"),
        ("http://localhost:8000", "The connection to this site is not encrypted", "The connection is encrypted"),
    ],
)
def test_it_says_whether_the_connection_is_encrypted(
    config: Config, engine: Engine, base_url: str, said: str, unsaid: str
) -> None:
    app = create_app(replace(config, base_url=base_url, trusted_hosts=("localhost",)), now=lambda: NOW)

    page = app.test_client().get("/about/privacy", base_url="http://localhost").text

    assert said in page and unsaid not in page
    app.extensions["referral"].engine.dispose()
