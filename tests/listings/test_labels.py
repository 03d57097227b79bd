"""Terms are called by their names in the language of the moment."""

import pytest

from referral import text
from referral.listings.labels import label


@pytest.mark.parametrize(
    ("language", "term", "name"),
    [
        ("de", "he", "Hebräisch"),
        ("fr", "de", "Allemand"),
        ("he", "es", "ספרדית"),
        ("en", "zh", "Mandarin"),
        ("de", "xx", "xx"),
    ],
)
def test_a_language_is_called_as_in_the_language_of_the_page(language: str, term: str, name: str) -> None:
    with text.speaking(language):
        said = label("language", term)

    assert said.startswith(name)


def test_a_signed_language_has_a_name_too() -> None:
    with text.speaking("de"):
        assert label("language", "gsg") == "Deutsche Gebärdensprache"
