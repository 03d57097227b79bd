"""What tells the towns of one name in one region apart, and which of them is only a quarter."""

from referral.places import namesakes
from referral.places.sources import City

SPAIN = {
    ("51", ""): "Andalusia",
    ("55", ""): "Castille and León",
    ("55", "SA"): "Provincia de Salamanca",
    ("29", ""): "Madrid",
    ("29", "M"): "Provincia de Madrid",
}


def _city(number: int, name: str, where: str, lat: float, lon: float, people: int) -> City:
    admin1, _, admin2 = where.partition(" ")
    return City(number, name, [], "ES", admin1, admin2, lat, lon, people)


MADRID = _city(1, "Madrid", "29 M", 40.42, -3.70, 3_255_000)
QUARTER = _city(2, "Salamanca", "29 M", 40.43, -3.68, 147_707)
CITY = _city(3, "Salamanca", "55 SA", 40.97, -5.66, 144_825)


def test_a_quarter_comes_second_to_a_town_that_names_its_county() -> None:
    assert namesakes.quarters([MADRID, QUARTER, CITY], SPAIN) == {1: 2}


def test_a_quarter_with_no_such_namesake_is_left_alone() -> None:
    elsewhere = CITY._replace(admin1="51", admin2="")

    assert namesakes.quarters([MADRID, QUARTER, elsewhere], SPAIN) == {}


def test_towns_of_one_name_in_a_region_say_their_county() -> None:
    other = CITY._replace(name="Villar", population=900)
    near_madrid = QUARTER._replace(name="Villar", admin1="55", admin2="M", population=800)

    told = namesakes.told_apart([other, near_madrid], {("55", "SA"): "Salamanca", ("55", "M"): "Madrid"})

    assert told == {0: "Salamanca", 1: "Madrid"}


def test_one_that_only_a_far_larger_namesake_stands_before_says_the_nearest_town() -> None:
    large = _city(4, "Villar", "55 SA", 40.90, -5.60, 90_000)
    small = _city(5, "Villar", "55", 42.90, -4.00, 0)

    assert namesakes.told_apart([CITY, large, small], SPAIN) == {2: "Salamanca"}


def test_where_no_county_tells_them_apart_a_larger_town_near_does() -> None:
    first = _city(4, "Villar", "55 SA", 40.90, -5.60, 900)
    second = _city(5, "Villar", "55 SA", 42.00, -5.00, 400)

    assert namesakes.told_apart([CITY, first, second], SPAIN) == {1: "Salamanca"}


def test_two_by_one_town_are_told_apart_by_the_hamlet_beside_one() -> None:
    first = _city(4, "Villar", "55 SA", 40.90, -5.60, 900)
    second = _city(5, "Villar", "55 SA", 40.80, -5.50, 400)
    hamlet = _city(6, "Pozo", "55 SA", 40.81, -5.50, 40)

    assert namesakes.told_apart([CITY, first, second, hamlet], SPAIN) == {1: "Salamanca", 2: "Pozo"}


def test_where_no_larger_town_is_near_the_nearest_of_the_region_does() -> None:
    first = _city(4, "Villar", "55 SA", 40.20, -5.66, 64_000)
    second = _city(5, "Villar", "55 SA", 42.90, -5.00, 62_000)
    abroad = _city(6, "Getafe", "29 M", 40.21, -5.60, 50_000)
    leon = _city(7, "León", "55 SA", 42.60, -5.57, 50_000)

    told = namesakes.told_apart([CITY._replace(population=60_000), first, second, abroad, leon], SPAIN)

    assert told == {1: "Salamanca", 2: "León"}


def test_two_cities_of_one_name_in_one_region_are_one_town() -> None:
    town = _city(8, "Puerto", "51", 37.00, -5.00, 240_000)._replace(names=["Port"])
    again = _city(9, "Puerto", "51", 37.30, -5.00, 430_000)
    far = _city(10, "Puerto", "51", 37.60, -5.00, 150_000)
    small = _city(11, "Puerto", "51", 37.01, -5.00, 90_000)
    elsewhere = _city(12, "Puerto", "29", 37.01, -5.00, 150_000)

    assert namesakes.joined([town, again, far, small, elsewhere, CITY]) == [
        town._replace(population=430_000), far, small, elsewhere, CITY,
    ]  # fmt: skip


def test_one_that_is_far_larger_needs_no_more_said() -> None:
    village = CITY._replace(id=6, lat=41.5, population=200, admin2="")

    assert namesakes.told_apart([CITY, village], SPAIN) == {}


ANDALUSIA = CITY._replace(name="Andalusia", admin1="51", admin2="", population=9_000)


def test_a_town_that_its_region_is_found_before_says_it_again() -> None:
    assert namesakes.said_with_region([ANDALUSIA], SPAIN, {"51": 8_000_000}) == {0: "Andalusia"}


def test_a_town_found_before_its_region_says_nothing_more() -> None:
    large = ANDALUSIA._replace(population=90_000)

    assert namesakes.said_with_region([large], SPAIN, {"51": 8_000_000}) == {}
    assert namesakes.said_with_region([ANDALUSIA], SPAIN, {"51": 9_000}) == {}


def test_a_town_says_its_region_beside_a_larger_namesake_or_another_region_of_just_that_name() -> None:
    large, larger = ANDALUSIA._replace(population=90_000), ANDALUSIA._replace(admin1="55", population=99_000)
    of_capital = {("51", ""): "Province of Andalusia", ("55", ""): "Andalusia"}

    assert namesakes.said_with_region([large, larger], SPAIN, {}) == {0: "Andalusia"}
    assert namesakes.said_with_region([large], of_capital, {}) == {0: "Province of Andalusia"}


def test_a_numbered_quarter_does_not_bear_the_name_of_its_city() -> None:
    quarter = MADRID._replace(name="Madrid (Distrito 3)", population=50_000)
    far = CITY._replace(name="Salamanca (Norte)", lat=36.0)

    assert list(namesakes.parts([MADRID, quarter, CITY, far])) == [1]
