"""Postcodes as people write them: in digits of their script, with a country before letters, after a word, in Dublin."""

import pytest

from referral.places.gazetteer import Gazetteer


@pytest.mark.parametrize(
    ("typed", "country", "label"),
    [
        ("٩٠٢١٠", "US", "90210 Beverly Hills"),
        ("۱۰۰۰۱", None, "10001 New York"),
        ("११०००१", "IN", "110001 "),
        ("D4", "IE", "D04 Dublin"),
        ("Dublin 4", "IE", "D04 Dublin"),
        ("Dublin 2", None, "D02 Dublin"),
        ("Dublin 6W", "IE", "D6W Dublin"),
        ("12 Baggot Street, Dublin 2", "IE", "D02 Dublin"),
        ("IE-D04", None, "D04 Dublin"),
        ("BM-WK 08", None, "WK 08 "),
        ("GG-GY1", None, "GY1 "),
        ("GB-SW1A 1AA", None, "SW1A "),
        ("CAP 00100", None, "00118 Rom"),
        ("CAP 20100 Milano", None, "20121 Milan"),
        ("CP 28004", "ES", "28004 Madrid"),
        ("C.P. 44100", "MX", "44100 Guadalajara"),
    ],
)
def test_a_code_is_read_as_it_is_written(gazetteer: Gazetteer, typed: str, country: str | None, label: str) -> None:
    assert [f.place.label()[: len(label)] for f in gazetteer.find(typed, country=country)[:1]] == [label]


@pytest.mark.parametrize(
    ("typed", "country"), [("PL-00950", "PL"), ("PT-4000-001", "PT"), ("TR-34000", "TR"), ("PL 00-950", "PL")]
)
def test_a_code_that_no_table_lists_says_its_country_and_is_a_part(
    gazetteer: Gazetteer, typed: str, country: str
) -> None:
    (found, *_) = gazetteer.find(typed)

    assert (found.place.id, found.match) == (country, "fallback")


@pytest.mark.parametrize("typed", ["CA-99999", "IL-1234", "US-000000", "D9", "Dublin 99", "QQ-10000"])
def test_what_is_no_code_of_that_country_is_nothing(gazetteer: Gazetteer, typed: str) -> None:
    assert [f.place.label() for f in gazetteer.find(typed, country="DE") if f.match in ("postcode", "exact")] == []


def test_a_word_for_codes_is_no_code_where_nobody_says_it(gazetteer: Gazetteer) -> None:
    assert {f.place.country for f in gazetteer.find("CAP 00100")} == {"IT"}


@pytest.mark.parametrize(
    ("typed", "country", "label"),
    [
        ("ראשלצ", None, "Rishon LeTsiyyon"),
        ('ראשל"צ', "IL", "Rishon LeTsiyyon"),
        ("Tg. Mureș", "RO", "Târgu Mureș"),
        ("Tg. Jiu", None, "Târgu Jiu"),
        ("La Roche/Yon", "FR", "La Roche-sur-Yon"),
        ("Weil", "DE", "Weil der Stadt"),
        ("Rep. of Ireland", None, "Ireland"),
        ("דמונה", None, "Dimona"),
    ],
)
def test_a_short_form_is_its_place(gazetteer: Gazetteer, typed: str, country: str | None, label: str) -> None:
    assert [f.place.label()[: len(label)] for f in gazetteer.find(typed, country=country)[:1]] == [label]


def test_a_usual_word_in_small_letters_is_no_town(gazetteer: Gazetteer) -> None:
    assert gazetteer.find("weil", country="DE") == []
