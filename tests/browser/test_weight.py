"""How much of a first view comes over the wire, as the browser counts it: every answer with its headers."""

from typing import Any

import pytest

from tests.live import PHONE

pytestmark = pytest.mark.browser

LARGEST = 58_000
"""Bytes: 60 kB are promised (docs/design.md)."""

PAGES = (
    "/", "/search?q=New+York", "/search?in=US", "/de/search?q=Berlin&radius=500", "/fr/search?q=Paris&radius=500",
    "/nl/search?q=Amsterdam&radius=500", "/ar/search?in=US",
)  # fmt: skip


def weight(chromium: Any, address: str) -> int:
    """Bytes of all that a phone fetches for a page that it never saw before."""
    context = chromium.new_context(viewport=PHONE)
    page = context.new_page()
    wire, came = context.new_cdp_session(page), []
    wire.send("Network.enable")
    wire.on("Network.loadingFinished", lambda event: came.append(event["encodedDataLength"]))
    page.goto(address)
    page.wait_for_load_state("networkidle")
    page.wait_for_timeout(300)
    context.close()
    return int(sum(came))


def test_a_first_view_without_the_map_is_light(chromium: Any, full_site: str) -> None:
    heavy = {path: found for path in PAGES if (found := weight(chromium, full_site + path)) > LARGEST}

    assert heavy == {}
