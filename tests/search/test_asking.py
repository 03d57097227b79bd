"""How far around a place is looked when nobody says."""

import pytest

from referral.places.gazetteer import Gazetteer
from referral.places.types import Place
from referral.search.asking import Asked
from referral.search.urls import Search


@pytest.mark.parametrize(("place", "radius"), [("ES.mallorca", 80), ("GB.lake-district", 40), ("5128581", 40)])
def test_a_landscape_is_searched_as_far_as_it_reaches(gazetteer: Gazetteer, place: str, radius: int) -> None:
    found = gazetteer.place(place)

    assert Asked(Search(place=place), found).radius == radius
    assert Asked(Search(place=place, radius=10), found).radius == 10


@pytest.mark.parametrize(
    ("country", "radius", "shown"), [("FR", 161, 160), ("US", 160, 161), ("FR", 322, 320), ("FR", 8, 8), ("US", 99, 99)]
)
def test_a_distance_chosen_in_the_other_unit_is_the_nearest_to_choose_from(
    country: str, radius: int, shown: int
) -> None:
    place = Place("1", "Somewhere", "city", country, "", "", 48.0, 2.0, 1000)

    assert Asked(Search(place="1", radius=radius), place).radius == shown
