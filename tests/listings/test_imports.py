"""Listings in from a table, and out to one."""

import os
import signal
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, func, select
from sqlalchemy.orm import Session

from referral import db, model
from referral.config import ROOT
from referral.errors import UsageError
from referral.listings import exports, imports, published, revisions
from referral.listings.content import Content
from referral.listings.report import Report
from tests.listings.test_revisions import EVERYTHING
from tests.listings.towns import Towns
from tests.make import HEAD, NOW, make_listing, make_listings

HEADER = "id,name,country,city,state,lat,lon,phone,language\n"
MAP = "id=id,name=name,country=country,locality=city,region=state,lat=lat,lon=lon,phone=phone,language=language"
ADA = "1,Ada Example,US,Chicago,IL,41.88,-87.63,+1 312 555 0123,en;es\n"
BEN = "2,Ben Example,DE,Köln,Nordrhein,50.93,6.95,,German\n"


def roster(folder: Path, *rows: str, header: str = HEADER, name: str = "roster.csv") -> Path:
    path = folder / name
    path.write_text(header + "".join(rows), "utf-8")
    return path


def take(session: Session, path: Path, mapping: str = MAP, network: str = "net", **more: Any) -> Report:
    return imports.run(session, path, mapping, network, more.pop("gazetteer", Towns()), NOW, HEAD, **more)


def contents(session: Session) -> list[Content]:
    return [p.content for p in published.each(session, public=False)]


def test_a_row_becomes_a_listing_nobody_sees_yet(session: Session, tmp_path: Path) -> None:
    report = take(session, roster(tmp_path, ADA, BEN))

    ada, ben = contents(session)
    assert (report.new, report.changed, report.same, report.gone) == (["Ada Example", "Ben Example"], [], [], [])
    assert (ada.status, ada.source, ada.phone) == ("pending", "net:1", "+13125550123")
    assert ada.chosen("language") == ("en", "es") and ben.chosen("language") == ("de",)
    assert (ada.offices[0].region, ben.offices[0].region) == ("US-IL", "DE-NW")
    assert list(published.each(session)) == []


def test_what_a_therapist_keeps_is_not_overwritten_by_the_file_it_came_from(session: Session, tmp_path: Path) -> None:
    header = HEADER.replace("\n", ",status,consented_on\n")
    mapping = MAP + ",status=status,consented_on=consented_on"
    row = ADA.replace("\n", ",active,2026-01-02\n")
    take(session, roster(tmp_path, row, header=header), mapping)
    listing = session.scalars(select(model.Listing)).one()
    session.add(
        model.Account(
            email="ada@example.org", role="therapist", created_at=NOW, practitioner_id=listing.practitioner_id
        )
    )
    [there] = contents(session)
    revisions.submit(session, listing.id, replace(there, phone="+13125550199", bio="Mine."), listing.version, None, NOW)
    revisions.pause(session, listing.id, None, NOW)

    report = take(session, roster(tmp_path, row.replace("en;es", "en"), header=header), mapping, consent="signed")

    [ada] = contents(session)
    assert (ada.phone, ada.bio, ada.status, ada.chosen("language")) == ("+13125550199", "Mine.", "paused", ("en", "es"))
    assert (report.changed, report.same) == ([], ["Ada Example"])
    assert [one.reason for one in report.remarks] == [
        "Ada Example keeps this listing; left as it is: Telephone, Languages."
    ]


def test_an_operator_may_say_why_they_are_shown_at_once_and_it_is_kept(session: Session, tmp_path: Path) -> None:
    take(session, roster(tmp_path, ADA))
    assert list(published.each(session)) == []

    take(session, roster(tmp_path, ADA, BEN), consent="Signed forms of 3 May, in the office")

    assert [p.content.name for p in published.each(session)] == ["Ada Example", "Ben Example"]
    kept = [str(entry.detail) for entry in session.scalars(select(model.AuditEntry))]
    assert sum("Signed forms of 3 May" in detail for detail in kept) == 2


def test_a_file_alone_shows_nobody_who_has_not_agreed(session: Session, tmp_path: Path) -> None:
    header = "id,name,country,status,consented_on\n"
    path = roster(tmp_path, "1,Ada,US,active,\n", "2,Ben,US,active,2026-05-03\n", header=header)
    columns = "id=id,name=name,country=country,status=status,consented_on=consented_on"

    report = take(session, path, columns)

    assert [p.content.name for p in published.each(session)] == ["Ben"]
    assert [(one.line, one.column) for one in report.remarks] == [(2, "status")]
    assert take(session, path, columns).same == ["Ada", "Ben"]


def test_who_was_taken_down_is_not_brought_back_by_a_reason(session: Session, tmp_path: Path) -> None:
    take(session, roster(tmp_path, ADA), consent="they said so")
    id = session.scalars(select(model.Listing.id)).one()
    revisions.set_status(session, id, "hidden", NOW)

    take(session, roster(tmp_path, ADA), consent="they said so")

    assert list(published.each(session)) == []


def test_a_dry_run_changes_nothing_and_says_what_it_would(session: Session, tmp_path: Path) -> None:
    report = take(session, roster(tmp_path, ADA), dry_run=True)

    assert report.new == ["Ada Example"] and not report.done
    assert contents(session) == []
    assert "1 new, 0 changed, 0 the same" in report.text() and "A trial run" in report.text()


def test_repeating_an_import_changes_nothing(session: Session, tmp_path: Path) -> None:
    path = roster(tmp_path, ADA, BEN)
    take(session, path)
    seq = session.scalar(select(model.ChangeClock.seq))

    report = take(session, path)

    assert (report.new, report.changed, report.same) == ([], [], ["Ada Example", "Ben Example"])
    assert session.scalar(select(model.ChangeClock.seq)) == seq


def test_a_changed_row_updates_and_a_missing_one_is_only_named(session: Session, tmp_path: Path) -> None:
    take(session, roster(tmp_path, ADA, BEN))
    before = [p.public_id for p in published.each(session, public=False)]

    report = take(session, roster(tmp_path, ADA.replace("Chicago", "Evanston")))

    assert (report.new, report.changed, report.gone) == ([], ["Ada Example"], ["Ben Example"])
    assert [c.public_id for c in contents(session)] == before
    assert contents(session)[0].offices[0].locality == "Evanston"
    assert "No longer in the file: Ben Example" in report.text()


def test_what_the_file_has_no_column_for_stays(session: Session, tmp_path: Path) -> None:
    take(session, roster(tmp_path, ADA))
    told = contents(session)[0]
    make_listing(
        session, name="Ada Example", public_id=told.public_id, source=told.source, bio="Mine.", topics=["trust"]
    )

    take(session, roster(tmp_path, ADA))

    found = contents(session)[0]
    assert (found.bio, found.status, found.chosen("topic")) == ("Mine.", "active", ("trust",))
    assert found.offices[0].locality == "Chicago"


def test_a_row_without_a_number_is_known_by_name_and_point(session: Session, tmp_path: Path) -> None:
    mapping = MAP.removeprefix("id=id,")
    take(session, roster(tmp_path, ADA, BEN), mapping)

    report = take(session, roster(tmp_path, ADA.replace("Ada", "ADA"), BEN.replace("50.93", "50.94")), mapping)

    assert (report.changed, report.new, report.gone) == (["ADA Example"], ["Ben Example"], ["Ben Example"])


BY_PLACE = "name,email,country,locality,street\n"


def test_somebody_who_moved_is_the_same_person(session: Session, tmp_path: Path) -> None:
    before = ("Ada Example,ada@example.org,US,Austin,1 Oak Road\n", "Ben Example,ben@example.org,DE,Köln,\n")
    take(session, roster(tmp_path, *before, header=BY_PLACE), "")
    was = {one.name: one.public_id for one in contents(session)}
    after = ("ada example,ADA@example.org,US,Chicago,\n", before[1])

    report = take(session, roster(tmp_path, *after, header=BY_PLACE), "")
    again = take(session, roster(tmp_path, *after, header=BY_PLACE), "")

    assert (report.new, report.changed, report.gone) == ([], ["ada example"], [])
    assert {one.public_id for one in contents(session)} == set(was.values())
    ada = next(one for one in contents(session) if one.public_id == was["Ada Example"])
    assert (ada.offices[0].locality, ada.offices[0].street) == ("Chicago", "")
    assert (again.new, again.changed, again.gone, len(again.same)) == ([], [], [], 2)
    renewed = take(session, roster(tmp_path, after[0].replace("ADA@", "new@"), before[1], header=BY_PLACE), "")
    assert (renewed.new, renewed.changed) == ([], ["ada example"])


@pytest.mark.parametrize("turned", [False, True])
def test_a_second_place_beside_the_first_is_another_listing(session: Session, tmp_path: Path, turned: bool) -> None:
    first, second = (f"Ada Example,ada@example.org,US,{town},\n" for town in ("Austin", "Chicago"))
    take(session, roster(tmp_path, first, header=BY_PLACE), "")

    rows = (second, first) if turned else (first, second)
    report = take(session, roster(tmp_path, *rows, header=BY_PLACE), "")

    assert (report.new, report.same, report.bad, report.gone) == (["Ada Example"], ["Ada Example"], [], [])
    assert len(contents(session)) == 2


def test_two_people_of_one_name_or_one_address_stay_two(session: Session, tmp_path: Path) -> None:
    take(session, roster(tmp_path, "Ada Example,practice@example.org,US,Austin,\n", header=BY_PLACE), "")

    rows = ("Ben Example,practice@example.org,US,Chicago,\n", "Ada Example,ada@example.org,US,Chicago,\n")
    report = take(session, roster(tmp_path, *rows, header=BY_PLACE), "")

    assert (report.new, report.changed) == (["Ben Example", "Ada Example"], [])


def test_a_name_may_stand_at_one_point_in_two_countries(session: Session, tmp_path: Path) -> None:
    both = ("Border House,BE,,51.4,4.9,\n", "Border House,NL,,51.4,4.9,\n")

    report = take(session, roster(tmp_path, *both, header="name,country,locality,lat,lon,street\n"), "")

    assert (len(report.new), report.bad) == (2, [])


def test_two_networks_keep_their_own(session: Session, tmp_path: Path) -> None:
    take(session, roster(tmp_path, ADA), network="one")

    report = take(session, roster(tmp_path, BEN), network="one-b")

    assert report.new == ["Ben Example"] and report.gone == []


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


def test_who_reads_that_a_term_is_unknown_reads_what_parts_them(session: Session, tmp_path: Path) -> None:
    report = take(session, roster(tmp_path, BEN.replace("German", '"German / Klingon, English"')))

    assert [one.reason for one in report.bad] == [
        "Unknown term: German / Klingon. Several in one cell are parted by semicolons or commas."
    ]


def test_areas_in_one_cell_may_be_parted_by_commas(session: Session, tmp_path: Path) -> None:
    header = HEADER.replace("\n", ",served\n")

    take(session, roster(tmp_path, BEN.replace("\n", ',"DE, AT"\n'), header=header), MAP + ",served=served")

    assert contents(session)[0].served == ("AT", "DE")


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


def test_a_missing_column_stops_before_any_row(session: Session, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="no column town"):
        take(session, roster(tmp_path, ADA), "name=name,locality=town")


def test_an_export_read_into_an_empty_database_gives_the_same(engine: Engine, session: Session, tmp_path: Path) -> None:
    ada = make_listing(session, **EVERYTHING)
    make_listings(
        session,
        [
            {"name": "=HYPERLINK(1)", "bio": "-1\n\n'=x", "suffix": "@x", "status": "paused"},
            {"name": "Ben", "partner": ada.public_id, "offices": [], "credentials": [], "languages": []}
            | {"consented_on": NOW.date()},
        ],
    )
    before = contents(session)
    path = tmp_path / "out.csv"

    assert exports.run(session, path) == 3
    session.rollback()
    report = take(session, path, "", "")

    assert report.bad == [] and contents(session) == before
    cells = [cell for line in path.read_text("utf-8-sig").splitlines() for cell in line.split(",")]
    assert not any(cell.lstrip('"').startswith(("=", "+", "-", "@")) for cell in cells)


def test_an_export_read_back_changes_nothing(session: Session, tmp_path: Path) -> None:
    make_listing(session, **EVERYTHING)
    make_listing(session, name="Ben")
    path = tmp_path / "out.csv"
    exports.run(session, path)

    report = take(session, path, "", "")

    assert (len(report.same), report.new, report.changed, report.bad) == (2, [], [], [])


def test_an_export_is_its_owners_alone_and_replaces_the_old_one_whole(session: Session, tmp_path: Path) -> None:
    make_listing(session, email="ada@example.org")
    path = tmp_path / "out.csv"
    path.write_text("old")

    exports.run(session, path)

    assert path.stat().st_mode & 0o777 == 0o600
    assert [p.name for p in tmp_path.iterdir() if "out" in p.name] == ["out.csv"]


@pytest.mark.parametrize(
    "cell", ["[", "[1]", '[{"title":1}]', '[{"a":1}]', "{}", "[" * 5000, '[{"title":"x"}]', "LMFT"]
)
def test_json_that_does_not_fit_is_a_bad_row(session: Session, tmp_path: Path, cell: str) -> None:
    quoted = cell.replace('"', '""')
    path = roster(tmp_path, f'Ada,US,"{quoted}"\n', header="name,country,licences\n")

    report = take(session, path, "")

    assert [(fault.line, fault.column) for fault in report.bad] == [(2, "licences")]


KILLED = """
import sys
from pathlib import Path
from referral import db
from referral.listings import imports, revisions
from tests.make import HEAD, NOW

engine = db.open_engine(sys.argv[1])
note = revisions._note
def told(*args):
    note(*args)
    print("half-way", flush=True)
    sys.stdin.read()
revisions._note = told
with db.writing(engine) as session:
    imports.run(session, Path(sys.argv[2]), "", "net", None, NOW, HEAD)
"""


def test_an_import_killed_half_way_leaves_what_was_there(engine: Engine, tmp_path: Path) -> None:
    with db.writing(engine) as session:
        make_listing(session, name="Ada Example")
        session.commit()
    rows = [f"{n},Person {n},US\n" for n in range(revisions.BATCH * 2)]
    path = roster(tmp_path, *rows, header="id,name,country\n")

    command = [sys.executable, "-c", KILLED, str(engine.url), str(path)]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd=ROOT, env=os.environ | {"PYTHONPATH": str(ROOT)}
    ) as process:
        assert process.stdout is not None and process.stdout.readline() == b"half-way\n"
        process.send_signal(signal.SIGKILL)

    with db.writing(engine) as session:
        assert session.scalar(select(func.count()).select_from(model.Listing)) == 1
        assert session.scalar(select(model.ChangeClock.seq)) == 1
        assert len(take(session, path, "", gazetteer=None).new) == revisions.BATCH * 2


def test_many_rows_are_read_and_told_of(session: Session, tmp_path: Path) -> None:
    told: list[tuple[str, int, int]] = []
    path = roster(tmp_path, *(f"{n},Person {n},US\n" for n in range(1200)), header="id,name,country\n")

    take(session, path, "", step=lambda *args: told.append(args))

    assert [done for _what, done, _all in told] == [500, 1000, 1200]
    assert session.scalar(select(func.count()).select_from(model.Listing)) == 1200


def test_a_town_without_a_point_gets_the_towns_own(session: Session, tmp_path: Path) -> None:
    file = tmp_path / "roster.csv"
    file.write_text("name,locality,country\nZora Example,Köln,DE\nYan Example,Nirgends,DE\n", "utf-8")

    report = imports.run(session, file, "", "", Towns(), NOW, HEAD)

    offices = [row.content.offices[0] for row in report.rows]
    assert (offices[0].lat, offices[0].lon, offices[0].precision) == (50.93333, 6.95, "locality")
    assert offices[1].lat is None
    assert [r.reason for r in report.remarks] == ["No point is known for Nirgends; it will not be found nearby."]


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
