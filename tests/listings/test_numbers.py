"""Numbers, dates, countries and telephones as people type them."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from referral.errors import UsageError
from referral.listings.numbers import coordinate, country_code, day, telephone, whole


@pytest.mark.parametrize(("text", "value"), [("47.5", 47.5), ("-0", 0.0), ("+8,25", 8.25), ("", None), ("90", 90.0)])
def test_a_coordinate_is_read(text: str, value: float | None) -> None:
    assert coordinate(text, 90) == value


@pytest.mark.parametrize(
    "text", ["nan", "inf", "1e309", "1e1", "90.0000001", "-90.1", "1.2.3", "N47", "0x1", "١", "47 30", "9" * 400]
)
def test_what_is_no_coordinate_is_refused(text: str) -> None:
    with pytest.raises(UsageError, match="Not a coordinate"):
        coordinate(text, 90)


@given(st.floats(-180, 180))
def test_a_coordinate_written_by_us_is_read_back(value: float) -> None:
    rounded = round(value, 6) + 0.0

    assert coordinate(f"{rounded:.6f}", 180) == pytest.approx(rounded)


def test_days_and_whole_numbers_are_read_or_refused() -> None:
    assert day("2026-11-23") == date(2026, 11, 23) and day("") is None
    assert whole("20") == 20 and whole("") is None
    for wrong in ("23.11.2026", "2026-02-30", "soon"):
        with pytest.raises(UsageError, match="Not a date like 2026-11-23"):
            day(wrong)
    for wrong in ("-1", "1.5", "²", "1" * 10):
        with pytest.raises(UsageError, match="Not a whole number"):
            whole(wrong)


@pytest.mark.parametrize(
    ("text", "code"), [("DE", "DE"), ("de", "DE"), ("Germany", "DE"), ("south korea", "KR"), ("Türkiye", "TR")]
)
def test_a_country_is_known_by_code_and_name(text: str, code: str) -> None:
    assert country_code(text) == code


@pytest.mark.parametrize("text", ["", "XX", "Atlantis", "EU", "D"])
def test_a_country_that_is_none_is_refused(text: str) -> None:
    with pytest.raises(UsageError, match="Unknown country"):
        country_code(text)


@pytest.mark.parametrize(
    ("text", "country", "number"),
    [
        ("+49 6221 983-0", "DE", "+4962219830"),
        ("06221/983-0", "DE", "+4962219830"),
        ("+5999 737 0611", "NL", "+59997370611"),
        ("(312) 555-0123", "US", "+13125550123"),
        ("+43 (0)5572 / 20 50 70", "AT", "+435572205070"),
        ("+31 20 555 0100; +31 20 555 0101", "NL", "+31205550100"),
        ("+32 2 555 01 00 / +32 2 555 01 01", "BE", "+3225550100"),
        ("", "DE", ""),
    ],
)
def test_a_telephone_number_is_read_in_any_shape(text: str, country: str, number: str) -> None:
    assert telephone(text, country) == number


@pytest.mark.parametrize("text", ["15", "call me", "+999 1", "028 3083 5000 ext 2347", "5" * 300])
def test_what_is_no_telephone_number_is_refused(text: str) -> None:
    with pytest.raises(UsageError, match="is not a telephone number"):
        telephone(text, "GB")


@pytest.mark.parametrize("name", ["AT", "Austria", "Österreich", "autriche", "OOSTENRIJK", "אוסטריה", "오스트리아"])
def test_a_country_is_known_by_its_name_in_every_language_spoken_here(name: str) -> None:
    assert country_code(name) == "AT"


def test_no_name_is_no_country() -> None:
    for name in ("", "-", "Nowhere"):
        with pytest.raises(UsageError, match="Unknown country"):
            country_code(name)
