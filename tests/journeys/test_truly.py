"""What a page of results says of those who were not found is true."""

import pytest
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from referral.search.fits import situations
from referral.search.urls import Search
from tests.client import CheckingClient
from tests.people import CHICAGO, make_listing

NEW_YORK = "5128581"


@pytest.fixture
def one(client: CheckingClient, engine: Engine) -> CheckingClient:
    """A directory of one, in Chicago."""
    with Session(engine) as session:
        make_listing(session, name="Dana Lockhart", delivery=["in_person", "online"], **CHICAGO)
        session.commit()
    return client


def test_who_does_not_fit_is_not_said_to_be_the_nearest_who_does(one: CheckingClient) -> None:
    fits = one.get(f"/search?place={NEW_YORK}").text
    other = one.get(f"/search?place={NEW_YORK}&language=ru").text

    assert "The nearest who may take new clients is about" in fits and "Nobody listed fits all of this" not in fits
    assert "Nobody listed fits all of this. The nearest who may take new clients is about" in other
    assert "See who else is near there" in other


def test_a_name_that_is_somebodys_elsewhere_was_understood(one: CheckingClient) -> None:
    named = one.get(f"/search?place={NEW_YORK}&text=Lockhart").text
    unknown = one.get(f"/search?place={NEW_YORK}&text=Xyzzyx").text

    assert "Nobody there goes by “Lockhart”, so we left it out." in named
    assert "Listings with the words “Lockhart”" in named
    assert "We did not understand “Xyzzyx” and left it out." in unknown


@pytest.mark.parametrize(("area", "says"), [("US", True), ("US-IL", False), ("DE", False)])
def test_online_in_a_country_of_states_depends_on_the_state(one: CheckingClient, area: str, says: bool) -> None:
    assert ("Name your state or province" in one.get(f"/search?in={area}&delivery=online").text) == says


def test_two_places_and_two_languages_have_their_own_guidance() -> None:
    both = Search(place="4887398").choosing("language", "en").choosing("language", "es")

    assert situations(Search(place="4887398", and_near="5263045"), 10)[0] == "two_places"
    assert situations(both, 10)[0] == "two_places"
    assert "two_places" not in situations(Search(place="4887398").choosing("language", "en"), 10)


def test_a_page_of_results_that_follows_fear_can_be_left_quickly(one: CheckingClient) -> None:
    assert 'class="leave"' in one.get("/search?place=4887398&help=1").text
    assert 'class="leave"' not in one.get("/search?place=4887398").text
