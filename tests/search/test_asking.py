"""How far around a place is looked when nobody says."""

import pytest

from referral.places.gazetteer import Gazetteer
from referral.search.asking import Asked
from referral.search.urls import Search


@pytest.mark.parametrize(("place", "radius"), [("ES.mallorca", 80), ("GB.lake-district", 40), ("5128581", 40)])
def test_a_landscape_is_searched_as_far_as_it_reaches(gazetteer: Gazetteer, place: str, radius: int) -> None:
    found = gazetteer.place(place)

    assert Asked(Search(place=place), found).radius == radius
    assert Asked(Search(place=place, radius=10), found).radius == 10
