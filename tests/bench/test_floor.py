"""The floors of the page show what the served page shows, so that their throughput is comparable."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from werkzeug.test import Client

from bench import floor
from tests.client import CheckingClient
from tests.make import make_listings

QUERY = "q=Springfield%2C+Illinois&radius=80"


@pytest.mark.parametrize("kind", [floor.rows, floor.values])
def test_the_same_cards(
    app: Flask, client: CheckingClient, write: Callable[..., Any], kind: Callable[..., Any]
) -> None:
    write(lambda session: make_listings(session, [{"name": "Ada Example"}, {"name": "Ben Example"}]))
    served = client.get(client.get(f"/search?{QUERY}").location).text
    address = client.get(f"/search?{QUERY}").location

    drawn = Client(floor.floor(app, kind(app, [address]))).get(address).text

    assert cards(drawn) == cards(served)
    assert len(cards(drawn)) == 2


def cards(page: str) -> list[str]:
    """The cards of a page of results, as they were drawn."""
    return re.findall(r"<article.*?</article>", page, re.S)
