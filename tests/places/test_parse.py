"""Lines taken apart."""

import pytest

from referral.places.parse import Split, clean, coordinates, fronts, off_earth, segments, splits


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
    ],
)
def test_points_are_read(line: str, point: tuple[float, float]) -> None:
    found = coordinates(line)

    assert found is not None
    assert (round(found[0], 4), round(found[1], 4)) == point


@pytest.mark.parametrize("line", ["99.5, 10.5", "10 20", "10115 12345", "1.5, 181.5", "12.5", "5th Ave, 3.5"])
def test_other_numbers_are_no_points(line: str) -> None:
    assert coordinates(line) is None


def test_a_point_beyond_the_poles_is_a_point_all_the_same() -> None:
    assert off_earth("95.0, 200.0")
    assert not off_earth("45.0, 20.0")
    assert not off_earth("12 Main Street")


def test_an_unspaced_address_begins_with_what_its_letters_say_is_an_area() -> None:
    assert list(fronts("臺北市大安區")) == ["臺北市"]
    assert list(fronts("Market")) == []


def test_what_cannot_be_typed_is_dropped() -> None:
    assert clean(" Chi\0cago \u202e\ud800 ") == "Chi cago"
    assert clean("Ｃｈｉｃａｇｏ") == "Chicago"
    assert clean("x" * 201) == ""
    assert clean("Chicago" + " " * 9_000) == "Chicago"


@pytest.mark.parametrize("line", ["¯\\_(ツ)_/¯", "!!!", "™®©", "🇺🇳🇺🇳"])
def test_signs_and_pictures_are_no_name(line: str) -> None:
    assert clean(line) == ""


def test_the_usual_order_comes_first() -> None:
    assert segments("Paris, TX; USA") == ["Paris", "TX", "USA"]
    assert next(iter(splits(["Paris", "Texas"]))) == Split("Paris", ("Texas",))
    assert Split("Ft Collins", ("CO",), 0.3) in list(splits(["Ft Collins CO"]))


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
    point = coordinates(clean(line))

    assert point is not None
    assert abs(point[0] - 41.88) < 0.01 and abs(point[1] + 87.63) < 0.7


@pytest.mark.parametrize("line", ["48°61'00\"N 2°21'E", "48.85, 999", "lat 999", "lat: 48.1", "999.0, 2", "91°N 0°E"])
def test_what_has_the_form_of_a_point_and_is_none_is_nothing_else(line: str) -> None:
    assert off_earth(clean(line))
    assert coordinates(clean(line)) is None
