"""Distances and coordinates beside other words."""

import pytest

from referral.places.gazetteer import Gazetteer
from referral.search.reaching import point, reach
from referral.search.reading import read


@pytest.mark.parametrize(
    ("typed", "country", "place", "radius", "unit"),
    [("within 10 miles of Leeds", "GB", "Leeds", 16, ""), ("10 km around Köln", "DE", "Köln", 10, ""),
     ("im Umkreis von 20 km um Ulm", "DE", "Ulm", 20, ""), ("à moins de 30 km de Lyon", "FR", "Lyon", 30, ""),
     ("Denver, 50 km, online", "US", "Denver", 50, "km"), ("15 miles of Lyon", "FR", "Lyon", 24, "mi"),
     ("25 mile radius of Austin", "US", "Austin", 40, ""), ("binnen 10 km van Utrecht", "NL", "Utrecht", 10, ""),
     ("terapeuta a menos de 20 kilómetros de Sevilla", "ES", "Sevilla", 20, ""),
     ("inden for 25 km fra Odense", "DK", "Odense", 25, ""),
     ("pe o rază de 30 km în jurul Cluj-Napoca", "RO", "Cluj-Napoca", 30, ""),
     ("Ankara 20 km çevresinde", "TR", "Ankara", 20, ""), ('עד 20 ק"מ מחיפה', "IL", "Haifa", 20, ""),
     ("서울 10km 이내 부부상담", "KR", "Seoul", 10, ""), ("القاهرة 20 كم", "EG", "Cairo", 20, ""),
     ("within 2000 miles of Chicago", "US", "Chicago", 500, ""), ("London 2.5 miles", "GB", "London", 4, ""),
     ("100 Mile House", "CA", "100 Mile House", None, ""), ("Texas within 50 miles", "US", "Texas", None, ""),
     ("married 10 years, Boston", "US", "Boston", None, "")],
)  # fmt: skip
def test_a_distance_is_read_with_its_place(
    gazetteer: Gazetteer, typed: str, country: str, place: str, radius: int | None, unit: str
) -> None:
    reading = read(typed, gazetteer, country=country)

    assert reading.found and reading.found.place.name == place
    assert (reading.search.radius, reading.search.unit, reading.search.text) == (radius, unit, "")


@pytest.mark.parametrize(
    ("typed", "near"),
    [("52.37, 4.89 online", (52.37, 4.89)), ("online 41.88, -87.63, Spanish", (41.88, -87.63)),
     ("41.88 -87.63 within 10 miles", (41.88, -87.63)), ("41°52′55″N, 87°37′40″W online", (41.88, -87.63))],
)  # fmt: skip
def test_coordinates_beside_other_words_are_read(gazetteer: Gazetteer, typed: str, near: tuple[float, float]) -> None:
    reading = read(typed, gazetteer, country="US")

    assert (reading.search.near, reading.search.text) == (near, "")


def test_a_line_without_numbers_is_left_as_it_is() -> None:
    assert reach("Leeds, online").rest == "Leeds, online"
    assert point("Leeds, online") == ("", "Leeds, online")
