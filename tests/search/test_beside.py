"""A place beside other words: after an "in", within its country, next to a word that nothing is called by."""

import pytest

from referral.places.gazetteer import Gazetteer
from referral.search.reading import read
from referral.search.understanding import Reading


def where(reading: Reading) -> str:
    """The place with its country; with its region in the United States."""
    place = reading.found.place if reading.found else None
    return ", ".join((place.name, place.area if place.area else place.region_code or place.country)) if place else ""


@pytest.mark.parametrize(
    ("line", "country", "place"),
    [("in Boston", "US", "Boston, US-MA"), ("In Portland", "US", "Portland, US-OR"), ("in Mexico", "US", "Mexico, MX"),
     ("in Bremen", "DE", "Bremen, DE-HB"), ("in Milan", "US", "Milan, IT-25"), ("in Norway", "US", "Norway, NO"),
     ("Boston in United States", "US", "Boston, US-MA"), ("In Salah", "US", "In Salah, DZ-53")],
)  # fmt: skip
def test_a_small_in_is_no_indiana_and_no_india(gazetteer: Gazetteer, line: str, country: str, place: str) -> None:
    assert where(read(line, gazetteer, country=country)).split(", ")[0] == place.split(", ")[0]
    assert where(read(line, gazetteer, country=country)).split(", ")[1][:2] == place.split(", ")[1][:2]


@pytest.mark.parametrize(
    ("line", "country", "place"),
    [("Toronto in Canada", "US", "Toronto"), ("therapist in Haifa in Israel", "US", "Haifa"),
     ("Strasbourg en Alsace", "FR", "Strasbourg"), ("Montréal au Québec", "FR", "Montréal"),
     ("Lausanne en Suisse", "FR", "Lausanne"), ("Zürich in der Schweiz", "DE", "Zürich"),
     ("Sevilla en Andalucía", "ES", "Sevilla"), ("Brooklyn in New York", "US", "Brooklyn"),
     ("Getafe en Madrid", "ES", "Getafe"), ("Valby i København", "DK", "Valby"), ("Austin in Texas", "US", "Austin")],
)  # fmt: skip
def test_a_town_in_its_region_or_country_is_the_town(gazetteer: Gazetteer, line: str, country: str, place: str) -> None:
    reading = read(line, gazetteer, country=country)

    assert where(reading).split(", ")[0] == place
    assert (reading.unread, reading.search.and_near) == ("", "")


@pytest.mark.parametrize(
    ("line", "country", "place"), [("listen Paris", "US", "Paris"), ("safe therapist in Toronto", "US", "Toronto")]
)
def test_a_large_town_is_meant_though_a_listing_holds_all_words(
    gazetteer: Gazetteer, line: str, country: str, place: str
) -> None:
    reading = read(line, gazetteer, country=country, known=lambda words: True)

    assert (where(reading).split(", ")[0], reading.words) == (place, line)


def test_two_words_with_capitals_that_a_listing_holds_are_a_name(gazetteer: Gazetteer) -> None:
    assert read("Sophia Berlin", gazetteer, country="US", known=lambda words: True).search.text == "Sophia Berlin"


@pytest.mark.parametrize(
    ("line", "country", "place", "unread"),
    [("tinnitus Vermont", "US", "Vermont", "tinnitus"), ("horse yoga Maine", "US", "Maine", "horse yoga"),
     ("menopause Evanston", "US", "Evanston", "menopause"),
     ("anthroposophisch Thurgau", "DE", "Thurgau", "anthroposophisch")],
)  # fmt: skip
def test_a_region_or_town_beside_an_unknown_word_is_searched(
    gazetteer: Gazetteer, line: str, country: str, place: str, unread: str
) -> None:
    reading = read(line, gazetteer, country=country)

    assert where(reading).split(", ")[0] == place
    assert reading.unread == unread


def test_a_small_town_beside_an_unknown_word_is_offered(gazetteer: Gazetteer) -> None:
    reading = read("asdfqwer Alpine", gazetteer, country="US")

    assert reading.found is None and "Alpine" in {place.name for place in reading.choices}


@pytest.mark.parametrize(
    ("line", "country", "code"),
    [("Asien", "DE", "IL"), ("Asia", "US", "KR"), ("Naher Osten online", "DE", "IL"), ("Middle East", "US", "IL"),
     ("therapeut in Europa", "DE", "FR"), ("Orta Doğu", "TR", "TR"), ("Asie du Sud-Est", "FR", "SG"),
     ("אירופה", "IL", "GB"), ("아시아", "KR", "KR"), ("أوروبا", "AE", "FR"), ("Latin America", "US", "MX"),
     ("Skandinavien", "DE", "DK"), ("DACH", "DE", "AT"), ("Benelux, Nederlands", "NL", "BE")],
)  # fmt: skip
def test_a_part_of_the_world_is_no_village(gazetteer: Gazetteer, line: str, country: str, code: str) -> None:
    reading = read(line, gazetteer, country=country)

    assert reading.found is None and reading.wide is not None
    assert code in reading.wide.countries
    assert (reading.unread, reading.search.is_placed, reading.search.typed) == ("", False, line)


@pytest.mark.parametrize(
    "line",
    ["soția mea vrea terapie dar eu nu", "la terapie, eu nu vreau", "eu vreau terapie", "nu eu", "eu sunt singură"],
)
def test_a_romanian_i_is_no_union(gazetteer: Gazetteer, line: str) -> None:
    assert read(line, gazetteer, country="RO").wide is None


@pytest.mark.parametrize("line", ["EU", "eu", "online eu", "in the eu", "therapist, EU"])
def test_the_union_may_be_typed_small(gazetteer: Gazetteer, line: str) -> None:
    assert read(line, gazetteer, country="DE").wide is not None


@pytest.mark.parametrize(
    ("line", "country", "place"),
    [("South Africa", "US", "South Africa"), ("Middle East, Maryland", "US", "Middle East"),
     ("Asia, Philippines", "US", "Asia"), ("Place de l'Europe Paris", "FR", "Paris"),
     ("Afrique du Sud", "FR", "South Africa"),
     ("Central African Republic", "US", "Central African Republic"), ("Norden", "DE", "Norden")],
)  # fmt: skip
def test_a_place_that_is_called_after_one_stays_a_place(
    gazetteer: Gazetteer, line: str, country: str, place: str
) -> None:
    assert where(read(line, gazetteer, country=country)).rpartition(", ")[0] == place


def test_a_known_town_of_the_same_name_is_offered_beside_a_smaller_one(gazetteer: Gazetteer) -> None:
    reading = read("Florence EMDR", gazetteer, country="US")

    assert reading.found and reading.found.place.region == "Alabama"
    assert "IT" in [place.country for place in reading.choices]
