"""A title before a name says that a person is looked for; it is no part of their name."""

import pytest

from referral.places.gazetteer import Gazetteer
from referral.search.reading import read


def knows(*names: str) -> object:
    """Whether one of these names is asked for."""
    return lambda words: words in names


@pytest.mark.parametrize("title", ["Dr.", "Dr", "Ms", "Frau", "Prof. Dr."])
def test_a_name_is_looked_for_without_its_title(gazetteer: Gazetteer, title: str) -> None:
    reading = read(f"{title} Dalton", gazetteer, country="US", known=lambda words: words == "Dalton")

    assert reading.search.text == "Dalton"


def test_a_town_of_that_name_is_a_choice(gazetteer: Gazetteer) -> None:
    reading = read("Dr. Wakefield", gazetteer, country="US", known=lambda words: words == "Wakefield")

    assert reading.search.text == "Wakefield"
    assert [place.name for place in reading.choices] == ["Wakefield"]


@pytest.mark.parametrize("line", ["90-minute session Chicago", "90 minute sessions in Chicago", "Chicago 90 min"])
def test_a_number_of_minutes_is_no_house(gazetteer: Gazetteer, line: str) -> None:
    reading = read(line, gazetteer, country="US")

    assert reading.found and reading.found.place.name == "Chicago"
    assert (dict(reading.search.terms), reading.search.text) == ({"session_length": ("90",)}, "")
