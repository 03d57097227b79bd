"""Which of the places that bear a name an answer names."""

from dataclasses import replace

import pytest

from referral.places import rank
from referral.places.gazetteer import Gazetteer
from referral.places.types import Found, Place


def _found(number: int, name: str, kind: str, people: int, score: float) -> Found:
    place = Place(str(number), name, kind, "US", f"US-{number}", f"Region {number}", 40.0, -90.0, people)
    return Found(place, "exact", score, under="salem")


def _names(found: list[Found]) -> list[str]:
    return [f"{f.place.name} {f.place.kind} {f.place.population}" for f in found]


BEARERS = [_found(n, "Salem", "city", 90_000 - 10_000 * n, 4.9 - n / 10) for n in range(5)]
EXONYM = _found(10, "Jerusalem", "city", 970_000, 4.85)
REGION = _found(11, "Salem", "region", 900_000, 4.84)


def test_all_namesakes_stand_before_regions_and_other_names() -> None:
    found = rank.best([*BEARERS, EXONYM, REGION], 6)

    assert found[:5] == BEARERS
    assert found[5] == EXONYM


def test_what_is_likeliest_stays_first_whatever_it_is() -> None:
    country = _found(12, "Salem", "country", 9_000_000, 7.0)

    assert _names(rank.best([*BEARERS, country], 6)) == _names([country, *BEARERS])


def test_a_longer_name_gives_its_seat_to_the_last_of_five_namesakes() -> None:
    longer = _found(13, "Salem Springs", "city", 720_000, 5.0)

    assert rank.best([longer, *BEARERS], 6) == [*BEARERS, longer]
    assert rank.best([longer, *BEARERS[1:]], 6) == [longer, *BEARERS[1:]]
    far_above = replace(longer, score=BEARERS[0].score + rank.BIAS)
    assert rank.best([far_above, *BEARERS], 6) == [far_above, *BEARERS]


def test_a_far_larger_city_called_so_too_keeps_a_seat_among_five_namesakes() -> None:
    larger = _found(13, "Salem Springs", "city", 2_000_000, BEARERS[-1].score + rank.BIAS)
    country = _found(12, "Salem", "country", 9_000_000, 7.0)

    assert rank.best([country, larger, *BEARERS], 5) == [country, larger, *BEARERS[:3]]


def test_among_more_namesakes_than_seats_every_large_city_called_so_has_one() -> None:
    sixth = _found(14, "Salem", "city", 41_000, 4.45)
    larger = _found(13, "Salem Springs", "city", 200_000, 4.75)

    assert rank.best([*BEARERS, sixth, larger], 5) == [*BEARERS[:2], larger, *BEARERS[2:4]]


def test_a_namesake_without_a_seat_comes_right_after() -> None:
    country = _found(12, "Salem", "country", 9_000_000, 7.0)
    longer = _found(13, "Salem Springs", "city", 720_000, 5.0)

    assert rank.best([country, longer, *BEARERS], 7) == [country, *BEARERS, longer]


def test_seats_are_filled_by_likelihood_and_so_is_their_order() -> None:
    small = _found(13, "Salem", "city", 4_000, 3.6)

    found = rank.best([*BEARERS[:3], EXONYM, REGION, small], 6)

    assert found == [BEARERS[0], EXONYM, REGION, BEARERS[1], BEARERS[2], small]


def test_towns_beside_each_other_in_two_regions_are_two() -> None:
    kansas, missouri = _found(1, "Kansas City", "city", 150_000, 5.2), _found(2, "Kansas City", "city", 470_000, 5.7)

    assert rank.best([kansas, missouri], 6) == [missouri, kansas]


@pytest.mark.parametrize(
    ("typed", "country", "label"),
    [
        ("Rowley", "GB", "Rowley, England, United Kingdom"),
        ("Salorino", "CH", "Salorino, Ticino, Switzerland"),
        ("Engelberg", "AT", "Engelberg, "),
        ("Norfolk", "GB", "Norfolk, England, United Kingdom"),
        ("Mayo", "IE", "Mayo County"),
        ("Norfolk", "US", "Norfolk, Virginia, United States"),
        ("Vreeland", "NL", "Vreeland, Utrecht, Netherlands"),
        ("London", "CA", "London, England, United Kingdom"),
        ("Paris", "US", "Paris, Île-de-France, France"),
    ],
)
def test_whoever_is_at_home_means_what_is_there(gazetteer: Gazetteer, typed: str, country: str, label: str) -> None:
    found = gazetteer.find(typed, country=country)

    assert found[0].place.label().startswith(label)
    assert found[0].place.country == country or typed in ("London", "Paris")


@pytest.mark.parametrize(
    ("name", "stranger"),
    [("San Miguel", "San Diego"), ("Santa Ana", "Taguig"), ("Victoria", "Hong Kong")],
)
def test_what_was_called_so_once_takes_no_namesakes_place(gazetteer: Gazetteer, name: str, stranger: str) -> None:
    choices = gazetteer.choices(gazetteer.find(name))

    assert len(choices) == 5 and stranger not in [place.name for place in choices]
