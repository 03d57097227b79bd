"""Points in the forms people and their programs write."""

import pytest

from referral.places.coordinates import off_earth, points
from referral.places.gazetteer import Gazetteer
from referral.places.parse import clean


@pytest.mark.parametrize(
    ("line", "point"),
    [
        ("41.88, -87.63", (41.88, -87.63)),
        ("41.88 -87.63", (41.88, -87.63)),
        ("geo:41.88,-87.63", (41.88, -87.63)),
        ("41.88N 87.63W", (41.88, -87.63)),
        ("N 41.88, W 87.63", (41.88, -87.63)),
        ("41°53'N, 87°38'W", (41.8833, -87.6333)),
        ("33°52′10″S 151°12′30″E", (-33.8694, 151.2083)),
        ("S 33 52 E 151 12", (-33.8667, 151.2)),
        ("48 51 24 N 2 21 08 E", (48.8567, 2.3522)),
        ("N 48 51.4, E 2 21.1", (48.8567, 2.3517)),
        ("-33,8688; 151,2093", (-33.8688, 151.2093)),
        ("48,8566, 2,3522", (48.8566, 2.3522)),
        ("48,8566 2,3522", (48.8566, 2.3522)),
        ("40.7128, \u221274.0060", (40.7128, -74.006)),
        ("(40.7128, -74.0060)", (40.7128, -74.006)),
        ("48,8566° N, 2,3522° E", (48.8566, 2.3522)),
        ("40.7128/-74.0060", (40.7128, -74.006)),
        ("40.7128\u060c -74.0060", (40.7128, -74.006)),
        ("40:42:46N 74:00:22W", (40.7128, -74.0061)),
        ("40d42m46s N 74d00m22s W", (40.7128, -74.0061)),
        ("E13.405 N52.52", (52.52, 13.405)),
        ("13.405E, 52.52N", (52.52, 13.405)),
        ("48.8566\u00b0, 2.3522\u00b0", (48.8566, 2.3522)),
        ("48.8566 north, 2.3522 east", (48.8566, 2.3522)),
        ("48,85 Nord, 2,35 Ost", (48.85, 2.35)),
        ("48:51:24, 2:21:08", (48.8567, 2.3522)),
        ("\u2212 33.87, 151.21", (-33.87, 151.21)),
        ("34.05, -118.24 USA", (34.05, -118.24)),
        ("\u0664\u0668\u066b\u0668\u0665, \u0662\u066b\u0663\u0665", (48.85, 2.35)),
        ("北緯35度41分 東経139度41分", (35.6833, 139.6833)),
        ("북위 37도 33분 동경 126도 58분", (37.55, 126.9667)),
        ("55°45′ с.ш. 37°37′ в.д.", (55.75, 37.6167)),
        ("40 -74", (40.0, -74.0)),
        ("-34, 151", (-34.0, 151.0)),
    ],
)
def test_points_are_read(line: str, point: tuple[float, float]) -> None:
    ((lat, lon),) = points(clean(line))

    assert (round(lat, 4), round(lon, 4)) == point


@pytest.mark.parametrize(
    "line",
    [
        "99.5, 10.5",
        "10 20",
        "030 -12",
        "555 -1234",
        "10-20",
        "10115 12345",
        "1.5, 181.5",
        "12.5",
        "5th Ave, 3.5",
        "10.5 - 20.5",
        "10:30, 11:45",
    ],
)
def test_other_numbers_are_no_points(line: str) -> None:
    assert points(line) == []


def test_a_point_beyond_the_poles_is_a_point_all_the_same() -> None:
    assert off_earth("95.0, 200.0")
    assert not off_earth("45.0, 20.0")
    assert not off_earth("12 Main Street")


@pytest.mark.parametrize(
    "line",
    [
        "41° 52′ 55″ N, 87° 37′ 40″ W",
        "41º52'55''N 87º37'40''W",
        "41.8819 N, 87.6278 W",
        "41.8819, -87.6278",
        "41.88 -87",
    ],
)
def test_a_point_is_read_however_its_signs_are_typed(line: str) -> None:
    ((lat, lon),) = points(clean(line))

    assert abs(lat - 41.88) < 0.01 and abs(lon + 87.63) < 0.7


@pytest.mark.parametrize(
    "line", ["48°61'00\"N 2°21'E", "48.85, 999", "lat 999", "lat: 48.1", "999.0, 2", "91°N 0°E", "48.85, NaN", "NaN, 2"]
)
def test_what_has_the_form_of_a_point_and_is_none_is_nothing_else(line: str) -> None:
    assert off_earth(clean(line))
    assert points(clean(line)) == []


@pytest.mark.parametrize(
    ("line", "country", "first", "second"),
    [
        ("52° 31' 12\" N, 13° 24' 18\" O", None, "DE", "IE"),
        ("48° 12' N 16° 22' O", "AT", "AT", "IE"),
        ("40° 25' N 3° 42' O", "ES", "ES", "ES"),
    ],
)
def test_an_o_is_east_or_west_as_there_are_people(
    gazetteer: Gazetteer, line: str, country: str | None, first: str, second: str
) -> None:
    found = gazetteer.find(line, country=country)

    assert found[0].place.country == first
    assert [place.country for place in gazetteer.choices(found)] in ([second], [])
