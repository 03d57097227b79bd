"""A kept name that is a town's own with a letter wrong is read as the town, and said."""

import pytest

from referral.places.gazetteer import Gazetteer
from referral.search.reading import read
from tests.client import CheckingClient


@pytest.mark.parametrize(
    ("line", "misread", "place"),
    [("dalas", "dalas", "Dallas"), ("San Fransisco", "San Fransisco", "San Francisco"),
     ("therapist dalas texas", "dalas", "Dallas"),
     ("couples therapy san fransisco, Spanish", "san fransisco", "San Francisco"),
     ("bostan", "bostan", "Boston"), ("Phenix", "Phenix", "Phoenix")],
)  # fmt: skip
def test_a_name_with_a_letter_wrong_is_known_as_one(gazetteer: Gazetteer, line: str, misread: str, place: str) -> None:
    reading = read(line, gazetteer, country="US")

    assert (reading.misread, reading.search.typed) == (misread, line)
    assert reading.found and reading.found.place.name == place


@pytest.mark.parametrize(
    "line",
    ["Dallas", "St Louis", "Saint Louis", "Ft Worth", "philly", "NYC", "New York", "Milano", "Roma", "Genf", "Londres",
     "Montreal", "München", "Pittsburg"],
)  # fmt: skip
def test_another_name_is_no_slip(gazetteer: Gazetteer, line: str) -> None:
    assert read(line, gazetteer, country="US").misread == ""


@pytest.mark.parametrize("line", ["Chicago and dalas", "me in Chicago, him in dalas"])
def test_so_is_where_the_other_of_two_lives(client: CheckingClient, line: str) -> None:
    page = client.get("/search", query_string={"q": line}, follow_redirects=True).text

    assert "We read “dalas” as Dallas, Texas, United States." in page


@pytest.mark.parametrize("line", ["dalas", "San Fransisco"])
def test_the_page_says_what_was_read_and_offers_the_words(client: CheckingClient, line: str) -> None:
    page = client.get("/search", query_string={"q": line}, follow_redirects=True).text

    assert f"We read “{line}” as " in page and f"Search for “{line}” instead" in page
