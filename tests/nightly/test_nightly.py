"""The jobs of a night: each does its work once, in transactions of its own, whatever becomes of the others."""

import json
from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from index.types import Query
from referral import cli, db, mail, nightly
from referral.config import ROOT
from referral.errors import UsageError
from referral.listings import indexing, standing
from referral.model import Letter
from referral.nightly.night import Counts, Night
from tests.make import NOW, TODAY
from tests.nightly.nights import at, found, kinds, listing, make, run


def test_an_empty_directory_has_a_quiet_night(night: Night) -> None:
    assert set(run(night)) == {name for name, _job in nightly.JOBS}


def test_a_night_with_a_wrong_date_is_made_good_by_the_next(night: Night) -> None:
    shown, old = make(night.engine), make(night.engine, attested_on=TODAY - timedelta(100))
    withdrawn = make(night.engine)
    with Session(night.engine) as session:
        standing.set_status(session, withdrawn, "hidden", NOW, "asked by telephone")
        session.commit()
    run(at(night, TODAY + timedelta(200)))
    with Session(night.engine) as session:
        session.execute(update(Letter).values(sent_at=NOW + timedelta(200)))
        session.commit()
    ahead = [listing(night.engine, id).status for id in (shown, old, withdrawn)]

    counts = run(at(night, TODAY + timedelta(1)))["wrong dates"]

    assert ahead == ["hidden", "hidden", "hidden"]
    assert [listing(night.engine, id).status for id in (shown, old, withdrawn)] == ["active", "unconfirmed", "hidden"]
    assert counts["shown"] == 2
    assert night.index.find(Query(), TODAY).total == 2
    for days in range(60, 122):
        run(at(night, TODAY + timedelta(days)))
    assert listing(night.engine, shown).status == "hidden"
    with Session(night.engine) as session:
        told = select(Letter.made_at).where(Letter.listing_id == shown, Letter.kind == "hidden")
        assert [at.date() for at in session.scalars(told)] == [TODAY + timedelta(120)], "not the one told by mistake"


def test_bytes_of_the_index_that_changed_on_the_disk_are_mended(night: Night, tmp_path: Path) -> None:
    make(night.engine, attested_on=TODAY)
    assert found(night, TODAY) == 1
    path = next(tmp_path.rglob("arrays"))
    path.write_bytes(bytes(byte ^ 1 for byte in path.read_bytes()))

    assert run(night)["index"]["rebuilt"] == 1
    with db.reading(night.engine) as session:
        assert indexing.verify(session, night.index, TODAY) == []
    assert run(night)["index"]["rebuilt"] == 0


def test_one_job_that_fails_stops_no_other(night: Night, capsys: pytest.CaptureFixture[str]) -> None:
    def broken(night: Night) -> Counts:
        raise RuntimeError(f"{night.head}/secret")

    reports = nightly.run(night, [("broken", broken), *nightly.JOBS])

    assert [r.job for r in reports if r.failed] == ["broken"]
    assert len(reports) == len(nightly.JOBS) + 1
    assert "directory.example/secret" not in "".join(capsys.readouterr()) + repr(reports)


def test_a_job_that_fails_half_way_keeps_what_it_finished(night: Night, monkeypatch: pytest.MonkeyPatch) -> None:
    ids = [make(night.engine, name=f"P {n}", attested_on=TODAY - timedelta(91)) for n in range(3)]
    real = standing.set_status

    def set_status(session: Session, id: int, *more: object) -> None:
        real(session, id, *more)  # type: ignore[arg-type]
        if id == ids[1]:
            raise RuntimeError

    monkeypatch.setattr(standing, "set_status", set_status)
    failed = [r.job for r in nightly.run(night) if r.failed]
    half = [listing(night.engine, id).status for id in ids]
    monkeypatch.undo()
    run(night)

    assert failed == ["attestations"] and half == ["unconfirmed", "active", "active"]
    assert [listing(night.engine, id).status for id in ids] == ["unconfirmed"] * 3
    assert kinds(night.engine) == ["unconfirmed"] * 3


def test_the_command_prints_a_table_and_one_line_of_figures(app: Flask, capsys: pytest.CaptureFixture[str]) -> None:
    cli.install(app)

    result = app.test_cli_runner().invoke(args=["nightly", "--now", "2026-12-24"])

    assert result.exit_code == 0, result.output
    assert "2026-12-24 00:00 UTC" in result.output and "attestations" in result.output
    said = [line for line in (result.output + capsys.readouterr().out).splitlines() if '"event": "nightly"' in line]
    assert len(said) == 1 and json.loads(said[0])["letters_waiting"] == 0


def test_no_page_shows_what_the_night_reported() -> None:
    """The report goes to the terminal and the log alone."""
    pages = [*ROOT.glob("referral/**/views.py"), *ROOT.glob("referral/web/*.py"), *ROOT.glob("templates/**/*.html")]

    assert [p.name for p in pages if "nightly" in p.read_text("utf-8")] == []


def test_a_letter_with_a_dead_link_is_counted_as_failed_and_not_as_waiting(night: Night) -> None:
    """Also where no sender runs: the figures say how it is."""
    with Session(night.engine) as session:
        for minutes in (10, 30):
            values = {"link": "https://directory.example/account/sign-in/s3cret", "minutes": minutes}
            mail.post(session, "ada@example.org", "sign_in", values, NOW - timedelta(minutes=15))
        session.commit()

    assert run(night)["letters"] == {"forgotten": 0, "waiting": 1, "failed": 1}


def test_a_setting_that_stops_a_job_is_said(night: Night) -> None:
    def unset(night: Night) -> Counts:
        raise UsageError("REFERRAL_GEOCODER names nobody we know.")

    assert nightly.run(night, [("addresses", unset)])[0].failed == "REFERRAL_GEOCODER names nobody we know."
