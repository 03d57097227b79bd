"""The tables kept by hand: what they name is there, and areas stand where they should."""

import pytest

from referral.places.gazetteer import Gazetteer
from referral.places.kept_areas import kept_areas
from referral.places.regions import joined_by_hand
from tests.places.conftest import FewRows


def test_every_kept_area_lies_in_a_known_country_or_region(gazetteer: Gazetteer) -> None:
    missing = {area.within for area in kept_areas() if gazetteer.place(area.within) is None}

    assert missing == set()


def test_every_kept_area_is_found_by_its_code(gazetteer: Gazetteer) -> None:
    for area in kept_areas():
        place = gazetteer.place(area.code)

        assert place is not None
        assert (place.kind, place.name, place.radius_km) == ("area", area.name, area.extent.radius_km)


def test_no_two_kept_areas_share_a_code() -> None:
    codes = [area.code for area in kept_areas()]

    assert len(codes) == len(set(codes))


def test_an_area_is_left_out_where_nobody_lives(small: Gazetteer) -> None:
    assert small.place("ES.mallorca") is None
    assert small.place("US.long-island") is None
    assert small.place("US.new-england") is not None


def test_a_town_is_found_in_a_kept_area(gazetteer: Gazetteer) -> None:
    assert gazetteer.find("Avignon, Provence")[0].place.name == "Avignon"
    assert gazetteer.find("Essen, Ruhrgebiet")[0].place.label() == "Essen, North Rhine-Westphalia, Germany"


@pytest.mark.parametrize("code", ["NL-NH", "PL-12", "GR-A", "RU-MOS", "ID-JT"])
def test_a_region_that_no_name_joins_is_joined_by_hand(gazetteer: Gazetteer, code: str) -> None:
    assert gazetteer.place(code) is not None


def test_what_is_joined_by_hand_is_written_once() -> None:
    joined = joined_by_hand()

    assert joined["NL", "07"] == "NL-NH"
    assert all(code.startswith(f"{country}-") for (country, _), code in joined.items())


def test_a_countrys_rare_name_comes_after_a_large_town_elsewhere(gazetteer: Gazetteer) -> None:
    labels = [found.place.label() for found in gazetteer.find("Columbia")]

    assert labels[0] == "Columbia, South Carolina, United States"
    assert gazetteer.find("Poole")[0].place.country == "GB"
    assert gazetteer.find("Francia")[0].place.label() == "France"
    assert gazetteer.find("Bogota, Columbia")[0].place.country == "CO"


def test_the_town_most_people_of_its_region_live_in_comes_first(gazetteer: Gazetteer) -> None:
    assert gazetteer.find("Cluj")[0].place.name == "Cluj-Napoca"
    assert gazetteer.find("Oklahoma")[0].place.kind == "region"


def test_a_word_that_only_says_what_an_area_is_may_stand_beside_its_name(gazetteer: Gazetteer) -> None:
    assert gazetteer.find("Québec province")[0].place.area == "CA-QC"
    assert gazetteer.find("State of Texas")[0].place.area == "US-TX"


def test_a_code_in_capitals_is_one_of_an_area_and_no_other_name(gazetteer: Gazetteer) -> None:
    assert gazetteer.find("OR", country="US")[0].place.area == "US-OR"
    assert gazetteer.find("UAE")[0].place.area == "AE"
    assert gazetteer.find("NRW")[0].place.area == "DE-NW"


def test_a_county_at_home_comes_before_a_town_abroad(gazetteer: Gazetteer) -> None:
    assert gazetteer.find("Cornwall", country="GB")[0].place.kind == "county"
    assert gazetteer.find("Surrey", country="GB")[0].place.kind == "county"
    assert gazetteer.find("Antwerpen", country="BE")[0].place.kind == "city"
    assert gazetteer.find("Cornwall", country="CA")[0].place.label() == "Cornwall, Ontario, Canada"


def test_a_small_town_abroad_may_misspell_a_city_at_home(gazetteer: Gazetteer) -> None:
    assert gazetteer.find("Melbourn", country="AU")[0].place.name == "Melbourne"
    assert gazetteer.find("Melbourn", country="GB")[0].place.name == "Melbourn"


def test_endings_that_sound_alike_are_corrected(gazetteer: Gazetteer) -> None:
    found = gazetteer.find("Edinborough")

    assert (found[0].place.name, found[0].match) == ("Edinburgh", "typo")


def test_a_british_district_is_a_code_in_britain(gazetteer: Gazetteer) -> None:
    assert gazetteer.find("W1", country="GB")[0].place.id == "GB:W1"
    assert gazetteer.find("W1")[0].place.id == "GB:W1"
    assert gazetteer.find("w1") == []


def test_a_code_between_two_towns_belongs_to_the_one_before(gazetteer: Gazetteer) -> None:
    assert gazetteer.find("22041-001")[0].place.name == "Rio de Janeiro"
    assert gazetteer.find("12345678") == []


def test_a_kept_area_needs_no_village_of_its_name(few_rows: FewRows, small: Gazetteer) -> None:
    assert small.find("New England")[0].place.kind == "area"


@pytest.mark.parametrize(
    ("typed", "country", "label"),
    [
        ("Wicker Park, Chicago", None, "Wicker Park, Illinois, United States"),
        ("wicker park", "US", "Wicker Park, Illinois, United States"),
        ("Greenwich Village, New York", None, "Greenwich Village, New York, United States"),
        ("Lakeview, Chicago", "US", "Lakeview, Illinois, United States"),
        ("Vila Madalena, São Paulo", "BR", "Vila Madalena, São Paulo, Brazil"),
        ("홍대", "KR", "Hongdae, Seoul, South Korea"),
        ("Palermo, Buenos Aires", "AR", "Palermo, Buenos Aires F.D., Argentina"),
        ("Palermo", None, "Palermo, Sicily, Italy"),
        ("Grünerløkka, Oslo", "NO", "Grünerløkka, Oslo, Norway"),
    ],
)
def test_a_quarter_that_no_package_knows_is_found(
    gazetteer: Gazetteer, typed: str, country: str | None, label: str
) -> None:
    assert [f.place.label() for f in gazetteer.find(typed, country=country)[:1]] == [label]
