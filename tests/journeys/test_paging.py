"""Who goes on to the next page misses nobody and meets nobody twice, though somebody pauses meanwhile."""

import html
import re
from collections.abc import Iterator

import pytest
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from referral.listings import standing
from referral.model import Listing
from tests.client import CheckingClient
from tests.conftest import NOW
from tests.people import CHICAGO, make_listing

SEARCHES = ["/search?place=4887398", "/search?place=4887398&sort=nearest", "/search?in=US"]


@pytest.fixture
def crowd(engine: Engine) -> set[str]:
    with Session(engine) as session:
        listings = [make_listing(session, name=f"Person {n}", **CHICAGO) for n in range(70)]
        found = {listing.public_id for listing in listings}
        session.commit()
    return found


def pause(engine: Engine, public_id: str) -> None:
    with Session(engine) as session:
        listing = session.scalars(select(Listing).where(Listing.public_id == public_id)).one()
        standing.pause(session, listing.id, None, NOW)
        session.commit()


def shown(page: str) -> list[str]:
    return re.findall(r'<article[^>]*data-person="([^"]+)"', page)


def pages(client: CheckingClient, path: str) -> Iterator[str]:
    """One page after the other, by the link each has to the next."""
    while path:
        page = client.get(path).text
        yield page
        link = re.search(r'href="([^"]+)" rel="next', page)
        path = html.unescape(link[1]) if link else ""


@pytest.mark.parametrize("path", SEARCHES)
def test_nobody_is_missed_or_met_twice(client: CheckingClient, engine: Engine, crowd: set[str], path: str) -> None:
    seen: list[str] = []
    numbers = []
    for page in pages(client, path):
        seen += shown(page)
        numbers.append(re.search(r"Page (\d+) of (\d+)", page).groups())  # type: ignore[union-attr]
        pause(engine, seen[len(numbers)])

    assert sorted(seen) == sorted(crowd)
    assert numbers == [("1", "4"), ("2", "4"), ("3", "4"), ("4", "4")]


def test_who_comes_back_to_a_page_that_emptied_sees_the_last_one(
    client: CheckingClient, engine: Engine, crowd: set[str]
) -> None:
    *_, before, last = list(pages(client, SEARCHES[0]))
    link = html.unescape(re.search(r'href="([^"]+)" rel="next', before)[1])  # type: ignore[index]
    for public_id in shown(last):
        pause(engine, public_id)

    page = client.get(link).text

    assert "Page 3 of 3" in page and len(shown(page)) == 20 and 'rel="next' not in page


def test_a_program_goes_on_in_the_same_way(client: CheckingClient, engine: Engine, crowd: set[str]) -> None:
    seen: list[str] = []
    number, after = 1, ""
    while True:
        found = client.get(f"/api/v1/search?place=4887398&page={number}&after={after}").json
        seen += [result["id"] for result in found["results"]]
        pause(engine, seen[number])
        number, after = number + 1, found["after"]
        if not after:
            break

    assert sorted(seen) == sorted(crowd) and number == 5
