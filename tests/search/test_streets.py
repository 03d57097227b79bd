"""An address is pasted, or a quarter typed with its city: the town is meant, and no word of the street is a wish."""

import pytest

from referral.places.gazetteer import Gazetteer
from referral.search.reading import read
from tests.search.test_slips import understood


@pytest.mark.parametrize(
    ("line", "country", "place"),
    [("45 French Street, New Brunswick, NJ 08901", "US", "New Brunswick, US"),
     ("1 English Ave NW, Atlanta, GA 30318", "US", "Atlanta, US"), ("22 German Street, Erie, PA", "US", "Erie, US"),
     ("Englische Straße 20, 10587 Berlin", "DE", "Berlin, DE"), ("Polnische Gasse 3, Dresden", "DE", "Dresden, DE"),
     ("5 Rue des Anglais, 75005 Paris", "FR", "Paris, FR"),
     ("1-9-1 Marunouchi, Chiyoda City, Tokyo 100-0005, Japan", "JP", "Marunochi, JP")],
)  # fmt: skip
def test_no_word_of_a_street_is_a_wish(gazetteer: Gazetteer, line: str, country: str, place: str) -> None:
    assert understood(read(line, gazetteer, country=country)) == (place, set(), "")


@pytest.mark.parametrize(
    ("line", "country", "place"),
    [("12 Main St, Springfeld, IL", None, "Springfield, US"), ("22 High St, Manchestr", "GB", "Manchester, GB"),
     ("10 Elm St Bostn MA", None, "Boston, US"), ("12 rue de Rivoli, Pariss", "FR", "Paris, FR"),
     ("רחוב יפו 20, ירושליים", "IL", "Jerusalem, IL")],
)  # fmt: skip
def test_a_misspelt_town_behind_a_street_is_put_right_and_said(
    gazetteer: Gazetteer, line: str, country: str | None, place: str
) -> None:
    reading = read(line, gazetteer, country=country)

    assert understood(reading) == (place, set(), "")
    assert reading.is_misspelt


def test_no_word_of_a_street_is_the_town_where_another_is_named(gazetteer: Gazetteer) -> None:
    reading = read("12 rue de Rivoli, Xqzzt", gazetteer, country="FR")

    assert understood(reading) == ("", set(), "Xqzzt")
    assert reading.left_out == ("12 rue de Rivoli",)


def test_what_is_wished_beside_an_address_is_kept(gazetteer: Gazetteer) -> None:
    reading = read("45 French Street, New Brunswick, NJ 08901, Spanish", gazetteer, country="US")

    assert understood(reading) == ("New Brunswick, US", {"es"}, "")


@pytest.mark.parametrize("line", ["90 minutes, Chicago", "married 10 years, Chicago", "St. Louis, 63101"])
def test_a_number_makes_no_street(gazetteer: Gazetteer, line: str) -> None:
    reading = read(line, gazetteer, country="US")

    assert reading.found is not None and reading.found.place.name in ("Chicago", "St. Louis")


@pytest.mark.parametrize(
    ("line", "place"),
    [("King Fahd Rd, Al Olaya, Riyadh 12214, Saudi Arabia", "Riyadh, SA"),
     ("Ermou 15, Athina 105 63, Greece", "Athens, GR"),
     ("Titova 7, Sarajevo 71000, Bosnia and Herzegovina", "Sarajevo, BA"),
     ("12 Long St, Cape Town City Centre, Cape Town, 8001, South Africa", "Cape Town, ZA")],
)  # fmt: skip
def test_an_address_that_ends_with_its_country_is_in_its_town(gazetteer: Gazetteer, line: str, place: str) -> None:
    assert understood(read(line, gazetteer, country="US")) == (place, set(), "")


@pytest.mark.parametrize(
    ("line", "country", "place", "other"),
    [("Highland Park, Los Angeles", "US", "Los Angeles, US", "Highland Park"),
     ("Capitol Hill, Seattle", "US", "Seattle, US", "Capitol Hill"), ("Austin, Chicago", "US", "Chicago, US", "Austin"),
     ("Chicago, Denver", "US", "Chicago, US", "Denver"), ("High Park, Toronto", "CA", "Toronto, CA", "High Park"),
     ("San Giovanni, Roma", "IT", "Rome, IT", "San Giovanni la Punta")],
)  # fmt: skip
def test_a_quarter_is_no_town_of_its_name_elsewhere(
    gazetteer: Gazetteer, line: str, country: str, place: str, other: str
) -> None:
    reading = read(line, gazetteer, country=country)

    assert understood(reading) == (place, set(), "")
    assert reading.choices[0].name == other  # which is said, and one step away
    assert reading.aside or reading.elsewhere


@pytest.mark.parametrize("line", ["Nancy, Chicago", "Chicago, Nancy"])
def test_a_given_name_beside_a_city_is_a_name(gazetteer: Gazetteer, line: str) -> None:
    assert understood(read(line, gazetteer, country="US")) == ("Chicago, US", set(), "Nancy")


@pytest.mark.parametrize(
    ("line", "country", "place", "other"),
    [("Leeds or York", "GB", "Leeds, GB", "York"), ("Zürich oder Bern", "CH", "Bern, CH", "Zürich"),
     ("Lyon ou Grenoble", "FR", "Lyon, FR", "Grenoble")],
)  # fmt: skip
def test_of_either_of_two_towns_the_other_is_one_step_away(
    gazetteer: Gazetteer, line: str, country: str, place: str, other: str
) -> None:
    reading = read(line, gazetteer, country=country)

    assert {understood(reading)[0].partition(",")[0], reading.choices[0].name} == {place.partition(",")[0], other}
    assert reading.search.text == ""


@pytest.mark.parametrize(
    ("line", "either"),
    [("Paris, Germany", ["Paris, Île-de-France, France", "Germany"]),
     ("Munich Austria", ["Munich, Bavaria, Germany", "Austria"])],
)  # fmt: skip
def test_a_town_in_a_country_that_has_none_is_asked_back(gazetteer: Gazetteer, line: str, either: list[str]) -> None:
    reading = read(line, gazetteer)

    assert reading.found is None
    assert [place.label() for place in reading.choices] == either
