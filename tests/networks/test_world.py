"""The networks of the world: every country has one or is told whom to ask; a typed place finds those responsible."""

from datetime import date

import pytest
from flask import Flask
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from referral.model import Area, LinkCheck, Network, Report
from referral.networks import areas, asking, rosters
from referral.places.continents import NOT_ISO, countries
from referral.places.gazetteer import Gazetteer
from referral.workshops import publishing
from tests.client import CheckingClient
from tests.make import NOW, TODAY, make_listing
from tests.workshops.test_publishing import PLAN, WEEKEND

INSTITUTE = "Imago International Training Institute"
ISO = [code for code in countries() if code not in NOT_ISO]


@pytest.fixture
def networks(session: Session) -> list[Network]:
    rosters.load(session)
    return list(areas.all_networks(session))


def slugs(client: CheckingClient, place: str) -> list[str]:
    return [n["slug"] for n in client.get(f"/api/v1/networks?q={place}").json["networks"]]


def test_each_of_the_249_countries_has_a_network_or_is_told_whom_to_ask(networks: list[Network]) -> None:
    assert len(ISO) == 249

    for code in ISO:
        told = asking.told(networks, code, lambda _code: "")
        assert bool(told.own) != bool(told.sentence), code
        assert told.own or (INSTITUTE in told.sentence and told.fallback), code


def test_the_continental_network_comes_before_the_worldwide_one(networks: list[Network]) -> None:
    told = asking.told(networks, "MX", lambda _code: "")

    assert [n.level for n in told.fallback] == ["continental", "international", "international"]
    assert told.sentence.startswith("We know of no network in Mexico. Imago Relationships North America works on")
    assert not any(n.fallback for n in told.fallback)  # the sentence has said so of all of them


def test_a_place_without_a_network_is_told_whom_to_ask_instead(client: CheckingClient) -> None:
    with_one, without = (client.get(f"/networks?q={place}").text for place in ("Graz", "Iceland"))

    assert "Responsible for Graz" in with_one and "Whom to ask" not in with_one
    assert "Whom to ask in Iceland" in without and "Responsible for Iceland" not in without


def test_a_country_where_nobody_is_listed_leads_to_who_meets_online(client: CheckingClient) -> None:
    assert "/search?delivery=online&amp;in=FO" in client.get("/networks/in/FO").text


def test_every_country_stands_on_the_world_page(client: CheckingClient) -> None:
    page = client.get("/networks").text

    assert [code for code in ISO if f'href="/networks/in/{code}"' not in page] == []


@pytest.mark.parametrize(
    ("place", "found"),
    [
        ("Montréal", ["airt-ontario-quebec", "imago-canada", "imago-relationships-north-america"]),
        ("Vancouver, British Columbia", ["imago-canada", "imago-relationships-north-america"]),
        ("Austin, Texas", ["imagotexas", "imago-relationships-north-america"]),
        ("Washington, DC", ["imago-center-washington-dc", "imago-relationships-north-america"]),
        ("Graz", ["imago-austria"]),
        ("Austria", ["imago-austria"]),
        ("Durban", ["kzn-imago", "imago-africa", "imago-training-south-africa"]),
    ],
)
def test_a_place_finds_all_who_are_responsible_the_nearest_first(
    client: CheckingClient, place: str, found: list[str]
) -> None:
    assert slugs(client, place) == found


def test_where_nobody_is_those_who_speak_the_language_are_named_too(client: CheckingClient) -> None:
    answer = client.get("/api/v1/networks?q=Hamburg").json

    assert [n["slug"] for n in answer["networks"]][:2] == ["imago-austria", "imago-international-training-institute"]
    assert answer["said"].startswith("We know of no network in Germany.")
    page = client.get("/networks?q=Hamburg")
    assert "Elsewhere, in a language spoken here" in page.text
    assert page.headers["Cache-Control"] == "private, no-store"


def test_a_language_community_is_an_overlap(session: Session, networks: list[Network]) -> None:
    facts = {"level": "language", "source_url": "https://example.org", "checked_on": TODAY, "confidence": "high"}
    everywhere = Network(slug="german", name="German-speaking", languages=["de"], areas=[], **facts)
    named = Network(slug="alps", name="Alps", languages=["de"], areas=[Area(code="AT"), Area(code="LI")], **facts)
    every = [*networks, everywhere, named]

    found = {code: [n.slug for n in areas.networks_for(every, code).own] for code in ("AT", "DE", "LI", "FR")}

    assert found == {
        "AT": ["imago-austria", "alps", "german"],
        "DE": ["german"],
        "LI": ["alps", "german"],
        "FR": ["imago-france"],
    }


def test_regions_are_named_in_the_language_of_the_page_where_it_has_names(client: CheckingClient) -> None:
    german, hebrew = (client.get(f"/{code}/networks?q=Linz").text for code in ("de", "he"))

    assert "Linz, Oberösterreich, Österreich" in german and "Upper Austria" not in german
    assert "לינץ, Upper Austria, אוסטריה" in hebrew, "of Upper Austria nobody has said: in English"
    assert "אונטריו" in client.get("/he/networks/airt-ontario-quebec").text


@pytest.mark.parametrize("typed", ["qwrtzxcvb", "a" * 5000, "<script>"])
def test_what_is_no_place_is_said_kindly(client: CheckingClient, typed: str) -> None:
    page = client.get("/networks", query_string={"q": typed})

    assert page.status_code == 200 and "We could not place" in page.text


def test_an_ambiguous_place_offers_the_others(client: CheckingClient) -> None:
    page = client.get("/networks?q=Springfield").text

    assert "Springfield elsewhere:" in page and "/networks?q=Springfield%2C" in page


def test_the_page_of_a_network_speaks_its_own_language_first(client: CheckingClient) -> None:
    page = client.get("/networks/imago-austria").text

    assert '<h1 dir="auto" lang="de">Imago Österreich</h1>' in page
    assert '<bdi lang="de">Deutsch</bdi>' in page and '<bdi lang="de">Imago-Instruktor</bdi>' in page


def test_its_links_say_when_they_were_looked_at(client: CheckingClient, engine: Engine) -> None:
    with Session(engine) as session:
        known = {"https://imagoaustria.at": True, "https://imagoaustria.at/community-1/chronik": False}
        session.add_all(
            LinkCheck(url=url, checked_on=date(2026, 11, 20), works=works, said="x") for url, works in known.items()
        )
        session.commit()

    page = client.get("/networks/imago-austria").text

    assert 'answered on <time datetime="2026-11-20">' in page and "did not answer on" in page
    assert "not checked" not in client.get("/networks/imago-suisse").text


def test_parents_parts_and_neighbours_are_linked(client: CheckingClient) -> None:
    canada, ontario = (client.get(f"/networks/{s}").text for s in ("imago-canada", "airt-ontario-quebec"))

    assert "/networks/airt-ontario-quebec" in canada and "/networks/imago-relationships-north-america" in canada
    assert "Part of" in ontario and "/networks/imago-canada" in ontario


def test_its_people_come_from_the_index_with_links_into_the_search(client: CheckingClient, engine: Engine) -> None:
    with Session(engine) as session:
        make_listing(session, name="Ada Wien", country="AT", region="AT-9", locality="Wien", languages=["de"])
        make_listing(session, name="Ben Graz", country="AT", region="AT-6", locality="Graz", languages=["de", "en"])
        make_listing(session, name="Cleo Bern", country="CH", region="CH-BE", locality="Bern")
        session.commit()

    page = client.get("/networks/imago-austria").text
    found = [r["name"] for r in client.get("/api/v1/search?in=AT").json["results"]]

    assert page.index(found[0]) < page.index(found[1]) and "Cleo Bern" not in page
    assert '/search?in=AT"' in page and "/search?in=AT&amp;language=en" in page


def test_its_workshops_and_those_of_its_parts_stand_on_it(client: CheckingClient, engine: Engine) -> None:
    with Session(engine) as session:
        id = session.scalars(select(Network.id).where(Network.slug == "airt-ontario-quebec")).one()
        publishing.add(session, PLAN, [WEEKEND], NOW, network_id=id)
        session.commit()

    assert PLAN.title in client.get("/networks/airt-ontario-quebec").text
    assert PLAN.title in client.get("/networks/imago-canada").text
    assert PLAN.title not in client.get("/networks/imago-austria").text
    assert PLAN.title in client.get("/networks/in/AT").text


def test_what_a_network_trains_people_in_stands_apart_and_only_where_it_is_known(client: CheckingClient) -> None:
    romania, kzn = (client.get(f"/networks/{slug}").text for slug in ("imago-romania", "kzn-imago"))
    arabic = client.get("/ar/networks/airta").text

    training = romania[romania.index("Training for professionals") :]
    assert "<li>training of therapists since 2016</li>" in training and "couples workshop" not in training
    assert "Training for professionals" not in kzn
    assert "<li>تدريب المعالجين</li>" in arabic and ";" not in arabic[arabic.index("<main") :].split("</dl>")[0]
    every = {n["slug"]: n for n in client.get("/api/v1/networks").json}
    assert every["imago-romania"]["training"] == "training of therapists since 2016"
    assert every["imago-romania"]["offers"] == "couples workshop; national conference"


def test_who_knows_better_tells_the_moderators(client: CheckingClient, engine: Engine) -> None:
    path = "/networks/imago-suisse/report"
    assert path in client.get("/networks/imago-suisse").text and client.get(path).status_code == 200

    empty = client.post(path, data={"message": "", "reply_to": "v@example.org"})
    sent = client.post(path, data={"message": "It has a new address.", "reply_to": "v@example.org"})

    assert (empty.status_code, sent.status_code) == (400, 303) and 'value="v@example.org"' in empty.text
    assert client.get(sent.location).status_code == 200
    with Session(engine) as session:
        one = session.scalars(select(Report)).one()
        assert (one.message, one.listing_id, one.network_id is not None) == ("It has a new address.", None, True)
    assert client.get("/networks/nobody/report").status_code == 404


def test_who_tells_too_often_waits(app: Flask) -> None:
    def send() -> int:
        there = {"REMOTE_ADDR": "203.0.113.7"}
        path = "/networks/imago-suisse/report"
        return app.test_client().post(path, data={"message": "Wrong."}, environ_base=there).status_code

    assert [send() for _ in range(6)] == [303] * 5 + [429]


def test_only_who_bears_the_name_is_offered_instead(networks: list[Network], gazetteer: Gazetteer) -> None:
    told = asking.answer(networks, "New York", gazetteer, lambda _code: "", country="US")
    around = asking.answer(networks, "Luzern", gazetteer, lambda _code: "", country="CH")

    assert told and [choice.label for choice in told.choices] == ["New York, United States"]
    assert around and around.choices == ()


def test_a_namesake_is_offered_by_where_it_is(client: CheckingClient) -> None:
    page = client.get("/networks?q=Springfield", headers={"Accept-Language": "en-US"}).text

    assert "Springfield elsewhere:" in page and ">Illinois</a>" in page


def test_a_network_that_does_not_know_the_area_is_not_said_to(client: CheckingClient) -> None:
    with_one, without = (client.get(f"/search?in={country}").text for country in ("AT", "IS"))

    assert "Who else knows this area" in with_one and "Who else to ask" not in with_one
    assert "Who else to ask" in without and "Who else knows this area" not in without
