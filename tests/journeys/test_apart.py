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


@pytest.mark.parametrize("typed", ["asdfqwer", "Illinois", "😀"])
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


def test_two_too_far_apart_are_told_a_distance_that_is_offered_elsewhere(oceans: CheckingClient) -> None:
    miles = oceans.get(f"/search?place={LONDON}&and_near={SYDNEY}").text
    km = oceans.get(f"/search?place={LONDON}&and_near={SYDNEY}&unit=km").text

    assert "within 300\xa0miles of both London and Sydney" in miles and "311" not in miles
    assert "within 500\xa0km of both London and Sydney" in km


PORTLANDS = "/search?place=4975802&and_near=5746545"


def test_of_two_towns_of_one_name_the_region_is_said(lake: CheckingClient) -> None:
    page = lake.get(PORTLANDS).text

    assert "of both Portland, Maine and Portland, Oregon" in page
    assert "Portland, Maine and Portland, Oregon are about" in page
    assert "<span>Portland, Maine</span>" in page and "<span>and Portland, Oregon</span>" in page


def test_a_postcode_of_the_other_one_offers_those_of_other_countries(lake: CheckingClient) -> None:
    found = lake.get("/api/v1/search?place=4887398&and_q=10115").json
    page = lake.get("/search?place=4887398&and_q=10115", follow_redirects=True).text

    assert found["and_near"]["label"].startswith("10115 New York City")
    assert "10115 Berlin, Germany" in [choice["label"] for choice in found["and_choices"]]
    assert "Or does the other one live in:" in page and "10115 Berlin, Germany" in page


BOSTON, TEL_AVIV = "4930956", "293397"


@pytest.fixture
def abroad(client: CheckingClient, engine: Engine) -> CheckingClient:
    """One therapist in Boston, one in Israel, and one who may work online in both, as well as in Texas and Ohio."""
    boston = {"country": "US", "region": "US-MA", "locality": "Boston", "lat": 42.36, "lon": -71.06}
    israel = {"country": "IL", "region": "IL-TA", "locality": "Tel Aviv", "lat": 32.08, "lon": 34.78}
    with Session(engine) as session:
        make_listing(session, name="Bos Ton", delivery=["in_person"], **boston)
        make_listing(session, name="Tel Aviv", delivery=["in_person"], **israel)
        make_listing(session, name="Both Ways", delivery=["online"], serves=["US", "IL"], **boston)
        session.commit()
    return client


SAID = "You named no town there ({}), so we looked for who may see both of you online."


@pytest.mark.parametrize(
    ("line", "link", "summary", "said"),
    [("me in Boston, him in Israel", f"/search?place={BOSTON}&and_near=IL&delivery=online",
      "Boston, Massachusetts, United States and Israel", "Israel"),
     ("Boston and Israel", f"/search?place={BOSTON}&and_near=IL&delivery=online",
      "Boston, Massachusetts, United States and Israel", "Israel"),
     ("Israel and Boston", f"/search?in=IL&and_near={BOSTON}&delivery=online",
      "Israel and Boston, Massachusetts, United States", "Israel"),
     ("one of us in Texas, the other in Ohio", "/search?in=US-TX&and_near=US-OH&delivery=online",
      "Texas, United States and Ohio, United States", "Texas or Ohio")],
)  # fmt: skip
def test_of_two_one_may_be_known_by_country_or_region_alone(
    abroad: CheckingClient, line: str, link: str, summary: str, said: str
) -> None:
    page = abroad.get("/search", query_string={"q": line}, follow_redirects=True)
    found = abroad.get("/api/v1/search", query_string={"q": line}).json

    assert page.request.full_path.partition("&typed=")[0] == link
    assert found["summary"] == "1 therapist online who may see people in both " + summary
    assert [r["name"] for r in found["results"]] == ["Both Ways"]
    assert SAID.format(said) in page.text


def test_who_names_a_country_for_the_other_one_is_led_to_each(abroad: CheckingClient) -> None:
    answer = abroad.get(f"/search?place={BOSTON}&and_q=Israel")
    link = f"/search?place={BOSTON}&and_near=IL&delivery=online"
    page, found = abroad.get(link).text, abroad.get("/api/v1" + link).json

    assert (answer.status_code, answer.headers["Location"]) == (303, link)
    assert SAID.format("Israel") in page
    assert [one["label"] for one in found["alone"]] == [
        "2 therapists within 25\xa0miles of Boston, Massachusetts, United States", "1 therapist in Israel",
        "1 therapist online who may see people in Boston, Massachusetts, United States",
        "1 therapist online who may see people in Israel",
    ]  # fmt: skip
    for one in found["alone"]:
        away = one["url"].removeprefix("http://127.0.0.1:8000")
        assert f'href="{away}"'.replace("&", "&amp;") in page and "and_near" not in away


def test_taking_away_one_of_two_leaves_the_country(abroad: CheckingClient) -> None:
    page = abroad.get(f"/search?place={BOSTON}&and_near=IL&delivery=online").text

    links = re.findall(r'class="chip" href="([^"]+)"', page)
    assert links[:2] == ["/search?in=IL&amp;delivery=online", f"/search?place={BOSTON}&amp;delivery=online"]


def test_a_country_counts_for_two_who_meet_online_alone(abroad: CheckingClient) -> None:
    where = f"?place={BOSTON}&and_near=IL&delivery=in_person"
    found, page = abroad.get("/api/v1/search" + where).json, abroad.get("/search" + where).text

    assert (found["and_near"], [r["name"] for r in found["results"]]) == (None, ["Bos Ton"])
    assert "You named no town there (Israel), so we looked for one place alone: Boston, Massachusetts" in page
    label = "1 therapist online who may see people in both Boston, Massachusetts, United States and Israel"
    assert f'href="/search?place={BOSTON}&amp;and_near=IL&amp;delivery=online">{label}</a>' in page


@pytest.mark.parametrize("where", [f"place={BOSTON}&and_near=IL", f"in=IL&and_near={BOSTON}"])
def test_who_named_a_country_may_name_a_town(abroad: CheckingClient, where: str) -> None:
    page = abroad.get(f"/search?{where}&delivery=online&language=en").text
    form = page[page.index('<details class="facet apart"') : page.index("Search for both")]

    assert 'name="and_q"' in form and 'name="and_of"' in form
    was = f"/search?place={BOSTON}&and_near=IL&delivery=online&language=en&and_of=Israel"
    town = abroad.get(was + "&and_q=Tel+Aviv").headers["Location"]
    assert town == f"/search?place={BOSTON}&and_near={TEL_AVIV}&language=en"
    whole = abroad.get("/search?in=IL&language=en&and_q=Boston").headers["Location"]
    assert whole.startswith(f"/search?in=IL&and_near={BOSTON}&delivery=online&language=en")


def test_who_finds_nobody_for_both_is_not_told_of_one_alone_as_if_it_were(abroad: CheckingClient) -> None:
    found = abroad.get(f"/api/v1/search?place={BOSTON}&and_near=FR&delivery=online").json

    assert (found["total"], found["widened"]) == (0, [])
    assert len(found["alone"]) == 4


def test_both_in_all_of_a_large_country_is_said_to_be_by_state(abroad: CheckingClient) -> None:
    page = abroad.get(f"/search?place={TEL_AVIV}&and_near=US&delivery=online").text

    assert "Most of them may see people in some parts of the United States alone." in page


def test_beside_a_region_a_place_that_is_none_is_asked_for_again(abroad: CheckingClient) -> None:
    page = abroad.get("/search?in=IL&and_q=asdfqwer").text

    assert '<a href="#and_q">We could not place “asdfqwer”' in page and 'id="and_q"' in page
