"""What a small map shows."""

from referral.places.framing import framed


def test_a_map_holds_every_circle_and_a_point_is_none() -> None:
    found = framed([(41.88, -87.63, 2.0), (42.0, -87.7, 0.0)])

    assert found is not None
    assert found.circles == [{"lat": 41.88, "lon": -87.63, "radius_km": 2.0}]
    assert found.points == [[42.0, -87.7]]
    west, south, east, north = found.bbox or []
    assert west < -87.71 and south < 41.87 and east > -87.62 and north > 42.01


def test_a_circle_over_the_antimeridian_is_shown_on_the_world() -> None:
    found = framed([(-17.0, 179.99, 10.0)])

    assert found is not None and found.bbox is None and len(found.circles) == 1


def test_nothing_to_show_is_no_map() -> None:
    assert framed([]) is None
