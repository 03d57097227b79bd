"""Commands as an operator types them."""

import runpy
from datetime import timedelta
from pathlib import Path

import pytest
from click import ClickException
from flask import Flask
from flask.testing import FlaskCliRunner
from sqlalchemy import Engine, select, text
from sqlalchemy.orm import Session

from referral import COMMANDS, cli, db, setup
from referral.config import ROOT, Config, from_environment
from referral.errors import UsageError
from referral.listings import attestations, forgetting, indexing
from referral.model import AuditEntry, Listing, Workshop
from tests.people import CHICAGO, make_listing
from tests.postgres import ONLY_SQLITE


@pytest.fixture
def runner(app: Flask) -> FlaskCliRunner:
    """Who types commands."""
    cli.install(app)
    return app.test_cli_runner()


@pytest.fixture
def roster(tmp_path: Path) -> Path:
    """A list of one member."""
    path = tmp_path / "roster.csv"
    path.write_text("name,country,locality\nAda Example,US,Chicago\n", "utf-8")
    return path


def test_all_that_is_invented_can_be_taken_away(runner: FlaskCliRunner, app: Flask, engine: Engine) -> None:
    here = app.extensions["referral"]
    setup.demonstration(engine, here.gazetteer, 5, here.now(), lambda *_step: None)

    assert runner.invoke(args=["demo", "load", "--count", "0"]).output.endswith("0 demonstration listings.\n")

    with Session(engine) as session:
        assert session.scalars(select(Listing)).all() == session.scalars(select(Workshop)).all() == []


def test_a_start_three_months_later_makes_the_invented_as_young_as_new(app: Flask, engine: Engine) -> None:
    here, later = app.extensions["referral"], app.extensions["referral"].now() + timedelta(92)
    setup.demonstration(engine, here.gazetteer, 60, here.now(), lambda *_step: None)
    with Session(engine) as session:
        assert len(attestations.stale(session, later.date())) > 40

    setup.demonstration(engine, here.gazetteer, 60, later, lambda *_step: None)

    with Session(engine) as session:
        assert len(attestations.stale(session, later.date())) < 10


def test_a_search_from_the_shell_knows_of_all_there_is(
    runner: FlaskCliRunner, engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Session(engine) as session:
        make_listing(session, name="Ada Example", **CHICAGO)
        session.commit()
    assert "Ada Example" in runner.invoke(args=["search", "Chicago"]).output
    with Session(engine) as session:
        make_listing(session, name="Frieda Later", **CHICAGO)
        make_listing(session, name="Frida Later", **CHICAGO)
        session.commit()
    monkeypatch.setattr(indexing, "STEP", 1)  # so that a page would leave it to a thread

    assert "Frieda Later" in runner.invoke(args=["search", "Chicago"]).output


def test_a_search_from_the_shell_says_what_was_corrected_and_where_to_look_further(
    runner: FlaskCliRunner, engine: Engine
) -> None:
    with Session(engine) as session:
        make_listing(session, name="Ada Example", languages=["en"], **CHICAGO)
        session.commit()

    lines = runner.invoke(args=["search", "Chicgo, Spanish"]).output.splitlines()

    assert "fits all of this" in lines[0]
    assert "We could not place “Chicgo” exactly. Showing Chicago, Illinois, United States." in lines
    assert "  → Chico, California, United States" in lines
    assert "  → 1 therapist if you leave out “Spanish”" in lines


def test_what_an_import_says_holds_no_signs_that_a_terminal_cannot_show(runner: FlaskCliRunner, roster: Path) -> None:
    said = runner.invoke(args=["listings", "import", str(roster), "--dry-run"]).output

    assert "roster.csv: utf-8, commas between the columns" in said


def test_a_port_is_a_number(runner: FlaskCliRunner) -> None:
    refused = runner.invoke(args=["serve", "--port", "80x"])

    assert refused.exit_code == 2 and "'80x' is not a number." in refused.output


def test_only_a_language_that_is_there_is_checked(runner: FlaskCliRunner) -> None:
    refused = runner.invoke(args=["translations", "xx", "--check"])

    assert refused.exit_code == 2 and "There is no catalogue of “xx”." in refused.output


def test_an_import_names_a_network_there_is(runner: FlaskCliRunner, roster: Path) -> None:
    wrong = runner.invoke(args=["listings", "import", str(roster), "--network", "nosuch"])
    right = runner.invoke(args=["listings", "import", str(roster), "--network", "imago-suisse"])

    assert (wrong.exit_code, "There is no network “nosuch”" in wrong.output) == (1, True)
    assert right.exit_code == 0, right.output


@pytest.mark.parametrize(("setting", "value"), [("REFERRAL_PROXIES", "x"), ("REFERRAL_SECRET_KEY", "short")])
def test_a_setting_that_cannot_be_used_is_one_line(monkeypatch: pytest.MonkeyPatch, setting: str, value: str) -> None:
    monkeypatch.setenv(COMMANDS, "true")
    monkeypatch.setenv(setting, value)

    with pytest.raises(ClickException, match=setting):
        runpy.run_path(str(ROOT / "wsgi.py"))


def test_a_data_folder_that_cannot_be_made_is_one_line(tmp_path: Path) -> None:
    (tmp_path / "file").touch()

    with pytest.raises(UsageError, match="REFERRAL_DATA names another"):
        from_environment({"REFERRAL_DATA": str(tmp_path / "file" / "data")})


def test_an_export_to_a_folder_that_is_not_there_is_one_line(runner: FlaskCliRunner, tmp_path: Path) -> None:
    done = runner.invoke(args=["listings", "export", str(tmp_path / "no" / "out.csv")])

    assert done.exit_code == 1
    assert "no/out.csv cannot be written: no such file or directory." in done.output.replace("\n", "")


def test_an_operator_erases_who_asks_for_it_and_says_why(
    runner: FlaskCliRunner, engine: Engine, config: Config
) -> None:
    with Session(engine) as session:
        public_id = make_listing(session, name="Ada Example").public_id
        session.commit()

    unknown = runner.invoke(args=["listings", "erase", "nobodynobody", "--reason", "by letter"])
    done = runner.invoke(args=["listings", "erase", public_id, "--reason", "by letter"])

    assert (unknown.exit_code, "There is no listing nobodynobody" in unknown.output) == (1, True)
    assert (done.exit_code, "Erased." in done.output) == (0, True), done.output
    with Session(engine) as session:
        assert session.scalars(select(Listing)).all() == []
        entry = session.scalars(select(AuditEntry).where(AuditEntry.action == "erase")).one()
        assert (entry.object, entry.detail) == (f"listing:{public_id}", {"reason": "by letter"})
    assert forgetting.erased(config.data) == {public_id}


@ONLY_SQLITE
def test_a_copy_goes_out_and_comes_back_by_commands(runner: FlaskCliRunner, app: Flask, tmp_path: Path) -> None:
    out = runner.invoke(args=["backup", str(tmp_path / "copy.tar")])
    app.extensions["referral"].engine.dispose()
    refused = runner.invoke(args=["restore", str(tmp_path / "copy.tar")])
    back = runner.invoke(args=["restore", str(tmp_path / "copy.tar"), "--replace"])

    assert (out.exit_code, refused.exit_code, back.exit_code) == (0, 1, 0), (out.output, back.output)
    assert "--replace" in refused.output and "Put back" in back.output


def test_a_database_of_another_version_is_said_in_one_line(runner: FlaskCliRunner, engine: Engine) -> None:
    with Session(engine) as session:
        make_listing(session, name="Ada Example", **CHICAGO)
        session.commit()
    db.downgrade(engine, "0010")

    said = runner.invoke(args=["index", "verify"])

    assert said.exit_code == 1 and said.output.startswith("Error: The database is not of this version of the code")
    assert said.output.count("\n") == 1
    db.upgrade(engine)
    assert "no difference" in runner.invoke(args=["index", "verify"]).output


def test_tables_of_a_later_version_are_left_alone(engine: Engine) -> None:
    with engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))

    with pytest.raises(UsageError, match="A later version of this code made the tables: nothing was changed"):
        setup.database(engine)
