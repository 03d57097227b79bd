"""In which country a bare place name is looked for first."""

from dataclasses import replace

import pytest

from referral.config import Config
from tests.client import CheckingClient


@pytest.fixture
def config(config: Config, request: pytest.FixtureRequest) -> Config:
    """The settings, with the country the test sets."""
    return replace(config, site=replace(config.site, country=getattr(request, "param", "")))


def first(client: CheckingClient, line: str, accepts: str) -> str:
    found = client.get("/api/v1/places", query_string={"q": line}, headers={"Accept-Language": accepts}).get_json()
    return str(found[0]["label"])


@pytest.mark.parametrize(
    ("accepts", "label"),
    [
        ("de-DE,de;q=0.9", "10115 Berlin, State of Berlin, Germany"),
        ("de", "10115 Berlin, State of Berlin, Germany"),
        ("en-US", "10115 New York City, New York, United States"),
        ("en", "10115 New York City, New York, United States"),
        ("", "10115 New York City, New York, United States"),
    ],
)
def test_without_a_country_of_the_site_the_visitors_comes_first(
    client: CheckingClient, accepts: str, label: str
) -> None:
    assert first(client, "10115", accepts) == label


@pytest.mark.parametrize("config", ["DE"], indirect=True)
def test_the_country_that_is_set_comes_before_the_visitors(client: CheckingClient) -> None:
    assert first(client, "10115", "en-US") == "10115 Berlin, State of Berlin, Germany"
    assert first(client, "Frankfurt", "en-US").startswith("Frankfurt am Main")


@pytest.mark.parametrize("config", ["", "DE"], indirect=True)
def test_a_country_in_the_line_comes_before_both(client: CheckingClient) -> None:
    assert first(client, "10115 USA", "de-DE") == "10115 New York City, New York, United States"
    assert first(client, "Paris, Texas", "fr-FR") == "Paris, Texas, United States"


@pytest.mark.parametrize("config", ["US"], indirect=True)
def test_who_needs_help_is_shown_the_numbers_of_their_own_country(client: CheckingClient) -> None:
    path = "/questions/when-is-couple-therapy-not-the-right-first-step"
    page = client.get(path, headers={"Accept-Language": "en-GB"}).text

    assert "Samaritans" in page or "0808" in page
