"""What is wrong in a table stops all of it, and each fault is named where it stands."""

from pathlib import Path

import pytest
from sqlalchemy.orm import Session

from referral.errors import UsageError
from tests.listings.rosters import ADA, BEN, HEADER, MAP, contents, roster, take


@pytest.mark.parametrize(
    ("row", "column", "said"),
    [
        (",,US,Bern,,,,,\n", "name", "The name is missing"),
        ("3,X,Atlantis,,,,,,\n", "country", "Unknown country: Atlantis"),
        ("3,X,,Bern,,,,,\n", "country", "The country is missing"),
        ("3,X,US,,,nan,0,,\n", "lat", "Not a coordinate: nan"),
        ("3,X,US,,,1e309,0,,\n", "lat", "Not a coordinate: 1e309"),
        ("3,X,US,,,1,180.0000001,,\n", "lon", "Not a coordinate"),
        ("3,X,US,,,1,,,\n", "lat", "A point needs"),
        ("3,X,US,,,,,,Klingon\n", "language", "Unknown term: Klingon"),
        (f"3,{'x' * 200},US,,,,,,\n", "name", "200 characters"),
        ("3,X,US,,,,,,,more\n", "", "10 cells, the header 9"),
        ("2,X,US,,,,,,\n2,Y,US,,,,,,\n", "", "The same listing stands on line 3"),
    ],
)
def test_one_bad_row_stops_all_and_is_named(session: Session, tmp_path: Path, row: str, column: str, said: str) -> None:
    report = take(session, roster(tmp_path, ADA, row))

    fault = report.bad[0]
    assert (fault.line, fault.column) == (2 + row.count("\n"), column)
    assert said in fault.reason and str(fault) in report.text()
    assert not report.done and contents(session) == []
    assert report.text().endswith("1 fault: nothing was imported.") and " new, " not in report.text()


def test_a_new_row_without_a_country_is_a_bad_one(session: Session, tmp_path: Path) -> None:
    header = "id,name,country,delivery\n"
    columns = "id=id,name=name,country=country,delivery=delivery"

    report = take(session, roster(tmp_path, "1,Ada Example,,online\n", header=header), columns)
    unmapped = take(session, roster(tmp_path, "1,Ada Example,,online\n", header=header), "id=id,name=name")

    assert [str(fault) for fault in report.bad] == ["line 2, country: The country is missing."]
    assert [str(fault) for fault in unmapped.bad] == ["line 2: The country is missing."]
    assert contents(session) == []


def test_who_reads_that_a_term_is_unknown_reads_what_parts_them(session: Session, tmp_path: Path) -> None:
    report = take(session, roster(tmp_path, BEN.replace("German", '"German / Klingon, English"')))

    assert [one.reason for one in report.bad] == [
        "Unknown term: German / Klingon. Several in one cell are parted by semicolons or commas."
    ]


def test_all_faults_of_a_row_are_told_in_one_round(session: Session, tmp_path: Path) -> None:
    header = HEADER.replace("\n", ",email,website,status,next_opening\n")
    mapping = MAP + ",email=email,website=website,status=status,next_opening=next_opening"
    row = f"1,{'x' * 200},US,Chicago,IL,1,2,,Klingon,bob@example,nowhere,seen,31.02.2027\n"

    report = take(session, roster(tmp_path, row, header=header), mapping)

    assert {fault.column for fault in report.bad} == {"name", "language", "email", "website", "status", "next_opening"}
    assert len(report.bad) == 6 and "31.02.2027" in report.text()


def test_faults_that_only_follow_from_another_are_not_told(session: Session, tmp_path: Path) -> None:
    report = take(session, roster(tmp_path, "1,X,Atlantis,Chicago,US-IL,1,,,\n"))

    assert [fault.column for fault in report.bad] == ["country"]


def test_every_bad_row_is_reported(session: Session, tmp_path: Path) -> None:
    wrong = [f"{n},X,Atlantis,,,nan,,,\n" for n in range(50)]

    report = take(session, roster(tmp_path, *wrong))

    assert len(report.bad) == 100
    assert {fault.line for fault in report.bad} == set(range(2, 52))


def test_a_missing_column_stops_before_any_row(session: Session, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="no column town"):
        take(session, roster(tmp_path, ADA), "name=name,locality=town")


@pytest.mark.parametrize(
    "cell", ["[", "[1]", '[{"title":1}]', '[{"a":1}]', "{}", "[" * 5000, '[{"title":"x"}]', "LMFT"]
)
def test_json_that_does_not_fit_is_a_bad_row(session: Session, tmp_path: Path, cell: str) -> None:
    quoted = cell.replace('"', '""')
    path = roster(tmp_path, f'Ada,US,"{quoted}"\n', header="name,country,licences\n")

    report = take(session, path, "")

    assert [(fault.line, fault.column) for fault in report.bad] == [(2, "licences")]


@pytest.mark.parametrize("column", ["consented_on", "attested_on", "new_clients_confirmed_on"])
def test_a_day_to_come_on_which_somebody_said_something_is_refused(
    session: Session, tmp_path: Path, column: str
) -> None:
    header, mapping = HEADER.replace("\n", f",{column}\n"), f"{MAP},{column}={column}"
    tomorrow, far = (ADA.replace("\n", f",{day}\n") for day in ("2026-11-24", "2099-01-01"))

    refused = take(session, roster(tmp_path, far, header=header), mapping)
    there = contents(session)
    taken = take(session, roster(tmp_path, tomorrow, header=header), mapping)

    [fault] = refused.bad
    assert (fault.line, fault.column, fault.reason) == (2, column, "2099-01-01 is a day to come. Is the year right?")
    assert there == [] and taken.new == ["Ada Example"]
