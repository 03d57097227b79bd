"""Full dumps: streamed, and refused clearly when wrong or cut off."""

import zipfile
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from referral.errors import UsageError
from referral.places.further_names import FurtherNames
from referral.places.geonames import Dumps
from referral.places.sources import City, Country, Region
from tests.places.conftest import FewRows

PLACE = "2950159\tBerlin\tBerlin\tBerlino\t52.52\t13.41\tP\tPPLC\tDE\t\t16\t00\t\t\t3426354\t74\t43\tEurope/Berlin\t\n"
RIVER = PLACE.replace("\tP\tPPLC", "\tH\tSTM")
NAMES = "1\t2950159\tpl\tBerlin po polsku\n2\t2950159\tlink\thttps://example.org\n3\t7\tde\tanders\n"
POSTCODE = "DE\t10115\tBerlin\tBerlin\tBE\t\t00\tBerlin\t11000\t52.53\t13.38\t6\n"


def put(path: Path, text: str) -> None:
    path.parent.mkdir(exist_ok=True)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as made:
        made.writestr(f"{path.stem}.txt", text)


class Packaged(FewRows):
    """What the packages have of two countries."""

    def cities(self) -> Iterator[City]:
        return (city for city in super().cities() if city.country in ("DE", "FR"))

    def countries(self) -> Iterator[Country]:
        return (country for country in super().countries() if country.code in ("DE", "FR"))

    def regions(self) -> Iterator[Region]:
        yield Region("DE", "16", "Berlin")
        yield Region("FR", "11", "Île-de-France")


@pytest.fixture
def dumps(tmp_path: Path) -> Dumps:
    return Dumps(tmp_path, Packaged())


def test_towns_come_with_all_their_names(dumps: Dumps) -> None:
    put(dumps.folder / "allCountries.zip", PLACE + RIVER)
    put(dumps.folder / "alternateNamesV2.zip", NAMES)

    (city,) = dumps.cities()

    assert (city.name, city.names, city.admin1, city.population) == (
        "Berlin",
        ["Berlino", "Berlin po polsku"],
        "16",
        3426354,
    )


def test_the_dump_of_one_country_adds_to_the_packages(dumps: Dumps) -> None:
    put(dumps.folder / "DE.zip", PLACE)
    put(dumps.folder / "zip" / "allCountries.zip", POSTCODE)
    (dumps.folder / "admin1CodesASCII.txt").write_text("DE.16\tBerlin\tBerlin\t2950157\n")

    towns = [(c.country, c.name) for c in dumps.cities()]
    assert ("DE", "Berlin") in towns
    assert ("DE", "München") not in towns
    assert ("FR", "Paris") in towns
    assert [p.code for p in dumps.postcodes()] == ["10115"]
    assert [r.name for r in dumps.regions()] == ["Berlin"]


def test_the_dump_of_all_countries_stands_alone(dumps: Dumps) -> None:
    put(dumps.folder / "allCountries.zip", PLACE)

    assert [c.name for c in dumps.cities()] == ["Berlin"]


@pytest.mark.parametrize("sign", ["\u202e", "\x1b", "\x00", "\u2028"])
def test_what_prints_nothing_is_in_no_name(dumps: Dumps, sign: str) -> None:
    put(dumps.folder / "allCountries.zip", PLACE.replace("\tBerlin\t", f"\tBer{sign}lin\t", 1).replace("Berlino", sign))
    put(dumps.folder / "zip" / "allCountries.zip", POSTCODE.replace("Berlin", f"{sign}Berlin"))

    assert [(c.name, c.names) for c in dumps.cities()] == [("Berlin", [])]
    assert [p.name for p in dumps.postcodes()] == ["Berlin"]


def test_a_name_keeps_the_joiners_it_needs(dumps: Dumps) -> None:
    put(dumps.folder / "allCountries.zip", PLACE.replace("Berlino", "می\u200cشود"))

    assert [c.names for c in dumps.cities()] == [["می\u200cشود"]]


def test_a_name_too_long_is_none(dumps: Dumps) -> None:
    put(dumps.folder / "allCountries.zip", PLACE.replace("Berlino", "B" * 201))
    put(dumps.folder / "DE.zip", PLACE.replace("\tBerlin\t", f"\t{'B' * 201}\t", 1))

    assert [c.names for c in dumps.cities()] == [[]]
    (dumps.folder / "allCountries.zip").unlink()
    with pytest.raises(UsageError, match="too long"):
        list(dumps.cities())


def test_a_country_in_small_letters_is_refused(dumps: Dumps) -> None:
    put(dumps.folder / "allCountries.zip", PLACE.replace("\tDE\t", "\tde\t"))

    with pytest.raises(UsageError, match="is no country"):
        list(dumps.cities())


def test_a_table_that_lacks_most_regions_is_refused(dumps: Dumps) -> None:
    dumps.packages.regions = lambda: iter([Region("DE", str(n), "") for n in range(5)])  # type: ignore[method-assign]
    (dumps.folder / "admin1CodesASCII.txt").write_text("AD.06\tSant Julià\tSant Julia\t3039162\n" * 2)

    with pytest.raises(UsageError, match="2 of some 5 regions"):
        list(dumps.regions())


def test_a_missing_dump_is_named(dumps: Dumps) -> None:
    with pytest.raises(UsageError, match=r"allCountries\.zip"):
        list(dumps.cities())
    with pytest.raises(UsageError, match="admin1CodesASCII"):
        list(dumps.regions())


def test_another_table_is_refused(dumps: Dumps) -> None:
    put(dumps.folder / "DE.zip", "a\tb\n")

    with pytest.raises(UsageError, match="not a GeoNames table"):
        list(dumps.cities())


@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        ("3426354", "many"),
        ("3426354", "-1"),
        ("3426354", "9" * 30),
        ("2950159", "9" * 30),
        ("2950159", "100000000"),
        ("52.52", "nan"),
        ("13.41", "1e309"),
        ("52.52", "95"),
        ("13.41", "181"),
        ("\tBerlin\t", "\t\t"),
    ],
)
def test_a_number_that_is_none_is_refused(dumps: Dumps, right: str, wrong: str) -> None:
    put(dumps.folder / "allCountries.zip", PLACE.replace(right, wrong))

    with pytest.raises(UsageError, match="not a GeoNames table"):
        list(dumps.cities())


@pytest.mark.parametrize("table", ["", RIVER])
def test_a_table_without_towns_is_refused(dumps: Dumps, table: str) -> None:
    put(dumps.folder / "DE.zip", table)

    with pytest.raises(UsageError, match=r"empty|no populated place"):
        list(dumps.cities())


def test_the_places_are_no_postcodes_though_both_files_have_one_name(dumps: Dumps) -> None:
    put(dumps.folder / "zip" / "allCountries.zip", PLACE)
    put(dumps.folder / "allCountries.zip", POSTCODE)

    with pytest.raises(UsageError, match="table of 12 columns"):
        list(dumps.postcodes())
    with pytest.raises(UsageError, match="table of 19 columns"):
        list(dumps.cities())


def test_a_folder_in_place_of_a_dump_is_refused(dumps: Dumps) -> None:
    (dumps.folder / "allCountries.zip").mkdir()

    with pytest.raises(UsageError, match=r"allCountries\.zip is damaged"):
        list(dumps.cities())


@pytest.mark.parametrize(
    "line",
    ["US.AL.001\tAutauga County\tAutauga County\t4829764\n", "DE.16\tBerl", "DE.\tBerlin\tBerlin\t2950157\n"],
    ids=["counties", "cut off", "no code"],
)
def test_another_table_of_regions_is_refused(dumps: Dumps, line: str) -> None:
    (dumps.folder / "admin1CodesASCII.txt").write_text("AD.06\tSant Julià\tSant Julia\t3039162\n" + line)

    with pytest.raises(UsageError, match="not the whole table of regions"):
        list(dumps.regions())


def test_an_empty_table_of_regions_is_refused(dumps: Dumps) -> None:
    (dumps.folder / "admin1CodesASCII.txt").write_text("")

    with pytest.raises(UsageError, match="is empty"):
        list(dumps.regions())


def test_names_are_found_by_number_in_the_order_they_were_read() -> None:
    with closing(FurtherNames([(7, "Sieben"), (3, "Drei"), (7, "שבע")])) as further:
        assert [further.of(number) for number in (3, 7, 1)] == [["Drei"], ["Sieben", "שבע"], []]


def test_a_cut_off_download_is_refused(dumps: Dumps) -> None:
    path = dumps.folder / "allCountries.zip"
    put(path, PLACE * 1_000)
    path.write_bytes(path.read_bytes()[:-200])

    with pytest.raises(UsageError, match="damaged"):
        list(dumps.cities())


def test_a_download_with_a_wrong_bit_is_refused(dumps: Dumps) -> None:
    path = dumps.folder / "allCountries.zip"
    put(path, PLACE * 5_000)
    damaged = bytearray(path.read_bytes())
    damaged[60:71] = bytes(b ^ 0xFF for b in damaged[60:71])
    path.write_bytes(damaged)

    with pytest.raises(UsageError, match="damaged"):
        list(dumps.cities())


def test_a_table_of_regions_in_other_bytes_is_refused(dumps: Dumps) -> None:
    (dumps.folder / "admin1CodesASCII.txt").write_bytes(b"PK\x03\x04\xff\xfe")

    with pytest.raises(UsageError, match="not the whole table of regions"):
        list(dumps.regions())


@pytest.mark.parametrize(
    ("least", "message"), [(9, r"allCountries\.zip holds 1 of some 9 countries"), (2, r"at most \d of some 900 towns")]
)
def test_a_few_towns_are_not_all_countries(dumps: Dumps, least: int, message: str) -> None:
    put(dumps.folder / "allCountries.zip", PLACE)
    if least > 2:
        known = [Country(n, f"A{chr(65 + n)}", "AAA", "", "", 0) for n in range(least)]
        dumps.packages.countries = lambda: iter(known)  # type: ignore[method-assign]
    else:
        (town, *_) = dumps.packages.cities()
        dumps.packages.cities = lambda: iter([town] * 900)  # type: ignore[method-assign]

    with pytest.raises(UsageError, match=message):
        list(dumps.cities())


def test_the_table_of_another_country_is_refused(dumps: Dumps) -> None:
    with zipfile.ZipFile(dumps.folder / "LI.zip", "w") as made:
        made.writestr("AT.txt", PLACE.replace("\tDE\t", "\tAT\t"))

    with pytest.raises(UsageError, match=r"LI\.zip holds AT\.txt and no LI\.txt"):
        list(dumps.cities())


def test_places_of_another_country_are_refused(dumps: Dumps) -> None:
    put(dumps.folder / "LI.zip", PLACE)

    with pytest.raises(UsageError, match=r"LI\.zip holds places of DE"):
        list(dumps.cities())


def test_a_place_twice_is_refused_where_it_is_read(dumps: Dumps) -> None:
    put(dumps.folder / "allCountries.zip", PLACE + RIVER + PLACE)
    cities = dumps.cities()

    assert next(cities).name == "Berlin"
    with pytest.raises(UsageError, match=r"allCountries\.zip holds the place 2950159 twice"):
        next(cities)


def test_a_town_that_a_dump_has_is_not_taken_from_the_packages_too(dumps: Dumps) -> None:
    put(dumps.folder / "DE.zip", PLACE.replace("2950159", "1"))

    assert [c.name for c in dumps.cities()] == ["Berlin"]  # the number of Paris, which lay in France


def test_a_table_of_regions_in_another_encoding_is_refused(dumps: Dumps) -> None:
    (dumps.folder / "admin1CodesASCII.txt").write_bytes("DE.15\tThüringen\tThuringia\t2822542\n".encode("latin-1"))

    with pytest.raises(UsageError, match=r"admin1CodesASCII\.txt .* UTF-8"):
        list(dumps.regions())


def test_a_folder_in_place_of_the_table_of_regions_is_refused(dumps: Dumps) -> None:
    (dumps.folder / "admin1CodesASCII.txt").mkdir()

    with pytest.raises(UsageError, match=r"admin1CodesASCII\.txt cannot be read"):
        list(dumps.regions())


def test_a_region_twice_is_refused(dumps: Dumps) -> None:
    (dumps.folder / "admin1CodesASCII.txt").write_text("DE.16\tBerlin\tBerlin\t2950157\n" * 2)

    with pytest.raises(UsageError, match=r"holds the region DE\.16 twice"):
        list(dumps.regions())
