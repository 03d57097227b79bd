"""Words that narrow nothing: the side of a town, usual words typed small, and what is no place at all."""

import pytest
from babel import Locale

from referral import terms
from referral.places.gazetteer import Gazetteer
from referral.search.fits import alarm, is_emergency
from referral.search.reading import read
from referral.search.urls import Help
from tests.client import CheckingClient
from tests.search.test_slips import understood


@pytest.mark.parametrize(
    ("line", "country", "place"),
    [("West London", "GB", "London, GB"), ("Amsterdam Noord", "NL", "Amsterdam, NL"), ("Paris est", "FR", "Paris, FR"),
     ("downtown New York", "US", "New York City, US"), ("Chicago city", "US", "Chicago, US"),
     ("Palermo centro", "IT", "Palermo, IT"), ("Berlin Ost", "DE", "Berlin, DE")],
)  # fmt: skip
def test_a_side_of_a_town_narrows_nothing(gazetteer: Gazetteer, line: str, country: str, place: str) -> None:
    assert understood(read(line, gazetteer, country=country)) == (place, set(), "")


def test_a_side_may_be_a_name_or_a_part_of_one(gazetteer: Gazetteer) -> None:
    assert read("Jane West", gazetteer, country="US").search.text == "Jane West"
    assert read("West Virginia", gazetteer, country="US").search.area == "US-WV"


@pytest.mark.parametrize(
    ("line", "country", "text"),
    [("andere Therapeutin in Hamburg", "DE", ""), ("andere therapeut Amsterdam", "NL", ""),
     ("two therapists together Chicago", "US", ""), ("terapeuta online desde Monterrey", "MX", ""),
     ("Sean Miller Chicago", "US", "Sean Miller"), ("Hans Selber Zürich", "CH", "Hans Selber")],
)  # fmt: skip
def test_usual_words_are_no_filter_unless_they_are_names(
    gazetteer: Gazetteer, line: str, country: str, text: str
) -> None:
    reading = read(line, gazetteer, country=country)

    assert (reading.search.text, reading.found is not None) == (text, True)


@pytest.mark.parametrize(
    "line", ["+1 312 555 0144", "+49 30 1234567", "0171 1234567", "06 12 34 56 78", "020 7946 0958", "(0)30 1234567"]
)
def test_a_telephone_number_is_no_place(gazetteer: Gazetteer, line: str) -> None:
    assert understood(read(line, gazetteer, country="US")) == ("", set(), line)


@pytest.mark.parametrize("line", ["02134-1000", "021341000"])
def test_a_long_postcode_is_no_telephone_number(gazetteer: Gazetteer, line: str) -> None:
    assert understood(read(line, gazetteer, country="US"))[0] == "Allston, US"


def test_that_is_not_california(gazetteer: Gazetteer) -> None:
    assert read("combien ça coûte", gazetteer, country="FR").found is None
    assert understood(read("Oakland ca", gazetteer, country="US"))[0] == "Oakland, US"


@pytest.mark.parametrize("line", ['להט"ב תל אביב', "להט״ב תל אביב"])
def test_a_hebrew_abbreviation_is_one_word(gazetteer: Gazetteer, line: str) -> None:
    assert understood(read(line, gazetteer, country="IL")) == ("Tel Aviv, IL", {"lgbtq"}, "")


@pytest.mark.parametrize("line", ["how do I convince my husband", "confidence Boston"])
def test_a_word_spelled_right_is_no_slip_in_another_language(gazetteer: Gazetteer, line: str) -> None:
    assert read(line, gazetteer, country="US").respelled == ()


@pytest.mark.parametrize(
    "line",
    ["he forces me to have sex", "mon mari me bat", "il me tape", "she threw a plate at me", "he pushed me",
     "he controls my money and phone", "er hat mich geschubst", "ik ben bang voor hem", "me grita y me empuja"],
)  # fmt: skip
def test_fear_is_heard_in_the_words_people_use(line: str) -> None:
    assert alarm(line) == Help.FEAR


@pytest.mark.parametrize("line", ["Dr. Beat Meier", "Beat Zürich", "Bang Saen", "Bang Kapi", "Boston"])
def test_a_name_is_no_cry_of_fear(line: str) -> None:
    assert alarm(line) == Help.NONE


@pytest.mark.parametrize("line", ["imago therapist near me", "Paartherapie", "?", "thérapeute imago près de chez moi"])
def test_a_line_that_says_nothing_stays_in_the_box_and_is_answered(client: CheckingClient, line: str) -> None:
    there = client.get(client.get("/search", query_string={"q": line}).headers["Location"]).text

    assert f'value="{line}"' in there
    assert "Write above where you are" in there


@pytest.mark.parametrize(
    ("line", "country", "is_one"),
    [("112", "DE", True), ("116 123", "GB", True), ("0800 111 0 111", "DE", True), ("3114", "FR", True),
     ("1201", "IL", True), ("1201", "CH", False), ("3114", "CH", False), ("", "DE", False), ("10115", "DE", False)],
)  # fmt: skip
def test_who_types_a_help_line_asks_for_help(line: str, country: str, is_one: bool) -> None:
    assert is_emergency(line, country) == is_one


def test_an_emergency_number_leads_to_help(client: CheckingClient) -> None:
    there = client.get("/search?q=112").headers["Location"]

    assert there == "/questions/what-if-i-do-not-want-to-live-any-more"


LOCALES = ("en", "de", "fr", "nl", "es", "da", "ro", "tr", "ko", "he", "ar")


@pytest.mark.parametrize("locale", LOCALES)
def test_no_country_is_a_language(locale: str) -> None:
    countries = {name for code, name in Locale.parse(locale).territories.items() if len(code) == 2 and code.isalpha()}
    languages = {name for name in countries if any(term.facet == "language" for term in terms.find(name))}

    assert languages <= {"Somali"}  # which Turkish calls the country too


@pytest.mark.parametrize(("line", "place"), [("Tokyo, Japan", "Tokyo, JP"), ("Japan", "Japan, JP")])
def test_japan_is_a_country(gazetteer: Gazetteer, line: str, place: str) -> None:
    assert understood(read(line, gazetteer, country="US")) == (place, set(), "")
