"""What a form refuses when it is empty, it says is needed before anybody sends it."""

import re

import pytest

from tests.client import CheckingClient
from tests.make import make_listing
from tests.people import Write

FORMS = {"/listing/claim": 1, "/listing/join": 6, "/therapists/ada-example/write": 2}
"""Where somebody without an account writes -> how many fields must not stay empty."""


def tagged(page: str, mark: str) -> set[str]:
    """The ids of the controls that have this mark."""
    controls = re.findall(r"<(?:input|select|textarea)\b[^>]*>", page)
    return {found[1] for one in controls if mark in one and (found := re.search(r' id="([^"]+)"', one))}


@pytest.mark.parametrize("path", FORMS)
def test_who_hears_a_form_is_told_what_it_needs(client: CheckingClient, write: Write, path: str) -> None:
    write(lambda s: make_listing(s, name="Ada Example", email="ada@example.org"))

    refused = client.post(path, data={})

    needed = tagged(refused.text, 'aria-invalid="true"')
    assert len(needed) == FORMS[path]
    assert needed == tagged(client.get(path).text, 'aria-required="true"')
