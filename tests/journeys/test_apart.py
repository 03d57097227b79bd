"""Two people who live apart, and people who think in the other unit."""

import re
from urllib.parse import urlencode

import pytest
from geopy.distance import geodesic
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from tests.client import CheckingClient
from tests.people import CHICAGO, EVANSTON, make_listing

MILWAUKEE = {"country": "US", "region": "US-WI", "locality": "Milwaukee", "lat": 43.04, "lon": -87.91}
KENOSHA = {"country": "US", "region": "US-WI", "locality": "Kenosha", "lat": 42.58, "lon": -87.82}
APART = "/search?place=4887398&and_near=5263045"
"""One in Chicago, one in Milwaukee, 130 km north of it."""


@pytest.fixture
def lake(client: CheckingClient, engine: Engine) -> CheckingClient:
    """Therapists along the shore between the two cities."""
    with Session(engine) as session:
        make_listing(session, name="Chi Cago", delivery=["in_person"], **CHICAGO)
        make_listing(session, name="Eva Nston", delivery=["in_person"], **EVANSTON)
        make_listing(session, name="Ken Osha", delivery=["in_person"], **KENOSHA)
        make_listing(session, name="Mil Waukee", delivery=["in_person"], **MILWAUKEE)
        session.commit()
    return client


def test_both_are_reached_and_the_longer_way_counts(lake: CheckingClient) -> None:
    found = lake.get("/api/v1" + APART).json
    page = lake.get(APART).text

    assert found["results"][0]["name"] == "Ken Osha"
    far = max(geodesic((42.58, -87.82), (41.85, -87.65)).km, geodesic((42.58, -87.82), (43.04, -87.91)).km)
    assert found["results"][0]["distance_km"] == pytest.approx(far, abs=3)
    assert found["and_near"]["name"] == "Milwaukee"
    assert "within 100\xa0miles of both Chicago and Milwaukee<" in page
    assert "up to 51\xa0miles each" in page or "up to 50\xa0miles each" in page


def test_nearest_first_is_by_the_longer_way(lake: CheckingClient) -> None:
    found = lake.get("/api/v1" + APART + "&radius=322&sort=nearest").json

    assert found["results"][0]["name"] == "Ken Osha"
    ways = [r["distance_km"] for r in found["results"]]
    assert ways == sorted(ways) and len(ways) == 4


def test_the_second_place_is_typed(lake: CheckingClient) -> None:
    answer = lake.get("/search?place=4887398&language=en&and_q=Milwakee")

    assert answer.status_code == 303
    link = answer.headers["Location"]
    assert link == "/search?place=4887398&and_near=5263045&language=en&and_typed=Milwakee"
    page = lake.get(link).text
    assert "We could not place “Milwakee” exactly. Showing Milwaukee, Wisconsin, United States." in page
    assert lake.get("/search?place=4887398&and_q=Kenosha,WI").headers["Location"].count("typed") == 0


def test_the_second_place_offers_what_else_it_may_be(lake: CheckingClient) -> None:
    page = lake.get("/search?place=4887398&and_q=Springfield&delivery=in_person", follow_redirects=True)
    found = lake.get("/api/v1/search?place=4887398&and_q=Springfield").json

    assert "and Springfield<" in page.text and "Or does the other one live in:" in page.text
    labels = [choice["label"] for choice in found["and_choices"]]
    assert "Springfield, Missouri, United States" in labels and found["and_near"]["label"] not in labels
    chosen = lake.get(found["and_choices"][0]["url"])
    assert "and_typed" not in chosen.request.path and "Or does the other one live in:" not in chosen.text


@pytest.mark.parametrize("typed", ["asdfqwer", "Texas", "😀"])
def test_a_second_place_that_is_none_is_said_and_loses_nothing(lake: CheckingClient, typed: str) -> None:
    page = lake.get(f"/search?place=4887398&and_q={typed}")
    said = f"We could not place “{typed}”"

    assert page.status_code == 200 and "Eva Nston" in page.text
    assert page.text.count(f'<a href="#and_q">{said}') == 1
    assert page.text.count(f'id="and_q-wrong">{said}') == 1
    assert page.text.count(said) == 2


def test_a_second_place_that_was_left_empty_is_asked_for_in_our_own_words(lake: CheckingClient) -> None:
    page = lake.get("/search?place=4887398&and_q=&apart=1").text

    assert page.count("Write a town or postcode.") == 2 and 'aria-invalid="true"' in page
    assert 'role="group" aria-label="Where the other one lives"' in page and "novalidate" in page
    assert "Write a town or postcode." not in lake.get("/search?place=4887398").text


def test_filters_are_applied_with_the_second_place_that_is_typed_beside_them(lake: CheckingClient) -> None:
    typed = lake.get("/search?place=4887398&language=en&and_q=Milwaukee")
    changed = lake.get("/search?place=4887398&and_near=4891382&radius=80&and_q=Milwaukee&and_of=Evanston,+Illinois")

    assert typed.headers["Location"] == "/search?place=4887398&and_near=5263045&language=en"
    assert changed.headers["Location"] == "/search?place=4887398&and_near=5263045"


@pytest.mark.parametrize("pressed", ["", "&apart=1"])
def test_a_second_place_is_what_the_page_showed_until_it_is_changed_and_goes_when_it_is_emptied(
    lake: CheckingClient, pressed: str
) -> None:
    there = "/search?place=4887398&and_near=5263045&radius=161&language=en"
    as_it_was = lake.get(f"{there}&and_q=Milwaukee,+Wisconsin&and_of=Milwaukee,+Wisconsin{pressed}")
    emptied = lake.get(f"{there}&and_q=&and_of=Milwaukee,+Wisconsin{pressed}")

    assert as_it_was.headers["Location"] == there
    assert emptied.headers["Location"] == "/search?place=4887398&language=en"
    assert lake.get("/search?place=4887398&and_q=&and_of=").headers["Location"] == "/search?place=4887398"


def test_the_second_place_can_be_taken_away(lake: CheckingClient) -> None:
    assert 'href="/search?place=4887398" rel="nofollow"' in lake.get(APART).text


def test_online_keeps_the_second_place_for_later(lake: CheckingClient) -> None:
    page = lake.get(APART + "&delivery=online")

    assert page.status_code == 200 and "and_near=5263045" in page.text


def test_who_works_online_may_serve_both(lake: CheckingClient, engine: Engine) -> None:
    with Session(engine) as session:
        make_listing(session, name="Illi Nois", delivery=["online"], serves=["US-IL"], **CHICAGO)
        make_listing(session, name="Two States", delivery=["online"], serves=["US-IL", "US-WI"], **CHICAGO)
        make_listing(session, name="All States", delivery=["online"], serves=["US"], **KENOSHA)
        session.commit()

    both = lake.get("/api/v1" + APART + "&delivery=online").json
    alone = lake.get("/api/v1/search?place=4887398&and_near=4891382&delivery=online").json

    assert {r["name"] for r in both["results"]} == {"Two States", "All States"}
    assert both["summary"] == "2 therapists online who may see people in both " + (
        "Chicago, Illinois, United States and Milwaukee, Wisconsin, United States"
    )
    assert {r["name"] for r in alone["results"]} == {"Illi Nois", "Two States", "All States"}  # Evanston: the same law


@pytest.mark.parametrize("where", ["nosuchplace", "US-TX", "999999999"])
def test_a_second_place_nobody_knows_is_left_out(lake: CheckingClient, where: str) -> None:
    found = lake.get(f"/api/v1/search?place=4887398&and_near={where}").json

    assert found["and_near"] is None and found["total"] == 2


def test_distances_are_shown_in_the_unit_asked_for(lake: CheckingClient) -> None:
    miles = lake.get("/search?place=4887398").text
    km = lake.get("/search?place=4887398&unit=km").text

    assert "within 25\xa0miles of" in miles and "within 40\xa0km of" in km
    assert 'href="/search?place=4887398&amp;unit=km"' in miles
    assert 'href="/search?place=4887398"' in km and "unit=km" in km
    assert "\xa0miles" not in km


@pytest.mark.parametrize(
    ("typed", "meant"), [("Springfield", "Springfield, Illinois"), ("Portland", "Portland, "), ("Chicago", "")]
)
def test_the_nearer_of_several_is_meant(lake: CheckingClient, typed: str, meant: str) -> None:
    found = lake.get(f"/api/v1/search?place=4887398&and_q={typed}").json

    assert (found["and_near"] or {"label": ""})["label"].startswith(meant) and bool(meant) == bool(found["and_near"])


def test_a_new_place_keeps_the_other_one_and_the_unit(lake: CheckingClient) -> None:
    answer = lake.get("/search?q=Boston&and_near=5263045&unit=km")

    assert answer.headers["Location"] == "/search?place=4930956&and_near=5263045&unit=km"
    both = lake.get("/search?q=Chicago&and_q=Milwaukee")
    assert both.headers["Location"] == "/search?place=4887398&and_near=5263045"


LONDON, SYDNEY = "2643743", "2147714"


@pytest.fixture
def oceans(client: CheckingClient, engine: Engine) -> CheckingClient:
    """One therapist in London, and one in Sydney who may work online in both countries."""
    london = {"country": "GB", "region": "GB-ENG", "locality": "London", "lat": 51.51, "lon": -0.13}
    sydney = {"country": "AU", "region": "AU-NSW", "locality": "Sydney", "lat": -33.87, "lon": 151.21}
    with Session(engine) as session:
        make_listing(session, name="Lon Don", delivery=["in_person"], **london)
        make_listing(session, name="Syd Ney", delivery=["in_person", "online"], serves=["GB", "AU"], **sydney)
        session.commit()
    return client


def test_two_who_live_too_far_apart_are_led_to_each_alone_and_to_who_may_see_both(oceans: CheckingClient) -> None:
    where = f"?place={LONDON}&and_near={SYDNEY}"
    page, found = oceans.get(f"/search{where}").text, oceans.get(f"/api/v1/search{where}").json

    assert "London and Sydney are about 10,560\xa0miles apart: nobody can be near both of you." in page
    assert "larger place" not in page
    assert [one["label"].partition(",")[0] for one in found["alone"]] == [
        "1 therapist within 25\xa0miles of London", "1 therapist within 40\xa0km of Sydney"
    ]  # fmt: skip
    for one, name in zip(found["alone"], ("Lon Don", "Syd Ney"), strict=True):
        link = one["url"].removeprefix("http://127.0.0.1:8000")
        assert f'href="{link}"' in page
        assert [r["name"] for r in oceans.get("/api/v1" + link).json["results"]] == [name]
    assert [w["kind"] for w in found["wider"]] == ["online"] and found["wider"][0]["results"][0]["name"] == "Syd Ney"


def test_what_two_wish_is_kept_for_each_alone(oceans: CheckingClient) -> None:
    found = oceans.get(f"/api/v1/search?place={LONDON}&and_near={SYDNEY}&language=fr&radius=80&sort=nearest").json

    assert all("language=fr" in one["url"] and "radius" not in one["url"] for one in found["alone"][::2])


def test_what_finds_nobody_is_said_and_is_no_way_on(oceans: CheckingClient) -> None:
    where = f"/search?place={LONDON}&and_near={SYDNEY}&language=fr"
    ways = oceans.get(where).text.partition('<ul class="ways">')[2].partition("</ul>")[0]
    said = [re.sub("<[^>]+>", "", one) for one in ways.split("</li>")[:-1]]

    assert [one.strip().partition(",")[0] for one in said] == [
        "Nobody within 25\xa0miles of London", "1 therapist within 25\xa0miles of London",
        "Nobody within 40\xa0km of Sydney", "1 therapist within 40\xa0km of Sydney",
    ]  # fmt: skip
    assert re.findall('href="([^"]+)"', ways) == [f"/search?place={LONDON}", f"/search?place={SYDNEY}"]


def test_online_too_nobody_may_see_both(client: CheckingClient, engine: Engine) -> None:
    with Session(engine) as session:
        make_listing(session, name="Lon Don", delivery=["online"], serves=["GB"], **CHICAGO)
        session.commit()
    where = f"?place={LONDON}&and_near={SYDNEY}&delivery=online"
    page, found = client.get(f"/search{where}").text, client.get(f"/api/v1/search{where}").json

    assert "Nobody here may see people in both places online." in page
    assert ["1 therapist" in one["label"] for one in found["alone"]] == [True, False]
    assert found["wider"] == []


def test_who_may_meet_half_way_is_not_led_elsewhere(lake: CheckingClient) -> None:
    assert lake.get("/api/v1" + APART).json["alone"] == []


@pytest.mark.parametrize("where", ["5263045", "43.07,-89.4"])
def test_taking_one_of_two_places_away_leaves_the_other(lake: CheckingClient, where: str) -> None:
    page = lake.get(f"/search?place=4887398&and_near={where}&language=en").text

    links = re.findall(r'class="chip" href="([^"]+)"', page)
    kind = "place" if where.isdigit() else "near"
    left = urlencode([(kind, where)]) + "&amp;language=en"
    assert links[:2] == [f"/search?{left}", "/search?place=4887398&amp;language=en"]
