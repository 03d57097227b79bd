"""Postcodes with their country's letters that no table lists."""

import pytest

from referral.places.gazetteer import Gazetteer


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("MD-2001", ["MD-2000 Chisinau, Moldova"]),
        ("gr-54624", ["Greece"]),
        ("BA - 71000", ["Bosnia & Herzegovina"]),
        ("TV-2000", []),
        ("GR-546", []),
    ],
)
def test_letters_of_a_country_say_at_least_that(gazetteer: Gazetteer, typed: str, found: list[str]) -> None:
    assert [f.place.label() for f in gazetteer.find(typed)] == found
