"""A great city that is a given name too stays a city beside a word that is no surname."""

import pytest

from referral.places.gazetteer import Gazetteer
from referral.search.reading import read


@pytest.mark.parametrize(
    ("line", "place", "text"),
    [("London EMDR", "London", "EMDR"), ("London EFT", "London", "EFT"), ("London UKCP", "London", "UKCP"),
     ("London Gottman", "London", "Gottman"), ("London Welsh", "London", "Welsh"),
     ("London Jewish", "London", "Jewish"),
     ("Sydney EMDR", "Sydney", "EMDR"), ("Vienna CBT", "Vienna", "CBT"), ("Milan Gottman", "Milan", "Gottman"),
     ("Sofia EMDR", "Sofia", "EMDR"), ("Adelaide EFT", "Adelaide", "EFT"), ("London EMDR online", "London", "EMDR")],
)  # fmt: skip
@pytest.mark.parametrize("is_held", [False, True])
def test_an_approach_behind_a_city_is_no_surname(
    gazetteer: Gazetteer, line: str, place: str, text: str, is_held: bool
) -> None:
    reading = read(line, gazetteer, country="US", known=lambda words: is_held and words == line)

    assert reading.found and (reading.found.place.name, reading.search.text) == (place, text)


def test_what_stands_before_a_city_is_no_given_name(gazetteer: Gazetteer) -> None:
    reading = read("IFS London", gazetteer, country="US", known=lambda words: True)

    assert reading.found and reading.found.place.name == "London"


@pytest.mark.parametrize("line", ["Paris Johnson", "Florence Meyer", "PARIS MEYER", "Milan NOVAK"])
def test_a_given_name_with_a_surname_is_somebody(gazetteer: Gazetteer, line: str) -> None:
    assert read(line, gazetteer, country="US").search.text == line


def test_who_writes_a_surname_in_capitals_finds_its_bearer(gazetteer: Gazetteer) -> None:
    search = read("Florence ROUX", gazetteer, country="FR", known=lambda words: True, borne=lambda words: True).search

    assert (search.text, search.place) == ("Florence ROUX", "")


def test_a_great_city_is_no_less_known_for_a_small_one_of_its_name(gazetteer: Gazetteer) -> None:
    reading = read("Geneva EMDR", gazetteer, country="US")

    assert (reading.found and reading.found.place.name, reading.search.text) == ("Geneva", "EMDR")


@pytest.mark.parametrize(
    ("line", "country"),
    [("Utrecht Engels", "US"), ("relatietherapie Utrecht Engels", "NL"), ("Den Haag Engels", "US"),
     ("Amsterdam Engels online", "NL"), ("Antwerpen Engels", "BE")],
)  # fmt: skip
def test_a_language_behind_a_town_is_no_second_town(gazetteer: Gazetteer, line: str, country: str) -> None:
    reading = read(line, gazetteer, country=country)

    assert (dict(reading.search.terms).get("language"), reading.search.and_near) == (("en",), "")


@pytest.mark.parametrize("line", ["Paris Larkin", "London DBT", "Chicago Nigel"])
def test_what_is_hardly_called_so_is_no_second_town(gazetteer: Gazetteer, line: str) -> None:
    assert read(line, gazetteer, country="US").search.and_near == ""
