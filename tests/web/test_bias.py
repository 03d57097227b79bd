"""In which country a bare place name is looked for first."""

from dataclasses import replace

import pytest
from werkzeug.datastructures import LanguageAccept
from werkzeug.http import parse_accept_header

from referral.config import Config
from referral.web.visitors import country_of
from tests.client import CheckingClient

pytestmark = pytest.mark.usefixtures("config")  # so that each test has a directory of its own


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
        ("de-DE,de;q=0.9", "10115 Berlin, Germany"),
        ("de", "10115 Berlin, Germany"),
        ("en-US", "10115 New York City, New York, United States"),
        ("en", "10115 New York City, New York, United States"),
        ("", "10115 New York City, New York, United States"),
    ],
)
def test_without_a_country_of_the_site_the_visitors_comes_first(
    client: CheckingClient, accepts: str, label: str
) -> None:
    assert first(client, "10115", accepts) == label


@pytest.mark.parametrize(
    ("accepts", "country"),
    [("zh-Hant-TW,zh;q=0.9", "TW"), ("zh-Hant", "TW"), ("zh-Hans", "CN"), ("zh", "CN"), ("sr-Latn-RS", "RS"),
     ("es-419,es;q=0.9,en;q=0.8", "US"), ("es-419,es-MX;q=0.9", "MX"), ("es", "ES"), ("en-001,de;q=0.5", "DE"),
     ("ar-u-nu-latn", "EG"), ("de-CH-1996", "CH"), ("x", "US"), ("tlh-Latn", "US")],
)  # fmt: skip
def test_a_browser_says_its_country_by_a_region_or_a_language(config: Config, accepts: str, country: str) -> None:
    accepted = parse_accept_header(accepts, LanguageAccept)

    assert (country_of(code for code, _quality in accepted) or config.site.home) == country


@pytest.mark.parametrize("config", ["DE"], indirect=True)
def test_the_country_that_is_set_comes_before_the_visitors(client: CheckingClient) -> None:
    assert first(client, "10115", "en-US") == "10115 Berlin, Germany"
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
