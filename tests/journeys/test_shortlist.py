"""A short list is its address."""

from html import unescape
from urllib.parse import parse_qs

import pytest
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from tests.client import CheckingClient
from tests.people import CHICAGO, TORONTO, make_listing


@pytest.fixture
def ids(client: CheckingClient, engine: Engine) -> dict[str, str]:
    """First name -> public id."""
    with Session(engine) as session:
        made = [
            make_listing(
                session, name="Ana Ruiz", languages=["es"], costs=[(180, "USD")], session_minutes=["60"], **CHICAGO
            ),
            make_listing(session, name="Ben Cole", topics=["affair"], accessibility={"lift": "yes"}, **CHICAGO),
            make_listing(session, name="Eve Roy", delivery=["online"], serves=["CA-ON"], **TORONTO),
            make_listing(session, name="Gone Now", status="paused", **TORONTO),
        ]
        session.commit()
        return {name.split()[0]: one.public_id for name, one in zip(["Ana", "Ben", "Eve", "Gone"], made, strict=True)}


def test_a_list_shows_its_people_in_its_order(client: CheckingClient, ids: dict[str, str]) -> None:
    page = client.get(f"/shortlist?t={ids['Eve']}&t={ids['Ana']}&t={ids['Eve']}").text

    assert page.index("Eve Roy") < page.index("Ana Ruiz") and page.count('<article class="card"') == 2
    assert f"/shortlist?t={ids['Eve']}&amp;t={ids['Ana']}" in page


def test_a_list_from_a_link_is_nobodys_until_the_browser_says_otherwise(
    client: CheckingClient, ids: dict[str, str]
) -> None:
    page = client.get(f"/shortlist?t={ids['Eve']}").text

    assert '<h1 data-own="Your short list">A short list</h1>' in page
    assert "<h1>Your short list</h1>" in client.get("/shortlist").text


def test_who_is_no_longer_public_is_counted_and_not_named(client: CheckingClient, ids: dict[str, str]) -> None:
    page = client.get(f"/shortlist?t={ids['Ana']}&t={ids['Gone']}&t=nobody").text

    assert "2 people of this list are no longer here." in page and "Gone Now" not in page


def test_a_sent_list_whose_people_have_left_says_what_it_is(client: CheckingClient, ids: dict[str, str]) -> None:
    page = client.get(f"/shortlist?t={ids['Gone']}").text

    assert ">A short list</h1>" in page and "This list came with a link." in page
    assert "One person of this list is no longer here." in page and "Look for others" in page
    seen = page.replace('data-own="', "").partition("<main")[2]
    assert ">Your short list<" not in seen and ">It is kept in this browser" not in seen
    assert ">Nobody is on it yet." not in seen and page.count('role="search"') == 1


def test_the_letter_to_a_partner_says_what_it_is(client: CheckingClient, ids: dict[str, str]) -> None:
    page = client.get(f"/shortlist?t={ids['Ana']}&t={ids['Eve']}").text
    letter = parse_qs(unescape(page.partition('href="mailto:?')[2].partition('"')[0]))

    assert letter["subject"] == ["People who could help us"]
    first, _empty, link = letter["body"][0].split("\n")
    assert first == "I have looked for people we could talk to. Have a look when you have a quiet moment."
    assert link.endswith(f"/shortlist?t={ids['Ana']}&t={ids['Eve']}") and "Ruiz" not in letter["body"][0]


def test_an_empty_list_says_how_to_fill_it(client: CheckingClient) -> None:
    page = client.get("/shortlist").text

    assert "Nobody is on it yet." in page and page.count('role="search"') == 1


def test_people_stand_side_by_side(client: CheckingClient, ids: dict[str, str]) -> None:
    page = client.get("/shortlist/compare?" + "&".join(f"t={id}" for id in ids.values())).text

    assert page.count('<th scope="col">') == 3 and "Gone Now" not in page
    assert "$180" in page and "After an affair" in page and "Ontario" in page
    assert page.count('#reach">How to reach') == 3


def test_who_is_left_alone_is_compared_with_nobody(client: CheckingClient, ids: dict[str, str]) -> None:
    page = client.get(f"/shortlist/compare?t={ids['Ana']}&t={ids['Gone']}").text

    assert "One person of this list is no longer here." in page and "<table" not in page
    assert "Choose two to four people of your list first." in page


def test_who_does_not_fit_is_said(client: CheckingClient, engine: Engine) -> None:
    with Session(engine) as session:
        many = [make_listing(session, name=f"Person {n}", **CHICAGO) for n in range(22)]
        session.commit()
        links = [f"t={one.public_id}" for one in many]

    long, exact = (client.get("/shortlist?" + "&".join(links[:n])).text for n in (22, 20))
    five, four = (client.get("/shortlist/compare?" + "&".join(links[:n])).text for n in (5, 4))

    assert "A list holds 20 people. 2 more in this link are not shown." in long and "A list holds" not in exact
    assert five.count('<th scope="col">') == 4 and "No more than four fit side by side." in five
    assert "No more than four" not in four


@pytest.mark.parametrize("query", ["", "?t=", "?t=%00", "?t=" + "x" * 5000, "?" + "&".join("t=a" for _ in range(300))])
def test_anything_in_the_address_is_a_page(client: CheckingClient, query: str) -> None:
    assert client.get(f"/shortlist{query}").status_code in (200, 400)
    assert client.get(f"/shortlist/compare{query}").status_code in (200, 400)


def test_a_list_is_kept_by_nobody_on_the_way(client: CheckingClient, ids: dict[str, str]) -> None:
    assert client.get(f"/shortlist?t={ids['Ana']}").headers["Cache-Control"] == "private, no-store"
