"""Codes of a city that a table puts at one point far from it."""

import pytest

from referral.places import distance
from referral.places.gazetteer import Gazetteer
from referral.places.villages import Served, postcodes
from tests.places.test_villages import city, towns

FAR = (13.2257, 77.575)
CITY = city(1, "Bengaluru", 12.97, 77.59, 8_000_000)
CODES = [f"56000{last}" for last in range(1, 6)]


def _placed(*rows: Served) -> dict[str, tuple[int, int, int]]:
    known = towns("IN", CITY, city(2, "Mandya", 13.3, 77.6, 130_000))
    return {code: (lat, lon, town) for code, _, lat, lon, town in postcodes(known, rows)}


def _quarters(codes: list[str]) -> list[Served]:
    return [Served(f"Quarter {code}", "", *FAR, [code]) for code in codes]


def test_the_codes_of_a_city_with_its_head_office_among_them_are_where_it_is() -> None:
    office = Served("Bengaluru G.P.O.", "", *FAR, CODES[:1])

    found = _placed(office, *_quarters(CODES[1:]), *_quarters(["562101"]))

    assert {found[code] for code in CODES} == {(1297000, 7759000, 0)}
    assert found["562101"][:2] == (1322570, 7757500), "the country around it has codes of another series"


def test_few_codes_and_those_near_their_city_or_of_another_stay_where_they_are() -> None:
    few = _placed(Served("Bengaluru G.P.O.", "", *FAR, CODES[:1]), *_quarters(CODES[1:4]))
    unnamed = _placed(*_quarters(CODES))
    near = _placed(
        Served("Bengaluru G.P.O.", "", 13.0, 77.6, CODES[:1]), *(Served("A", "", 13.0, 77.6, [c]) for c in CODES)
    )
    small = _placed(Served("Mandya H.O", "", *FAR, CODES[:1]), *_quarters(CODES[1:]))

    assert {point[:2] for found in (few, unnamed, small) for point in found.values()} == {(1322570, 7757500)}
    assert {point[:2] for point in near.values()} == {(1300000, 7760000)}


def test_codes_nearer_to_a_larger_city_are_not_those_of_its_suburb() -> None:
    known = towns("IN", CITY._replace(population=600_000), city(2, "Mumbai", 13.2, 77.6, 9_000_000))

    found = postcodes(known, [Served("Bengaluru H.O", "", *FAR, CODES[:1]), *_quarters(CODES[1:])])

    assert {row[2:4] for row in found} == {(1322570, 7757500)}


def test_a_longer_name_is_another_place() -> None:
    known = towns("IN", CITY._replace(names=["Vieira de Bengaluru", "Bangalore"]))
    near = (13.1, 77.6)

    longer = postcodes(known, [Served("Vieira de Bengaluru", "", *near, CODES)])
    former = postcodes(known, [Served("Bangalore", "", *near, CODES)])

    assert longer[0][2:4] == (1310000, 7760000)
    assert former[0][2:4] == (1297000, 7759000)


def test_codes_most_of_which_bear_the_citys_name_are_where_it_is() -> None:
    found = _placed(Served("Bengaluru", "", *FAR, CODES[:3]), *_quarters(CODES[3:]))

    assert {point[2] for point in found.values()} == {0}


def test_a_code_of_a_citys_sorting_district_is_not_far_from_it() -> None:
    shared = [f"5600{last}" for last in range(10, 31)]
    known = towns("IN", CITY)

    def points(*rows: Served) -> set[tuple[int, int]]:
        return {row[2:4] for row in postcodes(known, rows)}

    assert points(Served("Far", "", 14.4, 77.59, ["560033"])) == {(1297000, 7759000)}
    assert points(Served("Far", "", 14.4, 77.59, ["561203"])) == {(1440000, 7759000)}
    assert points(*_quarters(shared)) == {(1297000, 7759000)}
    assert points(*_quarters(shared[:20])) == {(1322570, 7757500)}
    assert {row[4] for row in postcodes(known, _quarters(shared))} == {0}


@pytest.mark.parametrize(
    ("code", "lat", "lon"),
    [
        ("560001", 12.97, 77.59),
        ("560025", 12.97, 77.59),
        ("682001", 9.94, 76.26),
        ("400066", 19.07, 72.88),
        ("411033", 18.52, 73.86),
        ("411038", 18.52, 73.86),
        ("500044", 17.38, 78.46),
    ],
)
def test_indian_codes_are_within_their_city(gazetteer: Gazetteer, code: str, lat: float, lon: float) -> None:
    place = gazetteer.find(code, country="IN")[0].place

    assert distance.km(place.lat, place.lon, lat, lon) < 10
