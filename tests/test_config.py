"""Where the site is: what is set, else where it is told to be served, else where it last was, else the usual place."""

from pathlib import Path

import pytest

from referral import serving
from referral.config import from_environment

SAID = {"REFERRAL_BASE_URL": "https://directory.example/"}
PORT = {"PORT": "8123"}
HOST = {**PORT, "HOST": "192.0.2.7"}


@pytest.mark.parametrize(
    ("environ", "served", "expected"),
    [
        ({}, "", "http://127.0.0.1:8000"),
        ({}, "http://127.0.0.1:8456", "http://127.0.0.1:8456"),
        (PORT, "http://127.0.0.1:8456", "http://127.0.0.1:8123"),
        (HOST, "", "http://192.0.2.7:8123"),
        ({**SAID, **PORT}, "http://127.0.0.1:8456", "https://directory.example"),
    ],
)
def test_links_lead_to_where_the_site_is(environ: dict[str, str], served: str, expected: str, tmp_path: Path) -> None:
    if served:
        serving.remember(tmp_path, served)

    assert from_environment({**environ, "REFERRAL_DATA": str(tmp_path)}).base_url == expected


def test_a_server_that_may_write_nothing_serves_all_the_same(tmp_path: Path) -> None:
    serving.remember(tmp_path / "nowhere", "http://127.0.0.1:8456")

    assert not (tmp_path / "nowhere").exists()
