"""A name beside a postcode is somebody, where somebody listed is called so."""

import pytest
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from referral.places.gazetteer import Gazetteer
from referral.search.naming import bears
from referral.search.reading import read
from tests.client import CheckingClient
from tests.people import CHICAGO, make_listing


@pytest.mark.parametrize(
    ("line", "name", "place"),
    [("Keith Vance 60614", "Keith Vance", "US:60614"), ("60614 keith vance", "keith vance", "US:60614"),
     ("Cornelia Westerkamp, 10115 Berlin", "Cornelia Westerkamp", "DE:10115"),
     ("Noa Navon 6120101", "Noa Navon", ""), ("Keith Vance 60614 online", "Keith Vance", "US:60614")],
)  # fmt: skip
def test_a_name_beside_a_postcode_is_asked_for(gazetteer: Gazetteer, line: str, name: str, place: str) -> None:
    search = read(line, gazetteer, country="US", borne=lambda words: words == name).search

    assert (search.text, search.place) == (name, place)


@pytest.mark.parametrize("line", ["10115 Berlin Mitte", "Springfield Illinois 62701", "couples therapist 60614"])
def test_of_nobody_the_postcode_alone_is_read(gazetteer: Gazetteer, line: str) -> None:
    reading = read(line, gazetteer, country="US", borne=lambda words: False)

    assert reading.found is not None and reading.search.text == ""


def test_a_name_beside_a_postcode_is_no_town_far_away(client: CheckingClient, engine: Engine) -> None:
    with Session(engine) as session:
        make_listing(session, name="Keith Vance", **CHICAGO)
        make_listing(session, name="Hannah Gold", **CHICAGO)
        session.commit()

    right = client.get("/api/v1/search?q=Keith+Vance+60614").json
    wrong = client.get("/api/v1/search?q=60614+keith+vanse").json

    assert [one["name"] for one in right["results"]] == ["Keith Vance"]
    assert wrong["did_you_mean"]["label"] == "Keith Vance" and wrong["understood"]["place"]["country"] == "US"


@pytest.mark.parametrize(
    ("words", "name", "is_borne"),
    [("crane", "Nigel Crane", True), ("nigel radclif", "Nigel Radcliff", True), ("radclif", "Nigel Radcliff", False),
     ("כהן", "Dana Cohen", True), ("Nigel Crane", "Nigel Radcliff", False), ("", "Nigel Crane", False)],
)  # fmt: skip
def test_a_name_bears_the_words_it_has(words: str, name: str, is_borne: bool) -> None:
    assert bears(words, name) is is_borne
