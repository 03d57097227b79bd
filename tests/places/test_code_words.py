"""Words before a postcode are no towns, and say in which countries it is one."""

import pytest

from referral.places.code_words import without_word


@pytest.mark.parametrize(
    ("line", "rest", "country"),
    [
        ("PLZ 10115", "10115", "DE"),
        ("plz: 80331 München", "80331 München", "DE"),
        ("C.P. 28001 Madrid", "28001 Madrid", "ES"),
        ("Madrid, C. P. 28001", "Madrid, 28001", "ES"),
        ("CAP 00184", "00184", "IT"),
        ("Pin code - 411001", "411001", "IN"),
        ("PSČ 110 00", "110 00", "CZ"),
        ("우편번호 06236", "06236", "KR"),
        ("Τ.Κ. 10557", "10557", "GR"),
    ],
)
def test_the_word_is_taken_off(line: str, rest: str, country: str) -> None:
    bare, countries = without_word(line)

    assert bare == rest
    assert country in countries


@pytest.mark.parametrize("line", ["zip code 90210", "postcode SW1A 1AA"])
def test_some_words_say_no_country(line: str) -> None:
    assert without_word(line) == (line.removeprefix("zip code ").removeprefix("postcode "), frozenset())


@pytest.mark.parametrize("line", ["Cap-Haïtien", "Pin, Bourgogne", "Capital 3", "Cape Town 8001", "Spin 5"])
def test_what_is_no_such_word_stays(line: str) -> None:
    assert without_word(line) == (line, frozenset())
