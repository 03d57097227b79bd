"""Which networks are responsible where: overlaps, parts, and a stated fallback for every country."""

import csv

import pytest
from sqlalchemy.orm import Session

from referral.model import Network
from referral.networks import areas, rosters
from referral.networks.rosters import FACTS
from referral.places.continents import continent_of
from tests.client import CheckingClient


@pytest.fixture
def networks(session: Session) -> list[Network]:
    """The real networks, loaded as `setup` does."""
    rosters.load(session)
    return list(areas.all_networks(session))


def slugs(found: tuple[Network, ...]) -> list[str]:
    return [n.slug for n in found]


def test_a_region_has_its_own_network_and_its_countrys(networks: list[Network]) -> None:
    found = areas.networks_for(networks, "CA-ON")

    assert [n.level for n in found.own] == sorted((n.level for n in found.own), key=areas._NEAREST_FIRST.index)
    assert {"regional", "national"} <= {n.level for n in found.own}
    assert found.fallback == ()


@pytest.mark.parametrize(("part", "country"), [("GL", "DK"), ("RE", "FR"), ("PR", "US")])
def test_a_territory_has_the_networks_of_the_country_it_belongs_to(
    networks: list[Network], part: str, country: str
) -> None:
    found = areas.networks_for(networks, part)

    assert set(slugs(areas.networks_for(networks, country).own)) >= set(slugs(found.own)) != set()
    assert {a.code for n in found.own for a in n.areas} >= {country}


@pytest.mark.parametrize(("part", "country"), [("TW", "CN"), ("PS", "IL"), ("XK", "RS")])
def test_whose_country_is_disputed_is_led_to_no_others_network(
    networks: list[Network], part: str, country: str
) -> None:
    assert country not in {a.code for n in areas.networks_for(networks, part).own for a in n.areas}


def test_every_country_has_a_network_or_a_stated_fallback(networks: list[Network]) -> None:
    from referral.places.continents import _by_country

    for code in _by_country():
        found = areas.networks_for(networks, code)
        assert bool(found.own) != bool(found.fallback), code


def test_a_part_is_not_responsible_for_the_whole(networks: list[Network]) -> None:
    assert not [n for n in areas.networks_for(networks, "US").own if n.level == "city"]
    assert [n.level for n in areas.networks_within(networks, "US")]


def test_loading_twice_changes_nothing_but_the_clock(session: Session, networks: list[Network]) -> None:
    before = {n.slug: (n.id, n.public_id, tuple(a.code for a in n.areas)) for n in networks}

    rosters.load(session)

    assert {n.slug: (n.id, n.public_id, tuple(a.code for a in n.areas)) for n in areas.all_networks(session)} == before


def test_every_published_fact_has_a_source_and_a_date() -> None:
    with FACTS.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))

    assert len(rows) >= 15
    for row in rows:
        assert row["source_url"].startswith("http") and row["checked_on"] and row["confidence"] in ("high", "medium")


def test_every_area_lies_on_a_continent() -> None:
    with FACTS.open(encoding="utf-8", newline="") as file:
        codes = {c for r in csv.DictReader(file) for c in r["areas"].split(";") if c}

    assert {c for c in codes if not continent_of(c[:2])} == set()


def test_every_network_has_a_whole_page(client: CheckingClient) -> None:
    for found in client.get("/api/v1/networks").json:
        page = client.get(f"/networks/{found['slug']}")
        assert page.status_code == 200
        assert found["source_url"] in page.text.replace("&amp;", "&")
        assert "November 2026" in page.text


def test_a_network_that_is_not_there_is_404(client: CheckingClient) -> None:
    assert client.get("/networks/nobody").status_code == 404
    assert client.get("/networks/in/QQ").status_code == 404


def test_a_region_leads_to_its_country(client: CheckingClient) -> None:
    assert client.get("/networks/in/us-il").headers["Location"] == "/networks/in/US"
    assert client.get("/networks/in/US-ZZ").status_code == 404


def test_a_country_without_a_network_names_whom_to_ask(client: CheckingClient) -> None:
    page = client.get("/networks/in/IS").text

    assert "Imago International Training Institute" in page


def test_no_published_email_stands_whole_in_a_page(client: CheckingClient) -> None:
    for path in ("/", "/networks/imago-relationships-north-america"):
        assert "training@imagorelationships.org" not in client.get(path).text
