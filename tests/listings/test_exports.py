"""Listings out to a table, which reads back as it was."""

from pathlib import Path

from sqlalchemy import Engine
from sqlalchemy.orm import Session

from referral.listings import exports
from tests.listings.rosters import contents, take
from tests.listings.test_revisions import EVERYTHING
from tests.make import NOW, make_listing, make_listings


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
