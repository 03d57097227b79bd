"""How the columns and cells of a table are read, and what is left out or guessed is said."""

from pathlib import Path

import pytest
from sqlalchemy.orm import Session

from referral.listings import imports
from tests.listings.rosters import ADA, BEN, HEADER, MAP, contents, roster, take
from tests.listings.towns import Towns
from tests.make import HEAD, NOW


def test_a_row_without_a_country_keeps_that_of_its_listing(session: Session, tmp_path: Path) -> None:
    take(session, roster(tmp_path, ADA))

    report = take(session, roster(tmp_path, "1,Ada Example Other\n", header="id,name\n"), "id=id,name=name")

    assert (report.bad, report.changed) == ([], ["Ada Example Other"])
    assert contents(session)[0].offices[0].country == "US"


@pytest.mark.parametrize("cell", ["German, English", "de,en", "German; English", "de@native, en", "الألمانية، English"])
def test_several_terms_in_one_cell_may_be_parted_by_commas(session: Session, tmp_path: Path, cell: str) -> None:
    report = take(session, roster(tmp_path, BEN.replace("German", f'"{cell}"')))

    assert report.bad == []
    assert contents(session)[0].chosen("language") == ("de", "en")


def test_a_name_that_holds_a_comma_is_one_term(session: Session, tmp_path: Path) -> None:
    header = HEADER.replace("\n", ",credentials\n")
    row = BEN.replace("\n", ',"Imago supervisor, or consultant"\n')

    take(session, roster(tmp_path, row, header=header), MAP + ",credentials=credentials")

    assert [one.level for one in contents(session)[0].credentials] == ["imago_supervisor"]


def test_areas_in_one_cell_may_be_parted_by_commas(session: Session, tmp_path: Path) -> None:
    header = HEADER.replace("\n", ",served\n")

    take(session, roster(tmp_path, BEN.replace("\n", ',"DE, AT"\n'), header=header), MAP + ",served=served")

    assert contents(session)[0].served == ("AT", "DE")


def test_a_telephone_that_cannot_be_read_is_left_out_and_said(session: Session, tmp_path: Path) -> None:
    report = take(session, roster(tmp_path, ADA.replace("+1 312 555 0123", "15")))

    assert [str(r) for r in report.remarks] == [
        "line 2, phone: Left out: “15” is not a telephone number. One looks like this: +1 312 555 0123."
    ]
    assert report.done and contents(session)[0].phone == ""


def test_a_missing_town_is_taken_from_the_point_and_said(session: Session, tmp_path: Path) -> None:
    report = take(session, roster(tmp_path, ADA.replace("Chicago", "")))

    assert contents(session)[0].offices[0].locality == "Chicago"
    assert [r.reason for r in report.remarks] == ["No town given; Chicago is nearest."]


def test_a_point_in_another_country_is_said(session: Session, tmp_path: Path) -> None:
    report = take(session, roster(tmp_path, BEN.replace("DE,Köln", "NL,")))

    assert contents(session)[0].offices[0].country == "NL"
    assert "The point lies in DE, not in NL." in [r.reason for r in report.remarks]


def test_without_a_gazetteer_an_unknown_region_is_left_out_and_said(session: Session, tmp_path: Path) -> None:
    report = take(session, roster(tmp_path, BEN), gazetteer=None)

    assert contents(session)[0].offices[0].region == ""
    assert [r.reason for r in report.remarks] == ["The region Nordrhein is not known; left out."]


def test_columns_of_no_use_are_said(session: Session, tmp_path: Path) -> None:
    report = take(session, roster(tmp_path, ADA), "name=name,country=country")

    assert report.unused == ("id", "city", "state", "lat", "lon", "phone", "language")
    assert "Columns not used: id, city" in report.text()


def test_columns_that_were_guessed_are_said(session: Session, tmp_path: Path) -> None:
    path = tmp_path / "people.csv"
    path.write_text("Full name,name of the dog,Ort,country\nAda Example,Rex,Berlin,DE\n")

    report = take(session, path, "")

    assert report.guessed == ("name=Full name", "locality=Ort")
    assert "Columns guessed: name=Full name, locality=Ort" in report.text()


def test_a_town_without_a_point_gets_the_towns_own(session: Session, tmp_path: Path) -> None:
    file = tmp_path / "roster.csv"
    file.write_text("name,locality,country\nZora Example,Köln,DE\nYan Example,Nirgends,DE\n", "utf-8")

    report = imports.run(session, file, "", "", Towns(), NOW, HEAD)

    offices = [row.content.offices[0] for row in report.rows]
    assert (offices[0].lat, offices[0].lon, offices[0].precision) == (50.93333, 6.95, "locality")
    assert offices[1].lat is None
    assert [r.reason for r in report.remarks] == ["No point is known for Nirgends; it will not be found nearby."]
