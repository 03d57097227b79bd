"""Commands as an operator types them."""

import runpy
from pathlib import Path

import pytest
from click import ClickException
from flask import Flask
from flask.testing import FlaskCliRunner

from referral import COMMANDS, cli
from referral.config import ROOT, from_environment
from referral.errors import UsageError


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
