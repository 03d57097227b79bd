"""Great circles against the geodesic, boxes where longitudes wrap."""

from geopy.distance import geodesic
from hypothesis import given
from hypothesis import strategies as st

from referral.places.distance import box, from_miles, km, miles, unit

LATITUDES = st.floats(-90, 90)
LONGITUDES = st.floats(-180, 180)


@given(LATITUDES, LONGITUDES, LATITUDES, LONGITUDES)
def test_the_sphere_is_within_six_in_a_thousand_of_the_geodesic(
    lat1: float, lon1: float, lat2: float, lon2: float
) -> None:
    exact = geodesic((lat1, lon1), (lat2, lon2)).km

    assert abs(km(lat1, lon1, lat2, lon2) - exact) <= 0.006 * exact + 0.001


@given(LATITUDES, LONGITUDES, st.floats(1, 3000), st.floats(-1, 1), st.floats(-1, 1))
def test_whatever_is_near_is_in_the_box(lat: float, lon: float, radius: float, north: float, east: float) -> None:
    other = max(-90.0, min(90.0, lat + north * 30)), (lon + east * 180 + 180) % 360 - 180

    assert km(lat, lon, *other) > radius * 0.999 or other in box(lat, lon, radius)


def test_a_box_crosses_the_antimeridian() -> None:
    around_fiji = box(-17, 179.5, 200)

    assert around_fiji.west > around_fiji.east
    assert (-17, -179.5) in around_fiji
    assert (-17, 0) not in around_fiji


def test_a_box_over_a_pole_spans_all_longitudes() -> None:
    assert (89.9, -120) in box(89.5, 60, 100)


def test_miles_are_for_those_who_read_them() -> None:
    assert (unit("US"), unit("GB"), unit("DE")) == ("mi", "mi", "km")
    assert round(miles(from_miles(10)), 9) == 10
