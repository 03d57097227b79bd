"""Where a law holds is never guessed: a name stands for exactly one country or region, or is asked about."""

import pytest

from referral.errors import UsageError
from referral.listings.jurisdictions import area
from referral.places.gazetteer import Gazetteer
from referral.text import speaking


@pytest.mark.parametrize(
    ("typed", "home", "code"),
    [
        ("Illinois", "US", "US-IL"), ("Germany", "US", "DE"), ("Deutschland", "US", "DE"), ("Allemagne", "US", "DE"),
        ("bavaria", "DE", "DE-BY"), ("Bayern", "DE", "DE-BY"), ("Québec", "FR", "CA-QC"), ("quebec", "", "CA-QC"),
        ("Baden Württemberg", "DE", "DE-BW"), ("NRW", "DE", "DE-NW"), ("Cataluña", "ES", "ES-CT"),
        ("New York", "DE", "US-NY"), ("Washington", "DE", "US-WA"), ("Berlin", "DE", "DE-BE"), ("USA", "DE", "US"),
        ("Wien", "AT", "AT-9"), ("서울", "KR", "KR-11"), ("אילינוי", "IL", "US-IL"), ("the Netherlands", "NL", "NL"),
        ("Luxembourg", "DE", "LU"), ("Georgia", "US", "US-GA"), ("Illinois, USA", "DE", "US-IL"), ("UK", "DE", "GB"),
        ("Atlántida", "ES", "HN-AT"), ("US-IL", "DE", "US-IL"), ("HN-AT", "US", "HN-AT"), ("WI", "US", "US-WI"),
        ("wi", "US", "US-WI"), ("IL", "DE", "IL"), ("DE", "FR", "DE"),
    ],
)  # fmt: skip
def test_a_name_or_code_that_means_one_place_is_taken(typed: str, home: str, code: str, gazetteer: Gazetteer) -> None:
    assert area(typed, home, gazetteer) == code


@pytest.mark.parametrize(
    ("typed", "home", "offered"),
    [
        ("Atlantis", "US", ["“Atlantis” is no country, state or province we know."]),
        ("Wisconson", "US", ["Did you mean Wisconsin, United States (US-WI)?"]),
        ("Germny", "US", ["Did you mean Germany (DE)?"]),
        ("Georgia", "DE", ["Georgia (GE)", "Georgia, United States (US-GA)"]),
        ("IL", "US", ["Israel (IL)", "Illinois, United States (US-IL)"]),
        ("ca", "US", ["Canada (CA)", "California, United States (US-CA)"]),
        ("Qwxyzt", "US", ["“Qwxyzt” is no country, state or province we know."]),
        ("Chicago", "US", ["“Chicago” is no country, state or province we know."]),
    ],
)
def test_what_may_mean_another_or_two_is_asked(typed: str, home: str, offered: list[str], gazetteer: Gazetteer) -> None:
    with pytest.raises(UsageError) as refused:
        area(typed, home, gazetteer)

    assert [part in refused.value.text for part in offered] == [True] * len(offered)


def test_what_is_asked_is_asked_in_the_language_of_the_page(gazetteer: Gazetteer) -> None:
    with speaking("de"), pytest.raises(UsageError) as refused:
        area("Germny", "US", gazetteer)

    assert "Deutschland (DE)" in refused.value.text


def test_a_code_that_stands_there_already_is_not_asked_about(gazetteer: Gazetteer) -> None:
    assert area("IL", "US", gazetteer, kept=("IL",)) == "IL"
