"""Postcodes in the shapes people type."""

import pytest

from referral.places.postcodes import kept, readings


@pytest.mark.parametrize(
    ("typed", "code", "country"),
    [
        ("98101-2345", "98101", "US"),
        ("M5V3L9", "M5V", "CA"),
        ("M5V 3L9", "M5V", "CA"),
        ("SW1A 1AA", "SW1A", "GB"),
        ("sw1a1aa", "SW1A", "GB"),
        ("D-80331", "80331", "DE"),
        ("F 75001", "75001", "FR"),
        ("1012 AB", "1012", "NL"),
        ("D02 AF30", "D02", "IE"),
        ("LV-1010", "1010", "LV"),
        ("VLT 1117", "VLT", "MT"),
        ("C1425ABC", "1425", "AR"),
        ("M1 1AE", "M1", "GB"),
        ("01310-100", "01310100", "BR"),
        ("BR-01310-100", "01310100", "BR"),
        ("D - 80331", "80331", "DE"),
        ("vlt", "VLT", "MT"),
    ],
)
def test_shapes_are_shortened_to_what_the_tables_hold(typed: str, code: str, country: str) -> None:
    assert any(r.code == code and country in r.countries for r in readings(typed))


def test_the_rest_of_the_line_is_kept_apart() -> None:
    reading = next(r for r in readings("31000 Toulouse, France") if r.code == "31000")

    assert (reading.before, reading.after) == ("", " Toulouse, France")


def test_codes_are_kept_without_the_countrys_own_letters() -> None:
    assert kept("LV", "LV-5685") == "5685"
    assert kept("FR", "75116 CEDEX 16") == "75116"
    assert kept("SE", "412 70") == "41270"
