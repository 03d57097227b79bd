"""Names stand in the order of the language they are read in."""

import pytest

from referral.text import alphabetical, speaking


@pytest.mark.parametrize(
    ("language", "names"),
    [
        ("en", "Åland Albania Algeria Österreich Zambia"),
        ("de", "Ägypten Albanien Oman Österreich Zypern"),
        ("da", "Albanien Étretat Zambia Ægypten Østrig Åland"),
        ("tr", "Cezayir Çin Danimarka Irak İran Oman Özbekistan Pakistan"),
        ("es", "Chile Nicaragua Ñandú Omán"),
        ("ko", "가나 나미비아 한국"),
        ("he", "אוסטריה בלגיה ישראל"),
    ],
)
def test_names_stand_in_the_order_of_their_language(language: str, names: str) -> None:
    with speaking(language):
        assert sorted({*names.split()}, key=alphabetical) == names.split()
