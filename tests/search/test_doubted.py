"""Towns that are offered where none is taken: called as an everyday word, or behind a "not" without a verb."""

import pytest
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from referral.places.gazetteer import Gazetteer
from referral.search.reading import read
from tests.client import CheckingClient
from tests.make import make_listing


@pytest.mark.parametrize(
    ("line", "country", "town"),
    [
        ("Bath couples therapy", "US", "Bath, England, United Kingdom"),
        ("bath couples therapy", "US", "Bath, England, United Kingdom"),
        ("online couples counselling Bath", "US", "Bath, England, United Kingdom"),
        ("Nice couples therapist", "US", "Nice, Provence-Alpes-Côte d'Azur, France"),
        ("Nice thérapie de couple", "FR", "Nice, Provence-Alpes-Côte d'Azur, France"),
        ("Paartherapie Norden", "US", "Norden, Lower Saxony, Germany"),
        ("relationship therapy March", "GB", "March, England, United Kingdom"),
    ],
)
def test_a_town_of_an_everyday_name_is_offered(line: str, country: str, town: str, gazetteer: Gazetteer) -> None:
    found = read(line, gazetteer, country=country)

    assert found.found is None and found.choices[0].label() == town
    assert found.search.typed == line


@pytest.mark.parametrize(
    "line",
    [
        "Best couples therapist", "nice couples therapist", "normal couples therapy", "Good couple counselling",
        "Man couples therapist", "private couples therapy", "Hope for couples", "save my marriage", "love therapy",
        "male couples therapist", "Bath date night", "Paartherapie im Norden", "couple therapy cost",
    ],
)  # fmt: skip
def test_a_word_that_is_only_a_word_offers_no_town(line: str, gazetteer: Gazetteer) -> None:
    assert read(line, gazetteer, country="US").choices == ()


def test_a_town_that_is_taken_is_not_offered_too(gazetteer: Gazetteer) -> None:
    found = read("Bath couples therapy", gazetteer, country="GB")

    assert found.found is not None and found.found.place.label() == "Bath, England, United Kingdom"


def test_the_page_offers_it_whether_or_not_somebody_writes_of_the_word(client: CheckingClient, engine: Engine) -> None:
    offer = '<a href="/search?place=2656173">Bath, England, United Kingdom</a>'
    assert offer in client.get("/search?q=Bath+couples+therapy", follow_redirects=True).text

    with Session(engine) as session:
        make_listing(session, bio="A warm bath after a long talk.", bio_language="en")
        session.commit()

    page = client.get("/search?q=Bath+couples+therapy", follow_redirects=True).text
    assert "Ada Example" in page and offer in page


@pytest.mark.parametrize(
    ("line", "country", "town"),
    [("ich nicht München", "DE", "Munich"), ("wir nicht Hamburg", "DE", "Hamburg"), ("אני לא חיפה", "IL", "Haifa"),
     ("ich will nicht Köln", "DE", "Köln"), ("ik niet Utrecht", "NL", "Utrecht"),
     ("ik niet Den Haag", "NL", "The Hague"), ("moi pas Lyon", "FR", "Lyon")],
)  # fmt: skip
def test_a_town_at_once_behind_a_not_without_a_verb_is_offered(
    gazetteer: Gazetteer, line: str, country: str, town: str
) -> None:
    reading = read(line, gazetteer, country=country)

    assert reading.found is None
    assert [place.name for place in reading.choices] == [town]


@pytest.mark.parametrize(
    ("line", "country"),
    [("nicht in Hamburg", "DE"), ("ich will nicht in Köln", "DE"), ("not Chicago", "US"), ("אני לא בחיפה", "IL"),
     ("we never split", "US"), ("ik niet in Utrecht", "NL")],
)  # fmt: skip
def test_what_is_not_wished_is_not_offered(gazetteer: Gazetteer, line: str, country: str) -> None:
    assert read(line, gazetteer, country=country).choices == ()
