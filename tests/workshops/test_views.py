"""The pages of workshops: what is on, one of them, its calendar file, the JSON."""

import json
import re
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from flask import Flask
from icalendar import Calendar
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from referral import create_app
from referral.config import Config
from referral.model import Workshop
from referral.workshops import publishing
from referral.workshops.planning import Dates, repeated
from tests.client import CheckingClient
from tests.make import NOW, make_listing
from tests.workshops.test_publishing import PLAN, WEEKEND

VIENNA = "A weekend for two"
Make = Callable[..., str]


@pytest.fixture
def make(app: Flask, engine: Engine) -> Make:
    """Publish a workshop, with other words or dates; its slug."""

    def made(dates: list[Dates] | None = None, demonstration: bool = False, **fields: Any) -> str:
        with Session(engine) as session:
            plan = replace(PLAN, **fields)
            rows = publishing.add(session, plan, dates or [WEEKEND], NOW, network_id=None, demonstration=demonstration)
            session.commit()
            return rows[0].slug

    return made


def titles(client: CheckingClient, query: str) -> list[str]:
    return [row["title"] for row in client.get(f"/api/v1/workshops?{query}").json["results"]]


def test_a_town_finds_what_is_around_it_and_what_is_online(client: CheckingClient, make: Make) -> None:
    make()
    make(title="In Graz", locality="Graz", lat=47.07, lon=15.44)
    make(title="Online", online=True, locality="", country="", lat=None, lon=None)

    assert titles(client, "q=Baden,+Austria") == [VIENNA, "Online"]
    assert titles(client, "q=Baden,+Austria&how=in_person") == [VIENNA]
    assert titles(client, "q=Baden,+Austria&how=online") == ["Online"]
    assert titles(client, "q=Austria&how=in_person") == [VIENNA, "In Graz"]
    page = client.get("/workshops?q=Baden,+Austria")
    assert "1 workshop near Baden" in page.text and page.headers["Cache-Control"] == "private, no-store"


def test_where_there_is_none_the_nearest_are_shown_and_said_to_be(client: CheckingClient, make: Make) -> None:
    make()

    page = client.get("/workshops?q=Tokyo").text

    assert "Nothing near Tokyo" in page and VIENNA in page


def test_the_page_says_which_place_it_took_before_it_names_others(client: CheckingClient, make: Make) -> None:
    make()

    page = client.get("/workshops?q=Springfield").text

    assert page.index("Nothing near Springfield, ") < page.index("Springfield elsewhere:")


def test_only_who_bears_the_name_is_offered_instead(client: CheckingClient, make: Make) -> None:
    make()

    page = client.get("/workshops?q=Luzern", headers={"Accept-Language": "de-CH"}).text

    assert "asks-back" not in page


def test_a_place_is_called_as_the_page_speaks(client: CheckingClient, make: Make) -> None:
    slug = make()

    there = "וינה, אוסטריה"
    assert there in client.get("/he/workshops").text and there in client.get(f"/he/workshops/{slug}").text


def test_a_place_that_is_none_is_said(client: CheckingClient, make: Make) -> None:
    make()

    page = client.get("/workshops?q=qwrtzxcvb").text

    assert "We could not place “qwrtzxcvb”" in page and VIENNA in page


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("from=2027-01-10", True),
        ("from=2027-01-11", False),
        ("to=2027-01-09", True),
        ("to=2027-01-08", False),
        ("language=de", True),
        ("language=fr", False),
        ("programme=couples", True),
        ("programme=singles", False),
        ("programme=karaoke", True),
    ],
)
def test_days_language_and_programme_narrow(client: CheckingClient, make: Make, query: str, found: bool) -> None:
    make()

    assert titles(client, query) == [VIENNA] * found
    assert client.get(f"/workshops?{query}").status_code == 200


def test_what_is_no_text_does_no_harm(client: CheckingClient) -> None:
    for typed in ("a" * 5000, "<script>"):
        for path in ("/workshops", "/networks"):
            assert client.get(path, query_string={"q": typed, "page": "9" * 50}).status_code == 200
    assert client.get("/workshops", query_string={"q": "\x00"}).status_code == 400


def test_a_day_that_is_none_is_a_clear_400_with_a_way_back(client: CheckingClient) -> None:
    answer = client.get("/de/workshops?from=2027-13-01")
    ways = answer.text.partition('<ul class="ways">')[2].partition("</ul>")[0]

    assert answer.status_code == 400
    assert ways.lstrip().startswith('<li><a href="/de/workshops">')
    assert "/workshops" not in client.get("/nowhere").text.partition('<ul class="ways">')[2].partition("</ul>")[0]


def test_the_page_says_when_by_the_clocks_of_the_place(client: CheckingClient, make: Make) -> None:
    page = client.get(f"/workshops/{make(registration_url='https://example.org/register')}").text

    assert "Sat, Jan 9" in page and "begins at 9:00" in page and "Central European" in page
    told = json.loads(page.split('<script type="application/ld+json">')[1].split("</script>")[0])
    assert (told["@type"], told["startDate"]) == ("EducationEvent", "2027-01-09T09:00+01:00")
    assert told["location"]["address"]["addressCountry"] == "AT"


def test_what_a_coordinator_writes_is_no_markup(client: CheckingClient, make: Make) -> None:
    slug = make(title="</script><script>alert(1)</script>", about="<b onclick=x>*hello*</b>", address="<i>x")

    page = client.get(f"/workshops/{slug}").text

    assert "<script>alert" not in page and "<b onclick" not in page and "<i>x" not in page
    assert "<em>hello</em>" in page


def test_it_is_gone_from_every_list_the_moment_it_is_over(config: Config, engine: Engine, make: Make) -> None:
    slug = make()
    over = datetime(2027, 1, 10, 15, tzinfo=UTC)
    moments = [over - timedelta(seconds=1)]
    late = create_app(config, now=lambda: moments[0])
    late.test_client_class = CheckingClient
    client = late.test_client()
    assert isinstance(client, CheckingClient)
    before = titles(client, "")

    moments[0] = over

    assert (before, titles(client, "")) == ([VIENNA], [])
    assert client.get(f"/workshops/{slug}").status_code == 410
    assert client.get(f"/workshops/{slug}.ics").status_code == 404
    late.extensions["referral"].engine.dispose()


def test_one_that_was_called_off_says_so_and_is_in_no_list(client: CheckingClient, engine: Engine, make: Make) -> None:
    slug = make()
    with Session(engine) as session:
        publishing.withdraw(session, client.get("/api/v1/workshops").json["results"][0]["id"], NOW)
        session.commit()

    assert titles(client, "") == []
    assert "This workshop was called off" in client.get(f"/workshops/{slug}").text
    assert b"STATUS:CANCELLED" in client.get(f"/workshops/{slug}.ics").data


def test_the_calendar_file_can_be_read_and_names_the_zone(client: CheckingClient, make: Make) -> None:
    dates = repeated(datetime(2027, 3, 27, 9), datetime(2027, 3, 27, 17), "week", 2)
    make(dates, title="Zuhören; lernen, " + "sehr " * 20, about="Line one\n\nLine two", locality="Sankt Pölten")

    answers = [client.get(f"{row['url'].split('localhost')[-1]}.ics".replace("http://127.0.0.1:8000", "")) for row in
               client.get("/api/v1/workshops").json["results"]]  # fmt: skip

    for answer in answers:
        (event,) = Calendar.from_ical(answer.data).walk("VEVENT")
        assert answer.mimetype == "text/calendar"
        assert event.start.hour == 9 and str(event.start.tzinfo) == "Europe/Vienna"
        assert str(event["summary"]).startswith("Zuhören; lernen, sehr")
        assert b"BEGIN:VTIMEZONE" in answer.data
        assert all(len(line) <= 75 for line in answer.data.split(b"\r\n"))
    offsets = [Calendar.from_ical(a.data).walk("VEVENT")[0].start.utcoffset() for a in answers]
    assert offsets == [timedelta(hours=1), timedelta(hours=2)]


def test_who_presents_is_linked_while_they_are_listed(client: CheckingClient, engine: Engine, make: Make) -> None:
    with Session(engine) as session:
        ada = make_listing(session, name="Ada Example", public_id="adaexample12")
        hidden = make_listing(session, name="Ben Hidden", public_id="benhidden123", status="hidden")
        names = (ada.public_id, hidden.public_id, "gone12345678", "Cleo Guest")
        session.commit()

    page = client.get(f"/workshops/{make(presenters=names)}").text

    assert "/therapists/ada-example" in page and "Cleo Guest" in page
    assert "benhidden123" not in page and "Ben Hidden" not in page and "gone12345678" not in page


def test_a_search_near_by_shows_it_and_one_far_away_does_not(client: CheckingClient, make: Make) -> None:
    make()
    make([(datetime(2027, 6, 5, 9), datetime(2027, 6, 6, 16))], title="In summer")

    near = client.get("/api/v1/search?q=Baden,+Austria").json["workshops"]

    assert [w["title"] for w in near] == [VIENNA] and 15 < near[0]["distance_km"] < 35
    assert "Workshops near here" in client.get("/search?q=Baden,+Austria", follow_redirects=True).text
    assert client.get("/api/v1/search?q=Innsbruck").json["workshops"] == []
    assert [w["title"] for w in client.get("/api/v1/search?in=AT").json["workshops"]] == [VIENNA]
    assert [client.get(f"/api/v1/search?in=AT&help={afraid}").json["workshops"] for afraid in (1, 2)] == [[], []]
    assert client.get("/api/v1/search?in=DE").json["workshops"] == []


def test_an_invented_one_says_so_everywhere(client: CheckingClient, make: Make) -> None:
    slug = make(demonstration=True)

    for path in ("/workshops", "/search?in=AT"):
        assert '<span class="tag demonstration">Demonstration</span></p>' in client.get(path).text
    assert "Invented, to show how this looks" in client.get(f"/workshops/{slug}").text


def test_those_of_a_whole_country_are_not_called_near(client: CheckingClient, make: Make) -> None:
    make()

    assert "Workshops near here" not in client.get("/search?in=AT").text


def options(client: CheckingClient, query: str) -> list[str]:
    """What can be chosen in the filters, but "any"."""
    return re.findall(r'<option value="[^"]+"(?: selected)?>([^<]*)<', client.get(f"/workshops?{query}").text)


def test_the_filters_offer_only_what_is_there_and_how_often(client: CheckingClient, make: Make) -> None:
    make()
    make(title="In Graz", locality="Graz", lat=47.07, lon=15.44, language="en", programme="singles")
    make(title="Online", language="en", online=True, locality="", country="", lat=None, lon=None)

    everything = ["Workshop for couples (2)", "Workshop for singles (1)", "In person (2)", "Online (1)"]
    assert options(client, "") == ["English (2)", "German (1)", *everything]
    of_the_english = ["Workshop for couples (1)", "Workshop for singles (1)", "In person (1)", "Online (1)"]
    assert options(client, "language=en") == ["English (2)", "German (1)", *of_the_english]
    at_vienna = ["English (1)", "German (1)", "Workshop for couples (2)", "In person (1)", "Online (1)"]
    assert options(client, "q=Baden,+Austria") == at_vienna
    assert "French (0)" in options(client, "language=fr"), "what is asked for can be seen, and taken back"


def test_a_series_is_counted_once(client: CheckingClient, make: Make) -> None:
    make(dates=repeated(*WEEKEND, "month", 3))

    assert "German (1)" in options(client, "")


def test_what_was_asked_for_beside_the_place_stands_open(client: CheckingClient, make: Make) -> None:
    make()

    assert '<details class="opens">' in client.get("/workshops?q=Springfield").text
    assert '<details class="opens" open>' in client.get("/workshops?q=Vienna&language=de").text


def test_one_that_is_not_there_is_404(client: CheckingClient) -> None:
    assert client.get("/workshops/nothing").status_code == 404
    assert client.get("/workshops/nothing.ics").status_code == 404


WEEKS = repeated(*WEEKEND, "fortnight", 5)


def test_a_series_is_one_entry_with_its_next_dates(client: CheckingClient, make: Make) -> None:
    make(WEEKS)
    make(title="Alone")

    page = client.get("/workshops").text

    assert "2 workshops" in page and page.count('<li class="workshop-line">') == 2
    assert page.count(f"<bdi>{VIENNA}</bdi>") == 1 and "More dates" in page
    assert page.count('href="/workshops/a-weekend-for-two-wien') == 5  # the first date, the next three, and "+2"


def test_a_series_takes_one_place_beside_results(client: CheckingClient, make: Make) -> None:
    make(WEEKS)
    make(title="Alone")

    for place in ("place=2761369", "in=AT"):
        beside = client.get(f"/search?{place}").text.split("All workshops")[0]
        assert beside.count('<li class="workshop-line">') == 2, place


def test_the_json_has_every_date_of_a_series(client: CheckingClient, make: Make) -> None:
    make(WEEKS)

    assert titles(client, "") == [VIENNA] * 5


def test_a_date_elsewhere_is_an_entry_of_its_own(client: CheckingClient, engine: Engine, make: Make) -> None:
    make(WEEKS)
    with Session(engine) as session:
        last = session.scalars(select(Workshop).order_by(Workshop.starts_at.desc())).first()
        assert last is not None
        last.locality = "Graz"
        session.commit()

    assert client.get("/workshops").text.count('<li class="workshop-line">') == 2
