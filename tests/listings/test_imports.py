"""Listings in from a table: what is new, what changed, and who may be shown."""

import os
import signal
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

from sqlalchemy import Engine, func, select
from sqlalchemy.orm import Session

from referral import db, model
from referral.config import ROOT
from referral.listings import published, revisions
from tests.listings.rosters import ADA, BEN, HEADER, MAP, contents, roster, take
from tests.make import NOW, make_listing


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


def test_two_networks_keep_their_own(session: Session, tmp_path: Path) -> None:
    take(session, roster(tmp_path, ADA), network="one")

    report = take(session, roster(tmp_path, BEN), network="one-b")

    assert report.new == ["Ben Example"] and report.gone == []


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
