"""Lists of things in one sentence, with the commas of the language."""

import pytest

from referral import text
from referral.places.types import Place


@pytest.mark.parametrize(
    ("language", "lengths", "said"),
    [
        ("en", [50], "50 minutes"),
        ("en", [50, 75], "50 or 75 minutes"),
        ("en", [50, 60, 75, 90, 120], "50, 60, 75, 90 or 120 minutes"),
        ("de", [50, 60, 90], "50, 60 oder 90 Minuten"),
    ],
)
def test_or_stands_before_the_last_length_alone(language: str, lengths: list[int], said: str) -> None:
    with text.speaking(language):
        assert text.minutes(lengths) == said


def test_a_place_has_the_commas_of_its_language() -> None:
    town = Place("1", "Evanston", "city", "US", "US-IL", "Illinois", 42.04, -87.69, 75_000)

    assert town.label("en") == "Evanston, Illinois, United States"
    assert town.label("ar") == "Evanston، Illinois، الولايات المتحدة"
