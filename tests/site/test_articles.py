"""A country in a sentence has the article that English gives it, and none in a language that does otherwise."""

import pytest

from referral.text import inside, speaking


@pytest.mark.parametrize(
    ("country", "said"),
    [
        ("United States", "the United States"),
        ("Netherlands", "the Netherlands"),
        ("Faroe Islands", "the Faroe Islands"),
        ("Canada", "Canada"),
        ("Northwest Territories, Canada", "Northwest Territories, Canada"),
    ],
)
def test_english_gives_some_countries_an_article(country: str, said: str) -> None:
    with speaking("en"):
        assert inside(country) == said


def test_other_languages_are_left_alone() -> None:
    with speaking("nl"):
        assert inside("Netherlands") == "Netherlands"
