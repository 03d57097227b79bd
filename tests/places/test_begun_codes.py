"""Suggestions do not end in the middle of a postcode."""

import pytest

from referral.places.gazetteer import Gazetteer


@pytest.mark.parametrize(
    ("typed", "country", "first"),
    [
        ("1012 A", "NL", "1012 Amsterdam"),
        ("1012A", "NL", "1012 Amsterdam"),
        ("1012 AB", "NL", "1012 Amsterdam"),
        ("D-8033", "DE", "80331 Munich"),
        ("D-8033", None, "80331 Munich"),
        ("75011 P", "FR", "75011 Paris"),
        ("75011 Par", None, "75011 Paris"),
        ("50667 K", "DE", "50667 Köln"),
        ("00-", "PL", "00-"),
        ("01310-1", "BR", "01000-000 São Paulo"),
        ("01310", "BR", "01000-000 São Paulo"),
        ("SW1A 1", "GB", "SW1A "),
        ("SW1A1A", "GB", "SW1A "),
        ("M1 1", "GB", "M1 "),
        ("M5V 2", "CA", "M5V Downtown Toronto"),
        ("D02 X2", "IE", "D02 Dublin"),
        ("10001-1", "US", "10001 "),
    ],
)
def test_a_begun_postcode_is_suggested(gazetteer: Gazetteer, typed: str, country: str | None, first: str) -> None:
    found = gazetteer.suggest(typed, country=country)

    assert found and found[0].label().startswith(first)
    assert country is None or found[0].country == country


@pytest.mark.parametrize(("typed", "country"), [("75011 Q", "FR"), ("D-", "DE"), ("12 Main Street", "US")])
def test_what_begins_no_postcode_suggests_none(gazetteer: Gazetteer, typed: str, country: str) -> None:
    assert all(place.kind != "postcode" for place in gazetteer.suggest(typed, country=country))


def test_what_is_corrected_is_suggested_once(gazetteer: Gazetteer) -> None:
    labels = [place.label("de") for place in gazetteer.suggest("Berlni", country="DE", locale="de")]

    assert labels == ["Berlin, Deutschland"]
