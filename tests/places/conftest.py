"""A gazetteer of a few rows, for tests that need to know all of it."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from referral.places.build import build
from referral.places.gazetteer import Gazetteer, open_gazetteer
from referral.places.sources import City, Country, County, PostcodeRow, Region, Subdivision


@dataclass(frozen=True)
class FewRows:
    """Sources of inline rows."""

    def cities(self) -> Iterator[City]:
        yield City(1, "Paris", ["Lutèce", "Париж"], "FR", "11", "", 48.85, 2.35, 2_100_000)
        yield City(2, "Paris", [], "US", "TX", "277", 33.66, -95.55, 25_000)
        yield City(3, "Springfield", [], "US", "IL", "167", 39.80, -89.64, 114_000)
        yield City(4, "Springfield", [], "US", "MA", "013", 42.10, -72.59, 155_000)
        yield City(5, "Saint Paul", [], "US", "MN", "", 44.95, -93.10, 300_000)
        yield City(6, "München", ["Munich"], "DE", "02", "", 48.14, 11.58, 1_500_000)
        yield City(7, "Chicago", [], "US", "IL", "031", 41.88, -87.63, 2_700_000)
        yield City(8, "Suva", [], "FJ", "01", "", -18.14, 178.44, 90_000)
        yield City(9, "Taveuni", [], "FJ", "03", "", -16.85, -179.97, 9_000)

    def countries(self) -> Iterator[Country]:
        for number, (code, code3, name, capital, people) in enumerate(
            [
                ("DE", "DEU", "Germany", "Berlin", 83_000_000),
                ("FJ", "FJI", "Fiji", "Suva", 900_000),
                ("FR", "FRA", "France", "Paris", 67_000_000),
                ("US", "USA", "United States", "Washington", 330_000_000),
            ]
        ):
            yield Country(100 + number, code, code3, name, capital, people)

    def regions(self) -> Iterator[Region]:
        yield Region("DE", "02", "Bavaria")
        yield Region("FR", "11", "Île-de-France")
        yield Region("US", "IL", "Illinois")
        yield Region("US", "MA", "Massachusetts")
        yield Region("US", "MN", "Minnesota")
        yield Region("US", "TX", "Texas")

    def counties(self) -> Iterator[County]:
        yield County("US", "IL", "031", "Cook County")

    def postcodes(self) -> Iterator[PostcodeRow]:
        yield PostcodeRow("DE", "80331", "München", "Bayern", 48.137, 11.57)
        yield PostcodeRow("DE", "82024", "Taufkirchen", "Bayern", 48.05, 11.62)
        yield PostcodeRow("US", "60601", "Chicago", "Illinois", 41.886, -87.62)

    def subdivisions(self) -> Iterator[Subdivision]:
        yield Subdivision("DE-BY", ["Bayern", "Bavaria"], True, {"de": "Bayern", "fr": "Bavière"})
        for code, name in (("IL", "Illinois"), ("MA", "Massachusetts"), ("MN", "Minnesota"), ("TX", "Texas")):
            yield Subdivision(f"US-{code}", [name], True)

    def words(self) -> list[str]:
        return ["sulva"]


@pytest.fixture(scope="session")
def few_rows() -> FewRows:
    return FewRows()


@pytest.fixture(scope="session")
def small_file(few_rows: FewRows, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("places") / "small.sqlite"
    build(few_rows, path, lambda what, done, total: None)
    return path


@pytest.fixture(scope="session")
def small(small_file: Path) -> Gazetteer:
    return open_gazetteer(small_file)
